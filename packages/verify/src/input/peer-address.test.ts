import { createTestCa } from "@tlskit/testing";
import { expect, test } from "vitest";
import { peerText, VerificationError, verifyPathSync } from "../index.ts";

test.each([
  [{ host: "example.org", port: 443 }, "example.org:443"],
  [{ host: "::1", port: 443 }, "[::1]:443"],
  [{ host: "example.org" }, "example.org"],
  [{ host: "/run/tls.sock", port: 0 }, "/run/tls.sock"],
])("%j reads %s", (peer, text) => {
  expect(peerText(peer)).toBe(text);
});

test("a refusal with a peer says whose it is, and is otherwise the same", async () => {
  const [ca, other] = [await createTestCa(), await createTestCa()];
  const leaf = await ca.issue("localhost");
  let error: unknown;
  try {
    verifyPathSync({ leaf, trust: [other.certificate], purpose: "server", name: "example.org" });
  } catch (reason) {
    error = reason;
  }
  if (!VerificationError.is(error)) throw error;
  const named = error.withPeer({ host: "example.org", port: 443 });
  expect(named.message).toBe(`example.org:443: ${error.message}`);
  expect(named.peer).toEqual({ host: "example.org", port: 443 });
  expect(error.peer).toBeUndefined();
  expect("cause" in named).toBe("cause" in error);
  expect({ ...named.toJSON(), message: "", peer: undefined }).toEqual({ ...error.toJSON(), message: "" });
  expect(named.withPeer({ host: "example.net" }).message).toBe(`example.net: ${error.message}`);
});
