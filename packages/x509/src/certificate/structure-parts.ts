// Structures inside others, checked and passed over: for bytes that the strict walk has accepted. Each function returns
// the offset of what it found, to be read later.

import { valueFail } from "../der/fail.ts";
import type { DerReader } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { nameFault } from "../distinguished-name/read-name.ts";
import { assertUnique, extensionsFault } from "../extensions/extension.ts";

/** AlgorithmIdentifier ::= SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY OPTIONAL } */
export function passAlgorithm(reader: DerReader, what: string): number {
  const fields = reader.enter(Tag.sequence, what);
  fields.expect(Tag.oid, `the OID of ${what}`);
  if (fields.peek() !== -1) fields.next();
  fields.done(what);
  return reader.headerStart;
}

/** Name (RFC 5280 section 4.1.2.4) */
export function passName(reader: DerReader, what: string): number {
  reader.expect(Tag.sequence, what);
  const fault = nameFault(reader.bytes, reader.headerStart);
  if (fault !== -1) valueFail(fault, `${what} that is a Name`);
  return reader.headerStart;
}

/** UTCTime or GeneralizedTime; the walk has checked the time itself. */
export function passTime(reader: DerReader, what: string): number {
  reader.expect(reader.peek() === Tag.generalizedTime ? Tag.generalizedTime : Tag.utcTime, what);
  return reader.headerStart;
}

/** A BIT STRING of whole octets. */
export function passSignature(reader: DerReader, what: string): number {
  const { unused } = reader.bitString(what);
  if (unused !== 0) valueFail(reader.valueStart, `${what} of whole octets`);
  return reader.headerStart;
}

/** `[tag] EXPLICIT Extensions OPTIONAL`; 0 if it is not there. */
export function passExtensions(reader: DerReader, tag: number, what: string): number {
  if (!reader.optional(tag)) return 0;
  const explicit = reader.contents();
  explicit.expect(Tag.sequence, what);
  explicit.done(what);
  assertExtensions(reader.bytes, explicit.headerStart);
  return explicit.headerStart;
}

/**
 * Throws unless the SEQUENCE at `at` is Extensions, each of them once.
 *
 * @throws X509Error DER_BAD_VALUE, EXTENSION_DUPLICATE
 */
export function assertExtensions(bytes: Uint8Array, at: number): void {
  const fault = extensionsFault(bytes, at);
  if (fault !== -1) valueFail(fault, "at least one Extension, and nothing else");
  assertUnique(bytes, at);
}
