// Every trap of the runtimes has its proof, and every proof that the table names exists.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { conformanceCases } from "@tlskit/transport/conformance";
import { describe, expect, test } from "vitest";
import { TRAPS } from "../src/traps.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const traps = TRAPS.flatMap((group) => group.traps);
const ids = new Set(conformanceCases.map(({ id }) => id));

describe("docs/traps.md", () => {
  test.each(traps.map((trap) => [trap.id, trap] as const))("%s has cases, tests or a reason", (_id, trap) => {
    expect(trap.cases.length + trap.tests.length > 0 || trap.because !== undefined).toBe(true);
    expect(trap.runtimes.length).toBeGreaterThan(0);
  });

  const cases = traps.flatMap((trap) => trap.cases.map((id) => [trap.id, id] as const));
  test.each(cases)("%s: there is a case %s", (_trap, id) => expect([...ids]).toContain(id));

  const tests = traps.flatMap((trap) => trap.tests.map(([file, name]) => [trap.id, name, file] as const));
  test.each(tests)("%s: there is a test %s", (_trap, name, file) => {
    expect(existsSync(join(root, file)), file).toBe(true);
    expect(readFileSync(join(root, file), "utf8")).toContain(`"${name}`);
  });

  test("each trap has a name of its own", () => {
    expect(new Set(traps.map(({ id }) => id)).size).toBe(traps.length);
  });
});
