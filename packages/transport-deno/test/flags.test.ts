// A switch of Deno's turns its own verification off for the whole process. Ours goes on, on both sides.

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { childCommand, cleanEnvironment, jsonLines } from "@tlskit/cases";
import type { ConformanceResult } from "@tlskit/transport/conformance";
import { expect, test } from "vitest";

const program = fileURLToPath(new URL("./conformance-child.ts", import.meta.url));
const cases = ["good-name", "untrusted-root", "self-signed", "expired", "wrong-name", "client-good", "client-wrong-ca"];

test("--unsafely-ignore-certificate-errors lets nobody in", () => {
  const [deno, ...flags] = childCommand("deno", [
    "--conditions=@tlskit/source",
    "--unsafely-ignore-certificate-errors",
  ]);
  const { stdout } = spawnSync(deno, [...flags, program, ...cases], { encoding: "utf8", env: cleanEnvironment() });
  const results = jsonLines<ConformanceResult>(stdout);
  expect(results.map(({ id }) => id).sort()).toEqual(cases.toSorted());
  expect(results.filter(({ ok }) => !ok)).toEqual([]);
});
