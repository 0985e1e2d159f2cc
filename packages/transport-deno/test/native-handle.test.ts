// What is read from the handles below Deno's TLS sockets, and that it is not needed.

import { jsonLines, runChild } from "@tlskit/cases";
import type { ConformanceResult } from "@tlskit/transport/conformance";
import { describe, expect, test } from "vitest";

describe("on this Deno", async () => {
  const { stdout, trouble } = await runChild("deno", new URL("./native-handle-child.ts", import.meta.url));
  const facts = new Map(jsonLines<{ fact: string; value: unknown }>(stdout).map(({ fact, value }) => [fact, value]));

  test("the child process ends well", () => expect(trouble).toBe(""));

  test("the chain is all that the server sent, and nothing else", () => {
    expect(facts.get("what it sent")).toMatch(/,.*,/);
    expect(facts.get("all that a server sent, and nothing else")).toBe(facts.get("what it sent"));
  });

  test.each(["a client that sent none", "a socket that is closed"])("%s: undefined", (fact) =>
    expect(facts.get(fact)).toBe(true),
  );
});

test("on a Deno that nobody has measured, every conformance case about chains holds", async () => {
  const { stdout, trouble } = await runChild("deno", new URL("./public-methods-child.ts", import.meta.url));
  expect(trouble).toBe("");
  const results = jsonLines<ConformanceResult>(stdout);
  expect(results.length).toBeGreaterThanOrEqual(60);
  expect(results.filter(({ ok }) => !ok)).toEqual([]);
});
