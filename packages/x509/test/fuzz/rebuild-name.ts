// Names again, from their attributes.

import { fromHex } from "../../src/bytes.ts";
import { Tag } from "../../src/der/tag.ts";
import { derOid, derSequence, derTlv, derUtf8String } from "../../src/der/writer.ts";
import { DistinguishedName, type GeneralName, type NameAttribute } from "../../src/index.ts";
import { rebuildDer } from "./rebuild-der.ts";

/** The DER of a name, from types, tags and texts. */
export function rebuildName(name: DistinguishedName): Uint8Array {
  // In the order in which they stand: another one than that of DER is a deviation, not an error.
  const rdn = (attributes: readonly NameAttribute[]): Uint8Array =>
    derTlv(Tag.set, ...attributes.map((one) => derSequence(derOid(one.oid), attributeValue(one))));
  return derSequence(...name.rdns.map(rdn));
}

/** A general name with nothing in it that was kept from reading. */
export function rebuildGeneralName(name: GeneralName): GeneralName {
  if (name.type === "directory")
    return { type: "directory", value: DistinguishedName.fromDer(rebuildName(name.value)) };
  if (name.type === "other") return { ...name, value: rebuildDer(name.value) };
  return name;
}

function attributeValue({ tag, isText, value }: NameAttribute): Uint8Array {
  if (!isText) return rebuildDer(fromHex(value.slice(1)) ?? new Uint8Array(0));
  if (tag === Tag.utf8String) return derUtf8String(value);
  const width = tag === Tag.bmpString ? 2 : tag === Tag.universalString ? 4 : 1;
  // A BMPString is read as UTF-16; the other types have one unit for each character.
  const codes = width === 2 ? units(value) : points(value);
  const octets = codes.flatMap((code) =>
    Array.from({ length: width }, (_, at) => (code >>> (8 * (width - 1 - at))) & 0xff),
  );
  return derTlv(tag, Uint8Array.from(octets));
}

function units(text: string): number[] {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
}

function points(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0);
}
