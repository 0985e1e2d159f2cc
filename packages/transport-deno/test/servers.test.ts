// What is special about TLS servers on Deno. The client is OpenSSL.

import { jsonLines, runChild } from "@tlskit/cases";
import { describe, expect, test } from "vitest";

const { stdout, trouble } = await runChild("deno", new URL("./servers-child.ts", import.meta.url));
const facts = new Map(jsonLines<{ fact: string; value: unknown }>(stdout).map(({ fact, value }) => [fact, value]));

test("the child process ends well", () => expect(trouble).toBe(""));

describe.each(["-tls1_3", "-tls1_2"])("sessions, %s", (version) => {
  test.each([
    ["full", { resumed: false }],
    ["resumed where the trust is the same", { resumed: true }],
    ["full, again", { resumed: false }],
    // Deno says that this client is authorized.
    ["resumed where another CA is trusted", { code: "UNKNOWN_ISSUER" }],
    ["full, once more", { resumed: false }],
    ["resumed where nobody has verified it", { code: "RUNTIME_REFUSED", nativeCode: "SESSION_NOT_VERIFIED" }],
  ])("%s", (what, verdict) => expect(facts.get(`${version}: ${what}`)).toEqual(verdict));
});

test.each([
  ["sent without client authentication", 1],
  ["sent with 21 anchors", 22],
  ["listening with 201 anchors", "RUNTIME_UNSUPPORTED"],
  ["a key of another certificate", "ERR_SSL_UNSUPPORTED_PROTOCOL"],
])("%s: %s", (fact, value) => expect(facts.get(fact)).toEqual(value));
