// SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7): reading, judging and writing.
//
//   SubjectPublicKeyInfo ::= SEQUENCE { algorithm AlgorithmIdentifier, subjectPublicKey BIT STRING }

import { DerReader, decodeInteger } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { assertBitString } from "../der/walk.ts";
import { derBitString, derNull, derOid, derSequence } from "../der/writer.ts";
import { TlsKitError, X509Error } from "../error.ts";
import { type PssParameters, readPssParameters } from "../signature/pss-parameters.ts";
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
  /** Where the key in the BIT STRING starts. It ends with the SubjectPublicKeyInfo. */
  readonly keyStart: number;
  /** Is it a DSA key that leaves its domain parameters to the key of its issuer? */
  readonly lacksParameters?: true;
  /** What a key bound to RSASSA-PSS allows; absent if it allows anything. */
  readonly pss?: PssParameters;
}

/**
 * Reads the SubjectPublicKeyInfo that fills a range. Unknown algorithms are described, broken keys refused. Offsets in
 * errors count from the start of `bytes`.
 *
 * @throws X509Error KEY_INVALID, DER_*
 */
export function readSpki(bytes: Uint8Array, start: number = 0, end: number = bytes.length): SpkiContents {
  const body = new DerReader(bytes, start, end).only(Tag.sequence, "a SubjectPublicKeyInfo");
  const identifier = body.enter(Tag.sequence, "the algorithm of a public key");
  body.expect(Tag.bitString, "subjectPublicKey");
  assertBitString(bytes, body.valueStart, body.valueEnd);
  body.done("the SubjectPublicKeyInfo");
  if (bytes[body.valueStart] !== 0) throw invalid(body.valueStart, "a subjectPublicKey of whole octets");
  const keyStart = body.valueStart + 1;
  const oid = identifier.oid("the algorithm of a public key");
  switch (oid) {
    case RSA.oid:
      return readRsa(oid, identifier, keyStart, end);
    case RSASSA_PSS_OID:
      return readRsaPss(oid, identifier, keyStart, end);
    case EC_PUBLIC_KEY_OID:
      return readEc(oid, identifier, keyStart, end);
    case DSA.oid:
      return readDsa(oid, identifier, keyStart, end);
    default:
      return readOther(oid, identifier, keyStart, end);
  }
}

/** The contents of the BIT STRING subjectPublicKey: a view. */
export function spkiKeyBytes(spki: Uint8Array): Uint8Array {
  return spki.subarray(readSpki(spki).keyStart);
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
  return derSequence(algorithm, derBitString(spkiKeyBytes(spki)));
}

/** The AlgorithmIdentifier of keys of this algorithm, public and private. */
export function writeKeyIdentifier(algorithm: KeyAlgorithm): Uint8Array {
  const { oid, parameters, curve } = algorithm;
  if (parameters === "null") return derSequence(derOid(oid), derNull());
  return curve === undefined ? derSequence(derOid(oid)) : derSequence(derOid(oid), derOid(curve.oid));
}

/**
 * Reads the RSAPublicKey (RFC 8017 section A.1.1) that fills a range, with its sizes.
 *
 * @throws X509Error KEY_INVALID, DER_*
 */
export function readRsaPublicKey(
  bytes: Uint8Array,
  start: number = 0,
  end: number = bytes.length,
): { readonly bits: number; readonly exponent: bigint } {
  const body = new DerReader(bytes, start, end).only(Tag.sequence, "an RSAPublicKey");
  body.integerRange("the modulus of an RSA key");
  const { valueStart: modulus, valueEnd: modulusEnd } = body;
  body.integerRange("the exponent of an RSA key");
  const exponent = decodeInteger(bytes, body.valueStart, body.valueEnd);
  body.done("the RSAPublicKey");
  if ((bytes[modulus] ?? 0) >= 0x80 || ((bytes[modulusEnd - 1] ?? 0) & 1) === 0) {
    throw invalid(modulus, "a positive odd RSA modulus");
  }
  // 33 bits is the bound of BoringSSL; the runtimes agree on what is below it.
  if (exponent < 3n || exponent > 0x1_ffff_ffffn || (exponent & 1n) === 0n) {
    throw invalid(body.valueStart, "an odd RSA exponent from 3 up to 33 bits");
  }
  return { bits: bitLength(bytes, modulus, modulusEnd), exponent };
}

function readRsa(oid: string, identifier: DerReader, keyStart: number, end: number): SpkiContents {
  // RFC 3279 section 2.3.1 demands the NULL, and the runtimes differ where it is missing.
  identifier.null("NULL as the parameters of an RSA key");
  identifier.done("the algorithm of a public key");
  // The most frequent key by far: without a spread.
  const { bits, exponent } = readRsaPublicKey(identifier.bytes, keyStart, end);
  if (bits > maxRsaBits) return { type: "rsa", oid, bits, exponent, keyStart, unsupported: tooLarge };
  return { type: "rsa", oid, bits, exponent, keyStart, algorithm: RSA };
}

