// PrivateKeyUsagePeriod ::= SEQUENCE { notBefore [0] GeneralizedTime OPTIONAL, notAfter [1] GeneralizedTime OPTIONAL }
// RFC 3280 section 4.2.1.4 (RFC 5280 names it in section 4.2.1.3 and appendix A.2); one of the two must be there.

import { fromArgument, takeOwn } from "../argument.ts";
import { valueFail } from "../der/fail.ts";
import type { DerReader } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { decodeTime } from "../der/time.ts";
import { derGeneralizedTime, derImplicit, derSequence } from "../der/writer.ts";
import { X509Error } from "../error.ts";
import { frozenCopying } from "./copying.ts";

/** When the private key may sign, where that is not the validity of the certificate. */
export interface PrivateKeyUsagePeriod {
  /** Signatures before it do not count; absent: no such limit. */
  readonly notBefore?: Date;
  /** Signatures after it do not count; absent: no such limit. */
  readonly notAfter?: Date;
}

/** As {@link PrivateKeyUsagePeriod}, to be written: one of the two, or both. */
export interface PrivateKeyUsagePeriodInput {
  /** Signatures before it do not count; by default no such limit. */
  readonly notBefore?: Date | undefined;
  /** Signatures after it do not count; by default no such limit. */
  readonly notAfter?: Date | undefined;
}

/** Reads the extension. */
export function decodePrivateKeyUsagePeriod(reader: DerReader): PrivateKeyUsagePeriod {
  const fields = reader.enter(Tag.sequence, "PrivateKeyUsagePeriod");
  const notBefore = optionalTime(fields, 0x80);
  const notAfter = optionalTime(fields, 0x81);
  fields.done("PrivateKeyUsagePeriod");
  if (notBefore === undefined && notAfter === undefined) {
    valueFail(fields.position, "a notBefore or a notAfter");
  }
  return frozenCopying({ ...(notBefore && { notBefore }), ...(notAfter && { notAfter }) });
}

/** The extension in DER; whole seconds. */
export function encodePrivateKeyUsagePeriod(value: PrivateKeyUsagePeriodInput): Uint8Array {
  return fromArgument("privateKeyUsagePeriod", "a value of its type", () => {
    const { notBefore, notAfter } = takeOwn(value, FIELDS, "privateKeyUsagePeriod", "privateKeyUsagePeriod.");
    if (notBefore === undefined && notAfter === undefined) refuse("a notBefore or a notAfter");
    if (notBefore !== undefined && notAfter !== undefined && notBefore > notAfter) refuse("an end after the start");
    const parts = [notBefore, notAfter].flatMap((time, index) =>
      time === undefined ? [] : [derImplicit(index, derGeneralizedTime(time))],
    );
    return derSequence(...parts);
  });
}

function optionalTime(fields: DerReader, tag: number): Date | undefined {
  if (!fields.optional(tag)) return undefined;
  return new Date(decodeTime(fields.bytes, Tag.generalizedTime, fields.valueStart, fields.valueEnd));
}

function refuse(expected: string): never {
  throw new X509Error("ARGUMENT_INVALID", `not a private key usage period: expected ${expected}`, {
    argument: "privateKeyUsagePeriod",
    expected,
  });
}

const FIELDS: ReadonlySet<string> = /* @__PURE__ */ new Set(["notAfter", "notBefore"]);
