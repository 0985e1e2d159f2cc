// PolicyConstraints ::= SEQUENCE { requireExplicitPolicy [0] INTEGER (0..MAX) OPTIONAL,
//   inhibitPolicyMapping [1] INTEGER (0..MAX) OPTIONAL }
// InhibitAnyPolicy ::= INTEGER (0..MAX)
// RFC 5280 sections 4.2.1.11 and 4.2.1.14; PolicyConstraints must not be empty.

import { fromArgument, takeOwn } from "../argument.ts";
import { valueFail } from "../der/fail.ts";
import { type DerReader, decodeSmallInteger } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { assertInteger } from "../der/walk.ts";
import { derImplicit, derInteger, derSequence } from "../der/writer.ts";
import { X509Error } from "../error.ts";

/** After how many more certificates policies become mandatory, or mapping is forbidden. */
export interface PolicyConstraints {
  /** After so many certificates, a policy must hold for the whole path. */
  readonly requireExplicitPolicy?: number;
  /** After so many certificates, policies are not mapped any more. */
  readonly inhibitPolicyMapping?: number;
}

/** As {@link PolicyConstraints}, to be written: one of the two, or both. */
export interface PolicyConstraintsInput {
  /** After so many certificates, a policy must hold for the whole path. */
  readonly requireExplicitPolicy?: number | undefined;
  /** After so many certificates, policies are not mapped any more. */
  readonly inhibitPolicyMapping?: number | undefined;
}

/** Reads PolicyConstraints. */
export function decodePolicyConstraints(reader: DerReader): PolicyConstraints {
  const fields = reader.enter(Tag.sequence, "PolicyConstraints");
  if (fields.peek() === -1) valueFail(fields.position, "PolicyConstraints that are not empty");
  const requireExplicitPolicy = skipCerts(fields, 0x80);
  const inhibitPolicyMapping = skipCerts(fields, 0x81);
  fields.done("PolicyConstraints");
  return Object.freeze({
    ...(requireExplicitPolicy !== undefined && { requireExplicitPolicy }),
    ...(inhibitPolicyMapping !== undefined && { inhibitPolicyMapping }),
  });
}

/** PolicyConstraints in DER. */
export function encodePolicyConstraints(constraints: PolicyConstraintsInput): Uint8Array {
  return fromArgument("policyConstraints", "a value of its type", () => {
    const own = takeOwn(constraints, FIELDS, "policyConstraints", "policyConstraints.");
    const parts = [own.requireExplicitPolicy, own.inhibitPolicyMapping].flatMap((value, index) =>
      value === undefined ? [] : [derImplicit(index, encodeSkipCerts(value))],
    );
    if (parts.length === 0) {
      throw new X509Error("ARGUMENT_INVALID", "policy constraints need at least one field", {
        argument: "policyConstraints",
        expected: "requireExplicitPolicy or inhibitPolicyMapping",
      });
    }
    return derSequence(...parts);
  });
}

/** Reads InhibitAnyPolicy. */
export function decodeInhibitAnyPolicy(reader: DerReader): number {
  return reader.smallInteger("InhibitAnyPolicy");
}

/** InhibitAnyPolicy in DER. */
export function encodeInhibitAnyPolicy(skip: number): Uint8Array {
  return fromArgument("inhibitAnyPolicy", "a value of its type", () => {
    return encodeSkipCerts(skip);
  });
}

function skipCerts(fields: DerReader, tag: number): number | undefined {
  if (!fields.optional(tag)) return undefined;
  const { bytes, valueStart, valueEnd } = fields;
  assertInteger(bytes, valueStart, valueEnd);
  return decodeSmallInteger(bytes, valueStart, valueEnd, "a number of certificates");
}

function encodeSkipCerts(value: number): Uint8Array {
  if (Number.isInteger(value) && value >= 0 && value < 2 ** 31) return derInteger(value);
  throw new X509Error("ARGUMENT_INVALID", `not a number of certificates: ${value}`, {
    argument: "skipCerts",
    expected: "an integer of 0 or more",
  });
}

const FIELDS: ReadonlySet<string> = /* @__PURE__ */ new Set(["inhibitPolicyMapping", "requireExplicitPolicy"]);
