// The character string types of ASN.1: bytes to text and back.

import { valueFail } from "./fail.ts";
import { Tag } from "./tag.ts";

/** Is this the tag of a character string that {@link decodeString} reads? */
export function isStringTag(tag: number): boolean {
  return tag < 32 && ((stringTags >> tag) & 1) === 1;
}

/**
 * The text in the contents `[start, end)` of a string of type `tag`.
 *
 * UTF-8 and the fixed-width types are checked. The ASCII types take any octet below 0x80 (real certificates put `@`
 * and `*` into PrintableString; see {@link isInAlphabet}). TeletexString is read as Latin-1, as all others read it.
 *
 * @throws X509Error DER_BAD_VALUE
 */
export function decodeString(bytes: Uint8Array, tag: number, start: number, end: number): string {
  const ascii = asciiText(bytes, start, end);
  switch (tag) {
    case Tag.utf8String:
      return ascii ?? utf8Text(bytes, start, end);
    case Tag.printableString:
    case Tag.ia5String:
    case Tag.numericString:
    case Tag.visibleString:
      return ascii ?? valueFail(start, "ASCII in a string of this type");
    case Tag.teletexString:
      return ascii ?? latin1Text(bytes, start, end);
    case Tag.bmpString:
      return bmpText(bytes, start, end);
    case Tag.universalString:
      return universalText(bytes, start, end);
    default:
      return valueFail(start, "a character string");
  }
}

/** Are all octets of the contents in the alphabet of their type? Strict where {@link decodeString} is lenient. */
export function isInAlphabet(bytes: Uint8Array, tag: number, start: number, end: number): boolean {
  for (let index = start; index < end; index++) {
    const octet = bytes[index] ?? 0;
    if (tag === Tag.printableString && !isPrintableOctet(octet)) return false;
    if (tag === Tag.numericString && !(octet === 0x20 || (octet >= 0x30 && octet <= 0x39))) return false;
    if (tag === Tag.visibleString && (octet < 0x20 || octet > 0x7e)) return false;
    if (tag === Tag.ia5String && octet > 0x7f) return false;
  }
  return true;
}

/** Can the text be a PrintableString (X.680 41.4: letters, digits, space and `'()+,-./:=?`)? */
export function isPrintableText(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (!isPrintableOctet(text.charCodeAt(index))) return false;
  return true;
}

/** Is the text ASCII, and so an IA5String? */
export function isAsciiText(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x7f) return false;
  return true;
}

function isPrintableOctet(octet: number): boolean {
  return (
    (octet >= 0x61 && octet <= 0x7a) ||
    (octet >= 0x41 && octet <= 0x5a) ||
    (octet >= 0x27 && octet <= 0x3a && octet !== 0x2a) ||
    octet === 0x20 ||
    octet === 0x3d ||
    octet === 0x3f
  );
}

/** The text if all octets are ASCII, else undefined. */
export function asciiText(bytes: Uint8Array, start: number, end: number): string | undefined {
  return octetText(bytes, start, end, 0x7f);
}

/** The text with a character for each octet. */
export function latin1Text(bytes: Uint8Array, start: number, end: number): string {
  return String(octetText(bytes, start, end, 0xff));
}

// The text, unless an octet is above `highest`. One pass, and few calls: names are short, so no decoder is as fast.
function octetText(bytes: Uint8Array, start: number, end: number, highest: number): string | undefined {
  let text = "";
  let seen = 0;
  let at = start;
  for (; at + 8 <= end; at += 8) {
    const a = bytes[at] as number;
    const b = bytes[at + 1] as number;
    const c = bytes[at + 2] as number;
    const d = bytes[at + 3] as number;
    const e = bytes[at + 4] as number;
    const f = bytes[at + 5] as number;
    const g = bytes[at + 6] as number;
    const h = bytes[at + 7] as number;
    seen |= a | b | c | d | e | f | g | h;
    text += String.fromCharCode(a, b, c, d, e, f, g, h);
  }
  while (at < end) {
    const octet = bytes[at++] as number;
    seen |= octet;
    text += String.fromCharCode(octet);
  }
  return seen > highest ? undefined : text;
}

let utf8: TextDecoder | undefined;

function utf8Text(bytes: Uint8Array, start: number, end: number): string {
  utf8 ??= new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    return utf8.decode(bytes.subarray(start, end));
  } catch {
    return valueFail(start, "well-formed UTF-8");
  }
}

function bmpText(bytes: Uint8Array, start: number, end: number): string {
  if ((end - start) % 2 !== 0) valueFail(start, "an even number of octets in a BMPString");
  let text = "";
  for (let index = start; index < end; index += 2) {
    text += String.fromCharCode(((bytes[index] ?? 0) << 8) | (bytes[index + 1] ?? 0));
  }
  // A BMPString has no surrogates; real ones that carry pairs are read as UTF-16, a lone one means nothing.
  if (!text.isWellFormed()) valueFail(start, "no lone surrogate in a BMPString");
  return text;
}

function universalText(bytes: Uint8Array, start: number, end: number): string {
  if ((end - start) % 4 !== 0) valueFail(start, "a multiple of four octets in a UniversalString");
  let text = "";
  for (let index = start; index < end; index += 4) {
    const high = ((bytes[index] ?? 0) << 8) | (bytes[index + 1] ?? 0);
    const low = ((bytes[index + 2] ?? 0) << 8) | (bytes[index + 3] ?? 0);
    if (high > 0x10 || (high === 0 && low >= 0xd800 && low <= 0xdfff)) {
      valueFail(index, "a Unicode character in a UniversalString");
    }
    text += String.fromCodePoint((high << 16) | low);
  }
  return text;
}

// A bit for each tag: UTF8String, NumericString, PrintableString, TeletexString, IA5String, VisibleString, UniversalString,
// BMPString.
const stringTags = 0x545c1000;
