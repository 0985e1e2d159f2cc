// What OCSP requests and responses have in common; for bytes that the strict walk has accepted.

import { boundSerial } from "../certificate/certificate-outline.ts";
import { passAlgorithm, passSignature } from "../certificate/structure-parts.ts";
import { valueFail } from "../der/fail.ts";
import type { DerReader } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";

/** `version [0] EXPLICIT INTEGER { v1(0) } DEFAULT v1`: its offset, 0 if it is not there. */
export function passVersion(reader: DerReader): number {
  if (!reader.optional(0xa0)) return 0;
  const explicit = reader.contents();
  const isOne = explicit.smallInteger("a version") === 0;
  if (!isOne || explicit.peek() !== -1) valueFail(explicit.headerStart, "version 1");
  return reader.headerStart;
}

/** CertID: its offset. */
export function passCertId(reader: DerReader): number {
  const fields = reader.enter(Tag.sequence, "a CertID");
  passAlgorithm(fields, "a hashAlgorithm");
  fields.expect(Tag.octetString, "an issuerNameHash");
  fields.expect(Tag.octetString, "an issuerKeyHash");
  fields.expect(Tag.integer, "a serialNumber");
  boundSerial(fields.headerStart, fields.valueEnd - fields.valueStart);
  fields.done("a CertID");
  return reader.headerStart;
}

/** Where the parts of a signature are. */
export interface SignatureOutline {
  /** Offset of the AlgorithmIdentifier; the BIT STRING follows. */
  readonly algorithm: number;
  /** Offsets of the certificates that came with it. */
  readonly certificates: readonly number[];
}

/** `signatureAlgorithm, signature BIT STRING, certs [0] EXPLICIT SEQUENCE OF Certificate OPTIONAL`, to the end. */
export function passSigned(reader: DerReader, what: string): SignatureOutline {
  const algorithm = passAlgorithm(reader, "a signatureAlgorithm");
  passSignature(reader, "a signature");
  const certificates: number[] = [];
  if (reader.optional(0xa0)) {
    const explicit = reader.contents();
    const list = explicit.enter(Tag.sequence, "the certificates");
    explicit.done("the certificates");
    while (list.peek() !== -1) {
      list.expect(Tag.sequence, "a Certificate");
      certificates.push(list.headerStart);
    }
  }
  reader.done(what);
  return { algorithm, certificates };
}
