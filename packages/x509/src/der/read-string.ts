// Character strings and times from a cursor; most readers need neither.

import { tagFail } from "./fail.ts";
import type { DerReader } from "./reader.ts";
import { decodeString } from "./string.ts";
import { Tag } from "./tag.ts";
import { decodeTime } from "./time.ts";

/** A character string of any type. */
export function readString(reader: DerReader, what: string): string {
  const tag = reader.next(what);
  return decodeString(reader.bytes, tag, reader.valueStart, reader.valueEnd);
}

/** UTCTime or GeneralizedTime, in the form of RFC 5280. */
export function readTime(reader: DerReader, what: string): Date {
  const tag = reader.peek();
  if (tag !== Tag.utcTime && tag !== Tag.generalizedTime) tagFail(reader.position, what, tag);
  reader.next(what);
  return new Date(decodeTime(reader.bytes, tag, reader.valueStart, reader.valueEnd));
}
