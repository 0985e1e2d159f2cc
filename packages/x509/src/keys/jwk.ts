// JSON Web Keys (RFC 7517, RFC 7518 section 6, RFC 8037): private keys only.

import { shownValue } from "../argument.ts";
import { toBase64 } from "../bytes.ts";
import { DerReader } from "../der/reader.ts";
import { contextPrimitive, Tag } from "../der/tag.ts";
import { derTlv } from "../der/writer.ts";
import { X509Error } from "../error.ts";
import { type KeyAlgorithm, keyAlgorithms } from "./key-algorithm.ts";
import { assertScalar, type PrivateKeyContents, readPrivateKey } from "./private-key.ts";
import { RSA_FIELDS, type RsaNumbers, readRsaPrivateKey, writeRsaPrivateKey } from "./rsa-private-key.ts";

/** A private key as JSON: the members that belong to its `kty`, all binary values in base64url. */
export interface PrivateJwk {
  readonly kty: string;
  readonly [member: string]: unknown;
}

/**
 * Reads a private JWK. Members that say nothing about the key itself (`use`, `kid`, ...) are passed over.
 *
 * @throws X509Error KEY_INVALID, UNSUPPORTED_ALGORITHM
 */
export function readJwk(given: PrivateJwk): PrivateKeyContents {
  if (typeof given !== "object" || given === null) throw invalid("an object");
  // What all objects inherit is no member of it.
  const jwk: PrivateJwk = Object.assign(Object.create(null), given);
  switch (jwk.kty) {
    case "RSA":
      return readRsaJwk(jwk);
    case "EC":
      return readEcJwk(jwk);
    case "OKP":
      return readOkpJwk(jwk);
    case "AKP":
      return readAkpJwk(jwk);
    default: {
      const algorithm = `JWK of kty ${shownValue(jwk.kty)}`;
      throw new X509Error("UNSUPPORTED_ALGORITHM", `not supported: ${algorithm}`, { algorithm });
    }
  }
}

/** Writes a private JWK. The public half must be known. */
export function writeJwk(key: PrivateKeyContents): PrivateJwk {
  const { algorithm, secret, publicKeyBytes = new Uint8Array() } = key;
  // "alg": "PS256" says how a key is used, not what it is: an RSA key for everything would come back.
  if (key.pssIdentifier !== undefined) throw unwritable("a key bound to RSASSA-PSS");
  if (algorithm.type === "rsa") {
    const { numbers } = readRsaPrivateKey(secret);
    return { kty: "RSA", ...Object.fromEntries(RSA_FIELDS.map((field) => [field, toBase64Url(numbers[field])])) };
  }
  if (algorithm.curve !== undefined) {
    const { name: crv, coordinateBytes: width } = algorithm.curve;
    const x = toBase64Url(publicKeyBytes.subarray(1, 1 + width));
    const y = toBase64Url(publicKeyBytes.subarray(1 + width));
    return { kty: "EC", crv, x, y, d: toBase64Url(secret) };
  }
  if (algorithm.seedBytes !== undefined) {
    return { kty: "OKP", crv: algorithm.webName, x: toBase64Url(publicKeyBytes), d: toBase64Url(secret) };
  }
  const seed = mlDsaSeed(secret);
  if (seed === undefined) throw unwritable("an ML-DSA key that came without its seed");
  const pub = toBase64Url(publicKeyBytes);
  return { kty: "AKP", alg: algorithm.webName, pub, priv: toBase64Url(seed) };
}

/**
 * RFC 9881 section 6: CHOICE { seed [0] OCTET STRING, expandedKey OCTET STRING, both SEQUENCE { seed OCTET STRING,
 * expandedKey OCTET STRING } }. A JWK carries the seed.
 */
function mlDsaSeed(secret: Uint8Array): Uint8Array | undefined {
  const reader = new DerReader(secret);
  if (reader.optional(contextPrimitive(0))) return reader.value();
  return reader.optional(Tag.sequence) ? reader.contents().octetString("the seed of an ML-DSA key") : undefined;
}

function unwritable(what: string): X509Error {
  const algorithm = `JWK of ${what}`;
  return new X509Error("UNSUPPORTED_ALGORITHM", `not supported: ${algorithm}`, { algorithm });
}

function readRsaJwk(jwk: PrivateJwk): PrivateKeyContents {
  if (jwk.oth !== undefined) throw invalid("an RSA key of two primes");
  const numbers = Object.fromEntries(RSA_FIELDS.map((field) => [field, member(jwk, field)])) as RsaNumbers;
  return readPrivateKey(writeRsaPrivateKey(numbers));
}

function readEcJwk(jwk: PrivateJwk): PrivateKeyContents {
  const algorithm = row((candidate) => candidate.curve?.name === jwk.crv, "crv", jwk.crv);
  const width = algorithm.curve?.coordinateBytes ?? 0;
  const [x, y, secret] = [member(jwk, "x", width), member(jwk, "y", width), member(jwk, "d", width)];
  assertScalar(secret, algorithm);
  return { algorithm, secret, publicKeyBytes: Uint8Array.of(4, ...x, ...y) };
}

function readOkpJwk(jwk: PrivateJwk): PrivateKeyContents {
  const named = (candidate: KeyAlgorithm) => candidate.seedBytes !== undefined && candidate.webName === jwk.crv;
  const algorithm = row(named, "crv", jwk.crv);
  const publicKeyBytes = member(jwk, "x", algorithm.publicKeyBytes);
  return { algorithm, secret: member(jwk, "d", algorithm.seedBytes), publicKeyBytes };
}

function readAkpJwk(jwk: PrivateJwk): PrivateKeyContents {
  const isMlDsa = (candidate: KeyAlgorithm) => candidate.type.startsWith("ml-dsa") && candidate.webName === jwk.alg;
  const algorithm = row(isMlDsa, "alg", jwk.alg);
  const publicKeyBytes = member(jwk, "pub", algorithm.publicKeyBytes);
  return { algorithm, secret: derTlv(0x80, member(jwk, "priv", 32)), publicKeyBytes };
}

function row(matches: (candidate: KeyAlgorithm) => boolean, name: string, value: unknown): KeyAlgorithm {
  const found = typeof value === "string" ? keyAlgorithms().find(matches) : undefined;
  if (found === undefined) {
    const algorithm = `JWK with ${name} ${shownValue(value)}`;
    throw new X509Error("UNSUPPORTED_ALGORITHM", `not supported: ${algorithm}`, { algorithm });
  }
  return found;
}

/** A member in base64url without padding (RFC 7515 section 2), of this many bytes if given. Never quotes the value. */
function member(jwk: PrivateJwk, name: string, length?: number): Uint8Array {
  const text = jwk[name];
  if (typeof text !== "string" || text === "" || !/^[A-Za-z0-9_-]+$/.test(text) || text.length % 4 === 1) {
    throw invalid(`the member ${name} in base64url`);
  }
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  if (length !== undefined && bytes.length !== length) throw invalid(`${length} bytes in the member ${name}`);
  return bytes;
}

function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function invalid(expected: string): X509Error {
  return new X509Error("KEY_INVALID", `not a private JWK: expected ${expected}`, { expected });
}
