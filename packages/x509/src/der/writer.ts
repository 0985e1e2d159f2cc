// DER from values: each function returns one whole element in a fresh array. Canonical by construction.

import { badArgument, fromArgument } from "../argument.ts";
import { assertBytes, compareBytes, fromHex } from "../bytes.ts";
import { encodeOid } from "./oid.ts";
import { isAsciiText, isPrintableText } from "./string.ts";
import { contextConstructed, Tag } from "./tag.ts";
import { encodeTimeText, generalizedTimeText } from "./time.ts";

/** One element: the tag, the length, and the parts in a row as contents. */
export function derTlv(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = lengthOf(parts);
  const element = withHeader(tag, length, length);
  let position = element.length - length;
  for (const part of parts) {
    const size = part.length;
    // Most parts are a few octets, and the call would cost more than they do.
    if (size > 24) element.set(part, position);
    else for (let index = 0; index < size; index++) element[position + index] = part[index] ?? 0;
    position += size;
  }
  return element;
}

function lengthOf(parts: readonly Uint8Array[]): number {
  let length = 0;
  for (const part of parts) length += part.length;
  return length;
}

// A new array that begins with the header of an element of this length, and has room for so many octets more.
function withHeader(tag: number, length: number, room: number): Uint8Array {
  const lengthSize = length < 0x80 ? 0 : length < 0x100 ? 1 : length < 0x10000 ? 2 : length < 0x1000000 ? 3 : 4;
  const element = new Uint8Array(2 + lengthSize + room);
  element[0] = tag;
  element[1] = lengthSize === 0 ? length : 0x80 | lengthSize;
  for (let index = 0; index < lengthSize; index++) element[2 + index] = length >>> (8 * (lengthSize - 1 - index));
  return element;
}

/**
 * What is signed, the algorithm, and the signature as a BIT STRING: a certificate, request or CRL (RFC 5280 section 4.1).
 * In one step, because arrays of this size are what issuing costs beside the signature.
 */
export function derSigned(signed: Uint8Array, algorithm: Uint8Array, signature: Uint8Array): Uint8Array {
  const bitString = withHeader(Tag.bitString, signature.length + 1, 1);
  return derTlv(Tag.sequence, signed, algorithm, bitString, signature);
}

/** `[number] EXPLICIT` around a SEQUENCE, in one step. */
export function derExplicitSequence(number: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return derTlv(contextConstructed(number), withHeader(Tag.sequence, lengthOf(parts), 0), ...parts);
}

/** One element with text that is ASCII, which the caller has checked, as its contents. */
export function derAscii(tag: number, text: string): Uint8Array {
  if (text.length >= 0x80) return derTlv(tag, encoder.encode(text));
  const element = new Uint8Array(2 + text.length);
  element[0] = tag;
  element[1] = text.length;
  for (let index = 0; index < text.length; index++) element[2 + index] = text.charCodeAt(index);
  return element;
}

/** SEQUENCE of the given elements. */
export function derSequence(...parts: readonly Uint8Array[]): Uint8Array {
  return derTlv(Tag.sequence, ...parts);
}

/** SET OF: the elements in the order of DER (X.690 11.6). */
export function derSet(...parts: readonly Uint8Array[]): Uint8Array {
  return derTlv(Tag.set, ...[...parts].sort(compareBytes));
}

/** INTEGER. Bytes are taken as an unsigned big-endian magnitude. */
export function derInteger(value: bigint | number | Uint8Array): Uint8Array {
  if (value instanceof Uint8Array) return derTlv(Tag.integer, unsignedOctets(value));
  if (typeof value !== "bigint" && !Number.isSafeInteger(value)) throw badArgument("integer", "a bigint or an integer");
  return derTlv(Tag.integer, signedOctets(BigInt(value)));
}

/** OBJECT IDENTIFIER from dotted text. The array is shared: do not change it. */
export function derOid(text: string): Uint8Array {
  let element = oidElements.get(text);
  if (element === undefined) {
    element = derTlv(Tag.oid, encodeOid(text));
    if (oidElements.size < 256) oidElements.set(text, element);
  }
  return element;
}

/** OCTET STRING. */
export function derOctetString(bytes: Uint8Array): Uint8Array {
  return derTlv(Tag.octetString, assertBytes(bytes));
}

