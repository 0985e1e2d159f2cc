// What is DER and a CRL, and yet not as RFC 5280 section 5 wants it. Such CRLs exist, so they are read; each profile of
// the verifier judges for itself.

import { compareBytes } from "../bytes.ts";
import { criticality, type Deviation, type NameDeviationCode, reportName } from "../certificate/deviation.ts";
import { oidOctets } from "../der/oid.ts";
import { contentStart, elementEnd } from "../der/skip.ts";
import { Tag } from "../der/tag.ts";
import { decodeTime } from "../der/time.ts";
import { walkDer } from "../der/walk.ts";
import { X509Error } from "../error.ts";
import { findExtension } from "../extensions/extension.ts";
import { ExtensionOid } from "../extensions/oids.ts";
import { extensionsOf } from "./crl-entry.ts";
import type { CrlOutline } from "./crl-outline.ts";

/** How a CRL differs from RFC 5280. */
export type CrlDeviationCode =
  | NameDeviationCode
  | "SIGNATURE_ALGORITHM_MISMATCH"
  | "ISSUER_EMPTY"
  | "TIME_GENERALIZED_BEFORE_2050"
  | "NEXT_UPDATE_MISSING"
  | "UPDATES_REVERSED"
  | "REVOKED_CERTIFICATES_EMPTY"
  | "SERIAL_NEGATIVE"
  | "SERIAL_TOO_LONG"
  | "CRITICAL_DEFAULT_ENCODED"
  | "EXTENSION_NOT_CRITICAL"
  | "DISTRIBUTION_POINT_DEFAULT_ENCODED"
  | "CERTIFICATE_ISSUER_IN_DIRECT_CRL";

/** One difference of a CRL. */
export type CrlDeviation = Deviation<CrlDeviationCode>;

/** All deviations of a CRL that was outlined; of those of its entries, the first of each kind. */
export function findCrlDeviations(bytes: Uint8Array, outline: CrlOutline): readonly CrlDeviation[] {
  const found: CrlDeviation[] = [];
  const report: Report = (code, offset) => {
    found.push(Object.freeze({ code, offset, message: sentences[code] }));
  };
  fields(bytes, outline, report);
  if (outline.revoked !== 0) entries(bytes, outline, firstOfEach(report));
  extensions(bytes, outline, report);
  return Object.freeze(found);
}

type Report = (code: CrlDeviationCode, offset: number) => void;

function firstOfEach(report: Report): Report {
  const seen = new Set<CrlDeviationCode>();
  return (code, offset) => {
    if (seen.has(code)) return;
    seen.add(code);
    report(code, offset);
  };
}

function fields(bytes: Uint8Array, outline: CrlOutline, report: Report): void {
  const { innerAlgorithm, algorithm, issuer, thisUpdate, nextUpdate } = outline;
  const inner = bytes.subarray(innerAlgorithm, elementEnd(bytes, innerAlgorithm));
  const outer = bytes.subarray(algorithm, elementEnd(bytes, algorithm));
  if (compareBytes(inner, outer) !== 0) report("SIGNATURE_ALGORITHM_MISMATCH", algorithm);
  if (elementEnd(bytes, issuer) === contentStart(bytes, issuer)) report("ISSUER_EMPTY", issuer);
  reportName(bytes, issuer, report);
  const from = time(bytes, thisUpdate, report);
  if (nextUpdate === 0) report("NEXT_UPDATE_MISSING", elementEnd(bytes, thisUpdate));
  else if (time(bytes, nextUpdate, report) < from) report("UPDATES_REVERSED", nextUpdate);
}

function time(bytes: Uint8Array, at: number, report: Report): number {
  const tag = bytes[at] ?? 0;
  const value = decodeTime(bytes, tag, contentStart(bytes, at), elementEnd(bytes, at));
  if (tag === Tag.generalizedTime && value < Date.UTC(2050, 0)) report("TIME_GENERALIZED_BEFORE_2050", at);
  return value;
}

function entries(bytes: Uint8Array, outline: CrlOutline, report: Report): void {
  const { revoked, entryCount } = outline;
  if (entryCount === 0) report("REVOKED_CERTIFICATES_EMPTY", revoked);
  const end = elementEnd(bytes, revoked);
  for (let entry = contentStart(bytes, revoked); entry < end; entry = elementEnd(bytes, entry)) {
    const serial = contentStart(bytes, entry);
    const start = contentStart(bytes, serial);
    const date = elementEnd(bytes, serial);
    if ((bytes[start] ?? 0) >= 0x80) report("SERIAL_NEGATIVE", serial);
    if (date - start > 20) report("SERIAL_TOO_LONG", serial);
    if (bytes[date] === Tag.generalizedTime) time(bytes, date, report);
    const list = extensionsOf(bytes, entry);
    if (list !== 0) criticalDefaults(bytes, list, report);
  }
  const indirect = isIndirect(bytes, outline.extensions);
  for (const entry of outline.issuerEntries) {
    const list = extensionsOf(bytes, entry);
    mustBeCritical(bytes, list, ExtensionOid.certificateIssuer, report);
    if (!indirect) report("CERTIFICATE_ISSUER_IN_DIRECT_CRL", entry);
  }
}

