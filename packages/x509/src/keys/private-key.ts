// Private keys in the encodings people have: PKCS #8 (RFC 5958), PKCS #1 (RFC 8017) and SEC 1 (RFC 5915), told apart
// by their structure. Whatever comes in leaves in one shape: the algorithm's row and a canonical PKCS #8.

import { bytesEqual, toHex } from "../bytes.ts";
import { DerReader } from "../der/reader.ts";
import { contextConstructed, contextPrimitive, Tag } from "../der/tag.ts";
import { assertDer, copyDer } from "../der/walk.ts";
import { derBitString, derExplicit, derInteger, derOctetString, derOid, derSequence } from "../der/writer.ts";
import { X509Error } from "../error.ts";
import { readPssParameters } from "../signature/pss-parameters.ts";
import {
  type CurveName,
  EC_PUBLIC_KEY_OID,
  type KeyAlgorithm,
  keyAlgorithmByOid,
  OTHER_CURVES,
  otherKeyName,
  RSA,
  RSASSA_PSS_OID,
} from "./key-algorithm.ts";
import { readRsaPrivateKey } from "./rsa-private-key.ts";
import { writeKeyIdentifier, writeSpki } from "./spki.ts";

/** A private key, read but not yet shown to a cryptographic library. */
export interface PrivateKeyContents {
  readonly algorithm: KeyAlgorithm;
  /** The algorithm's own form of the key: RSAPrivateKey, the scalar of an EC key, the seed of an Edwards key. */
  readonly secret: Uint8Array;
  /** The public half that came with it, as the contents of a subjectPublicKey; nobody has compared it yet. */
  readonly publicKeyBytes?: Uint8Array;
  /** The AlgorithmIdentifier of a key bound to RSASSA-PSS. */
  readonly pssIdentifier?: Uint8Array;
}

/**
 * Whether this is an EncryptedPrivateKeyInfo, by its shape: an AlgorithmIdentifier, then an OCTET STRING. A certificate,
 * a request and a public key begin with a SEQUENCE as well, and asking for their passphrase would mislead.
 */
export function isEncryptedPrivateKey(der: Uint8Array): boolean {
  const outer = new DerReader(der);
  if (outer.peek() !== Tag.sequence) return false;
  const body = outer.enter(Tag.sequence, "a private key");
  if (body.peek() !== Tag.sequence) return false;
  const startsWithOid = body.enter(Tag.sequence, "an algorithm").peek() === Tag.oid;
  return startsWithOid && body.peek() === Tag.octetString;
}

/**
 * Reads an unencrypted private key of any of the three encodings.
 *
 * @throws X509Error KEY_INVALID, UNSUPPORTED_ALGORITHM, DER_*
 */
export function readPrivateKey(input: Uint8Array): PrivateKeyContents {
  const der = copyDer(input);
  const outer = new DerReader(der);
  const body = outer.enter(Tag.sequence, "a private key");
  const version = body.smallInteger("the version of a private key");
  switch (body.peek()) {
    case Tag.sequence:
      return readPkcs8(body, version);
    case Tag.integer:
      return readRsa(der);
    case Tag.octetString:
      return readSec1(new DerReader(der), undefined);
    default:
      throw invalid(body.position, "a PKCS #8, PKCS #1 or SEC 1 private key");
  }
}

/** OneAsymmetricKey version 1, with the public half where other software expects it: inside ECPrivateKey. */
export function writePkcs8(key: PrivateKeyContents): Uint8Array {
  return derSequence(derInteger(0), writeKeyIdentifier(key.algorithm), derOctetString(writeInner(key)));
}

/** As {@link writePkcs8}, under the algorithm that the key came with (RSASSA-PSS). */
export function exportPkcs8(key: PrivateKeyContents): Uint8Array {
  const identifier = key.pssIdentifier ?? writeKeyIdentifier(key.algorithm);
  return derSequence(derInteger(0), identifier, derOctetString(writeInner(key)));
}

/** ECPrivateKey with its curve, as in an `EC PRIVATE KEY` block. */
export function writeSec1(key: PrivateKeyContents): Uint8Array {
  const { curve } = key.algorithm;
  if (curve === undefined) throw invalid(undefined, "an ECDSA key, for the type sec1");
  return writeEcPrivateKey(key, [derExplicit(0, derOid(curve.oid))]);
}

