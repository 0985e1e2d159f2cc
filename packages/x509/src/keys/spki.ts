// SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7): reading, judging and writing.
//
//   SubjectPublicKeyInfo ::= SEQUENCE { algorithm AlgorithmIdentifier, subjectPublicKey BIT STRING }

import { DerReader } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { derBitString, derNull, derOid, derSequence } from "../der/writer.ts";
import { TlsKitError, X509Error } from "../error.ts";
import { readPssParameters, type SignatureAlgorithm } from "../signature-algorithm.ts";
import {
  DSA,
  EC_PUBLIC_KEY_OID,
  type KeyAlgorithm,
  type KeyType,
  keyAlgorithmByOid,
  OTHER_CURVES,
  otherKeyName,
  RSA,
  RSASSA_PSS_OID,
} from "./key-algorithm.ts";

/** What a SubjectPublicKeyInfo says. */
export interface SpkiContents {
  readonly type: KeyType;
  readonly oid: string;
  /** The row of the table, if signatures by this key can be checked. */
  readonly algorithm?: KeyAlgorithm;
  /** Why there is no row. */
  readonly unsupported?: string;
  /** The curve's name, or its OID if it has no name here; absent for explicit parameters and other keys. */
  readonly curve?: string;
  /** Size of an RSA modulus, or of a curve's field, in bits. */
  readonly bits?: number;
  /** The RSA public exponent. */
  readonly exponent?: bigint;
  /** The contents of the BIT STRING; a view. */
  readonly keyBytes: Uint8Array;
  /** Is it a DSA key that leaves its domain parameters to the key of its issuer? */
  readonly lacksParameters?: true;
  /** What a key bound to RSASSA-PSS allows; absent if it allows anything. */
  readonly pss?: NonNullable<SignatureAlgorithm["pss"]>;
}

/**
 * Reads a SubjectPublicKeyInfo. Unknown algorithms are described, broken keys refused.
 *
 * @throws X509Error KEY_INVALID, DER_*
 */
export function readSpki(spki: Uint8Array): SpkiContents {
  const outer = new DerReader(spki);
  const body = outer.enter(Tag.sequence, "a SubjectPublicKeyInfo");
  outer.done("the SubjectPublicKeyInfo");
  const identifier = body.enter(Tag.sequence, "the algorithm of a public key");
  const { unused, bytes: keyBytes } = body.bitString("subjectPublicKey");
  body.done("the SubjectPublicKeyInfo");
  if (unused !== 0) throw invalid(body.valueStart, "a subjectPublicKey of whole octets");
  const oid = identifier.oid("the algorithm of a public key");
  switch (oid) {
    case RSA.oid:
      return readRsa(oid, identifier, keyBytes);
    case RSASSA_PSS_OID:
      return readRsaPss(oid, identifier, keyBytes);
    case EC_PUBLIC_KEY_OID:
      return readEc(oid, identifier, keyBytes);
    case DSA.oid:
      return readDsa(oid, identifier, keyBytes);
    default:
      return readOther(oid, identifier, keyBytes);
  }
}

/** A SubjectPublicKeyInfo of this algorithm around the bytes of a key. */
export function writeSpki(algorithm: KeyAlgorithm, keyBytes: Uint8Array): Uint8Array {
  return derSequence(writeKeyIdentifier(algorithm), derBitString(keyBytes));
}

/**
 * A DSA key without domain parameters, with those of its issuer's key (RFC 5280 section 6.1.4 (e)).
 *
 * @throws X509Error KEY_INVALID if the issuer's is no DSA key, or has none either
 */
export function inheritParameters(spki: Uint8Array, issuerSpki: Uint8Array): Uint8Array {
  const identifier = new DerReader(issuerSpki).enter(Tag.sequence, "a SubjectPublicKeyInfo");
  const { type, lacksParameters } = readSpki(issuerSpki);
  if (type !== "dsa" || lacksParameters) throw invalid(0, "an issuer's DSA key with domain parameters");
  identifier.next("the algorithm of a public key");
  const algorithm = issuerSpki.subarray(identifier.headerStart, identifier.valueEnd);
  return derSequence(algorithm, derBitString(readSpki(spki).keyBytes));
}

