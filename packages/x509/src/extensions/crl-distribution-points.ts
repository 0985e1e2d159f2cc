// CRLDistributionPoints ::= SEQUENCE SIZE (1..MAX) OF DistributionPoint
// DistributionPoint ::= SEQUENCE { distributionPoint [0] DistributionPointName OPTIONAL,
//   reasons [1] ReasonFlags OPTIONAL, cRLIssuer [2] GeneralNames OPTIONAL }
// DistributionPointName ::= CHOICE { fullName [0] GeneralNames, nameRelativeToCRLIssuer [1] RelativeDistinguishedName }
// RFC 5280 section 4.2.1.13: a point has a name or an issuer.

import { assertList, badArgument, fromArgument, takeOwn } from "../argument.ts";
import { elementAt } from "../argument-parts.ts";
import { bytesEqual } from "../bytes.ts";
import { valueFail } from "../der/fail.ts";
import type { DerReader } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { assertBitString } from "../der/walk.ts";
import { derBitString, derImplicit, derSequence, derTlv } from "../der/writer.ts";
import { nameFault } from "../distinguished-name/read-name.ts";
import {
  decodeGeneralNames,
  encodeGeneralName,
  type GeneralName,
  type GeneralNameInput,
} from "../general-name/general-name.ts";
import { frozenCopying } from "./copying.ts";

const reasonNames = [
  "unused",
  "keyCompromise",
  "cACompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "certificateHold",
  "privilegeWithdrawn",
  "aACompromise",
] as const;

/** A reason for revocation, as ReasonFlags name it. */
export type RevocationReasonFlag = (typeof reasonNames)[number];

/** Where a CRL is to be had. */
export interface DistributionPoint {
  /** Where it is to be had: mostly URIs, each of which leads to the same list. */
  readonly fullName?: readonly GeneralName[];
  /** nameRelativeToCRLIssuer: the RelativeDistinguishedName in DER, a SET. */
  readonly relativeName?: Uint8Array;
  /** The reasons that the CRL covers; absent: all. */
  readonly reasons?: ReadonlySet<RevocationReasonFlag>;
  /** Who signs the CRL, if not the issuer of the certificate. */
  readonly crlIssuer?: readonly GeneralName[];
}

/** Reads the extension. */
export function decodeCrlDistributionPoints(reader: DerReader): readonly DistributionPoint[] {
  const list = reader.enter(Tag.sequence, "CRLDistributionPoints");
  const points: DistributionPoint[] = [];
  do points.push(decodePoint(list.enter(Tag.sequence, "a DistributionPoint")));
  while (list.peek() !== -1);
  return Object.freeze(points);
}

/** What a point may be given as: where it is, its names, or all of its fields. */
export type DistributionPointInput = string | readonly GeneralNameInput[] | DistributionPointFields;

/** As {@link DistributionPoint}, with names that may be text. */
export interface DistributionPointFields {
  /** Where it is to be had, also as text for `generalName`. */
  readonly fullName?: readonly GeneralNameInput[] | undefined;
  /** A RelativeDistinguishedName in DER, a SET; in place of `fullName`. */
  readonly relativeName?: Uint8Array | undefined;
  /** The reasons that the CRL covers; by default all. */
  readonly reasons?: Iterable<RevocationReasonFlag> | undefined;
  /** Who signs the CRL, if not the issuer of the certificate. */
  readonly crlIssuer?: readonly GeneralNameInput[] | undefined;
}

/**
 * The extension in DER; also the one of the freshest CRL.
 *
 * @throws X509Error ARGUMENT_INVALID
 * @example
 * encodeCrlDistributionPoints(["http://crl.example.com/1.crl"]);
 */
export function encodeCrlDistributionPoints(points: readonly DistributionPointInput[]): Uint8Array {
  return encodePoints(points, "crlDistributionPoints");
}

/** As {@link encodeCrlDistributionPoints}, for an extension, or an option, of this name. */
export function encodePoints(points: readonly DistributionPointInput[], argument: string): Uint8Array {
  assertList(points, argument);
  if (points.length === 0) throw badArgument(argument, "at least one point");
  return derSequence(...points.map((point, index) => encodePoint(fieldsOf(point), `${argument}[${index}]`)));
}

function fieldsOf(point: DistributionPointInput): DistributionPointFields {
  if (typeof point === "string") return { fullName: [point] };
  return Array.isArray(point) ? { fullName: point } : (point as DistributionPointFields);
}

