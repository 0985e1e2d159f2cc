// Deno.serve, Deno.listenTls and Deno.createHttpClient with our options, in a child process of real Deno.

import { jsonLines, runChild } from "@tlskit/cases";
import { beforeAll, describe, expect, test } from "vitest";

let observed = new Map<string, unknown>();

beforeAll(async () => {
  const { stdout } = await runChild("deno", new URL("./native-child.ts", import.meta.url));
  const lines = jsonLines<{ readonly id: string; readonly observed: unknown }>(stdout);
  observed = new Map(lines.map(({ id, observed: value }) => [id, value]));
});

/** What each case must observe. */
const expected: readonly (readonly [id: string, observed: unknown])[] = [
  ["what is undefined is as if left out", []],
  ["good", "hello"],
  ["HTTP/1.1 alone", "hello"],
  ["wrong name", "not valid for name"],
  ["expired", "certificate expired"],
  ["untrusted", "UnknownIssuer"],
  ["a client without our verifier takes consent", ["insecurelyRuntimeVerificationOnly"]],
  [
    "a client refuses by name",
    ["lowerMaximumSecurityTo", "acceptableProtocols", "requireProtocol", "verifyDepth", "profile"],
  ],
  ["a client that names every server", ["tls"]],
  ["limits on trust", ["trustRoot"]],
  ["Deno.serve asks nobody for a certificate", ["clientAuth", "trustRoot"]],
  ["Deno.serve refuses by name", ["raiseMinimumTo", "acceptableProtocols"]],
  ["Deno.serve with the protocols that it has", "hello"],
  // A client with a protocol in common, and one without.
  ["Deno.listenTls: ALPN", ["bar", "refused"]],
  ["Deno.listenTls asks nobody for a certificate", ["clientAuth", "trustRoot"]],
  ["settings that do not exist", "SETTING_INVALID"],
];

describe("Deno's own APIs", () => {
  test.each(expected)("%s", (id, value) => {
    expect(observed.get(id)).toEqual(value);
  });

  test("no case is without an expectation", () => {
    expect([...observed.keys()]).toEqual(expected.map(([id]) => id));
  });
});
