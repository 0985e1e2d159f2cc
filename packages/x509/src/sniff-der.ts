// What kind of object something is: DER by its shape alone, because the first few tags tell all kinds apart; PEM by its
// label.

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
  if (outer.peek() !== Tag.sequence) return undefined;
  const body = outer.enter(Tag.sequence, "an object");
  const tags = tagsOf(body);
  const inner = body.peek() === Tag.sequence ? tagsOf(body.enter(Tag.sequence, "an object")) : "";
  return kinds.find(([, , shape]) => shape.test(`${tags}:${inner}`));
}

/** What a PEM block with this label holds, or undefined. */
export function kindOfLabel(name: string): KindOfObject | undefined {
  return kinds.find(([, , , label]) => label?.test(name));
}

/** The first tags, as many as anyone asks for, in hexadecimal. */
function tagsOf(reader: DerReader): string {
  let tags = "";
  const ahead = new DerReader(reader.bytes, reader.position, reader.end);
  while (tags.length < 12 && ahead.peek() !== -1) tags += ahead.next().toString(16).padStart(2, "0");
  return tags;
}

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
  ["certificate", "a certificate, which Certificate", /^303003.*:(a0|(02)?303030)/, /^(X509 )?CERTIFICATE$/],
  [
    "certificateRequest",
    "a certificate request, which CertificateRequest",
    /^303003.*:(02)?3030(a0|$)/,
    /^(NEW )?CERTIFICATE REQUEST$/,
  ],
  ["certificateRevocationList", "a CRL, which CertificateRevocationList", /^303003.*:(02)?30301[78]/, /^X509 CRL$/],
  ["publicKey", "a public key, which PublicKey", /^3003:/, /^(RSA )?PUBLIC KEY$/],
  ["privateKey", "a private key, which KeyPair", /^02(020202|04|3004)/, /^(RSA |EC )?PRIVATE KEY$/],
  ["encryptedPrivateKey", "a private key, which KeyPair", /^3004:/, /^ENCRYPTED PRIVATE KEY$/],
  ["ocspRequest", "an OCSP request, which OcspRequest", /^30(a0.*)?:/],
  ["ocspResponse", "an OCSP response, which OcspResponse", /^0a(a0.*)?:/],
  ["pkcs7", "PKCS #7, which readPkcs7 of @tlskit/x509/containers", /^06a0:/, /^(PKCS7|CMS)$/],
  ["pkcs12", "PKCS #12, which readPkcs12 of @tlskit/x509/containers", /^0230/, /^PKCS12$/],
];
