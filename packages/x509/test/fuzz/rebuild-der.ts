// DER again, from what our reader says of it: every element is decoded to its value, and written from that.

import { DerReader } from "../../src/der/reader.ts";
import { Tag } from "../../src/der/tag.ts";
import {
  derBitString,
  derBoolean,
  derGeneralizedTime,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derPrintableString,
  derTime,
  derTlv,
  derUtf8String,
} from "../../src/der/writer.ts";
import { X509Error } from "../../src/error.ts";

/** The elements of `bytes`, which the strict walk has accepted, written anew. */
export function rebuildDer(bytes: Uint8Array): Uint8Array {
  const reader = new DerReader(bytes);
  const parts: Uint8Array[] = [];
  while (reader.peek() !== -1) parts.push(rebuildElement(reader));
  const [only, second] = parts;
  return only !== undefined && second === undefined ? only : concat(parts);
}

function rebuildElement(reader: DerReader): Uint8Array {
  const tag = reader.peek();
  const write = universal[tag];
  if (write !== undefined) return write(reader);
  reader.next();
  return derTlv(tag, (tag & 0x20) === 0 ? reader.value() : rebuildAll(reader.contents()));
}

function rebuildAll(reader: DerReader): Uint8Array {
  const parts: Uint8Array[] = [];
  while (reader.peek() !== -1) parts.push(rebuildElement(reader));
  return concat(parts);
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

const universal: Readonly<Record<number, (reader: DerReader) => Uint8Array>> = {
  [Tag.boolean]: (reader) => derBoolean(reader.boolean()),
  [Tag.integer]: (reader) => derInteger(reader.integer()),
  [Tag.bitString]: (reader) => {
    const { bytes, unused } = reader.bitString();
    return derBitString(bytes, unused);
  },
  [Tag.octetString]: (reader) => derOctetString(reader.octetString()),
  [Tag.null]: (reader) => {
    reader.null();
    return derNull();
  },
  [Tag.oid]: (reader) => derOid(reader.oid()),
  [Tag.utf8String]: (reader) => text(reader, derUtf8String),
  [Tag.printableString]: (reader) => text(reader, derPrintableString),
  [Tag.utcTime]: (reader) => derTime(reader.time()),
  [Tag.generalizedTime]: (reader) => derGeneralizedTime(reader.time()),
};

/** The walk takes strings as they are: one that is not well-formed is no text, and its octets are its value. */
function text(reader: DerReader, write: (value: string) => Uint8Array): Uint8Array {
  const start = reader.position;
  try {
    return write(reader.string());
  } catch (error) {
    if (!X509Error.is(error)) throw error;
    reader.position = start;
    const tag = reader.next();
    return derTlv(tag, reader.value());
  }
}
