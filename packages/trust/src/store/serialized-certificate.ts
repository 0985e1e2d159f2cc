/**
 * A certificate of a Windows store with its properties, as CertSerializeCertificateStoreElement writes it and the
 * registry holds it: records of id, 1, length (each 32 bits, little-endian) and value; the certificate itself is one.
 *
 * @see MS-GPEF, section 2.2.1.1.1.1, "Certificate BLOB Properties"; MS-OSHARED, section 2.3.2.5; wincrypt.h
 */
import { Certificate } from "@tlskit/x509";
import { TrustError } from "../error.ts";

/** A certificate and its properties by their ids. */
export interface SerializedCertificate {
  readonly certificate: Certificate;
  readonly properties: ReadonlyMap<number, Uint8Array>;
}

/** The ids of properties that limit trust, and of the certificate. */
export const PROPERTY = {
  /** The purposes it is trusted for: ExtKeyUsageSyntax. */
  enhkeyUsage: 9,
  certificate: 32,
  /** NameConstraints that the root programme puts on it. */
  rootProgramNameConstraints: 84,
  /** FILETIME: from then on it is not trusted ... */
  disallowedFiletime: 104,
  /** ... for these purposes; without it, for all. */
  disallowedEnhkeyUsage: 122,
  /** FILETIME: what is issued after it is not trusted ... */
  notBeforeFiletime: 126,
  /** ... for these purposes; without it, for all. */
  notBeforeEnhkeyUsage: 127,
  /** FILETIME: as 104, for CAs. */
  disallowedCaFiletime: 128,
} as const;

/** @throws TrustError SERIALIZED_CERTIFICATE_INVALID with the offset; X509Error for a damaged certificate */
export function readSerializedCertificate(bytes: Uint8Array): SerializedCertificate {
  const properties = new Map<number, Uint8Array>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; ) {
    if (bytes.length - at < HEADER) throw invalid(at, "a record is cut off");
    const id = view.getUint32(at, true);
    const length = view.getUint32(at + 8, true);
    if (view.getUint32(at + 4, true) !== 1) throw invalid(at, "the encoding of a record is unknown");
    if (length > bytes.length - at - HEADER) throw invalid(at, "a record is longer than the rest");
    if (properties.has(id)) throw invalid(at, `the property ${id} is there twice`);
    properties.set(id, bytes.slice(at + HEADER, at + HEADER + length));
    at += HEADER + length;
  }
  const der = properties.get(PROPERTY.certificate);
  if (der === undefined) throw invalid(bytes.length, "there is no certificate");
  return { certificate: Certificate.fromDer(der), properties };
}

/** A FILETIME, 100 ns since 1601, as a moment; the earliest one there is for zero. @throws TrustError */
export function readFiletime(bytes: Uint8Array): Date {
  if (bytes.length !== 8) throw invalid(0, "a FILETIME has not eight octets");
  const ticks = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  const milliseconds = Number(ticks / 10_000n) - EPOCH_1601;
  const date = new Date(milliseconds);
  // Later than any Date is never; what a limit must not do is vanish, so it is the last moment there is.
  return Number.isNaN(date.getTime()) ? new Date(LAST_MOMENT) : date;
}

function invalid(offset: number, problem: string): TrustError<"SERIALIZED_CERTIFICATE_INVALID"> {
  const message = `A certificate of a Windows store cannot be read: at offset ${offset} ${problem}.`;
  return new TrustError("SERIALIZED_CERTIFICATE_INVALID", message, { offset, problem });
}

const HEADER = 12;
const EPOCH_1601 = 11_644_473_600_000;
const LAST_MOMENT = 8.64e15;
