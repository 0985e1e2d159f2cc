// The base64 of a PEM block: strict about alphabet, padding and leftover bits, and fast.

import { X509Error } from "../error.ts";

/** Where a block lies in the text; its headers are not read yet, its body not decoded, and lines are not counted. */
export interface PemSpan {
  readonly label: string;
  /** Offset of the `BEGIN` line's dashes. */
  readonly start: number;
  /** Just after the `BEGIN` line, where headers may be. */
  readonly headerStart: number;
  readonly bodyEnd: number;
}

/** The decoded contents of one block, whose headers end at `bodyStart`, in an array of their own. */
export function decodePemSpan(bytes: Uint8Array, span: PemSpan, bodyStart: number): Uint8Array {
  const out = new Uint8Array(decodedBound(span));
  const length = decodePemInto(bytes, span, bodyStart, out, 0);
  return length === out.length ? out : out.slice(0, length);
}

/** An upper bound of the decoded size of a block. */
export function decodedBound(span: PemSpan): number {
  return Math.ceil((span.bodyEnd - span.headerStart) / 4) * 3;
}

/** Decodes a block, whose headers end at `bodyStart`, into `out` from `position` on; returns where the decoded bytes end. */
export function decodePemInto(
  bytes: Uint8Array,
  span: PemSpan,
  bodyStart: number,
  out: Uint8Array,
  position: number,
): number {
  const base64Values = valuesOfOctets();
  let to = position;
  let from = bodyStart;
  const last = span.bodyEnd - 4;
  // Four characters at a time; octets are in range of the table, and offsets in range of the text.
  while (from <= last) {
    const first = base64Values[bytes[from] as number] as number;
    const second = base64Values[bytes[from + 1] as number] as number;
    const third = base64Values[bytes[from + 2] as number] as number;
    const fourth = base64Values[bytes[from + 3] as number] as number;
    if ((first | second | third | fourth) < 64) {
      out[to] = (first << 2) | (second >> 4);
      out[to + 1] = (second << 4) | (third >> 2);
      out[to + 2] = (third << 6) | fourth;
      to += 3;
      from += 4;
    } else if (first === space) from++;
    else break;
  }
  return decodeRest(bytes, span, from, out, to);
}

// From a group that is interrupted by white space, or the last one: one character at a time.
function decodeRest(bytes: Uint8Array, span: PemSpan, start: number, out: Uint8Array, position: number): number {
  const base64Values = valuesOfOctets();
  let to = position;
  let from = start;
  let group = 0;
  let count = 0;
  for (; from < span.bodyEnd; from++) {
    const value = base64Values[bytes[from] ?? 0] ?? bad;
    if (value === space) continue;
    if (value > 63) break;
    group = (group << 6) | value;
    if (++count === 4) {
      out[to++] = group >> 16;
      out[to++] = group >> 8;
      out[to++] = group;
      group = count = 0;
    }
  }
  const padding = endOfBase64(bytes, span, from, count);
  if (count === 0) return to;
  // Two characters carry 8 bits and 4 too many, three 16 and 2: what is too many must be zero.
  const leftover = count === 2 ? group & 0x0f : group & 0x03;
  if (leftover !== 0) failBase64(bytes, span, padding, "leftover bits of zero before the padding");
  if (count === 2) out[to++] = group >> 4;
  if (count === 3) {
    out[to++] = group >> 10;
    out[to++] = group >> 2;
  }
  return to;
}

// From the first character that is no base64: nothing, or the right padding and nothing after it.
function endOfBase64(bytes: Uint8Array, span: PemSpan, start: number, count: number): number {
  let seen = 0;
  let firstPadding = span.bodyEnd;
  for (let index = start; index < span.bodyEnd; index++) {
    const octet = bytes[index] ?? 0;
    if (isSpace(octet)) continue;
    if (octet !== 0x3d) failBase64(bytes, span, index, seen > 0 ? "nothing after the padding" : "a base64 character");
    if (seen++ === 0) firstPadding = index;
    if (count < 2 || seen > 4 - count) failBase64(bytes, span, index, "no padding here");
  }
  if (count === 1 || (count > 1 && seen !== 4 - count)) failBase64(bytes, span, span.bodyEnd, "complete base64 groups");
  return firstPadding;
}

function failBase64(bytes: Uint8Array, span: PemSpan, at: number, expected: string): never {
  // At the end of the body the fault is on the last line that has something on it.
  let index = at;
  while (index > span.headerStart && index >= span.bodyEnd - 1 && isSpace(bytes[index - 1] ?? 0)) index--;
  const line = lineAt(bytes, index);
  let lineStart = index;
  while (lineStart > 0 && bytes[lineStart - 1] !== 0x0a && bytes[lineStart - 1] !== 0x0d) lineStart--;
  const column = index - lineStart + 1;
  throw new X509Error("PEM_BAD_BASE64", `bad base64 on line ${line}, column ${column}: expected ${expected}`, {
    line,
    label: span.label,
    column,
  });
}

/** The line of an offset, from 1. */
export function lineAt(bytes: Uint8Array, offset: number): number {
  return 1 + countLines(bytes, 0, offset);
}

/** How many lines end in a range: LF, CRLF, and CR alone each end one. */
export function countLines(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let index = from; index < to; index++) {
    const octet = bytes[index];
    if (octet === 0x0a || (octet === 0x0d && bytes[index + 1] !== 0x0a)) count++;
  }
  return count;
}

/** White space within base64. */
export function isSpace(octet: number): boolean {
  return octet === 0x20 || (octet >= 0x09 && octet <= 0x0d);
}

const space = 0xfe;
const bad = 0xff;
let values: Uint8Array | undefined;

/** For each octet its value, `space` or `bad`; made when first needed, which newer runtimes never do. */
function valuesOfOctets(): Uint8Array {
  if (values !== undefined) return values;
  values = Uint8Array.from({ length: 256 }, (_, octet) => (isSpace(octet) ? space : bad));
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (let index = 0; index < alphabet.length; index++) values[alphabet.charCodeAt(index)] = index;
  return values;
}
