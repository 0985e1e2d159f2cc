import {
  type Certificate,
  type SignatureAlgorithm,
  type SignedCertificateTimestampV1,
  signatureAlgorithm,
  TlsKitError,
} from "@tlskit/x509";
import type { TransparencyLog } from "../anchors/trust-anchors.ts";
import { toHex } from "../anchors/trust-limits.ts";
import type { Budget } from "../search/budget.ts";
import type { Checking, Signed } from "../search/signature-check.ts";
import { signedEntry } from "./precertificate.ts";

/**
 * When one of the logs has seen a certificate first, by the timestamps in it that are signed rightly; undefined if there
 * are none. Timestamps of other logs, and such as cannot be read, count for nothing.
 *
 * @see RFC 6962, sections 3.2 and 3.3
 */
export function* loggedAt(
  certificate: Certificate,
  issuer: Certificate,
  logs: ReadonlyMap<string, TransparencyLog>,
  budget: Budget,
): Checking<Date | undefined> {
  let earliest: Date | undefined;
  for (const timestamp of timestampsOf(certificate)) {
    const log = logs.get(toHex(timestamp.logId));
    const algorithm = algorithmOf(timestamp);
    if (log === undefined || algorithm === undefined) continue;
    if (earliest !== undefined && timestamp.timestamp >= earliest) continue;
    const issuerKeyHash = issuer.publicKey.spkiHash("sha-256", { format: "bytes" });
    const data = signedEntry(certificate, issuerKeyHash, timestamp);
    budget.spend("signatures");
    const verdict = yield { signed: signedBy(algorithm, timestamp.signature, data), key: log.key };
    if (verdict.kind === "valid") earliest = timestamp.timestamp;
  }
  return earliest;
}

function timestampsOf(certificate: Certificate): readonly SignedCertificateTimestampV1[] {
  try {
    return (certificate.signedCertificateTimestamps ?? []).filter((one) => one.version === "v1");
  } catch (error) {
    if (TlsKitError.is(error)) return [];
    throw error;
  }
}

// RFC 6962, section 2.1.4: ECDSA with P-256 or RSA, both with SHA-256.
function algorithmOf({ signatureAlgorithm: { hash, signature } }: SignedCertificateTimestampV1) {
  if (hash !== 4) return undefined;
  if (signature === 3) return signatureAlgorithm("ecdsa-with-SHA256");
  return signature === 1 ? signatureAlgorithm("sha256WithRSAEncryption") : undefined;
}

function signedBy(algorithm: SignatureAlgorithm, signature: Uint8Array, data: Uint8Array): Signed {
  return {
    verifySignature: (key) => key.verify(algorithm, signature, data),
    verifySignatureSync: (key) => key.verifySync(algorithm, signature, data),
  };
}
