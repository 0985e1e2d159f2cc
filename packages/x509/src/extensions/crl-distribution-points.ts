// CRLDistributionPoints ::= SEQUENCE SIZE (1..MAX) OF DistributionPoint
// DistributionPoint ::= SEQUENCE { distributionPoint [0] DistributionPointName OPTIONAL,
//   reasons [1] ReasonFlags OPTIONAL, cRLIssuer [2] GeneralNames OPTIONAL }
// DistributionPointName ::= CHOICE { fullName [0] GeneralNames, nameRelativeToCRLIssuer [1] RelativeDistinguishedName }
// RFC 5280 section 4.2.1.13: a point has a name or an issuer.

import { derFail } from "../der/fail.ts";
import type { DerReader } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { assertBitString } from "../der/walk.ts";
import { derSequence, derTlv } from "../der/writer.ts";
import { X509Error } from "../error.ts";
import { decodeGeneralNames, encodeGeneralName, type GeneralName, type GeneralNameInput } from "../general-name.ts";

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

/** The extension in DER, for points that are URLs or other full names. */
export function encodeCrlDistributionPoints(points: readonly (readonly GeneralNameInput[])[]): Uint8Array {
  if (points.length === 0 || points.some((names) => names.length === 0)) {
    throw new X509Error("ARGUMENT_INVALID", "CRL distribution points need at least one point with a name", {
      argument: "crlDistributionPoints",
      expected: "at least one point with a name",
    });
  }
  return derSequence(
    ...points.map((names) => derSequence(derTlv(0xa0, derTlv(0xa0, ...names.map((name) => encodeGeneralName(name)))))),
  );
}

function decodePoint(fields: DerReader): DistributionPoint {
  const name = fields.optional(0xa0) ? decodePointName(fields.contents()) : undefined;
  const reasons = fields.optional(0x81) ? decodeReasons(fields) : undefined;
  const crlIssuer = fields.peek() === 0xa2 ? decodeGeneralNames(fields, 0xa2) : undefined;
  fields.done("a DistributionPoint");
  if (name === undefined && crlIssuer === undefined) {
    derFail("DER_BAD_VALUE", fields.position, "a DistributionPoint with a name or an issuer");
  }
  return Object.freeze({ ...name, ...(reasons && { reasons }), ...(crlIssuer && { crlIssuer }) });
}

function decodePointName(choice: DerReader): Pick<DistributionPoint, "fullName" | "relativeName"> {
  if (choice.peek() === 0xa1) {
    choice.next();
    const relativeName = derTlv(Tag.set, choice.value());
    choice.done("a DistributionPointName");
    return { relativeName };
  }
  const fullName = decodeGeneralNames(choice, 0xa0);
  choice.done("a DistributionPointName");
  return { fullName };
}

/** Reads ReasonFlags: an IMPLICIT BIT STRING, the element that was read last. */
export function decodeReasons(fields: DerReader): ReadonlySet<RevocationReasonFlag> {
  const { bytes, valueStart, valueEnd } = fields;
  assertBitString(bytes, valueStart, valueEnd);
  return new Set(
    reasonNames.filter((_, bit) => {
      const at = valueStart + 1 + (bit >> 3);
      return at < valueEnd && ((bytes[at] ?? 0) & (0x80 >> (bit & 7))) !== 0;
    }),
  );
}
