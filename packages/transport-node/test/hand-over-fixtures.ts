// Servers and certificates for the hand-overs.

import { CertificateOptions, type CertificateOptionsInit } from "@tlskit/options";
import { createTestCa, type TestCa } from "@tlskit/testing";
import type { PrivateCertificate } from "@tlskit/x509";

const day = 24 * 60 * 60 * 1000;

/** Everything that the hand-overs are tried with. */
export interface Fixtures {
  readonly ca: TestCa;
  readonly good: PrivateCertificate;
  readonly renewed: PrivateCertificate;
  readonly wrongName: PrivateCertificate;
  readonly expired: PrivateCertificate;
  readonly untrusted: PrivateCertificate;
  readonly client: PrivateCertificate;
  readonly strangeClient: PrivateCertificate;
}

/** Makes it all. */
export async function createFixtures(): Promise<Fixtures> {
  const now = Date.now();
  const ca = await createTestCa({ notBefore: new Date(now - 100 * day) });
  const intermediate = await ca.createIntermediate({ notBefore: new Date(now - 100 * day) });
  const other = await createTestCa();
  const client = { names: ["client@example.org"], profile: "client" } as const;
  return {
    ca,
    good: await intermediate.issue("localhost", "other.localhost"),
    renewed: await intermediate.issue("localhost"),
    wrongName: await intermediate.issue("other.example"),
    expired: await intermediate.issueWith({
      names: ["localhost"],
      notBefore: new Date(now - 50 * day),
      notAfter: new Date(now - 3 * day),
    }),
    untrusted: await other.issue("localhost"),
    client: await intermediate.issueWith(client),
    strangeClient: await other.issueWith(client),
  };
}

/** What a client is refused for, by the identity that the server shows. */
export const refusals = [
  ["wrong name", "wrongName", "NAME_MISMATCH"],
  ["expired", "expired", "CERTIFICATE_EXPIRED"],
  ["untrusted", "untrusted", "UNKNOWN_ISSUER"],
] as const;

/** A server's options. */
export function serverTls(identity: PrivateCertificate, more: CertificateOptionsInit = {}): CertificateOptions {
  return new CertificateOptions({ ...more, identity } as CertificateOptionsInit);
}