function extensions(bytes: Uint8Array, { extensions: list }: CrlOutline, report: Report): void {
  if (list === 0) return;
  criticalDefaults(bytes, list, report);
  mustBeCritical(bytes, list, ExtensionOid.deltaCrlIndicator, report);
  mustBeCritical(bytes, list, ExtensionOid.issuingDistributionPoint, report);
  for (const { at, value } of pointFlags(bytes, list)) if (!value) report("DISTRIBUTION_POINT_DEFAULT_ENCODED", at);
}

function criticalDefaults(bytes: Uint8Array, list: number, report: Report): void {
  const end = elementEnd(bytes, list);
  for (let extension = contentStart(bytes, list); extension < end; extension = elementEnd(bytes, extension)) {
    const { critical, isEncoded } = criticality(bytes, extension);
    if (isEncoded && !critical) report("CRITICAL_DEFAULT_ENCODED", extension);
  }
}

function mustBeCritical(bytes: Uint8Array, list: number, oid: string, report: Report): void {
  const extension = findExtension(bytes, list, oidOctets(oid));
  if (extension !== -1 && !criticality(bytes, extension).critical) report("EXTENSION_NOT_CRITICAL", extension);
}

function isIndirect(bytes: Uint8Array, list: number): boolean {
  return list !== 0 && pointFlags(bytes, list).some(({ tag, value }) => tag === 0x84 && value);
}

interface PointFlag {
  readonly at: number;
  readonly tag: number;
  readonly value: boolean;
}

// The booleans of an IssuingDistributionPoint, out of the very octets: whether the extension can be read at all is said
// when it is read.
function pointFlags(bytes: Uint8Array, list: number): readonly PointFlag[] {
  const extension = findExtension(bytes, list, oidOctets(ExtensionOid.issuingDistributionPoint));
  if (extension === -1) return [];
  const end = elementEnd(bytes, extension);
  let octets = elementEnd(bytes, contentStart(bytes, extension));
  if (bytes[octets] === Tag.boolean) octets = elementEnd(bytes, octets);
  const sequence = contentStart(bytes, octets);
  const flags: PointFlag[] = [];
  if (bytes[sequence] !== Tag.sequence || !isDer(bytes, sequence, end)) return flags;
  for (let at = contentStart(bytes, sequence); at < end; at = elementEnd(bytes, at)) {
    const tag = bytes[at] ?? 0;
    const isFlag = tag === 0x81 || tag === 0x82 || tag === 0x84 || tag === 0x85;
    if (isFlag && bytes[at + 1] === 1) flags.push({ at, tag, value: bytes[at + 2] === 0xff });
  }
  return flags;
}

// The walk over the CRL does not look into octet strings, and stepping over lengths that nobody checked may never end.
function isDer(bytes: Uint8Array, start: number, end: number): boolean {
  try {
    walkDer(bytes, start, end);
    return true;
  } catch (error) {
    if (X509Error.is(error)) return false;
    throw error;
  }
}

const sentences: Readonly<Record<CrlDeviationCode, string>> = {
  NAME_SET_ORDER: "The attributes of an RDN are not in the order of DER (X.690 11.6).",
  NAME_TEXT_UNREADABLE: "An attribute of the issuer is no character string (RFC 5280 section 4.1.2.4).",
  NAME_TEXT_ALPHABET:
    "An attribute of the issuer has characters that its string type does not have (X.680 section 41).",
  SIGNATURE_ALGORITHM_MISMATCH:
    "The signature algorithm inside the signed part is not the one beside the signature (RFC 5280 section 5.1.1.2).",
  ISSUER_EMPTY: "The issuer is empty (RFC 5280 section 5.1.2.3).",
  TIME_GENERALIZED_BEFORE_2050: "A date before 2050 is a GeneralizedTime (RFC 5280 section 5.1.2.4).",
  NEXT_UPDATE_MISSING: "There is no nextUpdate (RFC 5280 section 5.1.2.5).",
  UPDATES_REVERSED: "nextUpdate is before thisUpdate (RFC 5280 section 5.1.2.5).",
  REVOKED_CERTIFICATES_EMPTY: "The list of revoked certificates is there, and empty (RFC 5280 section 5.1.2.6).",
  SERIAL_NEGATIVE: "A serial number is negative (RFC 5280 section 4.1.2.2).",
  SERIAL_TOO_LONG: "A serial number has more than 20 octets (RFC 5280 section 4.1.2.2).",
  CRITICAL_DEFAULT_ENCODED: "critical FALSE is the default and must not be encoded (RFC 5280 section 4.2, X.690 11.5).",
  EXTENSION_NOT_CRITICAL:
    "An extension that changes what the CRL means is not critical (RFC 5280 sections 5.2.4, 5.2.5 and 5.3.3).",
  DISTRIBUTION_POINT_DEFAULT_ENCODED:
    "FALSE is the default in an issuing distribution point and must not be encoded (RFC 5280 section 5.2.5, X.690 11.5).",
  CERTIFICATE_ISSUER_IN_DIRECT_CRL:
    "An entry names another issuer, and the CRL does not say that it is indirect (RFC 5280 section 5.3.3).",
};