/** BIT STRING; `unused` low bits of the last octet do not count, and must be zero. */
export function derBitString(bytes: Uint8Array, unused: number = 0): Uint8Array {
  return derTlv(Tag.bitString, unused === 0 ? noneUnused : Uint8Array.of(unused), assertBytes(bytes));
}

const noneUnused: Uint8Array = /* @__PURE__ */ new Uint8Array(1);

/** BOOLEAN. */
export function derBoolean(value: boolean): Uint8Array {
  return Uint8Array.of(Tag.boolean, 1, value ? 0xff : 0);
}

/** NULL. */
export function derNull(): Uint8Array {
  return Uint8Array.of(Tag.null, 0);
}

/** UTF8String. Text with lone surrogates is refused, because it would not come back. */
export function derUtf8String(text: string): Uint8Array {
  if (!text.isWellFormed()) refuseText("a UTF8String", "Unicode without lone surrogates");
  return isAsciiText(text) ? derAscii(Tag.utf8String, text) : derTlv(Tag.utf8String, encoder.encode(text));
}

/** PrintableString. */
export function derPrintableString(text: string): Uint8Array {
  if (!isPrintableText(text)) refuseText("a PrintableString", "letters, digits, space and '()+,-./:=?");
  return derAscii(Tag.printableString, text);
}

/** IA5String. */
export function derIa5String(text: string): Uint8Array {
  if (!isAsciiText(text)) refuseText("an IA5String", "ASCII");
  return derAscii(Tag.ia5String, text);
}

/** UTCTime up to 2049, else GeneralizedTime (RFC 5280 section 4.1.2.5); whole seconds. */
export function derTime(time: Date): Uint8Array {
  assertWritable(time);
  const { tag, text } = encodeTimeText(time);
  return derAscii(tag, text);
}

/** GeneralizedTime whatever the year, where nothing else may stand; whole seconds. */
export function derGeneralizedTime(time: Date): Uint8Array {
  assertWritable(time);
  return derTlv(Tag.generalizedTime, encoder.encode(generalizedTimeText(time)));
}

/** `[number] EXPLICIT` around an element. */
export function derExplicit(number: number, part: Uint8Array): Uint8Array {
  return derTlv(contextConstructed(number), part);
}

/** `[number] IMPLICIT`: the element with its tag replaced; whether it is constructed stays. */
export function derImplicit(number: number, part: Uint8Array): Uint8Array {
  const element = new Uint8Array(part);
  element[0] = 0x80 | ((part[0] ?? 0) & 0x20) | number;
  return element;
}

function assertWritable(time: Date): void {
  const expected = "a valid Date in the years 0 to 9999";
  const year = fromArgument("time", expected, () => time.getUTCFullYear());
  if (!(year >= 0 && year <= 9999)) throw badArgument("time", expected);
}

function signedOctets(value: bigint): Uint8Array {
  if (value >= 0n) {
    const hex = value.toString(16);
    return unsignedOctets(fromHex(hex.length % 2 === 0 ? hex : `0${hex}`) ?? Uint8Array.of(0));
  }
  // The number of octets of two's complement: one bit for the sign.
  let size = 1;
  while (BigInt.asIntN(size * 8, value) !== value) size++;
  const octets = new Uint8Array(size);
  let rest = value;
  for (let index = size - 1; index >= 0; index--) {
    octets[index] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return octets;
}

function unsignedOctets(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  if (bytes.length === 0) return Uint8Array.of(0);
  // Not `subarray`: see `viewRange`.
  const magnitude = start === 0 ? bytes : bytes.slice(start);
  if ((magnitude[0] ?? 0) < 0x80) return magnitude;
  const octets = new Uint8Array(magnitude.length + 1);
  octets.set(magnitude, 1);
  return octets;
}

function refuseText(type: string, expected: string): never {
  throw badArgument("text", `what can be ${type}: ${expected}`);
}

const encoder: TextEncoder = /* @__PURE__ */ new TextEncoder();

// A certificate repeats the same dozen OIDs, and encoding one costs as much as everything else of its extension.
const oidElements: Map<string, Uint8Array> = /* @__PURE__ */ new Map();
