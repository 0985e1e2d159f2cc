// One attribute of a name, as read.

import { toHex } from "../bytes.ts";
import { decodeOid } from "../der/oid.ts";
import { contentStart, elementEnd } from "../der/skip.ts";
import { decodeString, isStringTag } from "../der/string.ts";
import { attributeName } from "./attribute-names.ts";

/**
 * One AttributeTypeAndValue. Nothing is lost: `der` is the value as it was encoded.
 */
export class NameAttribute {
  /** The attribute type as dotted text. */
  readonly oid: string;
  /** The short name of the type, such as `CN`, if we know it. */
  readonly name?: string;
  /** The text of the value; for a value that is no character string, or a damaged one, `#` and its DER in hex. */
  readonly value: string;
  /** Is the value a character string that could be read? */
  readonly isText: boolean;
  readonly #der: Uint8Array;

  /** @internal `at` is the offset of an AttributeTypeAndValue in bytes that were walked and checked. */
  constructor(bytes: Uint8Array, at: number) {
    const type = contentStart(bytes, at);
    const value = elementEnd(bytes, type);
    const end = elementEnd(bytes, value);
    this.oid = decodeOid(bytes, contentStart(bytes, type), value);
    const name = attributeName(this.oid);
    if (name !== undefined) this.name = name;
    const text = textOf(bytes, value, end);
    this.#der = bytes.subarray(value, end);
    this.isText = text !== undefined;
    this.value = text ?? shownDer(this.#der);
    Object.freeze(this);
  }

  /** The AttributeValue in DER, with its tag; a fresh copy. */
  get der(): Uint8Array {
    return this.#der.slice();
  }

  /** The tag of the value's type, such as 0x0c for UTF8String. */
  get tag(): number {
    return this.#der[0] ?? 0;
  }

  /** @internal The value in DER without a copy: do not let it leave the package. */
  static viewOf(attribute: NameAttribute): Uint8Array {
    return attribute.#der;
  }

  /** What `JSON.stringify` shows. */
  toJSON(): { readonly type: string; readonly value: string } {
    return { type: this.name ?? this.oid, value: this.value };
  }
}

/** The value of the AttributeTypeAndValue at `at`, as {@link NameAttribute.value} has it. */
export function attributeValue(bytes: Uint8Array, at: number): string {
  const value = elementEnd(bytes, contentStart(bytes, at));
  const end = elementEnd(bytes, value);
  return textOf(bytes, value, end) ?? shownDer(bytes.subarray(value, end));
}

function shownDer(der: Uint8Array): string {
  return `#${toHex(der)}`;
}

/** The text of the value that fills `[at, end)`; undefined if it is no character string, or a damaged one. */
export function textOf(bytes: Uint8Array, at: number, end: number): string | undefined {
  const tag = bytes[at] ?? 0;
  if (!isStringTag(tag)) return undefined;
  try {
    return decodeString(bytes, tag, contentStart(bytes, at), end);
  } catch {
    return undefined;
  }
}