/** The SubjectPublicKeyInfo of a key whose public half is known. */
export function writePublicKey(key: PrivateKeyContents, publicKeyBytes: Uint8Array): Uint8Array {
  if (key.pssIdentifier === undefined) return writeSpki(key.algorithm, publicKeyBytes);
  return derSequence(key.pssIdentifier, derBitString(publicKeyBytes));
}

/**
 * The key with the public half that its private half computes to.
 *
 * @throws X509Error KEY_INVALID if it came with another one
 */
export function joinHalves(key: PrivateKeyContents, computed: Uint8Array): PrivateKeyContents {
  const given = key.publicKeyBytes;
  if (given !== undefined && !bytesEqual(given, computed) && !isCompressed(given, computed)) {
    throw invalid(undefined, "a public half that belongs to the private half");
  }
  return { ...key, publicKeyBytes: computed };
}

function readPkcs8(body: DerReader, version: number): PrivateKeyContents {
  if (version > 1) throw invalid(body.valueStart, "version 0 or 1 of PKCS #8");
  const identifierReader = body.enter(Tag.sequence, "the algorithm of a private key");
  const identifier = body.element();
  const oid = identifierReader.oid("the algorithm of a private key");
  const inner = body.octetString("the private key");
  const innerStart = body.valueStart;
  body.optional(contextConstructed(0)); // attributes: of no use to us
  const publicKeyBytes = body.optional(contextPrimitive(1)) ? bitStringContents(body) : undefined;
  body.done("the private key");
  const withPublic = <T extends PrivateKeyContents>(key: T): PrivateKeyContents =>
    publicKeyBytes === undefined ? key : { ...key, publicKeyBytes };
  if (oid === RSA.oid) {
    // RFC 8017 section A.1 demands the NULL; some writers leave it out.
    if (identifierReader.peek() !== -1) identifierReader.null("NULL as the parameters of an RSA key");
    identifierReader.done("the algorithm of a private key");
    return withPublic(readRsa(inner));
  }
  if (oid === RSASSA_PSS_OID) {
    if (identifierReader.peek() !== -1) readPssParameters(identifierReader);
    return { ...withPublic(readRsa(inner)), pssIdentifier: identifier.slice() };
  }
  if (oid === EC_PUBLIC_KEY_OID) {
    const curveOid = readCurve(identifierReader);
    return withPublic(readSec1(new DerReader(body.bytes, innerStart, innerStart + inner.length), curveOid));
  }
  const algorithm = keyAlgorithmByOid(oid);
  if (algorithm === undefined) throw unsupported(`private keys of the algorithm ${otherKeyName(oid)}`, oid);
  identifierReader.done("the algorithm of a private key, which has no parameters");
  return withPublic({ algorithm, secret: readSeed(inner, algorithm) });
}

function readRsa(der: Uint8Array): PrivateKeyContents {
  return { algorithm: RSA, secret: der.slice(), publicKeyBytes: readRsaPrivateKey(der) };
}

/** ECPrivateKey ::= SEQUENCE { version 1, privateKey OCTET STRING, [0] curve OPTIONAL, [1] publicKey OPTIONAL } */
function readSec1(outer: DerReader, outerCurve: string | undefined): PrivateKeyContents {
  const body = outer.enter(Tag.sequence, "an ECPrivateKey");
  outer.done("the ECPrivateKey");
  if (body.smallInteger("the version of an ECPrivateKey") !== 1) throw invalid(body.valueStart, "version 1");
  const scalar = body.octetString("the private key of an elliptic curve");
  const scalarStart = body.valueStart;
  const ownCurve = body.optional(contextConstructed(0)) ? readCurve(body.contents()) : undefined;
  const publicStart = body.position;
  const publicKeyBytes = body.optional(contextConstructed(1)) ? explicitBitString(body.contents()) : undefined;
  body.done("the ECPrivateKey");
  if (ownCurve !== undefined && outerCurve !== undefined && ownCurve !== outerCurve) {
    throw invalid(publicStart, "one curve, not two different ones");
  }
  const algorithm = ecAlgorithm(ownCurve ?? outerCurve, scalarStart);
  const width = algorithm.curve?.coordinateBytes ?? 0;
  // RFC 5915 section 3 fixes the width; some writers drop leading zeros.
  if (scalar.length === 0 || scalar.length > width) throw invalid(scalarStart, `a private key of ${width} bytes`);
  const secret = new Uint8Array(width);
  secret.set(scalar, width - scalar.length);
  assertScalar(secret, algorithm, scalarStart);
  return { algorithm, secret, ...(publicKeyBytes && { publicKeyBytes }) };
}