/** The AlgorithmIdentifier of keys of this algorithm, public and private. */
export function writeKeyIdentifier(algorithm: KeyAlgorithm): Uint8Array {
  const { oid, parameters, curve } = algorithm;
  if (parameters === "null") return derSequence(derOid(oid), derNull());
  return curve === undefined ? derSequence(derOid(oid)) : derSequence(derOid(oid), derOid(curve.oid));
}

/**
 * Reads an RSAPublicKey (RFC 8017 section A.1.1) with its sizes.
 *
 * @throws X509Error KEY_INVALID, DER_*
 */
export function readRsaPublicKey(bytes: Uint8Array): { readonly bits: number; readonly exponent: bigint } {
  const outer = new DerReader(bytes);
  const body = outer.enter(Tag.sequence, "an RSAPublicKey");
  outer.done("the RSAPublicKey");
  const modulus = body.integerBytes("the modulus of an RSA key");
  const modulusStart = body.valueStart;
  const exponent = body.integer("the exponent of an RSA key");
  const exponentStart = body.valueStart;
  body.done("the RSAPublicKey");
  if ((modulus[0] ?? 0) >= 0x80 || ((modulus.at(-1) ?? 0) & 1) === 0) {
    throw invalid(modulusStart, "a positive odd RSA modulus");
  }
  // 33 bits is the bound of BoringSSL; the runtimes agree on what is below it.
  if (exponent < 3n || exponent >= 1n << 33n || (exponent & 1n) === 0n) {
    throw invalid(exponentStart, "an odd RSA exponent from 3 up to 33 bits");
  }
  return { bits: bitLength(modulus), exponent };
}

function readRsa(oid: string, identifier: DerReader, keyBytes: Uint8Array): SpkiContents {
  // RFC 3279 section 2.3.1 demands the NULL, and the runtimes differ where it is missing.
  identifier.null("NULL as the parameters of an RSA key");
  identifier.done("the algorithm of a public key");
  // The most frequent key by far: without a spread.
  const { bits, exponent } = readRsaPublicKey(keyBytes);
  if (bits > maxRsaBits) return { type: "rsa", oid, bits, exponent, keyBytes, unsupported: tooLarge };
  return { type: "rsa", oid, bits, exponent, keyBytes, algorithm: RSA };
}

function readRsaPss(oid: string, identifier: DerReader, keyBytes: Uint8Array): SpkiContents {
  const rsa = rsaRow(RSA, keyBytes);
  if (identifier.peek() === -1) return { type: "rsa-pss", oid, ...rsa, keyBytes };
  try {
    return { type: "rsa-pss", oid, ...rsa, keyBytes, pss: readPssParameters(identifier) };
  } catch (error) {
    if (!TlsKitError.is(error)) throw error;
    return { type: "rsa-pss", oid, bits: rsa.bits, exponent: rsa.exponent, keyBytes, unsupported: error.message };
  }
}

type RsaFields = { bits: number; exponent: bigint } & ({ algorithm: KeyAlgorithm } | { unsupported: string });

function rsaRow(algorithm: KeyAlgorithm, keyBytes: Uint8Array): RsaFields {
  const key = readRsaPublicKey(keyBytes);
  if (key.bits > maxRsaBits) return { ...key, unsupported: tooLarge };
  return { ...key, algorithm };
}

