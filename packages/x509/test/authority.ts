// Throw-away authorities for tests of issuing, and what OpenSSL says of what they issue.

import {
  type Certificate,
  type KeyGenerationOptions,
  PrivateCertificate,
  type SelfSignedOptions,
} from "../src/index.ts";
import type { Openssl } from "./openssl.ts";

/** The kinds of keys that every chain is tried with. */
export const keyKinds: readonly KeyGenerationOptions[] = [
  { type: "rsa" },
  { type: "ecdsa" },
  { type: "ecdsa", curve: "P-384" },
  { type: "ecdsa", curve: "P-521" },
  { type: "ed25519" },
];

/** A new root. */
export function newCa(options: Partial<SelfSignedOptions> = {}): Promise<PrivateCertificate> {
  return PrivateCertificate.selfSigned({ subject: { CN: "CA" }, profile: "ca", ...options });
}

/** As {@link Openssl.verify}, for a leaf that brings its chain. */
export function opensslVerify(
  openssl: Openssl,
  root: Certificate,
  leaf: PrivateCertificate,
  purpose: string,
  ...more: readonly string[]
): string {
  const files = { root: root.toPem(), chain: leaf.fullChainPem(), leaf: leaf.toPem() };
  return openssl.verify(files, "-purpose", purpose, ...more);
}
