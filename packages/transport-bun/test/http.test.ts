// Every case of the HTTP hand-overs, in a child process of real Bun: one test per case, and a case without a result has
// failed.

import { jsonLines, runChild } from "@tlskit/cases";
import { type ConformanceResult, httpCases } from "@tlskit/transport/conformance";
import type { HttpHandOver } from "@tlskit/transport/node-tls";
import { beforeAll, describe, expect, test } from "vitest";

// Only their names are needed here.
const cases = httpCases({} as HttpHandOver);
const results = new Map<string, ConformanceResult>();
let trouble = "";

beforeAll(async () => {
  const child = await runChild("bun", new URL("./http-child.ts", import.meta.url));
  trouble = child.trouble;
  for (const result of jsonLines<ConformanceResult>(child.stdout)) results.set(result.id, result);
});

describe("HTTP hand-overs on Bun", () => {
  test("the child process ends well", () => {
    expect(trouble).toBe("");
  });

  test.each(cases.map(({ id, name }) => [id, name]))("%s: %s", (id) => {
    expect(results.get(id) ?? `no result: ${trouble}`).toMatchObject({ id, ok: true });
  });
});
