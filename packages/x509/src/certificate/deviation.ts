// What is DER, and yet not as RFC 5280 wants it. Such certificates exist (two of Debian's own roots are among them), so
// they are read; each profile of the verifier judges for itself.

import { compareBytes } from "../bytes.ts";
import { oidOctets } from "../der/oid.ts";
import { DerReader } from "../der/reader.ts";
import { contentStart, elementEnd } from "../der/skip.ts";
import { isInAlphabet } from "../der/string.ts";
import { Tag } from "../der/tag.ts";
import { decodeTime } from "../der/time.ts";
import { NameAttribute } from "../distinguished-name/name-attribute.ts";
import { X509Error } from "../error.ts";
import { findExtension } from "../extensions/extension.ts";
import { ExtensionOid } from "../extensions/oids.ts";
import { type CertificateOutline, outlineCertificate } from "./certificate-outline.ts";

/** How a certificate differs from RFC 5280. */
export type DeviationCode =
  | "VERSION_DEFAULT_ENCODED"
  | "SERIAL_NEGATIVE"
  | "SERIAL_ZERO"
  | "SERIAL_TOO_LONG"
  | "SIGNATURE_ALGORITHM_MISMATCH"
  | "ISSUER_EMPTY"
  | "NAME_SET_ORDER"
  | "NAME_TEXT_UNREADABLE"
  | "NAME_TEXT_ALPHABET"
  | "TIME_GENERALIZED_BEFORE_2050"
  | "VALIDITY_REVERSED"
  | "UNIQUE_IDENTIFIER"
  | "CRITICAL_DEFAULT_ENCODED"
  | "SUBJECT_EMPTY_WITHOUT_CRITICAL_SAN"
  | "CA_DEFAULT_ENCODED"
  | "PATH_LENGTH_WITHOUT_CA"
  | "SUBTREE_MINIMUM_DEFAULT_ENCODED"
  | "KEY_USAGE_EMPTY"
  | "KEY_USAGE_PADDING"
  | "KEY_USAGE_UNKNOWN_BIT";

/** One difference. */
export interface Deviation<Code extends string = DeviationCode> {
  readonly code: Code;
  /** Byte offset in the DER of the certificate, or of whatever deviates. */
  readonly offset: number;
  /** A sentence for people, with the section of RFC 5280. */
  readonly message: string;
}

/** All deviations of a certificate, in the order of the encoding. */
export function findDeviations(bytes: Uint8Array): readonly Deviation[] {
  const outline = outlineCertificate(bytes);
  const found: Deviation[] = [];
  const report: Report = (code, offset) => {
    found.push(Object.freeze({ code, offset, message: sentences[code] }));
  };
  versionAndSerial(bytes, outline, report);
  algorithms(bytes, outline, report);
  if (elementEnd(bytes, outline.issuer) === contentStart(bytes, outline.issuer)) report("ISSUER_EMPTY", outline.issuer);
  reportName(bytes, outline.issuer, report);
  validity(bytes, elementEnd(bytes, outline.issuer), report);
  reportName(bytes, outline.subject, report);
  afterSubject(bytes, outline, report);
  if (outline.extensions !== 0) extensions(bytes, outline, report);
  return Object.freeze(found);
}

type Report = (code: DeviationCode, offset: number) => void;

function versionAndSerial(bytes: Uint8Array, { serial }: CertificateOutline, report: Report): void {
  const version = contentStart(bytes, contentStart(bytes, 0));
  if (version !== serial && bytes[contentStart(bytes, version) + 2] === 0) report("VERSION_DEFAULT_ENCODED", version);
  const start = contentStart(bytes, serial);
  const length = elementEnd(bytes, serial) - start;
  if ((bytes[start] ?? 0) >= 0x80) report("SERIAL_NEGATIVE", serial);
  else if (length === 1 && bytes[start] === 0) report("SERIAL_ZERO", serial);
  if (length > 20) report("SERIAL_TOO_LONG", serial);
}

function algorithms(bytes: Uint8Array, { serial, issuer }: CertificateOutline, report: Report): void {
  const inner = elementEnd(bytes, serial);
  const outer = elementEnd(bytes, contentStart(bytes, 0));
  const same = compareBytes(bytes.subarray(inner, issuer), bytes.subarray(outer, elementEnd(bytes, outer))) === 0;
  if (!same) report("SIGNATURE_ALGORITHM_MISMATCH", outer);
}

/** What may be odd about a name. */
export type NameDeviationCode = Extract<DeviationCode, `NAME_${string}`>;

