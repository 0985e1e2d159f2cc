// A certificate as JSON, in the shape that commands print with --json.

import { X509Error } from "../error.ts";
import { formatGeneralName, type GeneralName } from "../general-name/general-name.ts";
import { isoTime } from "./iso-time.ts";

/** What `JSON.stringify` makes of a certificate. */
export interface CertificateJson {
  /** RFC 4514 text. */
  readonly subject: string;
  /** RFC 4514 text. */
  readonly issuer: string;
  /** Lower-case hex. */
  readonly serialNumber: string;
  /** ISO 8601, UTC. */
  readonly notBefore: string;
  /** ISO 8601, UTC. */
  readonly notAfter: string;
  /** Such as `DNS:example.com`; absent if there is no extension, or it cannot be read. */
  readonly subjectAltName?: readonly string[];
  /** SHA-256 of the DER in lower-case hex. */
  readonly sha256: string;
}

/** The JSON of a certificate. */
export function certificateJson(certificate: {
  readonly subject: { toString(): string };
  readonly issuer: { toString(): string };
  readonly serialNumberHex: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly subjectAltName: readonly GeneralName[] | undefined;
  readonly id: string;
}): CertificateJson {
  const names = readableNames(certificate);
  return {
    subject: certificate.subject.toString(),
    issuer: certificate.issuer.toString(),
    serialNumber: certificate.serialNumberHex,
    notBefore: isoTime(certificate.notBefore),
    notAfter: isoTime(certificate.notAfter),
    ...(names && { subjectAltName: names.map(formatGeneralName) }),
    sha256: certificate.id,
  };
}

/** The names of the subject; absent if there is no extension, or it cannot be read. */
export function readableNames(certificate: {
  readonly subjectAltName: readonly GeneralName[] | undefined;
}): readonly GeneralName[] | undefined {
  try {
    return certificate.subjectAltName;
  } catch (error) {
    if (X509Error.is(error)) return undefined;
    throw error;
  }
}
