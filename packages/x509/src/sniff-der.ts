// What kind of object something is: DER by its shape alone, because the first few tags tell all kinds apart; PEM by its
// label.

import { toHex } from "./bytes.ts";
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

/** A kind of object, who reads it, and what tells it. */
export type KindOfObject = readonly [kind: ObjectKind, reader: string, shape: RegExp, label?: RegExp];

/**
 * What `der` looks like, or undefined. Whether it is a good one, its reader says.
 *
 * @throws X509Error DER_* if it is not even elements of DER
 */
export function sniffDer(der: Uint8Array): KindOfObject | undefined {
  const outer = new DerReader(der);
  if (!outer.optional(Tag.sequence)) return undefined;
  const body = outer.contents();
  const shape = `${tagsInside(outer)}:${body.optional(Tag.sequence) ? tagsInside(body) : ""}`;
  return kinds.find(([, , tags]) => tags.test(shape));
}

/** What a PEM block with this label holds, or undefined. */
export function kindOfLabel(name: string): KindOfObject | undefined {
  return kinds.find(([, , , label]) => label?.test(name));
}

/** The first tags, as many as anyone asks for, inside the element that was read last; in hexadecimal. */
function tagsInside(reader: DerReader): string {
  const inside = reader.contents();
  let tags = "";
  while (tags.length < 12 && inside.peek() !== -1) tags += toHex(Uint8Array.of(inside.next()));
  return tags;
}

/** Who reads private keys: the name alone would not say what was found. */
export const KEY_PAIR = "KeyPair (private keys)";

/**
 * The shape is the tags inside, then a colon and, where the first is a SEQUENCE, the tags inside that. Labels are those of
 * RFC 7468, and the older ones that OpenSSL writes or reads.
 *
 * - What is signed is a SEQUENCE that is signed, an algorithm and a BIT STRING. Inside: of a certificate, `[0]`, or
 *   (version 1) a serial number and five SEQUENCEs; of a request, a version, name, key and `[0]`; of a CRL, a version or
 *   none, an algorithm, a name and a time.
 * - PKCS #8: version, algorithm, key. PKCS #1: nine integers. SEC 1: version, key. PKCS #12: version, ContentInfo.
 */
const kinds: readonly KindOfObject[] = [
  ["certificate", "Certificate", /^303003.*:(a0|(02)?303030)/, /^(X509 )?CERTIFICATE$/],
  ["certificateRequest", "CertificateRequest", /^303003.*:(02)?3030(a0|$)/, /^(NEW )?CERTIFICATE REQUEST$/],
  ["certificateRevocationList", "CertificateRevocationList", /^303003.*:(02)?30301[78]/, /^X509 CRL$/],
  ["publicKey", "PublicKey", /^3003:/, /^(RSA )?PUBLIC KEY$/],
  ["privateKey", KEY_PAIR, /^02(020202|04|3004)/, /^(RSA |EC )?PRIVATE KEY$/],
  ["encryptedPrivateKey", KEY_PAIR, /^3004:/, /^ENCRYPTED PRIVATE KEY$/],
  ["ocspRequest", "OcspRequest", /^30(a0.*)?:/],
  ["ocspResponse", "OcspResponse", /^0a(a0.*)?:/],
  ["pkcs7", "readPkcs7 of @tlskit/x509/containers", /^06a0:/, /^(PKCS7|CMS)$/],
  ["pkcs12", "readPkcs12 of @tlskit/x509/containers", /^0230/, /^PKCS12$/],
];
