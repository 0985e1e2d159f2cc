// Every conformance case, in a child process of real Node: one test per case, and a case without a result has failed.

import { jsonLines, runChild } from "@tlskit/cases";
import { type ConformanceResult, conformanceCases } from "@tlskit/transport/conformance";
import { beforeAll, describe, expect, test } from "vitest";

const results = new Map<string, ConformanceResult>();
let trouble = "";

beforeAll(async () => {
  const child = await runChild("node", new URL("./conformance-child.ts", import.meta.url));
  trouble = child.trouble;
  for (const result of jsonLines<ConformanceResult>(child.stdout)) results.set(result.id, result);
});

describe("conformance on Node", () => {
  test("the child process ends well, and every case has a stable id of its own", () => {
    expect(trouble).toBe("");
    expect(new Set(conformanceCases.map(({ id }) => id)).size).toBe(conformanceCases.length);
    expect(conformanceCases.length).toBeGreaterThanOrEqual(150);
  });

  test.each(conformanceCases.map(({ id, name }) => [id, name]))("%s: %s", (id) => {
    expect(results.get(id) ?? `no result: ${trouble}`).toMatchObject({ id, ok: true });
  });
});