function readRsaPss(oid: string, identifier: DerReader, keyStart: number, end: number): SpkiContents {
  const key = { type: "rsa-pss", oid, ...readRsaPublicKey(identifier.bytes, keyStart, end), keyStart } as const;
  const usable = key.bits > maxRsaBits ? { ...key, unsupported: tooLarge } : { ...key, algorithm: RSA };
  if (identifier.peek() === -1) return usable;
  try {
    return { ...usable, pss: readPssParameters(identifier) };
  } catch (error) {
    if (!TlsKitError.is(error)) throw error;
    return { ...key, unsupported: error.message };
  }
}

function readEc(oid: string, identifier: DerReader, keyStart: number, end: number): SpkiContents {
  if (identifier.peek() !== Tag.oid) {
    passParameters(identifier);
    // RFC 5480 section 2.1.1 forbids them; trusting them was CVE-2020-0601.
    return { type: "ecdsa", oid, keyStart, unsupported: "elliptic curves that are not given by name" };
  }
  const curveOid = identifier.oid("the curve of a key");
  identifier.done("the algorithm of a public key");
  const algorithm = keyAlgorithmByOid(oid, curveOid);
  if (algorithm?.curve === undefined) {
    const curve = OTHER_CURVES.get(curveOid) ?? curveOid;
    return { type: "ecdsa", oid, curve, keyStart, unsupported: `the curve ${curve}` };
  }
  const { name, coordinateBytes } = algorithm.curve;
  const form = identifier.bytes[keyStart];
  const compressed = form === 2 || form === 3;
  const length = 1 + (compressed ? 1 : 2) * coordinateBytes;
  if ((form !== 4 && !compressed) || end - keyStart !== length) throw invalid(keyStart, `a point on ${name}`);
  return { type: "ecdsa", oid, algorithm, curve: name, bits: name === "P-521" ? 521 : coordinateBytes * 8, keyStart };
}

// RFC 3279 section 2.3.2: DSAPublicKey ::= INTEGER, Dss-Parms ::= SEQUENCE { p INTEGER, q INTEGER, g INTEGER }, which may
// be omitted, or NULL (RFC 5280 section 6.1.4 (e)).
function readDsa(oid: string, identifier: DerReader, keyStart: number, end: number): SpkiContents {
  const key = new DerReader(identifier.bytes, keyStart, end);
  positiveInteger(key);
  key.done("the DSAPublicKey");
  if (identifier.peek() === Tag.null) identifier.null();
  if (identifier.peek() === -1) {
    const unsupported = "DSA keys without domain parameters";
    return { type: "dsa", oid, keyStart, lacksParameters: true, unsupported };
  }
  const parameters = identifier.enter(Tag.sequence, "the domain parameters of a DSA key");
  identifier.done("the algorithm of a public key");
  positiveInteger(parameters);
  const bits = bitLength(parameters.bytes, parameters.valueStart, parameters.valueEnd);
  positiveInteger(parameters);
  positiveInteger(parameters);
  parameters.done("the domain parameters of a DSA key");
  // The bound of OpenSSL.
  if (bits > maxDsaBits) return { type: "dsa", oid, bits, keyStart, unsupported: "DSA keys of more than 10000 bits" };
  return { type: "dsa", oid, algorithm: DSA, bits, keyStart };
}

function positiveInteger(reader: DerReader): void {
  const what = "a positive integer";
  reader.integerRange(what);
  const first = reader.bytes[reader.valueStart] ?? 0x80;
  if (first >= 0x80 || (first === 0 && reader.valueEnd - reader.valueStart === 1)) {
    throw invalid(reader.valueStart, what);
  }
}

/** Of the contents `[start, end)` of a positive INTEGER. */
function bitLength(bytes: Uint8Array, start: number, end: number): number {
  const lead = bytes[start] === 0 ? start + 1 : start;
  return (end - lead) * 8 - (Math.clz32(bytes[lead] ?? 0) - 24);
}

/** Whatever they are: at most one element. */
function passParameters(identifier: DerReader): void {
  if (identifier.peek() !== -1) identifier.next();
  identifier.done("the algorithm of a public key");
}

function readOther(oid: string, identifier: DerReader, keyStart: number, end: number): SpkiContents {
  const algorithm = keyAlgorithmByOid(oid);
  if (algorithm === undefined) {
    passParameters(identifier);
    return { type: "unknown", oid, keyStart, unsupported: `keys of the algorithm ${otherKeyName(oid)}` };
  }
  identifier.done("the algorithm of a public key");
  if (end - keyStart !== algorithm.publicKeyBytes) {
    throw invalid(keyStart, `${algorithm.publicKeyBytes} bytes for ${algorithm.label}`);
  }
  return { type: algorithm.type, oid, algorithm, keyStart };
}

function invalid(offset: number, expected: string): X509Error {
  return new X509Error("KEY_INVALID", `not a valid public key: expected ${expected}`, { offset, expected });
}

/** The bound of OpenSSL: the cost of one verification grows with the square of the size. */
const maxRsaBits = 16_384;
const tooLarge = "RSA keys of more than 16384 bits";
const maxDsaBits = 10_000;
