// OBJECT IDENTIFIER: contents to dotted text and back (X.690 8.19).

import { badArgument } from "../argument.ts";
import { sameOctets } from "../bytes.ts";
import { limitFail, valueFail } from "./fail.ts";

/** No registered identifier comes near; the bound keeps hostile arcs from costing quadratic time. */
const maxOidBytes = 127;

/** Throws unless the contents `[start, end)` are a well-formed, minimal OBJECT IDENTIFIER. */
export function assertOid(bytes: Uint8Array, start: number, end: number): void {
  if (end === start) valueFail(start, "an OBJECT IDENTIFIER that is not empty");
  if (end - start > maxOidBytes) limitFail(start, "octets in an OBJECT IDENTIFIER", maxOidBytes);
  let previous = 0;
  for (let index = start; index < end; index++) {
    const octet = bytes[index] as number;
    if (octet === 0x80 && previous < 0x80) valueFail(index, "a minimal arc of an OBJECT IDENTIFIER");
    previous = octet;
  }
  if (previous >= 0x80) valueFail(end - 1, "the end of an arc of an OBJECT IDENTIFIER");
}

/** Dotted text of the contents `[start, end)`; arcs may be larger than 2^53. */
export function decodeOid(bytes: Uint8Array, start: number, end: number): string {
  let hash = end - start;
  for (let index = start; index < end; index++) hash = (hash * 31 + (bytes[index] ?? 0)) & 0xffff;
  const slot = hash % memory.length;
  const known = memory[slot];
  const length = end - start;
  if (known?.octets.length === length && sameOctets(bytes, start, known.octets, 0, length)) return known.text;
  const text = decodeAnyOid(bytes, start, end);
  // Not `slice`, which on a Buffer makes a view: whoever changed it would change what is remembered.
  memory[slot] = { octets: new Uint8Array(bytes.subarray(start, end)), text };
  return text;
}

/** Is the OBJECT IDENTIFIER at `at`, in bytes that were walked, the one with these contents octets (at most 127)? */
export function isOid(bytes: Uint8Array, at: number, octets: ArrayLike<number>): boolean {
  return bytes[at + 1] === octets.length && sameOctets(bytes, at + 2, octets, 0, octets.length);
}

// The few dozen that are read again and again. A new one takes the place of another, so what strangers send cannot
// fill it.
const memory: ({ readonly octets: Uint8Array; readonly text: string } | undefined)[] = /* @__PURE__ */ Array(257);

function decodeAnyOid(bytes: Uint8Array, start: number, end: number): string {
  assertOid(bytes, start, end);
  let text = "";
  let arc = 0;
  let big: bigint | undefined;
  for (let index = start; index < end; index++) {
    const octet = bytes[index] ?? 0;
    if (big === undefined && arc >= 2 ** 46) big = BigInt(arc);
    if (big === undefined) arc = arc * 128 + (octet & 0x7f);
    else big = big * 128n + BigInt(octet & 0x7f);
    if (octet >= 0x80) continue;
    if (text === "") text = firstArcs(big ?? arc);
    else text += `.${big ?? arc}`;
    arc = 0;
    big = undefined;
  }
  return text;
}

/**
 * The contents octets of an OBJECT IDENTIFIER given as dotted text.
 *
 * @throws X509Error ARGUMENT_INVALID if the text is not one
 */
export function encodeOid(text: string): Uint8Array {
  if (!isOidText(text)) throw badArgument("oid", "an OBJECT IDENTIFIER, as in 2.5.4.3");
  return Uint8Array.from(octetsOf(text));
}

/** As {@link encodeOid}, kept for the next time: for the OIDs that code asks for. Do not change the array. */
export function oidOctets(text: string): Uint8Array {
  let octets = knownOctets.get(text);
  if (octets === undefined) {
    octets = encodeOid(text);
    if (knownOctets.size < 256) knownOctets.set(text, octets);
  }
  return octets;
}

const knownOctets: Map<string, Uint8Array> = /* @__PURE__ */ new Map();

/** Is this dotted text that {@link encodeOid} takes? What would be longer than {@link decodeOid} takes is none. */
export function isOidText(text: string): boolean {
  return (
    typeof text === "string" &&
    text.length <= 512 &&
    /^(?:[01]\.(?:[0-9]|[1-3][0-9])|2\.(?:0|[1-9][0-9]*))(?:\.(?:0|[1-9][0-9]*))*$/.test(text) &&
    octetsOf(text).length <= maxOidBytes
  );
}

function octetsOf(text: string): number[] {
  const [first = 0n, second = 0n, ...rest] = text.split(".").map(BigInt);
  return [first * 40n + second, ...rest].flatMap(arcOctets);
}

function firstArcs(value: number | bigint): string {
  if (value < 40) return `0.${value}`;
  if (value < 80) return `1.${Number(value) - 40}`;
  return `2.${typeof value === "bigint" ? value - 80n : value - 80}`;
}

function arcOctets(arc: bigint): number[] {
  const octets = [Number(arc & 0x7fn)];
  for (let rest = arc >> 7n; rest > 0n; rest >>= 7n) octets.unshift(Number(rest & 0x7fn) | 0x80);
  return octets;
}

/**
 * Throws unless extensions can be asked for by this: a name would be answered as if there were no such extension.
 *
 * @throws X509Error ARGUMENT_INVALID
 */
export function assertOidText(oid: string): void {
  if (!isOidText(oid)) throw badArgument("oid", "an OID, such as ExtensionOid.subjectAltName");
}
