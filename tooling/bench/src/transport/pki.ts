// What both sides show and trust: P-256, with an intermediate.

import { createTestCa } from "@tlskit/testing";
import type { Certificate, PrivateCertificate } from "@tlskit/x509";

export interface Pki {
  readonly root: Certificate;
  readonly server: PrivateCertificate;
  readonly certPem: string;
  readonly keyPem: string;
  readonly caPem: string;
}

export async function makePki(): Promise<Pki> {
  const ca = await createTestCa();
  const server = await (await ca.createIntermediate()).issue("localhost");
  const keyPem = await server.keyPair.toPem();
  return { root: ca.certificate, server, certPem: server.fullChainPem(), keyPem, caPem: ca.caPem };
}
