// The bags of a PKCS #12 file (RFC 7292 section 4.2), still closed where they are encrypted.
//
// SafeContents ::= SEQUENCE OF SafeBag
// SafeBag ::= SEQUENCE { bagId OBJECT IDENTIFIER, bagValue [0] EXPLICIT ANY, bagAttributes SET OF PKCS12Attribute OPTIONAL }
// PKCS12Attribute ::= SEQUENCE { attrId OBJECT IDENTIFIER, attrValues SET OF ANY }
// CertBag, CRLBag ::= SEQUENCE { id OBJECT IDENTIFIER, value [0] EXPLICIT OCTET STRING }

import { limitFail } from "../der/fail.ts";
import { DerReader } from "../der/reader.ts";
import { contextConstructed, Tag } from "../der/tag.ts";
import { walkDer } from "../der/walk.ts";
import { derExplicit, derOctetString, derOid, derSequence, derSet, derTlv } from "../der/writer.ts";
import { X509Error } from "../error.ts";
import { BagAttribute, BagContents, BagType } from "./container-oids.ts";
import { containerLimits } from "./pfx.ts";

/** What a bag is called, and which certificate and key belong together. */
export interface BagAttributes {
  readonly friendlyName?: string;
  readonly localKeyId?: Uint8Array;
}

/** A bag of a kind that we read. `value` is a PKCS #8 key, encrypted or not, a certificate or a CRL, in DER. */
export interface SafeBag extends BagAttributes {
  readonly kind: "key" | "shroudedKey" | "certificate" | "crl";
  readonly value: Uint8Array;
}

/** The bags of a file so far. */
export interface FoundBags {
  readonly bags: SafeBag[];
  /** Those that were passed over, too: going through them is work. */
  count: number;
  keyCount: number;
}

/**
 * Reads the SafeContents that `bytes` hold from `start` to `end`, and adds its bags to `into`. Secrets and old forms of
 * certificates are passed over.
 *
 * @throws X509Error DER_*
 */
export function readSafeContents(bytes: Uint8Array, start: number, end: number, into: FoundBags): void {
  walkDer(bytes, start, end, containerLimits);
  readBags(new DerReader(bytes, start, end).enter(Tag.sequence, "SafeContents"), into);
}

/** The SafeContents of these bags. */
export function writeSafeContents(bags: readonly SafeBag[]): Uint8Array {
  return derSequence(...bags.map(writeBag));
}

function readBags(list: DerReader, into: FoundBags): void {
  while (list.peek() !== -1) {
    const bag = list.enter(Tag.sequence, "a SafeBag");
    if (++into.count > maxBags) limitFail(list.headerStart, "bags", maxBags);
    const type = bag.oid("the type of a SafeBag");
    const value = bag.enter(contextConstructed(0), "the value of a SafeBag");
    const attributes = bag.optional(Tag.set) ? readAttributes(bag.contents()) : {};
    bag.done("the SafeBag");
    // Nesting is bounded by the walk.
    if (type === BagType.safeContents) readBags(value.enter(Tag.sequence, "SafeContents"), into);
    else readBag(type, value, attributes, into);
    if (into.keyCount > maxKeys) limitFail(list.headerStart, "private keys", maxKeys);
  }
}

function readBag(type: string, value: DerReader, attributes: BagAttributes, into: FoundBags): void {
  const add = (kind: SafeBag["kind"], bytes: Uint8Array): void => {
    into.bags.push({ kind, value: bytes, ...attributes });
    if (kind === "key" || kind === "shroudedKey") into.keyCount++;
  };
  switch (type) {
    case BagType.key:
      add("key", value.raw("a private key"));
      break;
    case BagType.shroudedKey:
      add("shroudedKey", value.raw("an encrypted private key"));
      break;
    case BagType.certificate:
      readWrapped(value, BagContents.x509Certificate, (bytes) => add("certificate", bytes));
      break;
    case BagType.crl:
      readWrapped(value, BagContents.x509Crl, (bytes) => add("crl", bytes));
      break;
    default:
      value.next("the value of a SafeBag");
  }
  value.done("the value of a SafeBag");
}

/** CertBag and CRLBag; other types than X.509's are passed over. */
function readWrapped(value: DerReader, wanted: string, add: (bytes: Uint8Array) => void): void {
  const body = value.enter(Tag.sequence, "a CertBag or CRLBag");
  const type = body.oid("the type of a certificate or CRL");
  const wrapper = body.enter(contextConstructed(0), "a certificate or CRL");
  body.done("the CertBag or CRLBag");
  if (type !== wanted) return;
  add(wrapper.octetString("a certificate or CRL"));
  wrapper.done("the certificate or CRL");
}

function readAttributes(set: DerReader): BagAttributes {
  let found: BagAttributes = {};
  while (set.peek() !== -1) {
    const attribute = set.enter(Tag.sequence, "an attribute of a bag");
    const type = attribute.oid("the type of an attribute");
    const values = attribute.enter(Tag.set, "the values of an attribute");
    attribute.done("the attribute");
    if (values.peek() === -1) continue;
    if (type === BagAttribute.friendlyName) found = { ...found, friendlyName: values.string("a friendlyName") };
    if (type === BagAttribute.localKeyId) found = { ...found, localKeyId: values.octetString("a localKeyId").slice() };
  }
  return found;
}

function writeBag({ kind, value, friendlyName, localKeyId }: SafeBag): Uint8Array {
  const attributes = [
    ...(friendlyName === undefined ? [] : [writeAttribute(BagAttribute.friendlyName, derBmpString(friendlyName))]),
    ...(localKeyId === undefined ? [] : [writeAttribute(BagAttribute.localKeyId, derOctetString(localKeyId))]),
  ];
  return derSequence(
    derOid(BagType[kind]),
    derExplicit(0, writeValue(kind, value)),
    ...(attributes.length === 0 ? [] : [derSet(...attributes)]),
  );
}

function writeValue(kind: SafeBag["kind"], value: Uint8Array): Uint8Array {
  if (kind === "key" || kind === "shroudedKey") return value;
  const type = kind === "certificate" ? BagContents.x509Certificate : BagContents.x509Crl;
  return derSequence(derOid(type), derExplicit(0, derOctetString(value)));
}

function writeAttribute(type: string, value: Uint8Array): Uint8Array {
  return derSequence(derOid(type), derSet(value));
}

/** As UTF-16, which is what others read there. */
function derBmpString(text: string): Uint8Array {
  if (!text.isWellFormed()) {
    const expected = "Unicode without lone surrogates";
    throw new X509Error("ARGUMENT_INVALID", `a friendly name that cannot be written: expected ${expected}`, {
      argument: "friendlyNames",
      expected,
    });
  }
  const bytes = new Uint8Array(2 * text.length);
  for (let index = 0; index < text.length; index++) {
    bytes[2 * index] = text.charCodeAt(index) >> 8;
    bytes[2 * index + 1] = text.charCodeAt(index) & 0xff;
  }
  return derTlv(Tag.bmpString, bytes);
}

/** .NET takes 200 certificates and 200 keys. Stores of all roots are PEM, or PKCS #7. */
export const maxBags = 400;

/** Each costs as much as a signature to read. Files have one, key stores a few dozen. */
export const maxKeys = 100;
