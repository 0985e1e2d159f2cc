// PEM (RFC 7468, and the headers of RFC 1421 that old keys have): text to blocks and back.
//
// Lenient where real files differ (prose around blocks, CRLF, indentation, any line length, all on one line, no final
// newline), strict where leniency would hide damage: alphabet, padding, leftover bits, matching END.

import { badArgument, fromArgument, shownValue } from "../argument.ts";
import { isBytes, toBase64 } from "../bytes.ts";
import { asciiText } from "../der/string.ts";
import { X509Error } from "../error.ts";
import { countLines, decodePemSpan, isSpace, lineAt, type PemSpan } from "./pem-base64.ts";

/** One block of a PEM text. */
export interface PemBlock {
  /** What follows `BEGIN`, such as `CERTIFICATE` or `PRIVATE KEY`. */
  readonly label: string;
  /** The decoded contents; a fresh array. */
  readonly bytes: Uint8Array;
  /** The line of the `BEGIN`, from 1. */
  readonly line: number;
  /** The RFC 1421 headers, such as `Proc-Type` and `DEK-Info` of a traditionally encrypted key; absent if there are none. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * All blocks of a PEM text, in order. Text outside of blocks is ignored; a text without any block gives an empty array.
 *
 * @throws X509Error PEM_UNTERMINATED, PEM_BAD_BASE64, with the line
 * @example
 * for (const { label, line, bytes } of pemDecode(text)) console.log(line, label, bytes.length);
 */
export function pemDecode(text: string | Uint8Array): PemBlock[] {
  const bytes = pemBytes(text);
  let position = 0;
  let line = 1;
  return findPem(bytes).map((span) => {
    const { label, start, headerStart, bodyEnd } = span;
    line += countLines(bytes, position, start);
    position = start;
    const headers = new Map<string, string>();
    const bodyStart = passHeaders(bytes, headerStart, bodyEnd, headers);
    const block = { label, line, bytes: decodePemSpan(bytes, span, bodyStart) };
    return headers.size === 0 ? block : { ...block, headers: Object.freeze(Object.fromEntries(headers)) };
  });
}

/**
 * A PEM block: lines of 64 characters, and a newline at the end.
 *
 * @example
 * pemEncode("CERTIFICATE", certificate.der);
 */
export function pemEncode(label: string, bytes: Uint8Array): string {
  return fromArgument("bytes", "a Uint8Array", () => {
    if (!/^[A-Z0-9]+(?:[ .#][A-Z0-9]+)*$/.test(label)) {
      throw new X509Error("ARGUMENT_INVALID", `not a PEM label: ${shownValue(label)}`, {
        argument: "label",
        expected: "upper-case words, as in CERTIFICATE REQUEST",
      });
    }
    const lines = toBase64(bytes).match(/.{1,64}/g) ?? [];
    return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
  });
}

/**
 * The octets of a PEM text. Everything that matters in it is ASCII.
 *
 * @throws X509Error ARGUMENT_INVALID if it is neither text nor bytes
 */
export function pemBytes(text: string | Uint8Array): Uint8Array {
  if (typeof text === "string") return new TextEncoder().encode(text);
  if (isBytes(text)) return text;
  throw badArgument("text", "PEM as a string or a Uint8Array");
}

/**
 * The error about a PEM text without any block. Says what the text looks like, where that explains it.
 *
 * @param wanted the label of the block that was expected
 */
export function noBlock(text: string | Uint8Array, wanted?: string): X509Error<"PEM_NO_BLOCK"> {
  const found = lookOf(pemBytes(text));
  const expected = wanted === undefined ? "" : `: expected ${beginOf(wanted)}`;
  return new X509Error("PEM_NO_BLOCK", `no PEM block${expected}${found === undefined ? "" : `, found ${found}`}`, {
    ...(wanted !== undefined && { label: wanted }),
    ...(found !== undefined && { found }),
  });
}

/** Of one label, the line as it must be; of several, their names. */
function beginOf(wanted: string): string {
  return wanted.includes(" or ") ? `a block of ${wanted}` : `-----BEGIN ${wanted}-----`;
}

/** The error about a block with another label than the expected ones. */
export function wrongLabel(label: string, line: number, expected: string): X509Error<"PEM_WRONG_LABEL"> {
  const message = `expected ${expected}, found ${JSON.stringify(label)} on line ${line}`;
  return new X509Error("PEM_WRONG_LABEL", message, { line, label, expected });
}

/** The error about the second of several blocks, where there must be one. */
export function severalBlocks(
  label: string,
  line: number,
  expected: string,
  count: number,
): X509Error<"PEM_MULTIPLE_BLOCKS"> {
  const message = `expected one ${expected}, found ${count}, again on line ${line}`;
  return new X509Error("PEM_MULTIPLE_BLOCKS", message, { line, label, count });
}

function lookOf(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0) return "nothing";
  if (bytes[0] === 0x30 && (bytes[1] ?? 0) >= 0x80) return "DER";
  // Of UTF-16, every other octet of a boundary; also after it was taken for UTF-8.
  if (bytes.subarray(0, 16).includes(0)) return "UTF-16";
  if (find(bytes, "-----\\", 0) !== -1) return "line ends written as a backslash and a letter";
  if (find(bytes, beginMark, 0) !== -1) return "a BEGIN that is not alone on its line";
  if (find(bytes, "LS0tLS1CRUdJTi", 0) !== -1) return "PEM in base64";
  const start = textOf(bytes, 0, 400);
  if (/^[^\n]+\.[a-z]{3}\n?$/i.test(start)) return "the name of a file";
  return /^\s*MI[A-Za-z0-9+/=\s]+$/.test(start) ? "base64 without BEGIN and END" : undefined;
}

/** Is this DER rather than PEM? DER of everything that PEM carries starts with a SEQUENCE; `0` starts no BEGIN line. */
export function looksLikeDer(input: Uint8Array): boolean {
  // A long-form length (0x81 and up) is no ASCII; a short one may be, so look for a block as well.
  return input[0] === 0x30 && ((input[1] ?? 0) >= 0x80 || find(input, beginMark, 0) === -1);
}

/**
 * The places of all blocks. With `text`, which has a character for each octet of `bytes`, they are found faster; for
 * what is secret, do not make one.
 */
export function findPem(bytes: Uint8Array, text?: string): PemSpan[] {
  const spans: PemSpan[] = [];
  let position = 0;
  for (;;) {
    const begin = nextBoundary(bytes, text, beginMark, position);
    if (begin === undefined) return spans;
    position = begin.lineEnd;
    const end = nextBoundary(bytes, text, anyMark, position);
    if (end === undefined || end.label !== begin.label || !end.isEnd) {
      const line = lineAt(bytes, begin.start);
      const found = end === undefined ? "the end of the text" : `${end.isEnd ? "END" : "BEGIN"} ${end.label}`;
      throw new X509Error(
        "PEM_UNTERMINATED",
        `the block ${JSON.stringify(begin.label)} on line ${line} is not closed: found ${found}`,
        { line, label: begin.label },
      );
    }
    spans.push({ label: begin.label, start: begin.start, headerStart: position, bodyEnd: end.start });
    position = end.lineEnd;
  }
}

interface Boundary {
  readonly label: string;
  readonly isEnd: boolean;
  /** Start of the line. */
  readonly start: number;
  /** Just after the dashes. */
  readonly lineEnd: number;
}

// The next line that is only `-----BEGIN label-----` (or END, if the mark allows), with white space around it; or the same
// on the line of its base64, as RFC 7468 section 3 allows and what lost its line ends has it.
function nextBoundary(bytes: Uint8Array, text: string | undefined, mark: string, from: number): Boundary | undefined {
  let position = from;
  for (;;) {
    const dashes = text === undefined ? find(bytes, mark, position) : text.indexOf(mark, position);
    if (dashes === -1) return undefined;
    position = dashes + dashCount;
    const isEnd = startsWith(bytes, "END ", position);
    if (!isEnd && !startsWith(bytes, "BEGIN ", position)) continue;
    const labelStart = position + (isEnd ? 4 : 6);
    const isUsual = startsWith(bytes, certificateClosed, labelStart);
    const labelEnd = isUsual ? labelStart + CERTIFICATE.length : endOfLabel(bytes, labelStart);
    if (labelEnd === -1) continue;
    const lineEnd = labelEnd + dashCount;
    if (!isEnd && !isBlank(bytes, dashes - 1, -1, from)) continue;
    if (!isBlank(bytes, lineEnd, 1) && !goesOn(bytes, lineEnd, isEnd)) continue;
    const label = isUsual ? CERTIFICATE : textOf(bytes, labelStart, labelEnd);
    return { label, isEnd, start: dashes, lineEnd };
  }
}

// Before the dashes that must follow it, or -1.
function endOfLabel(bytes: Uint8Array, start: number): number {
  let end = start;
  while (end < bytes.length && end - start <= maxLabel && isLabelOctet(bytes[end] ?? 0)) end++;
  return startsWith(bytes, anyMark, end) ? end : -1;
}

/** Where the body starts: after the headers, which end with an empty line; without a colon in the first line there are none. */
export function passHeaders(bytes: Uint8Array, from: number, to: number, headers?: Map<string, string>): number {
  let start = from;
  while (start < to && isSpace(bytes[start] ?? 0)) start++;
  if (!hasColon(bytes, start, to)) return start;
  let last = "";
  while (start < to) {
    let end = start;
    while (end < to && bytes[end] !== 0x0a && bytes[end] !== 0x0d) end++;
    const text = new TextDecoder().decode(bytes.subarray(start, end));
    const [colon, value] = [text.indexOf(":"), text.trim()];
    const continues = /^\s/.test(text);
    // Not a header: the body begins without an empty line, as some tools write it.
    if (value !== "" && (continues ? last === "" : colon < 1)) break;
    start = Math.min(bytes[end] === 0x0d && bytes[end + 1] === 0x0a ? end + 2 : end + 1, to);
    if (value === "") break;
    if (!continues) last = text.slice(0, colon).trim();
    headers?.set(last, continues ? headers.get(last) + value : text.slice(colon + 1).trim());
  }
  return start;
}

function hasColon(bytes: Uint8Array, from: number, to: number): boolean {
  for (let index = from; index < to; index++) {
    const octet = bytes[index] ?? 0;
    if (octet === 0x3a) return true;
    if (octet === 0x0a || octet === 0x0d) return false;
  }
  return false;
}

/**
 * Is there nothing but white space from here to the end of the line (`step` 1), or back (-1) to its start, or to the end of
 * the block before?
 */
function isBlank(bytes: Uint8Array, from: number, step: 1 | -1, first: number = 0): boolean {
  let index = from;
  while (index >= first && (bytes[index] === 0x20 || bytes[index] === 0x09)) index += step;
  // Outside of the text there is nothing; at its very beginning there may be a byte order mark.
  const octet = index < first ? 0x0a : (bytes[index] ?? 0x0a);
  return octet === 0x0a || octet === 0x0d || (index === 2 && startsWith(bytes, "\u00ef\u00bb\u00bf", 0));
}

/** Does the line go on with the next block, or, after a BEGIN, with base64: more of it than a word of prose has letters? */
function goesOn(bytes: Uint8Array, from: number, isEnd: boolean): boolean {
  return (isEnd ? /^\s*-----BEGIN / : /^\s*[A-Za-z0-9+/]{16}/).test(textOf(bytes, from, from + 32));
}

/** The octets as text, as far as there are any; "" if they are not all ASCII. */
function textOf(bytes: Uint8Array, from: number, to: number): string {
  return asciiText(bytes, from, Math.min(to, bytes.length)) ?? "";
}

// RFC 7468: any printable character but the hyphen; a hyphen ends the label.
function isLabelOctet(octet: number): boolean {
  return octet >= 0x20 && octet <= 0x7e && octet !== 0x2d;
}

function find(bytes: Uint8Array, needle: string, from: number): number {
  const first = needle.charCodeAt(0);
  for (let at = bytes.indexOf(first, from); at !== -1; at = bytes.indexOf(first, at + 1)) {
    if (startsWith(bytes, needle, at)) return at;
  }
  return -1;
}

function startsWith(bytes: Uint8Array, needle: string, at: number): boolean {
  for (let index = 0; index < needle.length; index++) if (bytes[at + index] !== needle.charCodeAt(index)) return false;
  return true;
}

const dashCount = 5;
const maxLabel = 80;
/** The label that bundles have hundreds of. */
export const CERTIFICATE = "CERTIFICATE";
const certificateClosed = `${CERTIFICATE}-----`;
const anyMark = "-----";
const beginMark = "-----BEGIN ";
