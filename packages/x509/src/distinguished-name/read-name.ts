// Name ::= SEQUENCE OF SET SIZE (1..MAX) OF SEQUENCE { type OBJECT IDENTIFIER, value ANY }   (RFC 5280 section 4.1.2.4)

import { isOid } from "../der/oid.ts";
import { contentStart, elementEnd } from "../der/skip.ts";
import { NameAttribute } from "./name-attribute.ts";

/** One RelativeDistinguishedName: nearly always one attribute, more where the text has a `+`. */
export type RelativeDistinguishedName = readonly NameAttribute[];

/**
 * Looks for a fault in the structure of the Name at `at`, in bytes that were walked: its offset, or -1 if there is none.
 */
export function nameFault(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== 0x30) return at;
  const end = elementEnd(bytes, at);
  for (let set = contentStart(bytes, at); set < end; ) {
    const setEnd = elementEnd(bytes, set);
    let attribute = contentStart(bytes, set);
    if (bytes[set] !== 0x31 || attribute === setEnd) return set;
    while (attribute < setEnd) {
      const attributeEnd = elementEnd(bytes, attribute);
      const type = contentStart(bytes, attribute);
      if (bytes[attribute] !== 0x30 || type === attributeEnd || bytes[type] !== 0x06) return attribute;
      const value = elementEnd(bytes, type);
      if (value === attributeEnd || elementEnd(bytes, value) !== attributeEnd) return attribute;
      attribute = attributeEnd;
    }
    set = setEnd;
  }
  return -1;
}

/** The offset of the first AttributeTypeAndValue of this type (contents octets) in the Name at `name`, or -1. */
export function findAttribute(bytes: Uint8Array, name: number, octets: ArrayLike<number>): number {
  const end = elementEnd(bytes, name);
  for (let set = contentStart(bytes, name); set < end; set = elementEnd(bytes, set)) {
    const setEnd = elementEnd(bytes, set);
    for (let at = contentStart(bytes, set); at < setEnd; at = elementEnd(bytes, at)) {
      if (isOid(bytes, contentStart(bytes, at), octets)) return at;
    }
  }
  return -1;
}

/** Reads the Name without faults at `name`. */
export function readName(bytes: Uint8Array, name: number): readonly RelativeDistinguishedName[] {
  const rdns: RelativeDistinguishedName[] = [];
  const end = elementEnd(bytes, name);
  for (let set = contentStart(bytes, name); set < end; ) {
    const setEnd = elementEnd(bytes, set);
    const attributes: NameAttribute[] = [];
    for (let at = contentStart(bytes, set); at < setEnd; at = elementEnd(bytes, at)) {
      attributes.push(new NameAttribute(bytes, at));
    }
    rdns.push(Object.freeze(attributes));
    set = setEnd;
  }
  return Object.freeze(rdns);
}