/** Reports what is odd about the Name at `at`, in bytes that were walked and checked. */
export function reportName(
  bytes: Uint8Array,
  at: number,
  report: (code: NameDeviationCode, offset: number) => void,
): void {
  const end = elementEnd(bytes, at);
  for (let set = contentStart(bytes, at); set < end; set = elementEnd(bytes, set)) {
    let previous: Uint8Array | undefined;
    const setEnd = elementEnd(bytes, set);
    for (let attribute = contentStart(bytes, set); attribute < setEnd; attribute = elementEnd(bytes, attribute)) {
      const der = bytes.subarray(attribute, elementEnd(bytes, attribute));
      if (previous !== undefined && compareBytes(previous, der) > 0) report("NAME_SET_ORDER", attribute);
      previous = der;
      attributeText(bytes, attribute, report);
    }
  }
}

function attributeText(
  bytes: Uint8Array,
  attribute: number,
  report: (code: NameDeviationCode, offset: number) => void,
): void {
  const value = elementEnd(bytes, contentStart(bytes, attribute));
  const { isText, tag } = new NameAttribute(bytes, attribute);
  if (!isText) report("NAME_TEXT_UNREADABLE", value);
  else if (!isInAlphabet(bytes, tag, contentStart(bytes, value), elementEnd(bytes, value))) {
    report("NAME_TEXT_ALPHABET", value);
  }
}

function validity(bytes: Uint8Array, at: number, report: Report): void {
  const times = [contentStart(bytes, at), elementEnd(bytes, contentStart(bytes, at))].map((offset) => {
    const tag = bytes[offset] ?? 0;
    const time = decodeTime(bytes, tag, contentStart(bytes, offset), elementEnd(bytes, offset));
    if (tag === Tag.generalizedTime && time < Date.UTC(2050, 0)) report("TIME_GENERALIZED_BEFORE_2050", offset);
    return time;
  });
  if ((times[0] ?? 0) > (times[1] ?? 0)) report("VALIDITY_REVERSED", at);
}

function afterSubject(bytes: Uint8Array, { subject }: CertificateOutline, report: Report): void {
  const unique = elementEnd(bytes, elementEnd(bytes, subject));
  if (bytes[unique] === 0x81 || bytes[unique] === 0x82) report("UNIQUE_IDENTIFIER", unique);
}

function extensions(bytes: Uint8Array, { subject, extensions: at }: CertificateOutline, report: Report): void {
  const end = elementEnd(bytes, at);
  for (let extension = contentStart(bytes, at); extension < end; extension = elementEnd(bytes, extension)) {
    const { critical, isEncoded } = criticality(bytes, extension);
    if (isEncoded && !critical) report("CRITICAL_DEFAULT_ENCODED", extension);
  }
  if (elementEnd(bytes, subject) === contentStart(bytes, subject)) {
    const san = findExtension(bytes, at, oidOctets(ExtensionOid.subjectAltName));
    if (san !== -1 && !criticality(bytes, san).critical) report("SUBJECT_EMPTY_WITHOUT_CRITICAL_SAN", san);
  }
  basicConstraints(bytes, at, report);
  keyUsage(bytes, at, report);
  nameConstraints(bytes, at, report);
}

/** Is the Extension at `at` critical, and does it say so? */
export function criticality(
  bytes: Uint8Array,
  extension: number,
): { readonly critical: boolean; readonly isEncoded: boolean } {
  const critical = elementEnd(bytes, contentStart(bytes, extension));
  const isEncoded = bytes[critical] === Tag.boolean;
  return { isEncoded, critical: isEncoded && bytes[critical + 2] === 0xff };
}

// Looks at the very octets: whether the extension can be read at all is said when it is read.
function basicConstraints(bytes: Uint8Array, at: number, report: Report): void {
  const start = valueStart(bytes, at, ExtensionOid.basicConstraints);
  if (start === -1 || bytes[start] !== Tag.sequence) return;
  const isEncoded = bytes[start + 2] === Tag.boolean && (bytes[start + 1] ?? 0) >= 3;
  const ca = isEncoded && bytes[start + 4] === 0xff;
  if (isEncoded && !ca) report("CA_DEFAULT_ENCODED", start);
  const afterCa = isEncoded ? start + 5 : start + 2;
  if (!ca && (bytes[start + 1] ?? 0) > afterCa - start - 2 && bytes[afterCa] === Tag.integer) {
    report("PATH_LENGTH_WITHOUT_CA", start);
  }
}

