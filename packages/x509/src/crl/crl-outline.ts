// The outer structure of a CRL (RFC 5280 section 5.1): one pass that refuses what is none, and finds out where the parts
// are. Integers only; values are read later.
//
// CertificateList ::= SEQUENCE { tbsCertList, signatureAlgorithm AlgorithmIdentifier, signatureValue BIT STRING }
// TBSCertList ::= SEQUENCE { version INTEGER { v2(1) } OPTIONAL, signature AlgorithmIdentifier, issuer Name,
//   thisUpdate Time, nextUpdate Time OPTIONAL, revokedCertificates SEQUENCE OF Entry OPTIONAL,
//   crlExtensions [0] EXPLICIT Extensions OPTIONAL }
// Entry ::= SEQUENCE { userCertificate INTEGER, revocationDate Time, crlEntryExtensions Extensions OPTIONAL }

import { boundSerial } from "../certificate/certificate-outline.ts";
import {
  assertExtensions,
  passAlgorithm,
  passExtensions,
  passName,
  passSignature,
  passTime,
} from "../certificate/structure-parts.ts";
import { valueFail } from "../der/fail.ts";
import { oidOctets } from "../der/oid.ts";
import { DerReader } from "../der/reader.ts";
import { contentStart, elementEnd } from "../der/skip.ts";
import { readStructure } from "../der/structure.ts";
import { Tag } from "../der/tag.ts";
import { type DerLimits, walkDer } from "../der/walk.ts";
import { findExtension } from "../extensions/extension.ts";
import { ExtensionOid } from "../extensions/oids.ts";

/** CRLs of a million entries exist, with 37 to 80 bytes and up to ten elements each. */
const limits: DerLimits = { maxBytes: 0x8000000, maxElements: 0x1000000 };

/** Where the parts of a CRL are. */
export interface CrlOutline {
  readonly version: 1 | 2;
  /** Offset of the inner AlgorithmIdentifier. */
  readonly innerAlgorithm: number;
  readonly issuer: number;
  readonly thisUpdate: number;
  /** 0 if there is none. */
  readonly nextUpdate: number;
  /** Offset of revokedCertificates, 0 if there are none. */
  readonly revoked: number;
  readonly entryCount: number;
  /** Offsets, ascending, of the entries with a certificateIssuer: from each on, entries are about that issuer. */
  readonly issuerEntries: readonly number[];
  /** Offset of the SEQUENCE OF Extension, 0 if there is none. */
  readonly extensions: number;
  /** Offset of the outer AlgorithmIdentifier, which is the end of the signed part. */
  readonly algorithm: number;
}

/**
 * Walks and checks the CRL that fills `bytes`.
 *
 * @throws X509Error with a DER code, CRL_INVALID, EXTENSION_DUPLICATE
 */
export function outlineCrl(bytes: Uint8Array): CrlOutline {
  walkDer(bytes, 0, bytes.length, limits);
  return readStructure("CRL_INVALID", "a CRL", () => {
    const list = new DerReader(bytes).enter(Tag.sequence, "a CertificateList");
    const tbs = list.enter(Tag.sequence, "a TBSCertList");
    const algorithm = passAlgorithm(list, "the signatureAlgorithm");
    passSignature(list, "a signatureValue");
    list.done("the CertificateList");
    return { ...outlineTbs(tbs), algorithm };
  });
}

function outlineTbs(tbs: DerReader): Omit<CrlOutline, "algorithm"> {
  const { bytes } = tbs;
  const version = tbs.peek() === Tag.integer ? readVersion(tbs) : 1;
  const innerAlgorithm = passAlgorithm(tbs, "the signature of a TBSCertList");
  const issuer = passName(tbs, "an issuer");
  const thisUpdate = passTime(tbs, "a thisUpdate");
  const isTime = tbs.peek() === Tag.utcTime || tbs.peek() === Tag.generalizedTime;
  const nextUpdate = isTime ? passTime(tbs, "a nextUpdate") : 0;
  const revoked = tbs.optional(Tag.sequence) ? tbs.headerStart : 0;
  const issuerEntries: number[] = [];
  const entryCount = revoked === 0 ? 0 : checkEntries(bytes, revoked, version, issuerEntries);
  if (version === 1 && tbs.peek() === 0xa0) valueFail(tbs.position, "no extensions before version 2");
  const extensions = passExtensions(tbs, 0xa0, "crlExtensions");
  tbs.done("the TBSCertList");
  return { version, innerAlgorithm, issuer, thisUpdate, nextUpdate, revoked, entryCount, issuerEntries, extensions };
}

// RFC 5280 section 5.1.2.1: a version that is there is 2.
function readVersion(tbs: DerReader): 2 {
  const version = tbs.smallInteger("the version of a CRL");
  if (version !== 1) valueFail(tbs.valueStart, "version 2, or none for version 1");
  return 2;
}

// The one loop that runs a million times: offsets only.
function checkEntries(bytes: Uint8Array, at: number, version: 1 | 2, issuerEntries: number[]): number {
  const issuerOid = oidOctets(ExtensionOid.certificateIssuer);
  const end = elementEnd(bytes, at);
  let count = 0;
  for (let entry = contentStart(bytes, at); entry < end; count++) {
    if (bytes[entry] !== Tag.sequence) valueFail(entry, "an entry of revokedCertificates");
    const entryEnd = elementEnd(bytes, entry);
    const serial = contentStart(bytes, entry);
    if (serial === entryEnd || bytes[serial] !== Tag.integer) valueFail(serial, "a userCertificate");
    const date = elementEnd(bytes, serial);
    boundSerial(serial, date - serial);
    const isTime = date < entryEnd && (bytes[date] === Tag.utcTime || bytes[date] === Tag.generalizedTime);
    if (!isTime) valueFail(date, "a revocationDate");
    const extensions = elementEnd(bytes, date);
    if (extensions !== entryEnd) {
      checkEntryExtensions(bytes, extensions, entryEnd, version);
      if (findExtension(bytes, extensions, issuerOid) !== -1) issuerEntries.push(entry);
    }
    entry = entryEnd;
  }
  return count;
}

function checkEntryExtensions(bytes: Uint8Array, at: number, end: number, version: 1 | 2): void {
  if (version === 1) valueFail(at, "no extensions of an entry before version 2");
  assertExtensions(bytes, at);
  if (elementEnd(bytes, at) !== end) valueFail(elementEnd(bytes, at), "the end of the entry");
}