/** From 1 to the order of the curve, exclusive: OpenSSL takes larger ones, other libraries do not. */
function assertScalar(secret: Uint8Array, algorithm: KeyAlgorithm, offset?: number): void {
  const value = BigInt(`0x${toHex(secret)}`);
  const order = algorithm.curve && orders[algorithm.curve.name];
  if (order === undefined || value === 0n || value >= BigInt(`0x${order}`)) {
    throw invalid(offset, `a number below the order of ${algorithm.label}`);
  }
}

function ecAlgorithm(curveOid: string | undefined, offset: number): KeyAlgorithm {
  if (curveOid === undefined) throw invalid(offset, "an ECPrivateKey that names its curve");
  const algorithm = keyAlgorithmByOid(EC_PUBLIC_KEY_OID, curveOid);
  if (algorithm === undefined) throw unsupported(`the curve ${OTHER_CURVES.get(curveOid) ?? curveOid}`, curveOid);
  return algorithm;
}

function readCurve(parameters: DerReader): string {
  if (parameters.peek() !== Tag.oid) throw unsupported("elliptic curves that are not given by name", EC_PUBLIC_KEY_OID);
  const curveOid = parameters.oid("the curve of a key");
  parameters.done("the curve of a key");
  return curveOid;
}

/** RFC 8410 section 7: an OCTET STRING of fixed size. ML-DSA (RFC 9881 section 6) is left to the library. */
function readSeed(inner: Uint8Array, algorithm: KeyAlgorithm): Uint8Array {
  assertDer(inner);
  if (algorithm.seedBytes === undefined) return inner.slice();
  const reader = new DerReader(inner);
  const seed = reader.octetString(`the private key of ${algorithm.label}`);
  reader.done(`the private key of ${algorithm.label}`);
  if (seed.length !== algorithm.seedBytes) throw invalid(undefined, `${algorithm.seedBytes} bytes of private key`);
  return seed.slice();
}

function writeInner(key: PrivateKeyContents): Uint8Array {
  if (key.algorithm.curve !== undefined) return writeEcPrivateKey(key, []);
  return key.algorithm.seedBytes === undefined ? key.secret : derOctetString(key.secret);
}

function writeEcPrivateKey(key: PrivateKeyContents, curve: readonly Uint8Array[]): Uint8Array {
  const publicKey = key.publicKeyBytes === undefined ? [] : [derExplicit(1, derBitString(key.publicKeyBytes))];
  return derSequence(derInteger(1), derOctetString(key.secret), ...curve, ...publicKey);
}

function explicitBitString(reader: DerReader): Uint8Array {
  const { bytes } = reader.bitString("a public key");
  reader.done("a public key");
  return bytes.slice();
}

/** The contents of an IMPLICIT BIT STRING that was just read. */
function bitStringContents(reader: DerReader): Uint8Array {
  const contents = reader.value();
  if (contents[0] !== 0) throw invalid(reader.valueStart, "a public key of whole octets");
  return contents.slice(1);
}

/** Whether `given` is the compressed form of the uncompressed point `computed`. */
function isCompressed(given: Uint8Array, computed: Uint8Array): boolean {
  const width = (computed.length - 1) / 2;
  const sign = 2 + ((computed.at(-1) ?? 0) & 1);
  return (
    given.length === 1 + width && given[0] === sign && bytesEqual(given.subarray(1), computed.subarray(1, 1 + width))
  );
}

function invalid(offset: number | undefined, expected: string): X509Error {
  return new X509Error("KEY_INVALID", `not a valid private key: expected ${expected}`, {
    expected,
    ...(offset !== undefined && { offset }),
  });
}

function unsupported(algorithm: string, oid: string): X509Error {
  return new X509Error("UNSUPPORTED_ALGORITHM", `not supported: ${algorithm}`, { algorithm, oid });
}

/** The orders of the base points in hexadecimal (SP 800-186 section 3.2.1). */
const orders: Readonly<Record<CurveName, string>> = {
  "P-256": "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
  "P-384": "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
  "P-521":
    "1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409",
};