function readEc(oid: string, identifier: DerReader, keyBytes: Uint8Array): SpkiContents {
  if (identifier.peek() !== Tag.oid) {
    // RFC 5480 section 2.1.1 forbids them; trusting them was CVE-2020-0601.
    return { type: "ecdsa", oid, keyBytes, unsupported: "elliptic curves that are not given by name" };
  }
  const curveOid = identifier.oid("the curve of a key");
  identifier.done("the algorithm of a public key");
  const algorithm = keyAlgorithmByOid(oid, curveOid);
  if (algorithm?.curve === undefined) {
    const curve = OTHER_CURVES.get(curveOid) ?? curveOid;
    return { type: "ecdsa", oid, curve, keyBytes, unsupported: `the curve ${curve}` };
  }
  const { name, coordinateBytes } = algorithm.curve;
  const compressed = keyBytes[0] === 2 || keyBytes[0] === 3;
  const length = 1 + (compressed ? 1 : 2) * coordinateBytes;
  if ((keyBytes[0] !== 4 && !compressed) || keyBytes.length !== length) {
    throw invalid(keyBytes.byteOffset - identifier.bytes.byteOffset, `a point on ${name}`);
  }
  return { type: "ecdsa", oid, algorithm, curve: name, bits: name === "P-521" ? 521 : coordinateBytes * 8, keyBytes };
}

// RFC 3279 section 2.3.2: DSAPublicKey ::= INTEGER, Dss-Parms ::= SEQUENCE { p INTEGER, q INTEGER, g INTEGER }, which may
// be omitted, or NULL (RFC 5280 section 6.1.4 (e)).
function readDsa(oid: string, identifier: DerReader, keyBytes: Uint8Array): SpkiContents {
  const key = new DerReader(keyBytes);
  positiveInteger(key, "the value of a DSA key");
  key.done("the DSAPublicKey");
  if (identifier.peek() === Tag.null) identifier.null();
  if (identifier.peek() === -1) {
    const unsupported = "DSA keys without their domain parameters, which are those of the issuer's key";
    return { type: "dsa", oid, keyBytes, lacksParameters: true, unsupported };
  }
  const parameters = identifier.enter(Tag.sequence, "the domain parameters of a DSA key");
  identifier.done("the algorithm of a public key");
  const prime = positiveInteger(parameters, "the prime of a DSA key");
  positiveInteger(parameters, "the order of a DSA key");
  positiveInteger(parameters, "the generator of a DSA key");
  parameters.done("the domain parameters of a DSA key");
  const bits = bitLength(prime);
  // The bound of OpenSSL.
  if (bits > maxDsaBits)
    return { type: "dsa", oid, bits, keyBytes, unsupported: `DSA keys of more than ${maxDsaBits} bits` };
  return { type: "dsa", oid, algorithm: DSA, bits, keyBytes };
}

function positiveInteger(reader: DerReader, what: string): Uint8Array {
  const bytes = reader.integerBytes(what);
  if ((bytes[0] ?? 0x80) >= 0x80 || (bytes.length === 1 && bytes[0] === 0)) {
    throw invalid(reader.valueStart, `a positive integer as ${what}`);
  }
  return bytes;
}

/** Of a positive INTEGER's contents. */
function bitLength(integer: Uint8Array): number {
  const lead = integer[0] === 0 ? 1 : 0;
  return (integer.length - lead) * 8 - (Math.clz32(integer[lead] ?? 0) - 24);
}

function readOther(oid: string, identifier: DerReader, keyBytes: Uint8Array): SpkiContents {
  const algorithm = keyAlgorithmByOid(oid);
  if (algorithm === undefined) {
    return { type: "unknown", oid, keyBytes, unsupported: `keys of the algorithm ${otherKeyName(oid)}` };
  }
  identifier.done("the algorithm of a public key, which has no parameters");
  if (keyBytes.length !== algorithm.publicKeyBytes) {
    const offset = keyBytes.byteOffset - identifier.bytes.byteOffset;
    throw invalid(offset, `${algorithm.publicKeyBytes} bytes for ${algorithm.label}`);
  }
  return { type: algorithm.type, oid, algorithm, keyBytes };
}

function invalid(offset: number, expected: string): X509Error {
  return new X509Error("KEY_INVALID", `not a valid public key: expected ${expected}`, { offset, expected });
}

/** The bound of OpenSSL: the cost of one verification grows with the square of the size. */
const maxRsaBits = 16_384;
const tooLarge = "RSA keys of more than 16384 bits";
const maxDsaBits = 10_000;
