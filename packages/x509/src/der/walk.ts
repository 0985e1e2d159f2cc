// The strict walk: one pass over a whole structure that refuses everything that is BER but not DER (X.690 10 and 11).
// Integers only, no allocation per element, no recursion. What the elements mean is not its business.

import { copyBytes } from "../bytes.ts";
import { derFail, limitFail, tagFail, valueFail } from "./fail.ts";
import { assertOid } from "./oid.ts";
import { decodeTime } from "./time.ts";

/** What the walk takes before it gives up; each default is far above what real certificates have. */
export interface DerLimits {
  /** Whole size in bytes; 1 MiB (the largest real certificates, with post-quantum keys, stay below 100 kB). */
  readonly maxBytes?: number;
  /** Elements in all; 65,536 (certificates have 60 to 200). */
  readonly maxElements?: number;
}

/** Nesting; certificates have about 10 levels, name constraints with directory names 13. */
const maxDepth = 32;
// One walk at a time: it calls nothing that could start another.
const ends: Int32Array = /* @__PURE__ */ new Int32Array(maxDepth + 1);

/**
 * Throws unless `bytes` is exactly one element in DER, through and through.
 *
 * @throws X509Error DER_TRUNCATED, DER_TRAILING_DATA, DER_BAD_LENGTH, DER_UNEXPECTED_TAG, DER_BAD_VALUE,
 *   DER_LIMIT_EXCEEDED, each with the absolute offset
 */
export function assertDer(bytes: Uint8Array, limits?: DerLimits): void {
  walkDer(bytes, 0, bytes.length, limits);
}

/** A copy of the DER element that the bytes are, which nobody else has. @throws X509Error as {@link assertDer}, ARGUMENT_INVALID */
export function copyDer(bytes: Uint8Array): Uint8Array {
  const der = copyBytes(bytes);
  assertDer(der);
  return der;
}

/** As {@link assertDer}, for the range `[start, end)` of `bytes`. */
export function walkDer(bytes: Uint8Array, start: number, end: number, limits?: DerLimits): void {
  const maxBytes = limits?.maxBytes ?? 0x100000;
  const maxElements = limits?.maxElements ?? 0x10000;
  if (end - start > maxBytes) limitFail(start, "bytes", maxBytes);
  if (end === start) derFail("DER_TRUNCATED", start, "a DER element");
  let position = start;
  let depth = 0;
  let elements = 0;
  let limit = end;
  ends[0] = end;
  do {
    if (++elements > maxElements) limitFail(position, "elements", maxElements);
    const tag = bytes[position] as number;
    if ((tag & 0x1f) === 0x1f) tagFail(position, "a tag number below 31", tag);
    // A length in one octet, which nearly all have, needs no call.
    const short = position + 1 < limit ? (bytes[position + 1] as number) : 0xff;
    const valueStart = position + 1 + (short < 0x80 ? 1 : lengthOctets(bytes, position + 1, limit));
    const valueEnd = valueStart + (short < 0x80 ? short : contentLength(bytes, position + 1));
    if (valueEnd > limit) derFail("DER_TRUNCATED", position, "an element that ends within its container");
    if ((tag & 0x20) !== 0) {
      if (tag !== 0x30 && tag !== 0x31 && tag < 0x40 && !isRareConstructed(tag)) {
        // A dash: what was loaded begins with -----BEGIN.
        tagFail(position, tag === 0x2d && position === 0 ? "DER, and not PEM" : "the primitive form of this type", tag);
      }
      if (depth === 0 && valueEnd !== limit) derFail("DER_TRAILING_DATA", valueEnd, "the end of the structure");
      if (valueStart !== valueEnd) {
        if (++depth > maxDepth) limitFail(position, "levels of nesting", maxDepth);
        ends[depth] = limit = valueEnd;
        position = valueStart;
        continue;
      }
    } else if (tag < 0x40) {
      checkPrimitive(bytes, tag, position, valueStart, valueEnd);
    }
    position = valueEnd;
    while (depth > 0 && position === limit) limit = ends[--depth] as number;
  } while (depth > 0);
  if (position !== end) derFail("DER_TRAILING_DATA", position, "the end of the structure");
}

