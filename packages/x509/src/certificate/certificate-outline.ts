// The outer structure of a certificate (RFC 5280 section 4.1): one pass that refuses what is none, and finds out where
// the parts are. Integers only; values are read later.
//
// Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm AlgorithmIdentifier, signatureValue BIT STRING }
// TBSCertificate ::= SEQUENCE { version [0] EXPLICIT INTEGER DEFAULT v1, serialNumber INTEGER, signature AlgorithmIdentifier,
//   issuer Name, validity, subject Name, subjectPublicKeyInfo, issuerUniqueID [1], subjectUniqueID [2], extensions [3] }

import { limitFail } from "../der/fail.ts";
import { contentStart, elementEnd } from "../der/skip.ts";
import { Tag } from "../der/tag.ts";
import { assertBitString, walkDer } from "../der/walk.ts";
import { nameFault } from "../distinguished-name/read-name.ts";
import { X509Error } from "../error.ts";
import { assertUnique, extensionsFault } from "../extensions/extension.ts";

/** RFC 5280 allows 20, real ones stay below 40; printing huge ones in decimal would take seconds. */
const maxSerialBytes = 256;

/** @throws X509Error DER_LIMIT_EXCEEDED for a serial number of too many octets */
export function boundSerial(at: number, length: number): void {
  if (length > maxSerialBytes) limitFail(at, "octets in a serial number", maxSerialBytes);
}

/** Where the parts of a certificate are that cannot be reached in a few steps from its start. */
export interface CertificateOutline {
  /** Offset of serialNumber. */
  readonly serial: number;
  /** Offset of issuer. */
  readonly issuer: number;
  /** Offset of subject. */
  readonly subject: number;
  /** Offset of the SEQUENCE OF Extension, 0 if there is none. */
  readonly extensions: number;
}

/**
 * Walks and checks the certificate that fills `bytes`.
 *
 * @throws X509Error with a DER code, CERTIFICATE_INVALID, EXTENSION_DUPLICATE
 */
export function outlineCertificate(bytes: Uint8Array): CertificateOutline {
  walkDer(bytes, 0, bytes.length);
  child(bytes, 0, bytes.length, Tag.sequence, "a Certificate");
  const tbs = contentStart(bytes, 0);
  const algorithm = child(bytes, tbs, bytes.length, Tag.sequence, "a TBSCertificate");
  checkAlgorithm(bytes, algorithm, bytes.length);
  const signature = elementEnd(bytes, algorithm);
  const end = child(bytes, signature, bytes.length, Tag.bitString, "a signatureValue");
  if (bytes[contentStart(bytes, signature)] !== 0) fail(signature, "a signature of whole octets");
  if (end !== bytes.length) fail(end, "the end of the Certificate");
  return outlineTbs(bytes, tbs, algorithm);
}

function outlineTbs(bytes: Uint8Array, tbs: number, end: number): CertificateOutline {
  let at = contentStart(bytes, tbs);
  let version = 1;
  if (at < end && bytes[at] === 0xa0) {
    version = readVersion(bytes, at);
    at = elementEnd(bytes, at);
  }
  const serial = at;
  at = child(bytes, serial, end, Tag.integer, "a serialNumber");
  boundSerial(serial, at - serial);
  checkAlgorithm(bytes, at, end);
  const issuer = elementEnd(bytes, at);
  const validity = checkName(bytes, issuer, end, "an issuer");
  const subject = checkValidity(bytes, validity, end);
  const publicKey = checkName(bytes, subject, end, "a subject");
  at = checkPublicKey(bytes, publicKey, end);
  at = skipUniqueId(bytes, at, end, 0x81, version);
  at = skipUniqueId(bytes, at, end, 0x82, version);
  let extensions = 0;
  if (at < end && bytes[at] === 0xa3) {
    if (version !== 3) fail(at, "no extensions before version 3");
    extensions = checkExtensions(bytes, at);
    at = elementEnd(bytes, at);
  }
  if (at !== end) fail(at, "the end of the TBSCertificate");
  return { serial, issuer, subject, extensions };
}

