import { CAPABILITIES, type Capabilities } from "@tlskit/options";
import { createTestCa } from "@tlskit/testing";
import { verifyPath } from "@tlskit/verify";
import { expect, test } from "vitest";
import { hiddenChain } from "./admit.ts";

const all = Object.fromEntries(Object.keys(CAPABILITIES).map((name) => [name, true])) as unknown as Capabilities;
const gap = { reason: "It hides the chain.", alternative: "Use another version." };
const complete = { name: "node", capabilities: all, chainAsSent: "getPeerX509Certificate" } as const;
const hiding = { ...complete, capabilities: { ...all, "server-peer-chain": gap } } as const;
const view = { role: "server", shown: 1, authorized: true } as const;

async function unknownIssuer(): Promise<unknown> {
  const leaf = await (await createTestCa({ name: "a stranger" })).issue("localhost");
  const { certificate } = await createTestCa();
  return verifyPath({ leaf, trust: [certificate], purpose: "server", name: "localhost" }).catch(
    (error: unknown) => error,
  );
}

test("a chain is said to be hidden only where the runtime hides it", async () => {
  const error = await unknownIssuer();
  expect(error).toMatchObject({ code: "UNKNOWN_ISSUER" });
  expect(hiddenChain(error, view, hiding)).toMatchObject({ code: "PEER_CHAIN_UNAVAILABLE", cause: error });
  expect(hiddenChain(error, view, complete)).toBe(error);
  expect(hiddenChain(error, { ...view, role: "client" }, hiding)).toBe(error);
  expect(hiddenChain(error, { ...view, shown: 2 }, hiding)).toBe(error);
  expect(hiddenChain(error, { ...view, authorized: false }, hiding)).toBe(error);
});
