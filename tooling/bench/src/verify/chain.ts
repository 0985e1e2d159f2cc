// The chain that all verify: an RSA root that everybody has read before, and an intermediate and a leaf with P-256 keys,
// which come as DER every time, as a peer sends them.

import { createTestCa } from "@tlskit/testing";
import type { Certificate } from "@tlskit/x509";

export interface Chain {
  readonly name: string;
  readonly leaf: Uint8Array;
  readonly intermediate: Uint8Array;
  readonly root: Certificate;
}

export async function makeChain(): Promise<Chain> {
  const name = "www.example.com";
  const root = await createTestCa({ key: { type: "rsa", bits: 2048 } });
  const ca = await root.createIntermediate({ key: { type: "ecdsa", curve: "P-256" } });
  const leaf = await ca.issue(name, "example.com");
  return { name, leaf: leaf.der, intermediate: ca.certificate.der, root: root.certificate };
}
