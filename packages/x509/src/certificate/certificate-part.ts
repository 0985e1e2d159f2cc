// The parts of a certificate that `Certificate` decodes, or hands on, as they stand in the DER.

import { BasicCertificate } from "../basic-certificate.ts";
import { contentStart, elementEnd } from "../der/skip.ts";

/** A part of a certificate. */
export type CertificatePart =
  | "tbsCertificate"
  | "innerAlgorithm"
  | "issuer"
  | "subject"
  | "publicKey"
  | "signatureAlgorithm";

/** A part in DER without a copy: do not let it leave the package. */
export function partOf(certificate: BasicCertificate, part: CertificatePart): Uint8Array {
  const bytes = BasicCertificate.viewOf(certificate);
  const at = offsetOf(certificate, part);
  return bytes.subarray(at, elementEnd(bytes, at));
}

/** Where a part starts. */
export function offsetOf(certificate: BasicCertificate, part: CertificatePart): number {
  const bytes = BasicCertificate.viewOf(certificate);
  const { serial, issuer, subject } = BasicCertificate.outlineOf(certificate);
  switch (part) {
    case "innerAlgorithm":
      return elementEnd(bytes, serial);
    case "issuer":
      return issuer;
    case "subject":
      return subject;
    case "publicKey":
      return elementEnd(bytes, subject);
    default: {
      const tbs = contentStart(bytes, 0);
      return part === "tbsCertificate" ? tbs : elementEnd(bytes, tbs);
    }
  }
}
