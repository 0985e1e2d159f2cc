// JSON Web Keys, the public part: RFC 7517, RFC 7518 section 6 (RSA, EC), RFC 8037 (OKP), and AKP for ML-DSA.

import { shownValue } from "../argument.ts";
import { toBase64 } from "../bytes.ts";
import { DerReader } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { derInteger, derSequence } from "../der/writer.ts";
import { X509Error } from "../error.ts";
import { type KeyAlgorithm, keyAlgorithms, RSA } from "./key-algorithm.ts";

/** A public key as JSON (RFC 7517): `kty`, and the members that belong to it, all binary values in base64url. */
export interface PublicJwk {
  readonly kty: "RSA" | "EC" | "OKP" | "AKP";
  /** Of AKP: `ML-DSA-44`, `ML-DSA-65` or `ML-DSA-87`. */
  readonly alg?: string;
  /** Of EC and OKP. */
  readonly crv?: string;
  readonly n?: string;
  readonly e?: string;
  readonly x?: string;
  readonly y?: string;
  readonly pub?: string;
}

/** A private key as JSON: a {@link PublicJwk}, and the members that are secret. */
export interface PrivateJwk extends PublicJwk {
  readonly d?: string;
  readonly p?: string;
  readonly q?: string;
  readonly dp?: string;
  readonly dq?: string;
  readonly qi?: string;
  readonly priv?: string;
}

/** What is read as a JWK: whatever WebCrypto, `node:crypto` or `JSON.parse` give. What it has to have is checked. */
export type JwkInput = Readonly<Record<string, unknown>> | { readonly kty?: string | undefined };

/** The members of a JWK, without those that all objects inherit. */
export type JwkMembers = Readonly<Record<string, unknown>>;

/** The public half of a key. */
export interface PublicHalf {
  readonly algorithm: KeyAlgorithm;
  /** The contents of the BIT STRING subjectPublicKey. */
  readonly publicKeyBytes: Uint8Array;
}

/**
 * Reads a public JWK. Members that say nothing about the key itself (`use`, `kid`, ...) are passed over; a private key is
 * refused, because whoever takes it for a public one is about to hand it out.
 *
 * @throws X509Error KEY_INVALID, UNSUPPORTED_ALGORITHM
 */
export function readPublicJwk(given: JwkInput): PublicHalf {
  const jwk = membersOf(given, "public");
  const half = readPublicHalf(jwk, "public");
  if (jwk.d === undefined && jwk.priv === undefined) return half;
  throw invalidJwk("public", "no private member: KeyPair.fromJwk reads private keys");
}

/**
 * The own members of what was given.
 *
 * @throws X509Error KEY_INVALID
 */
export function membersOf(given: JwkInput, kind: "private" | "public"): JwkMembers {
  if (typeof given !== "object" || given === null) throw invalidJwk(kind, "an object");
  return Object.assign(Object.create(null), given);
}

/**
 * The public members of a JWK, public or private.
 *
 * @throws X509Error KEY_INVALID, UNSUPPORTED_ALGORITHM
 */
export function readPublicHalf(jwk: JwkMembers, kind: "private" | "public"): PublicHalf {
  const bytes = (name: string, length?: number) => memberBytes(jwk, name, kind, length);
  switch (jwk.kty) {
    case "RSA":
      return { algorithm: RSA, publicKeyBytes: derSequence(derInteger(bytes("n")), derInteger(bytes("e"))) };
    case "EC": {
      const algorithm = row(({ curve }) => curve?.name === jwk.crv, "crv", jwk.crv);
      const width = algorithm.curve?.coordinateBytes ?? 0;
      return { algorithm, publicKeyBytes: Uint8Array.of(4, ...bytes("x", width), ...bytes("y", width)) };
    }
    case "OKP": {
      const algorithm = row(({ seedBytes, webName }) => seedBytes !== undefined && webName === jwk.crv, "crv", jwk.crv);
      return { algorithm, publicKeyBytes: bytes("x", algorithm.publicKeyBytes) };
    }
    case "AKP": {
      const algorithm = row(({ type, webName }) => type.startsWith("ml-dsa") && webName === jwk.alg, "alg", jwk.alg);
      return { algorithm, publicKeyBytes: bytes("pub", algorithm.publicKeyBytes) };
    }
    default:
      throw unsupportedJwk(`of kty ${shownValue(jwk.kty)}`);
  }
}

/**
 * Writes a public JWK.
 *
 * @throws X509Error UNSUPPORTED_ALGORITHM for the compressed form of a point
 */
export function writePublicJwk({ algorithm, publicKeyBytes }: PublicHalf): PublicJwk {
  if (algorithm.type === "rsa") {
    const numbers = new DerReader(publicKeyBytes).enter(Tag.sequence, "an RSAPublicKey");
    const [n, e] = [unsignedInteger(numbers, "n"), unsignedInteger(numbers, "e")];
    return { kty: "RSA", n: toBase64Url(n), e: toBase64Url(e) };
  }
  if (algorithm.curve !== undefined) {
    if (publicKeyBytes[0] !== 4) throw unsupportedJwk("of a compressed point");
    const { name: crv, coordinateBytes: width } = algorithm.curve;
    const [x, y] = [publicKeyBytes.subarray(1, 1 + width), publicKeyBytes.subarray(1 + width)];
    return { kty: "EC", crv, x: toBase64Url(x), y: toBase64Url(y) };
  }
  const key = toBase64Url(publicKeyBytes);
  if (algorithm.seedBytes !== undefined) return { kty: "OKP", crv: algorithm.webName, x: key };
  return { kty: "AKP", alg: algorithm.webName, pub: key };
}

/**
 * A member in base64url without padding (RFC 7515 section 2), of this many bytes if given. Errors never quote the value.
 *
 * @throws X509Error KEY_INVALID
 */
export function memberBytes(jwk: JwkMembers, name: string, kind: "private" | "public", length?: number): Uint8Array {
  const text = jwk[name];
  if (typeof text !== "string" || text === "" || !/^[A-Za-z0-9_-]+$/.test(text) || text.length % 4 === 1) {
    throw invalidJwk(kind, `the member ${name} in base64url`);
  }
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  // One key, one text: atob passes over bits that are left at the end.
  if (toBase64Url(bytes) !== text) throw invalidJwk(kind, `no bits left over in the member ${name}`);
  if (length !== undefined && bytes.length !== length) throw invalidJwk(kind, `${length} bytes in the member ${name}`);
  return bytes;
}

/** The next INTEGER, which is positive, without the octet that keeps it so. A view. */
export function unsignedInteger(reader: DerReader, name: string): Uint8Array {
  const octets = reader.integerBytes(`${name} of an RSA key`);
  return octets[0] === 0 ? octets.subarray(1) : octets;
}

/** Base64url without padding (RFC 7515 section 2). */
export function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The error about a JWK that is none. */
export function invalidJwk(kind: "private" | "public", expected: string): X509Error {
  return new X509Error("KEY_INVALID", `not a ${kind} JWK: expected ${expected}`, { expected });
}

/** The error about a key that a JWK cannot say, or that this package does not have. */
export function unsupportedJwk(what: string): X509Error {
  const algorithm = `JWK ${what}`;
  return new X509Error("UNSUPPORTED_ALGORITHM", `not supported: ${algorithm}`, { algorithm });
}

function row(matches: (candidate: KeyAlgorithm) => boolean, name: string, value: unknown): KeyAlgorithm {
  const found = typeof value === "string" ? keyAlgorithms().find(matches) : undefined;
  if (found === undefined) throw unsupportedJwk(`with ${name} ${shownValue(value)}`);
  return found;
}
