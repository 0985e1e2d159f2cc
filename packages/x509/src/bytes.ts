// Small, pure helpers on bytes.

import { badArgument } from "./argument.ts";

/** Is this bytes: a Uint8Array of any realm, or a subclass such as Buffer? */
export function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && (value as Uint8Array)[Symbol.toStringTag] === "Uint8Array";
}

/**
 * A copy as a plain Uint8Array with memory of its own. Not `slice`, which on a Buffer makes a view.
 *
 * @throws X509Error ARGUMENT_INVALID if it is no Uint8Array
 */
export function copyBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(assertBytes(bytes));
}

/** The bytes. @throws X509Error ARGUMENT_INVALID if it is no Uint8Array */
export function assertBytes(bytes: Uint8Array): Uint8Array {
  if (isBytes(bytes)) return bytes;
  throw badArgument("bytes", "a Uint8Array");
}

/**
 * As {@link copyBytes}, within memory that other copies share: for bytes that are public and never leave the package
 * but as copies. One allocation for many small arrays costs a fraction of one for each.
 *
 * @throws X509Error ARGUMENT_INVALID if it is no Uint8Array
 */
export function copyPooled(bytes: Uint8Array): Uint8Array {
  if (!isBytes(bytes) || bytes.length > 4096) return copyBytes(bytes);
  if (pool === undefined || poolUsed + bytes.length > poolSize) {
    pool = new Uint8Array(poolSize);
    poolUsed = 0;
  }
  const view = pool.subarray(poolUsed, poolUsed + bytes.length);
  view.set(bytes);
  poolUsed += bytes.length;
  return view;
}

// What is kept may keep a pool: small enough not to matter, and large enough for two dozen certificates.
const poolSize = 32_768;
let pool: Uint8Array | undefined;
let poolUsed = 0;

/** Lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  const pairs = hexPairs();
  let text = "";
  for (const byte of bytes) text += pairs[byte];
  return text;
}

/** Upper-case hexadecimal pairs with colons between them, as fingerprints are written. */
export function toColonHex(bytes: Uint8Array): string {
  const pairs = hexPairs();
  return Array.from(bytes, (byte) => (pairs[byte] ?? "").toUpperCase()).join(":");
}

/** Bytes of a hexadecimal text, or undefined if it is none. */
export function fromHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) return undefined;
  return Uint8Array.from({ length: text.length / 2 }, (_, index) =>
    Number.parseInt(text.slice(index * 2, index * 2 + 2), 16),
  );
}

/** Same length, same bytes. Not constant-time: for public data. */
export function bytesEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && sameOctets(a, 0, b, 0, a.length);
}

/** Are so many octets the same, from these places on? From the end, because OBJECT IDENTIFIERs differ there. */
export function sameOctets(
  a: Uint8Array,
  aStart: number,
  b: ArrayLike<number>,
  bStart: number,
  length: number,
): boolean {
  let index = length;
  while (--index >= 0) if (a[aStart + index] !== b[bStart + index]) return false;
  return true;
}

/**
 * A view of the range; the array itself where that is all of it. An engine keeps a small array within the object, and has
 * to move it out before it can make a view.
 */
export function viewRange(bytes: Uint8Array, start: number, end: number): Uint8Array {
  return start === 0 && end === bytes.length ? bytes : bytes.subarray(start, end);
}

/** The order of DER (X.690 11.6): octet by octet, a prefix before what it begins. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** One new array with all parts in a row. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const all = new Uint8Array(length);
  let position = 0;
  for (const part of parts) {
    all.set(part, position);
    position += part.length;
  }
  return all;
}

/** Base64 with padding, on one line (RFC 4648 section 4). */
export function toBase64(bytes: Uint8Array): string {
  let text = "";
  // fromCharCode takes a bounded number of arguments.
  for (let start = 0; start < bytes.length; start += 0x2000) {
    text += String.fromCharCode(...bytes.subarray(start, start + 0x2000));
  }
  return btoa(text);
}

function hexPairs(): readonly string[] {
  pairsMade ??= Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
  return pairsMade;
}

let pairsMade: readonly string[] | undefined;
