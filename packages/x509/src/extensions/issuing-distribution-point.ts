// IssuingDistributionPoint ::= SEQUENCE { distributionPoint [0] DistributionPointName OPTIONAL,
//   onlyContainsUserCerts [1] BOOLEAN DEFAULT FALSE, onlyContainsCACerts [2] BOOLEAN DEFAULT FALSE,
//   onlySomeReasons [3] ReasonFlags OPTIONAL, indirectCRL [4] BOOLEAN DEFAULT FALSE,
//   onlyContainsAttributeCerts [5] BOOLEAN DEFAULT FALSE }
// RFC 5280 section 5.2.5: critical, not empty, and at most one of the three onlyContains.

import { assertNames, fromArgument } from "../argument.ts";
import { valueFail } from "../der/fail.ts";
import type { DerReader } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { assertBoolean } from "../der/walk.ts";
import { derBoolean, derImplicit, derSequence, derTlv } from "../der/writer.ts";
import { X509Error } from "../error.ts";
import { encodeGeneralName, type GeneralName, type GeneralNameInput } from "../general-name.ts";
import { frozenCopying } from "./copying.ts";
import { decodePointName, decodeReasons, encodeReasons, type RevocationReasonFlag } from "./crl-distribution-points.ts";

/** Which certificates a CRL is about. What it does not cover, it says nothing about. */
export interface IssuingDistributionPoint {
  /** The full names of the distribution point. */
  readonly fullName?: readonly GeneralName[];
  /** nameRelativeToCRLIssuer: the RelativeDistinguishedName in DER, a SET. A fresh copy. */
  readonly relativeName?: Uint8Array;
  /** Certificates of subjects that are no CA. */
  readonly onlyContainsUserCerts: boolean;
  /** Certificates of CAs. */
  readonly onlyContainsCACerts: boolean;
  /** Attribute certificates. */
  readonly onlyContainsAttributeCerts: boolean;
  /** The CRL also has entries for certificates of other issuers. */
  readonly indirectCRL: boolean;
  /** Certificates that were revoked for these reasons; absent: for all. */
  readonly onlySomeReasons?: ReadonlySet<RevocationReasonFlag>;
}

/** What {@link encodeIssuingDistributionPoint} takes: what is left out is false. */
export interface IssuingDistributionPointInput {
  readonly fullName?: readonly GeneralNameInput[];
  /** A RelativeDistinguishedName in DER, in place of `fullName`. */
  readonly relativeName?: Uint8Array;
  readonly onlyContainsUserCerts?: boolean;
  readonly onlyContainsCACerts?: boolean;
  readonly onlyContainsAttributeCerts?: boolean;
  readonly indirectCRL?: boolean;
  readonly onlySomeReasons?: Iterable<RevocationReasonFlag>;
}

/** Reads the extension. */
export function decodeIssuingDistributionPoint(reader: DerReader): IssuingDistributionPoint {
  const fields = reader.enter(Tag.sequence, "IssuingDistributionPoint");
  const start = fields.position;
  if (fields.peek() === -1) valueFail(start, "an IssuingDistributionPoint that is not empty");
  const name = fields.optional(0xa0) ? decodePointName(fields.contents()) : undefined;
  const onlyContainsUserCerts = flag(fields, 0x81);
  const onlyContainsCACerts = flag(fields, 0x82);
  const onlySomeReasons = fields.optional(0x83) ? decodeReasons(fields) : undefined;
  const indirectCRL = flag(fields, 0x84);
  const onlyContainsAttributeCerts = flag(fields, 0x85);
  fields.done("IssuingDistributionPoint");
  const kinds = Number(onlyContainsUserCerts) + Number(onlyContainsCACerts) + Number(onlyContainsAttributeCerts);
  if (kinds > 1) valueFail(start, "at most one of onlyContainsUserCerts, CACerts and AttributeCerts");
  return frozenCopying({
    ...name,
    onlyContainsUserCerts,
    onlyContainsCACerts,
    onlyContainsAttributeCerts,
    indirectCRL,
    ...(onlySomeReasons && { onlySomeReasons }),
  });
}

/**
 * The extension in DER.
 *
 * @throws X509Error ARGUMENT_INVALID for one that says nothing, or contradicts itself
 * @example
 * encodeIssuingDistributionPoint({ fullName: ["http://example.com/ca.crl"], onlyContainsCACerts: true });
 */
export function encodeIssuingDistributionPoint(point: IssuingDistributionPointInput): Uint8Array {
  return fromArgument("issuingDistributionPoint", "a value of its type", () => {
    assertNames(point, FIELDS, "issuingDistributionPoint", "issuingDistributionPoint.");
    const { onlyContainsUserCerts = false, onlyContainsCACerts = false, onlyContainsAttributeCerts = false } = point;
    if (Number(onlyContainsUserCerts) + Number(onlyContainsCACerts) + Number(onlyContainsAttributeCerts) > 1) {
      refuse("at most one of onlyContainsUserCerts, onlyContainsCACerts and onlyContainsAttributeCerts");
    }
    const parts = [
      ...encodePointName(point),
      ...encodeFlag(1, onlyContainsUserCerts),
      ...encodeFlag(2, onlyContainsCACerts),
      ...(point.onlySomeReasons === undefined ? [] : [derImplicit(3, encodeReasons(point.onlySomeReasons))]),
      ...encodeFlag(4, point.indirectCRL === true),
      ...encodeFlag(5, onlyContainsAttributeCerts),
    ];
    if (parts.length === 0) refuse("at least one field");
    return derSequence(...parts);
  });
}

function flag(fields: DerReader, tag: number): boolean {
  if (!fields.optional(tag)) return false;
  assertBoolean(fields.bytes, fields.valueStart, fields.valueEnd);
  return fields.bytes[fields.valueStart] === 0xff;
}

function encodePointName({ fullName, relativeName }: IssuingDistributionPointInput): readonly Uint8Array[] {
  if (fullName !== undefined && relativeName !== undefined) refuse("either fullName or relativeName");
  if (fullName?.length === 0) refuse("at least one fullName");
  if (fullName !== undefined) return [derTlv(0xa0, derTlv(0xa0, ...fullName.map((name) => encodeGeneralName(name))))];
  return relativeName === undefined ? [] : [derTlv(0xa0, derImplicit(1, relativeName))];
}

function encodeFlag(number: number, value: boolean): readonly Uint8Array[] {
  return value ? [derImplicit(number, derBoolean(true))] : [];
}

function refuse(expected: string): never {
  throw new X509Error("ARGUMENT_INVALID", `not an issuing distribution point: expected ${expected}`, {
    argument: "issuingDistributionPoint",
    expected,
  });
}

const FIELDS: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "fullName",
  "indirectCRL",
  "onlyContainsAttributeCerts",
  "onlyContainsCACerts",
  "onlyContainsUserCerts",
  "onlySomeReasons",
  "relativeName",
]);
