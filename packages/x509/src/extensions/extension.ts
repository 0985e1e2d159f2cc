// Extension ::= SEQUENCE { extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }
// RFC 5280 section 4.2

import { limitFail } from "../der/fail.ts";
import { decodeOid, isOid } from "../der/oid.ts";
import { contentStart, elementEnd } from "../der/skip.ts";
import { latin1Text } from "../der/string.ts";
import { derBoolean, derOctetString, derOid, derSequence } from "../der/writer.ts";
import { X509Error } from "../error.ts";

/** An extension as it stands in a certificate or request, or as it is to be issued. */
export interface Extension {
  /** extnID as dotted text. */
  readonly oid: string;
  /** The name of the extension, if we know it. */
  readonly name?: string;
  /** Must a reader that does not understand it refuse the certificate? */
  readonly critical: boolean;
  /** The contents of extnValue: DER of whatever the extension defines. A fresh copy. */
  readonly value: Uint8Array;
}

/**
 * Looks for a fault in the structure of the Extensions at `at`, in bytes that were walked: its offset, or -1.
 */
export function extensionsFault(bytes: Uint8Array, at: number): number {
  const end = elementEnd(bytes, at);
  let extension = contentStart(bytes, at);
  if (bytes[at] !== 0x30 || extension === end) return at;
  while (extension < end) {
    const extensionEnd = elementEnd(bytes, extension);
    const type = contentStart(bytes, extension);
    if (bytes[extension] !== 0x30 || type === extensionEnd || bytes[type] !== 0x06) return extension;
    let value = elementEnd(bytes, type);
    if (value < extensionEnd && bytes[value] === 0x01) value = elementEnd(bytes, value);
    if (value >= extensionEnd || bytes[value] !== 0x04 || elementEnd(bytes, value) !== extensionEnd) return extension;
    extension = extensionEnd;
  }
  return -1;
}

/**
 * The offset of the Extension with this OID (its contents octets), or -1. For bytes that were walked and checked.
 */
export function findExtension(bytes: Uint8Array, at: number, oid: ArrayLike<number>): number {
  const end = elementEnd(bytes, at);
  for (let extension = contentStart(bytes, at); extension < end; extension = elementEnd(bytes, extension)) {
    const type = contentStart(bytes, extension);
    if (isOid(bytes, type, oid)) return extension;
  }
  return -1;
}

/**
 * Throws unless the Extensions at `at`, in bytes that were walked and checked, have each OID once.
 *
 * @throws X509Error EXTENSION_DUPLICATE, DER_LIMIT_EXCEEDED for more than 4,096
 */
export function assertUnique(bytes: Uint8Array, at: number): void {
  const end = elementEnd(bytes, at);
  let seen = 0;
  for (let one = contentStart(bytes, at); one < end; one = elementEnd(bytes, one)) {
    // The usual extensions differ in the low five bits of their last octet: then no OID has to be made.
    const bit = 1 << (bytes[elementEnd(bytes, contentStart(bytes, one)) - 1] as number);
    if ((seen & bit) !== 0) {
      assertUniqueOids(bytes, at, end);
      return;
    }
    seen |= bit;
  }
}

// Hostile ones may have thousands, with arcs that take long to decode: their octets are compared.
function assertUniqueOids(bytes: Uint8Array, at: number, end: number): void {
  const seen = new Set<string>();
  for (let offset = contentStart(bytes, at); offset < end; offset = elementEnd(bytes, offset)) {
    const type = contentStart(bytes, offset);
    const [from, to] = [contentStart(bytes, type), elementEnd(bytes, type)];
    const octets = latin1Text(bytes, from, to);
    if (seen.has(octets)) {
      const oid = decodeOid(bytes, from, to);
      throw new X509Error("EXTENSION_DUPLICATE", `the extension ${oid} is there twice`, { oid, offset });
    }
    // Certificates have a dozen.
    if (seen.add(octets).size > 4096) limitFail(offset, "extensions", 4096);
  }
}

/** Extension in DER. */
export function encodeExtension(extension: Extension): Uint8Array {
  const { oid, critical, value } = extension;
  return critical
    ? derSequence(derOid(oid), derBoolean(true), derOctetString(value))
    : derSequence(derOid(oid), derOctetString(value));
}

/** Extensions in DER: SEQUENCE OF Extension. */
export function encodeExtensions(extensions: readonly Extension[]): Uint8Array {
  return derSequence(...extensions.map(encodeExtension));
}
