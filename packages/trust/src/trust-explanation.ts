import type { Distrust, TrustAnchor } from "@tlskit/verify";
import type { Certificate } from "@tlskit/x509";
import { TlsKitError } from "@tlskit/x509/error";
import type { TrustEntry } from "./trust-entry.ts";
import { type CertificateOrigin, formatOrigin } from "./trust-source.ts";

/** The answer of `TrustRoot.why`. */
export interface TrustExplanation {
  /** Whether this very certificate is in the set, and on no block list of it. */
  readonly trusted: boolean;
  /** Why it is on a block list; absent if it is on none. */
  readonly distrust?: Distrust;
  /** A sentence for people. */
  readonly message: string;
  /** The anchors made of it, with their constraints; more than one only where sources limit it differently. */
  readonly anchors: readonly TrustAnchor[];
  /** Every place it was found at. */
  readonly origins: readonly CertificateOrigin[];
  /** Other anchors with the same subject: an older or newer edition of the same CA, or an impostor of its name. */
  readonly sameSubject: readonly TrustAnchor[];
}

/** What is known about a certificate. */
export interface KnownTrust {
  readonly entries: readonly TrustEntry[];
  readonly distrust: Distrust | undefined;
  /** May throw on a subject that cannot be read. */
  readonly findSameSubject: () => readonly TrustAnchor[];
}

/** Puts it together. */
export function explainTrust(certificate: Certificate, known: KnownTrust): TrustExplanation {
  const { entries, distrust } = known;
  const origins = entries.flatMap((entry) => entry.origins);
  const sameSubject = known.findSameSubject().filter((anchor) => anchor.certificate.id !== certificate.id);
  const trusted = entries.length > 0 && distrust === undefined;
  const message = trusted ? trustedMessage(certificate, origins) : untrustedMessage(certificate, sameSubject);
  return Object.freeze({
    trusted,
    ...(distrust === undefined ? {} : { distrust: Object.freeze(distrust) }),
    message: distrust === undefined ? message : distrustMessage(distrust, origins),
    anchors: Object.freeze(entries.map(({ anchor }) => anchor)),
    origins: Object.freeze(origins),
    sameSubject: Object.freeze(sameSubject),
  });
}

function distrustMessage({ by, source }: Distrust, origins: readonly CertificateOrigin[]): string {
  const listed = `distrusted: ${LISTED[by]} is on a block list${source === undefined ? "" : ` (${source})`}`;
  return origins.length === 0 ? listed : `${listed}, although it is in ${origins.map(formatOrigin).join(", ")}`;
}

function trustedMessage(certificate: Certificate, origins: readonly CertificateOrigin[]): string {
  const found = origins.length === 0 ? "trusted" : `trusted: found in ${origins.map(formatOrigin).join(", ")}`;
  return vouchesForNobody(certificate)
    ? `${found}; but it is no CA and not self-signed, so it vouches for nobody, itself included`
    : found;
}

function vouchesForNobody(certificate: Certificate): boolean {
  if (certificate.isSelfIssued) return false;
  try {
    return certificate.basicConstraints?.ca !== true;
  } catch (error) {
    // Extensions that cannot be read: the verifier refuses it, and says so.
    if (TlsKitError.is(error)) return false;
    throw error;
  }
}

function untrustedMessage(certificate: Certificate, sameSubject: readonly TrustAnchor[]): string {
  if (sameSubject.length === 0) return "not trusted: no certificate of this set has its subject";
  const sameKey = sameSubject.filter((anchor) => anchor.certificate.publicKey.equals(certificate.publicKey));
  if (sameKey.length === 0) {
    return "not trusted: the set has a certificate with the same subject, but with another key";
  }
  return "not itself in the set, but a certificate with the same subject and key is: what it issued is trusted through that one";
}

const LISTED: Readonly<Record<Distrust["by"], string>> = {
  certificate: "the certificate",
  key: "its key",
  "serial-number": "its serial number",
};
