// A cursor over DER. It reads what it is asked for and is strict about that; run the walk first where the whole
// structure must be DER, read or not.

import { badArgument } from "../argument.ts";
import { assertBytes, toHex } from "../bytes.ts";
import { derFail, tagFail, valueFail } from "./fail.ts";
import { decodeOid } from "./oid.ts";
import { decodeString } from "./string.ts";
import { Tag } from "./tag.ts";
import { decodeTime } from "./time.ts";
import { assertBitString, assertBoolean, assertInteger, contentLength, lengthOctets } from "./walk.ts";

/**
 * Reads elements one after another from a range of shared bytes. After {@link DerReader.next} the fields `tag`,
 * `headerStart`, `valueStart` and `valueEnd` describe the element; nothing is allocated. Arrays that it returns are
 * views of the shared bytes: copy them before they leave the package.
 *
 * Offsets in errors count from the start of `bytes`.
 */
export class DerReader {
  readonly bytes: Uint8Array;
  /** Where the next element starts. */
  position: number;
  readonly end: number;
  /** The tag of the element last read, -1 before the first. */
  tag = -1;
  headerStart = 0;
  valueStart = 0;
  valueEnd = 0;

  /**
   * Reads the range `[start, end)` of `bytes`.
   *
   * @throws X509Error ARGUMENT_INVALID
   */
  constructor(bytes: Uint8Array, start: number = 0, end: number = assertBytes(bytes).length) {
    this.bytes = assertBytes(bytes);
    const isRange = Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end;
    if (!isRange || end > bytes.length) throw badArgument("start", "a range of bytes");
    this.position = start;
    this.end = end;
  }

  /** The tag of the next element, or -1 at the end. */
  peek(): number {
    return this.position < this.end ? (this.bytes[this.position] ?? -1) : -1;
  }

  /** Moves over the next element, whatever it is, and returns its tag. */
  next(what: string = "an element"): number {
    const at = this.position;
    if (at >= this.end) derFail("DER_TRUNCATED", at, what);
    const tag = this.bytes[at] ?? 0;
    if ((tag & 0x1f) === 0x1f) tagFail(at, "a tag number below 31", tag);
    const valueStart = at + 1 + lengthOctets(this.bytes, at + 1, this.end);
    const valueEnd = valueStart + contentLength(this.bytes, at + 1);
    if (valueEnd > this.end) derFail("DER_TRUNCATED", at, `the whole of ${what}`);
    this.tag = tag;
    this.headerStart = at;
    this.valueStart = valueStart;
    this.valueEnd = valueEnd;
    this.position = valueEnd;
    return tag;
  }

  /** Moves over the next element, which must have this tag. */
  expect(tag: number, what: string): void {
    if (this.peek() !== tag) tagFail(this.position, what, this.peek());
    this.next(what);
  }

  /** Moves over the next element if it has this tag. */
  optional(tag: number): boolean {
    if (this.peek() !== tag) return false;
    this.next();
    return true;
  }

  /** Moves over the next element, which must have this tag, and returns a reader of its contents. */
  enter(tag: number, what: string): DerReader {
    this.expect(tag, what);
    return this.contents();
  }

  /** @internal Moves into the next element, which must have this tag and be the last: this reader then reads its contents. */
  only(tag: number, what: string): this {
    this.expect(tag, what);
    this.done(what);
    this.position = this.valueStart;
    return this;
  }

  /** A reader of the contents of the element last read. */
  contents(): DerReader {
    return new DerReader(this.bytes, this.valueStart, this.valueEnd);
  }

  /** Throws DER_TRAILING_DATA unless everything has been read. */
  done(what: string): void {
    if (this.position !== this.end) derFail("DER_TRAILING_DATA", this.position, `the end of ${what}`);
  }

  /** INTEGER of any size. */
  integer(what: string = "INTEGER"): bigint {
    this.integerRange(what);
    return decodeInteger(this.bytes, this.valueStart, this.valueEnd);
  }

  /** @internal Moves over an INTEGER: its contents are from `valueStart` to `valueEnd`. */
  integerRange(what: string): void {
    this.expect(Tag.integer, what);
    assertInteger(this.bytes, this.valueStart, this.valueEnd);
  }

  /** The contents octets of an INTEGER: two's complement, big-endian, minimal. A view. */
  integerBytes(what: string = "INTEGER"): Uint8Array {
    this.integerRange(what);
    return this.value();
  }

  /** INTEGER of 0 to 2^31-1. */
  smallInteger(what: string = "INTEGER"): number {
    this.integerRange(what);
    return decodeSmallInteger(this.bytes, this.valueStart, this.valueEnd, what);
  }

