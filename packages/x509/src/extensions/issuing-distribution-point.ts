// IssuingDistributionPoint ::= SEQUENCE { distributionPoint [0] DistributionPointName OPTIONAL,
//   onlyContainsUserCerts [1] BOOLEAN DEFAULT FALSE, onlyContainsCACerts [2] BOOLEAN DEFAULT FALSE,
//   onlySomeReasons [3] ReasonFlags OPTIONAL, indirectCRL [4] BOOLEAN DEFAULT FALSE,
//   onlyContainsAttributeCerts [5] BOOLEAN DEFAULT FALSE }
// RFC 5280 section 5.2.5: critical, not empty, and at most one of the three onlyContains.

import { badArgument, takeOwn } from "../argument.ts";
import { valueFail } from "../der/fail.ts";
import type { DerReader } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { assertBoolean } from "../der/walk.ts";
import { derBoolean, derImplicit, derSequence, derTlv } from "../der/writer.ts";
import { X509Error } from "../error.ts";
import type { GeneralName, GeneralNameInput } from "../general-name/general-name.ts";
import { frozenCopying } from "./copying.ts";
import {
  decodePointName,
  decodeReasons,
  encodePointName,
  encodeReasons,
  type RevocationReasonFlag,
} from "./crl-distribution-points.ts";

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
  /** Where the list is to be had, also as text for `generalName`. */
  readonly fullName?: readonly GeneralNameInput[] | undefined;
  /** A RelativeDistinguishedName in DER, in place of `fullName`. */
  readonly relativeName?: Uint8Array | undefined;
  /** Whether it is about certificates of no CA only. */
  readonly onlyContainsUserCerts?: boolean | undefined;
  /** Whether it is about certificates of CAs only. */
  readonly onlyContainsCACerts?: boolean | undefined;
  /** Whether it is about attribute certificates only. */
  readonly onlyContainsAttributeCerts?: boolean | undefined;
  /** Whether it lists certificates of other issuers, too. */
  readonly indirectCRL?: boolean | undefined;
  /** The reasons that it covers; by default all. */
  readonly onlySomeReasons?: Iterable<RevocationReasonFlag> | undefined;
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
  const own = takeIssuingDistributionPoint(point);
  const { fullName, relativeName, onlySomeReasons } = own;
  const kinds = [own.onlyContainsUserCerts, own.onlyContainsCACerts, own.onlyContainsAttributeCerts];
  if (kinds.filter((kind) => kind === true).length > 1) {
    refuse("at most one of onlyContainsUserCerts, onlyContainsCACerts and onlyContainsAttributeCerts");
  }
  const parts = [
    ...(fullName === undefined && relativeName === undefined ? [] : [derTlv(0xa0, encodePointName(own, IDP))]),
    ...encodeFlag(1, own.onlyContainsUserCerts),
    ...encodeFlag(2, own.onlyContainsCACerts),
    ...(onlySomeReasons === undefined
      ? []
      : [derImplicit(3, encodeReasons(onlySomeReasons, `${IDP}.onlySomeReasons`))]),
    ...encodeFlag(4, own.indirectCRL),
    ...encodeFlag(5, own.onlyContainsAttributeCerts),
  ];
  if (parts.length === 0) refuse("at least one field");
  return derSequence(...parts);
}

/** The fields as they are now. @throws X509Error ARGUMENT_INVALID */
export function takeIssuingDistributionPoint(point: IssuingDistributionPointInput): IssuingDistributionPointInput {
  const own = takeOwn(point, FIELDS, IDP, `${IDP}.`);
  for (const name of FLAGS) {
    if (own[name] !== undefined && typeof own[name] !== "boolean") throw badArgument(`${IDP}.${name}`, "a boolean");
  }
  return own;
}

function flag(fields: DerReader, tag: number): boolean {
  if (!fields.optional(tag)) return false;
  assertBoolean(fields.bytes, fields.valueStart, fields.valueEnd);
  return fields.bytes[fields.valueStart] === 0xff;
}

function encodeFlag(number: number, value: boolean | undefined): readonly Uint8Array[] {
  return value === true ? [derImplicit(number, derBoolean(true))] : [];
}

function refuse(expected: string): never {
  throw new X509Error("ARGUMENT_INVALID", `not an issuing distribution point: expected ${expected}`, {
    argument: "issuingDistributionPoint",
    expected,
  });
}

const IDP = "issuingDistributionPoint";
const FLAGS = ["indirectCRL", "onlyContainsAttributeCerts", "onlyContainsCACerts", "onlyContainsUserCerts"] as const;
// In full: a bundler cannot leave out what it would have to compute.
const FIELDS: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "fullName",
  "indirectCRL",
  "onlyContainsAttributeCerts",
  "onlyContainsCACerts",
  "onlyContainsUserCerts",
  "onlySomeReasons",
  "relativeName",
]);
