// Bun.serve and fetch with our options, in a child process of real Bun.

import { jsonLines, runChild } from "@tlskit/cases";
import { beforeAll, describe, expect, test } from "vitest";

let observed = new Map<string, unknown>();

beforeAll(async () => {
  const { stdout } = await runChild("bun", new URL("./native-child.ts", import.meta.url));
  const lines = jsonLines<{ readonly id: string; readonly observed: unknown }>(stdout);
  observed = new Map(lines.map(({ id, observed: value }) => [id, value]));
});

/** What each case must observe. */
const expected: readonly (readonly [id: string, observed: unknown])[] = [
  ["what is undefined is as if left out", [[], []]],
  ["good", "hello"],
  ["a name of its own", "hello"],
  ["wrong name", "NAME_MISMATCH"],
  ["a common name is no name", "NAME_MISMATCH"],
  ["refused by Bun already: expired", "CERT_HAS_EXPIRED"],
  ["refused by Bun already: untrusted", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
  ["hidden intermediate", "PEER_CHAIN_UNAVAILABLE"],
  ["hidden intermediate, trusted", "hello"],
  ["hidden intermediate, by Bun alone", "hello"],
  // The server's view of a request that was refused: nothing.
  ["nothing is sent to a server that ours refuses", ["NAME_MISMATCH", ""]],
  ["every request is verified", ["hello", "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "hello"]],
  ["mTLS: refused without consent", "OPTION_UNSUPPORTED"],
  // The right client; whether a stranger's came in, and nobody's.
  ["mTLS: by Bun alone", ["hello", false, false]],
  // TLS 1.3 only: a client with all versions, one with TLS 1.2, and OpenSSL's with each.
  ["versions of the server", ["hello", false, false, true]],
  // Whether an AEAD suite was agreed, and whether CBC ones were.
  ["ciphers of the server", [true, false]],
  ["ciphers of the client", false],
  ["the private key is not printed", [false, false, true]],
  ["certificates by name", ["DNS:a.example", "DNS:*.a.example", "DNS:b.a.example", "DNS:localhost", "DNS:localhost"]],
  ["certificates by name, each for verified clients only", ["hello", false, false]],
  ["certificates by name that Bun.serve cannot choose", ["contextForServerName", "contextForServerName"]],
  ["Bun.serve refuses by name", ["clientAuth", "acceptableProtocols", "requireProtocol", "verifyDepth", "profile"]],
  ["fetch refuses by name", ["acceptableProtocols", "requireProtocol"]],
  ["limits on trust without our verifier", ["ANCHOR_DISTRUSTED", ["trustRoot"]]],
  ["settings that do not exist", "SETTING_INVALID"],
];

describe("Bun's own APIs", () => {
  test.each(expected)("%s", (id, value) => {
    expect(observed.get(id)).toEqual(value);
  });

  test("no case is without an expectation", () => {
    expect([...observed.keys()]).toEqual(expected.map(([id]) => id));
  });
});
