// The texts of Twisted's inspect() and repr(). Where Twisted raises UnicodeEncodeError (any name beyond ASCII) these
// print the name; where it prints control characters raw, these escape them.

import { fromArgument } from "../argument.ts";
import { DerReader } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { DistinguishedName } from "../distinguished-name/distinguished-name.ts";
import { quote } from "../text/text.ts";
import { digest, keyHash } from "./digest.ts";

/** What is printed of a certificate. */
export interface CompatCertificate {
  readonly der: Uint8Array;
  readonly subject: DistinguishedName;
  readonly issuer: DistinguishedName;
  readonly serialNumber: bigint;
  readonly publicKey: CompatKey;
}

/** What is printed of a key. */
export interface CompatKey {
  readonly spki: Uint8Array;
  readonly type: string;
  readonly bits?: number | undefined;
}

/**
 * `Certificate.inspect` of Twisted (KEY-07): names with seven attribute types and one value each, serial number, MD5.
 *
 * @example
 * console.log(inspect(certificate));
 */
export function inspect(certificate: CompatCertificate): string {
  return fromArgument("certificate", "a Certificate", () => {
    return [
      "Certificate For Subject:",
      inspectName(certificate.subject),
      "",
      "Issuer:",
      inspectName(certificate.issuer),
      "",
      `Serial Number: ${certificate.serialNumber}`,
      `Digest: ${digest(certificate)}`,
      inspectPublicKey(certificate.publicKey),
    ].join("\n");
  });
}

/** `DistinguishedName.inspect` of Twisted (DN-07, DN-12): what its lossy copy of a name keeps. */
export function inspectName(name: DistinguishedName): string {
  return fromArgument("name", "a DistinguishedName", () => {
    const kept = types.flatMap((type) => {
      const value = name.get(type);
      return value === undefined ? [] : [[type, value] as const];
    });
    return DistinguishedName.of(Object.fromEntries(kept), { strict: false }).inspect();
  });
}

/** `PublicKey.inspect` of Twisted (KEY-12). */
export function inspectPublicKey(publicKey: { readonly spki: Uint8Array }): string {
  return `Public Key with Hash: ${keyHash(publicKey)}`;
}

/** `KeyPair.inspect` of Twisted (KEY-16): it names RSA and DSA, and nothing else. */
export function inspectKeyPair(keyPair: { readonly publicKey: CompatKey }): string {
  return fromArgument("keyPair", "a KeyPair", () => {
    const { publicKey } = keyPair;
    const kind = publicKey.type === "rsa" ? "RSA" : publicKey.type === "dsa" ? "DSA" : "(Unknown Type!)";
    return `${keyBits(publicKey)}-bit ${kind} Key Pair with Hash: ${keyHash(publicKey)}`;
  });
}

/** `repr` of a certificate in Twisted (KEY-08). */
export function representation(certificate: CompatCertificate): string {
  return fromArgument("certificate", "a Certificate", () => {
    const name = ({ CN }: DistinguishedName): string =>
      CN === undefined ? "" : `b${quote(CN).replace(/^"|"$/g, "'")}`;
    return `<Certificate Subject=${name(certificate.subject)} Issuer=${name(certificate.issuer)}>`;
  });
}

function keyBits(publicKey: CompatKey): number | undefined {
  switch (publicKey.type) {
    case "ed25519":
      return 256;
    case "ed448":
      return 456;
    case "dsa":
      return publicKey.bits ?? dsaBits(publicKey.spki);
    default:
      return publicKey.bits;
  }
}

// Dss-Parms ::= SEQUENCE { p INTEGER, q INTEGER, g INTEGER }   (RFC 3279 section 2.3.2)
function dsaBits(spki: Uint8Array): number {
  const algorithm = new DerReader(spki).enter(Tag.sequence, "a key").enter(Tag.sequence, "an AlgorithmIdentifier");
  algorithm.oid();
  return algorithm.enter(Tag.sequence, "Dss-Parms").integer("p").toString(2).length;
}

const types = [
  "commonName",
  "organizationName",
  "organizationalUnitName",
  "localityName",
  "stateOrProvinceName",
  "countryName",
  "emailAddress",
] as const;