function encodePoint(point: DistributionPointFields, path: string): Uint8Array {
  const own = takeOwn(point, FIELDS, path, `${path}.`);
  const { fullName, relativeName, reasons, crlIssuer } = own;
  const parts: Uint8Array[] = [];
  if (fullName !== undefined || relativeName !== undefined) parts.push(derTlv(0xa0, encodePointName(own, path)));
  if (reasons !== undefined) parts.push(derImplicit(1, encodeReasons(reasons, `${path}.reasons`)));
  if (crlIssuer !== undefined) parts.push(encodeNames(0xa2, crlIssuer, `${path}.crlIssuer`));
  if (parts.length === 0 || (parts.length === 1 && reasons !== undefined)) {
    throw badArgument(path, "a name or a crlIssuer");
  }
  return derSequence(...parts);
}

/** DistributionPointName in DER, of a point at this path. */
export function encodePointName(
  { fullName, relativeName }: Pick<DistributionPointFields, "fullName" | "relativeName">,
  path: string,
): Uint8Array {
  if (relativeName === undefined) return encodeNames(0xa0, fullName ?? [], `${path}.fullName`);
  if (fullName !== undefined) throw badArgument(path, "either fullName or relativeName");
  const place = `${path}.relativeName`;
  // A SET OF AttributeTypeAndValue: what stands in a Name.
  if (nameFault(derSequence(elementAt(relativeName, place)), 0) !== -1)
    throw badArgument(place, "an RDN in DER, a SET");
  return derImplicit(1, relativeName);
}

function encodeNames(tag: number, names: readonly GeneralNameInput[], argument: string): Uint8Array {
  assertList(names, argument);
  if (names.length === 0) throw badArgument(argument, "at least one name");
  return derTlv(tag, ...names.map((name, index) => encodeGeneralName(name, "address", `${argument}[${index}]`)));
}

/** ReasonFlags in DER, a BIT STRING: without trailing zero bits (X.690 11.2.2). */
export function encodeReasons(reasons: Iterable<RevocationReasonFlag>, argument: string = "reasons"): Uint8Array {
  return fromArgument(argument, "a set of reasons", () => {
    const bits = new Uint8Array(2);
    let last = -1;
    for (const reason of reasons) {
      const bit = reasonNames.indexOf(reason);
      if (bit === -1) throw badArgument(argument, `reasons out of ${reasonNames.join(", ")}`);
      bits[bit >> 3] = (bits[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
      last = Math.max(last, bit);
    }
    return derBitString(bits.slice(0, (last >> 3) + 1), last === -1 ? 0 : 7 - (last & 7));
  });
}

function decodePoint(fields: DerReader): DistributionPoint {
  const name = fields.optional(0xa0) ? decodePointName(fields.contents()) : undefined;
  const reasons = fields.optional(0x81) ? decodeReasons(fields) : undefined;
  const crlIssuer = fields.peek() === 0xa2 ? decodeGeneralNames(fields, 0xa2) : undefined;
  fields.done("a DistributionPoint");
  if (name === undefined && crlIssuer === undefined) {
    valueFail(fields.position, "a DistributionPoint with a name or an issuer");
  }
  return frozenCopying({ ...name, ...(reasons && { reasons }), ...(crlIssuer && { crlIssuer }) });
}

/** Reads a DistributionPointName: all that is left in `choice`. */
export function decodePointName(choice: DerReader): Pick<DistributionPoint, "fullName" | "relativeName"> {
  if (choice.peek() === 0xa1) {
    choice.next();
    const relativeName = derTlv(Tag.set, choice.value());
    choice.done("a DistributionPointName");
    // A SET OF AttributeTypeAndValue: what stands in a Name.
    if (nameFault(derSequence(relativeName), 0) !== -1) valueFail(choice.headerStart, "an RDN");
    return { relativeName };
  }
  const fullName = decodeGeneralNames(choice, 0xa0);
  choice.done("a DistributionPointName");
  return { fullName };
}

/**
 * Reads ReasonFlags: an IMPLICIT BIT STRING, the element that was read last. Strict, because whoever guesses what a
 * flag means guesses what a CRL covers: no undefined flags, no trailing zero bits (X.690 11.2.2).
 */
export function decodeReasons(fields: DerReader): ReadonlySet<RevocationReasonFlag> {
  const { bytes, valueStart, valueEnd } = fields;
  assertBitString(bytes, valueStart, valueEnd);
  const reasons = new Set(
    reasonNames.filter((_, bit) => {
      const at = valueStart + 1 + (bit >> 3);
      return at < valueEnd && ((bytes[at] ?? 0) & (0x80 >> (bit & 7))) !== 0;
    }),
  );
  if (!bytesEqual(encodeReasons(reasons).subarray(2), bytes.subarray(valueStart, valueEnd))) {
    valueFail(valueStart, "the flags of RFC 5280 without trailing zero bits");
  }
  return reasons;
}

const FIELDS: ReadonlySet<string> = /* @__PURE__ */ new Set(["crlIssuer", "fullName", "reasons", "relativeName"]);
