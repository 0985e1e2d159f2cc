// What kind of object some DER is, by its shape alone: the first few tags tell all kinds apart.

import { DerReader } from "./der/reader.ts";
import { Tag } from "./der/tag.ts";

/** The kinds of objects that are told apart. */
export type ObjectKind =
  | "certificate"
  | "certificateRequest"
  | "certificateRevocationList"
  | "publicKey"
  | "privateKey"
  | "encryptedPrivateKey"
  | "ocspRequest"
  | "ocspResponse"
  | "pkcs7"
  | "pkcs12";

/**
 * The kind of the object that `der` looks like, or undefined. Whether it is a good one, its reader says.
 *
 * @throws X509Error DER_* if it is not even elements of DER
 */
export function sniffDer(der: Uint8Array): ObjectKind | undefined {
  const outer = new DerReader(der);
  if (outer.peek() !== Tag.sequence) return undefined;
  const body = outer.enter(Tag.sequence, "an object");
  const shape = tagsOf(body);
  const [first, second, third] = shape;
  switch (first) {
    case Tag.sequence:
      return sniffPair(body, shape);
    case Tag.oid:
      return second === 0xa0 && shape.length === 2 ? "pkcs7" : undefined;
    case Tag.enumerated:
      return second === undefined || second === 0xa0 ? "ocspResponse" : undefined;
    case Tag.integer:
      // PKCS #8: version, algorithm, key. PKCS #1: nine integers. SEC 1: version, key. PKCS #12: version, ContentInfo.
      if (second === Tag.integer || second === Tag.octetString) return "privateKey";
      if (second === Tag.sequence) return third === Tag.octetString ? "privateKey" : "pkcs12";
      return undefined;
    default:
      return undefined;
  }
}

/** Everything that starts with a SEQUENCE. */
function sniffPair(body: DerReader, [, second, third]: readonly number[]): ObjectKind | undefined {
  const inner = tagsOf(body.enter(Tag.sequence, "the first part of an object"));
  if (second === Tag.bitString && third === undefined) return "publicKey";
  if (second === Tag.octetString && third === undefined) return "encryptedPrivateKey";
  if (second === Tag.sequence && third === Tag.bitString) return sniffSigned(inner);
  if (second === undefined || second === 0xa0) return "ocspRequest";
  return undefined;
}

/**
 * Something signed, by the tags of its signed part:
 * - certificate: `[0]`, or (version 1) a serial number and five SEQUENCEs
 * - request: a version, name, key and `[0]`
 * - CRL: a version or none, an algorithm, a name and a time
 */
function sniffSigned(tags: readonly number[]): ObjectKind | undefined {
  if (tags[0] === 0xa0) return "certificate";
  const rest = tags[0] === Tag.integer ? tags.slice(1) : tags;
  if (rest[0] !== Tag.sequence || rest[1] !== Tag.sequence) return undefined;
  if (rest[2] === Tag.utcTime || rest[2] === Tag.generalizedTime) return "certificateRevocationList";
  if (rest[2] === Tag.sequence) return "certificate";
  return rest[2] === 0xa0 || rest[2] === undefined ? "certificateRequest" : undefined;
}

/** The first tags, as many as anyone asks for. */
function tagsOf(reader: DerReader): readonly number[] {
  const tags: number[] = [];
  const ahead = new DerReader(reader.bytes, reader.position, reader.end);
  while (tags.length < 6 && ahead.peek() !== -1) tags.push(ahead.next());
  return tags;
}
