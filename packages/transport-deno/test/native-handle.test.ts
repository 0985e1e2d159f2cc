// What is taken from the handles below Deno's sockets, and that it is not needed.

import { jsonLines, runChild } from "@tlskit/cases";
import type { ConformanceResult } from "@tlskit/transport/conformance";
import { describe, expect, test } from "vitest";

describe("on this Deno", async () => {
  const { stdout, trouble } = await runChild("deno", new URL("./native-handle-child.ts", import.meta.url));
  const facts = new Map(jsonLines<{ fact: string; value: unknown }>(stdout).map(({ fact, value }) => [fact, value]));

  test("the child process ends well", () => expect(trouble).toBe(""));

  test.each([
    ["the chain", true],
    ["nobody has sent a chain", true],
    ["what TLS writes by itself arrives", true],
    ["past the stream", 0],
    ["what it writes afterwards arrives", true],
    ["through the stream", 1],
    ["nothing below any more", true],
    ["no handle", true],
    ["a UNIX socket", true],
    ["TLS over TLS", true],
  ])("%s: %s", (fact, value) => expect(facts.get(fact)).toEqual(value));
});

test("on a Deno that nobody has measured, every conformance case holds", async () => {
  const { stdout, trouble } = await runChild("deno", new URL("./public-methods-child.ts", import.meta.url));
  expect(trouble).toBe("");
  const results = jsonLines<ConformanceResult>(stdout);
  expect(results.length).toBeGreaterThanOrEqual(150);
  expect(results.filter(({ ok }) => !ok)).toEqual([]);
}, 180_000);
