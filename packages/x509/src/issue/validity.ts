// The validity of a new certificate (RFC 5280 section 4.1.2.5): UTCTime up to 2049, GeneralizedTime from 2050.

import { derSequence, derTime } from "../der/writer.ts";
import { X509Error } from "../error.ts";

/** What is asked for, and what bounds the defaults. */
export interface ValidityRequest {
  readonly notBefore: Date | undefined;
  readonly notAfter: Date | undefined;
  readonly days: number | undefined;
  readonly defaultDays: number;
  /** The validity of the issuer; a default never exceeds it. */
  readonly issuer?: { readonly notBefore: Date; readonly notAfter: Date };
}

/**
 * The validity in DER. An explicit end may lie after that of the issuer: RFC 5280 does not forbid it, and each
 * certificate of a path is checked on its own. Row REQ-13.
 *
 * @throws X509Error VALIDITY_INVALID, ARGUMENT_INVALID if both `days` and `notAfter` are given
 */
export function encodeValidity(request: ValidityRequest): Uint8Array {
  const { days, issuer } = request;
  if (days !== undefined && request.notAfter !== undefined) {
    throw new X509Error("ARGUMENT_INVALID", "both days and notAfter are given: expected one of them", {
      argument: "days",
      expected: "either days or notAfter",
    });
  }
  const now = Date.now();
  const notBefore = request.notBefore?.getTime() ?? Math.max(now - backdating, issuer?.notBefore.getTime() ?? 0);
  const start = request.notBefore === undefined ? Math.max(now, notBefore) : notBefore;
  const byDefault = Math.min(start + request.defaultDays * day, issuer?.notAfter.getTime() ?? Number.POSITIVE_INFINITY);
  const notAfter = request.notAfter?.getTime() ?? (days === undefined ? byDefault : start + days * day);
  assertValidity(notBefore, days === undefined || days > 0 ? notAfter : Number.NaN);
  return derSequence(derTime(new Date(notBefore)), derTime(new Date(notAfter)));
}

function assertValidity(notBefore: number, notAfter: number): void {
  // Whole seconds are written; what rounds to nothing is nothing.
  const inRange = (time: number) => time >= earliest && time <= latest;
  if (inRange(notBefore) && inRange(notAfter) && Math.floor(notAfter / 1000) > Math.floor(notBefore / 1000)) return;
  const [from, to] = [describe(notBefore), describe(notAfter)];
  throw new X509Error(
    "VALIDITY_INVALID",
    `not a validity: ${from} to ${to}: expected days above 0, and an end after the start, from 1950 to 9999`,
    { notBefore: from, notAfter: to },
  );
}

function describe(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? "no time" : date.toISOString();
}

const day = 86_400_000;
const backdating = 300_000;
// UTCTime begins in 1950; RFC 5280 has no way to write what was before.
const earliest = -631_152_000_000;
const latest = 253_402_300_799_000;