  /** BOOLEAN. */
  boolean(what: string = "BOOLEAN"): boolean {
    this.expect(Tag.boolean, what);
    assertBoolean(this.bytes, this.valueStart, this.valueEnd);
    return this.bytes[this.valueStart] === 0xff;
  }

  /** OBJECT IDENTIFIER as dotted text. */
  oid(what: string = "OBJECT IDENTIFIER"): string {
    this.expect(Tag.oid, what);
    return decodeOid(this.bytes, this.valueStart, this.valueEnd);
  }

  /** BIT STRING: the octets (a view) and how many low bits of the last one do not count. */
  bitString(what: string = "BIT STRING"): { readonly unused: number; readonly bytes: Uint8Array } {
    this.expect(Tag.bitString, what);
    assertBitString(this.bytes, this.valueStart, this.valueEnd);
    return {
      unused: this.bytes[this.valueStart] ?? 0,
      bytes: this.bytes.subarray(this.valueStart + 1, this.valueEnd),
    };
  }

  /** OCTET STRING. A view. */
  octetString(what: string = "OCTET STRING"): Uint8Array {
    this.expect(Tag.octetString, what);
    return this.value();
  }

  /** NULL. */
  null(what: string = "NULL"): void {
    this.expect(Tag.null, what);
    if (this.valueStart !== this.valueEnd) valueFail(this.valueStart, "an empty NULL");
  }

  /** UTCTime or GeneralizedTime, in the form of RFC 5280. */
  time(what: string = "a time"): Date {
    const tag = this.peek();
    if (tag !== Tag.utcTime && tag !== Tag.generalizedTime) tagFail(this.position, what, tag);
    this.next(what);
    return new Date(decodeTime(this.bytes, tag, this.valueStart, this.valueEnd));
  }

  /** A character string of any type. */
  string(what: string = "a character string"): string {
    const tag = this.next(what);
    return decodeString(this.bytes, tag, this.valueStart, this.valueEnd);
  }

  /** The contents of the element last read. A view. */
  value(): Uint8Array {
    return this.bytes.subarray(this.valueStart, this.valueEnd);
  }

  /** The element last read, with its header. A view. */
  element(): Uint8Array {
    return this.bytes.subarray(this.headerStart, this.valueEnd);
  }

  /** Moves over the next element and returns all of it. A view. */
  raw(what: string = "an element"): Uint8Array {
    this.next(what);
    return this.element();
  }
}

/** The number in the contents `[start, end)` of an INTEGER. */
export function decodeInteger(bytes: Uint8Array, start: number, end: number): bigint {
  if (end - start <= 6) {
    let small = (bytes[start] ?? 0) >= 0x80 ? -1 : 0;
    for (let index = start; index < end; index++) small = small * 256 + (bytes[index] ?? 0);
    return BigInt(small);
  }
  if (end - start <= 24) return decodeLongInteger(bytes, start, end);
  const magnitude = BigInt(`0x${toHex(bytes.subarray(start, end))}`);
  return (bytes[start] ?? 0) >= 0x80 ? magnitude - (1n << BigInt((end - start) * 8)) : magnitude;
}

// Serial numbers have up to 20 octets: three words, sign extended, are several times faster than text in between.
function decodeLongInteger(bytes: Uint8Array, start: number, end: number): bigint {
  words.fill((bytes[start] ?? 0) >= 0x80 ? 0xff : 0);
  for (let from = start, to = 24 - (end - start); from < end; ) words[to++] = bytes[from++] ?? 0;
  const low = wordView.getBigUint64(16);
  if (end - start <= 16) return (wordView.getBigInt64(8) << 64n) | low;
  return (wordView.getBigInt64(0) << 128n) | (wordView.getBigUint64(8) << 64n) | low;
}

const words: Uint8Array<ArrayBuffer> = /* @__PURE__ */ new Uint8Array(24);
const wordView: DataView = /* @__PURE__ */ new DataView(words.buffer);

/** The number in the contents `[start, end)` of an INTEGER from 0 to 2^31-1. */
export function decodeSmallInteger(bytes: Uint8Array, start: number, end: number, what: string): number {
  if ((bytes[start] ?? 0) >= 0x80) valueFail(start, `${what} of 0 or more`);
  if (end - start > 4) valueFail(start, `${what} below 2^31`);
  let value = 0;
  for (let index = start; index < end; index++) value = (value << 8) | (bytes[index] ?? 0);
  return value;
}
