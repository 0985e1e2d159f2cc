import type { TrustAnchor } from "@tlskit/verify";
import type { Certificate } from "@tlskit/x509";
import type { TrustEntry } from "./trust-entry.ts";
import { type CertificateOrigin, formatOrigin } from "./trust-source.ts";

/** The answer of `TrustRoot.why`. */
export interface TrustExplanation {
  /** Whether this very certificate is in the set. */
  readonly trusted: boolean;
  /** A sentence for people. */
  readonly message: string;
  /** The anchors made of it, with their constraints; more than one only where sources limit it differently. */
  readonly anchors: readonly TrustAnchor[];
  /** Every place it was found at. */
  readonly origins: readonly CertificateOrigin[];
  /** Other anchors with the same subject: an older or newer edition of the same CA, or an impostor of its name. */
  readonly sameSubject: readonly TrustAnchor[];
}

/** Puts together what is known about a certificate; `findSameSubject` may throw on a subject that cannot be read. */
export function explainTrust(
  certificate: Certificate,
  entries: readonly TrustEntry[],
  findSameSubject: () => readonly TrustAnchor[],
): TrustExplanation {
  const origins = entries.flatMap((entry) => entry.origins);
  const sameSubject = findSameSubject().filter((anchor) => anchor.certificate.id !== certificate.id);
  return Object.freeze({
    trusted: entries.length > 0,
    message: entries.length > 0 ? trustedMessage(origins) : untrustedMessage(certificate, sameSubject),
    anchors: Object.freeze(entries.map(({ anchor }) => anchor)),
    origins: Object.freeze(origins),
    sameSubject: Object.freeze(sameSubject),
  });
}

function trustedMessage(origins: readonly CertificateOrigin[]): string {
  return origins.length === 0 ? "trusted" : `trusted: found in ${origins.map(formatOrigin).join(", ")}`;
}

function untrustedMessage(certificate: Certificate, sameSubject: readonly TrustAnchor[]): string {
  if (sameSubject.length === 0) return "not trusted: no certificate of this set has its subject";
  const sameKey = sameSubject.filter((anchor) => anchor.certificate.publicKey.equals(certificate.publicKey));
  if (sameKey.length === 0) {
    return "not trusted: the set has a certificate with the same subject, but with another key";
  }
  return "not itself in the set, but a certificate with the same subject and key is: what it issued is trusted through that one";
}