/** How many octets the length at `at` takes; refuses the indefinite, reserved and non-minimal forms. */
export function lengthOctets(bytes: Uint8Array, at: number, limit: number): number {
  if (at >= limit) derFail("DER_TRUNCATED", at, "a length");
  const first = bytes[at] as number;
  if (first < 0x80) return 1;
  const count = first & 0x7f;
  if (count === 0) derFail("DER_BAD_LENGTH", at, "a definite length");
  if (count > 4) derFail("DER_BAD_LENGTH", at, "a length in at most four octets");
  if (at + count >= limit) derFail("DER_TRUNCATED", at, "the whole length");
  const high = bytes[at + 1] as number;
  if (high === 0 || (count === 1 && high < 0x80)) derFail("DER_BAD_LENGTH", at, "the shortest form of this length");
  if (count === 4 && high >= 0x80) derFail("DER_BAD_LENGTH", at, "a length below 2^31");
  return count + 1;
}

/** The length at `at`, once {@link lengthOctets} has accepted it. */
export function contentLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] as number;
  if (first < 0x80) return first;
  if (first === 0x82) return ((bytes[at + 1] as number) << 8) | (bytes[at + 2] as number);
  let length = 0;
  for (let index = at + 1; index <= at + (first & 0x7f); index++) length = (length << 8) | (bytes[index] as number);
  return length;
}

// EXTERNAL, EMBEDDED PDV, CHARACTER STRING, beside SEQUENCE and SET: all others are primitive in DER (X.690 10.2).
function isRareConstructed(tag: number): boolean {
  return tag === 0x28 || tag === 0x2b || tag === 0x3d;
}

function checkPrimitive(bytes: Uint8Array, tag: number, at: number, start: number, end: number): void {
  switch (tag) {
    case 0x01:
      assertBoolean(bytes, start, end);
      return;
    case 0x02:
    case 0x0a:
      assertInteger(bytes, start, end);
      return;
    case 0x03:
      assertBitString(bytes, start, end);
      return;
    case 0x05:
      if (end !== start) valueFail(start, "an empty NULL");
      return;
    case 0x06:
      assertOid(bytes, start, end);
      return;
    case 0x17:
    case 0x18:
      decodeTime(bytes, tag, start, end);
      return;
    case 0x00:
    case 0x08:
    case 0x0b:
    case 0x0f:
    case 0x10:
    case 0x11:
    case 0x1d:
      // End-of-contents, reserved, and types that are always constructed.
      tagFail(at, "a type of DER", tag);
      break;
    default:
      return;
  }
}

/** BOOLEAN is one octet, 00 or FF (X.690 11.1). */
export function assertBoolean(bytes: Uint8Array, start: number, end: number): void {
  const octet = bytes[start] as number;
  if (end - start !== 1 || (octet !== 0 && octet !== 0xff)) valueFail(start, "a BOOLEAN of 00 or FF");
}

/** INTEGER has no redundant leading octet (X.690 8.3.2). */
export function assertInteger(bytes: Uint8Array, start: number, end: number): void {
  if (end === start) valueFail(start, "an INTEGER that is not empty");
  if (end - start === 1) return;
  const first = bytes[start] as number;
  const negative = (bytes[start + 1] as number) >= 0x80;
  if ((first === 0 && !negative) || (first === 0xff && negative)) {
    valueFail(start, "the shortest form of this INTEGER");
  }
}

/** BIT STRING has 0 to 7 unused bits, all zero (X.690 11.2.1). */
export function assertBitString(bytes: Uint8Array, start: number, end: number): void {
  if (end === start) valueFail(start, "a BIT STRING that is not empty");
  const unused = bytes[start] as number;
  if (unused > 7 || (unused > 0 && end - start === 1)) valueFail(start, "0 to 7 unused bits");
  if (unused > 0 && ((bytes[end - 1] as number) & ((1 << unused) - 1)) !== 0) {
    valueFail(end - 1, "unused bits of zero");
  }
}