/** The version, from the [0] at `at`: 1 (which is the DEFAULT and should be absent), 2 or 3. */
export function readVersion(bytes: Uint8Array, at: number): number {
  const integer = contentStart(bytes, at);
  const value = bytes[integer + 2] ?? 0xff;
  const isOne = bytes[integer] === Tag.integer && bytes[integer + 1] === 1 && elementEnd(bytes, at) === integer + 3;
  if (!isOne || value > 2) fail(at, "version 1, 2 or 3");
  return value + 1;
}

function checkAlgorithm(bytes: Uint8Array, at: number, end: number): void {
  const algorithmEnd = child(bytes, at, end, Tag.sequence, "an AlgorithmIdentifier");
  const oid = contentStart(bytes, at);
  const parameters = child(bytes, oid, algorithmEnd, Tag.oid, "the OID of an AlgorithmIdentifier");
  if (parameters !== algorithmEnd && elementEnd(bytes, parameters) !== algorithmEnd) {
    fail(elementEnd(bytes, parameters), "the end of the AlgorithmIdentifier");
  }
}

function checkName(bytes: Uint8Array, at: number, end: number, what: string): number {
  const nameEnd = child(bytes, at, end, Tag.sequence, what);
  const fault = nameFault(bytes, at);
  if (fault !== -1) fail(fault, `${what} that is a Name`);
  return nameEnd;
}

// The walk has checked the times themselves.
function checkValidity(bytes: Uint8Array, at: number, end: number): number {
  const validityEnd = child(bytes, at, end, Tag.sequence, "a validity");
  const notBefore = contentStart(bytes, at);
  const notAfter = time(bytes, notBefore, validityEnd, "a notBefore");
  const after = time(bytes, notAfter, validityEnd, "a notAfter");
  if (after !== validityEnd) fail(after, "the end of the validity");
  return validityEnd;
}

function time(bytes: Uint8Array, at: number, end: number, what: string): number {
  return child(bytes, at, end, bytes[at] === Tag.generalizedTime ? Tag.generalizedTime : Tag.utcTime, what);
}

function checkPublicKey(bytes: Uint8Array, at: number, end: number): number {
  const keyEnd = child(bytes, at, end, Tag.sequence, "a subjectPublicKeyInfo");
  const algorithm = contentStart(bytes, at);
  checkAlgorithm(bytes, algorithm, keyEnd);
  const bits = elementEnd(bytes, algorithm);
  if (child(bytes, bits, keyEnd, Tag.bitString, "a subjectPublicKey") !== keyEnd) {
    fail(elementEnd(bytes, bits), "the end of the subjectPublicKeyInfo");
  }
  return keyEnd;
}

function skipUniqueId(bytes: Uint8Array, at: number, end: number, tag: number, version: number): number {
  if (at >= end || bytes[at] !== tag) return at;
  if (version === 1) fail(at, "no unique identifier in version 1");
  const after = elementEnd(bytes, at);
  // IMPLICIT BIT STRING: the walk could not know.
  assertBitString(bytes, contentStart(bytes, at), after);
  return after;
}

function checkExtensions(bytes: Uint8Array, at: number): number {
  const list = contentStart(bytes, at);
  const end = elementEnd(bytes, at);
  if (child(bytes, list, end, Tag.sequence, "Extensions") !== end) fail(elementEnd(bytes, list), "the end of [3]");
  const fault = extensionsFault(bytes, list);
  if (fault !== -1) fail(fault, "at least one Extension, and nothing else");
  assertUnique(bytes, list);
  return list;
}

// The end of the element at `at`, which must be there, within its container, and have this tag.
function child(bytes: Uint8Array, at: number, end: number, tag: number, what: string): number {
  if (at >= end || bytes[at] !== tag) fail(at, what);
  return elementEnd(bytes, at);
}

function fail(offset: number, expected: string): never {
  throw new X509Error("CERTIFICATE_INVALID", `not a certificate at offset ${offset}: expected ${expected}`, {
    offset,
    expected,
  });
}
