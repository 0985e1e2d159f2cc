import type { Certificate } from "@tlskit/x509";
import type { VerificationAttempt, VerificationReason } from "./reason.ts";

/** A certificate as JSON output names it. */
export interface CertificateSummaryJSON {
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly sha256: string;
}

/** A reason as JSON output shows it. */
export interface VerificationReasonJSON {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly rule: string;
  readonly section: string;
  readonly depth?: number;
  readonly certificate?: CertificateSummaryJSON;
  readonly details: Readonly<Record<string, unknown>>;
}

/** An attempt as JSON output shows it. */
export interface VerificationAttemptJSON {
  readonly chain: readonly CertificateSummaryJSON[];
  readonly reasons: readonly VerificationReasonJSON[];
}

/** Names a certificate in JSON. */
export function certificateToJSON(certificate: Certificate): CertificateSummaryJSON {
  return {
    subject: certificate.subject.toString(),
    issuer: certificate.issuer.toString(),
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    sha256: certificate.id,
  };
}

/** Shows a reason in JSON. */
export function reasonToJSON(reason: VerificationReason): VerificationReasonJSON {
  const { code, message, remedy, rule, section, depth, certificate } = reason;
  return {
    code,
    message,
    remedy,
    rule,
    section,
    ...(depth === undefined ? {} : { depth }),
    ...(certificate === undefined ? {} : { certificate: certificateToJSON(certificate) }),
    details: Object.fromEntries(
      Object.entries(reason.details).map(([key, value]) => [key, value instanceof Date ? value.toISOString() : value]),
    ),
  };
}

/** Shows an attempt in JSON. */
export function attemptToJSON({ chain, reasons }: VerificationAttempt): VerificationAttemptJSON {
  return { chain: chain.map(certificateToJSON), reasons: reasons.map(reasonToJSON) };
}