function keyUsage(bytes: Uint8Array, at: number, report: Report): void {
  const start = valueStart(bytes, at, ExtensionOid.keyUsage);
  if (start === -1) return;
  ifReadable(() => {
    const { bytes: octets, unused } = new DerReader(bytes, start).bitString("KeyUsage");
    if (octets.every((octet) => octet === 0)) report("KEY_USAGE_EMPTY", start);
    else if ((((octets.at(-1) ?? 0) >> unused) & 1) === 0) report("KEY_USAGE_PADDING", start);
    // Nine bits have a meaning: those of the first octet, and the first of the second.
    if (octets.some((octet, index) => index > 0 && (octet & (index === 1 ? 0x7f : 0xff)) !== 0)) {
      report("KEY_USAGE_UNKNOWN_BIT", start);
    }
  });
}

function nameConstraints(bytes: Uint8Array, at: number, report: Report): void {
  const start = valueStart(bytes, at, ExtensionOid.nameConstraints);
  if (start === -1) return;
  ifReadable(() => {
    const lists = new DerReader(bytes, start).enter(Tag.sequence, "NameConstraints");
    while (lists.peek() !== -1) {
      lists.next();
      for (const subtrees = lists.contents(); subtrees.peek() !== -1; ) {
        const fields = subtrees.enter(Tag.sequence, "a GeneralSubtree");
        fields.next("a base");
        if (fields.peek() === 0x80) report("SUBTREE_MINIMUM_DEFAULT_ENCODED", fields.position);
      }
    }
  });
}

// An extension that cannot be read is no deviation: reading it throws.
function ifReadable(look: () => void): void {
  try {
    look();
  } catch (error) {
    if (!X509Error.is(error)) throw error;
  }
}

// Where the value of an extension starts (its own tag, inside the OCTET STRING), or -1.
function valueStart(bytes: Uint8Array, at: number, oid: string): number {
  const extension = findExtension(bytes, at, oidOctets(oid));
  if (extension === -1) return -1;
  let value = elementEnd(bytes, contentStart(bytes, extension));
  if (bytes[value] === Tag.boolean) value = elementEnd(bytes, value);
  const start = contentStart(bytes, value);
  return start < elementEnd(bytes, value) ? start : -1;
}

const sentences: Readonly<Record<DeviationCode, string>> = {
  VERSION_DEFAULT_ENCODED: "Version 1 is the default and must not be encoded (RFC 5280 section 4.1.2.1, X.690 11.5).",
  SERIAL_NEGATIVE: "The serial number is negative (RFC 5280 section 4.1.2.2).",
  SERIAL_ZERO: "The serial number is zero (RFC 5280 section 4.1.2.2).",
  SERIAL_TOO_LONG: "The serial number is longer than 20 octets (RFC 5280 section 4.1.2.2).",
  SIGNATURE_ALGORITHM_MISMATCH:
    "The signature algorithms inside and outside the signed part differ (RFC 5280 section 4.1.1.2).",
  ISSUER_EMPTY: "The issuer's name is empty (RFC 5280 section 4.1.2.4).",
  NAME_SET_ORDER: "The attributes of a multi-valued RDN are not in DER order (X.690 11.6).",
  NAME_TEXT_UNREADABLE: "An attribute of a name is no readable text (RFC 5280 section 4.1.2.4).",
  NAME_TEXT_ALPHABET: "An attribute of a name has characters that its type does not have (X.680 section 41).",
  TIME_GENERALIZED_BEFORE_2050: "A time before 2050 is a GeneralizedTime (RFC 5280 section 4.1.2.5).",
  VALIDITY_REVERSED: "The validity ends before it begins (RFC 5280 section 4.1.2.5).",
  UNIQUE_IDENTIFIER: "There is a unique identifier (RFC 5280 section 4.1.2.8).",
  CRITICAL_DEFAULT_ENCODED: "critical FALSE is the default and must not be encoded (RFC 5280 section 4.2, X.690 11.5).",
  SUBJECT_EMPTY_WITHOUT_CRITICAL_SAN:
    "The subject is empty and its alternative name is not critical (RFC 5280 section 4.1.2.6).",
  CA_DEFAULT_ENCODED: "cA FALSE is the default and must not be encoded (RFC 5280 section 4.2.1.9, X.690 11.5).",
  PATH_LENGTH_WITHOUT_CA: "There is a path length, and the subject is no CA (RFC 5280 section 4.2.1.9).",
  SUBTREE_MINIMUM_DEFAULT_ENCODED:
    "A minimum of 0 is the default and must not be encoded (RFC 5280 section 4.2.1.10, X.690 11.5).",
  KEY_USAGE_EMPTY: "The key usage has no bit set (RFC 5280 section 4.2.1.3).",
  KEY_USAGE_PADDING: "The key usage has zero bits at its end (X.690 11.2.2).",
  KEY_USAGE_UNKNOWN_BIT: "The key usage has an unknown bit (RFC 5280 section 4.2.1.3).",
};
