// JSON Web Keys, the private part; loaded when asked for.

import { DerReader } from "../der/reader.ts";
import { contextPrimitive, Tag } from "../der/tag.ts";
import { derExplicit, derInteger, derOctetString, derOid, derSequence, derTlv } from "../der/writer.ts";
import {
  invalidJwk,
  type JwkInput,
  type JwkMembers,
  memberBytes,
  membersOf,
  type PrivateJwk,
  type PublicHalf,
  readPublicHalf,
  toBase64Url,
  unsignedInteger,
  unsupportedJwk,
  writePublicJwk,
} from "./jwk.ts";
import type { PrivateKeyContents } from "./private-key.ts";

/** What a private JWK says: the private half in one of the encodings in DER, and the public half, which may not fit it. */
export interface JwkHalves extends PublicHalf {
  readonly der: Uint8Array;
}

/**
 * Reads a private JWK. Members that say nothing about the key itself (`use`, `kid`, ...) are passed over.
 *
 * @throws X509Error KEY_INVALID, UNSUPPORTED_ALGORITHM
 */
export function readPrivateJwk(given: JwkInput): JwkHalves {
  const jwk = membersOf(given, "private");
  const half = readPublicHalf(jwk, "private");
  const { algorithm } = half;
  if (jwk.d === undefined && jwk.priv === undefined) {
    throw invalidJwk("private", "a private member: PublicKey.fromJwk reads public keys");
  }
  if (algorithm.type === "rsa") return { ...half, der: rsaPrivateKey(jwk) };
  const inner =
    jwk.kty === "AKP"
      ? derTlv(contextPrimitive(0), memberBytes(jwk, "priv", "private", 32))
      : derOctetString(memberBytes(jwk, "d", "private", algorithm.seedBytes ?? algorithm.curve?.coordinateBytes));
  // SEC 1 and PKCS #8.
  const der =
    algorithm.curve === undefined
      ? derSequence(derInteger(0), derSequence(derOid(algorithm.oid)), derOctetString(inner))
      : derSequence(derInteger(1), inner, derExplicit(0, derOid(algorithm.curve.oid)));
  return { ...half, der };
}

/**
 * Writes a private JWK. The public half must be known.
 *
 * @throws X509Error UNSUPPORTED_ALGORITHM
 */
export function writePrivateJwk(key: PrivateKeyContents): PrivateJwk {
  const { algorithm, secret, publicKeyBytes = new Uint8Array() } = key;
  // "alg": "PS256" says how a key is used, not what it is: an RSA key for everything would come back.
  if (key.pssIdentifier !== undefined) throw unsupportedJwk("of a key bound to RSASSA-PSS");
  const half = writePublicJwk({ algorithm, publicKeyBytes });
  if (algorithm.type === "rsa") {
    const numbers = new DerReader(secret).enter(Tag.sequence, "an RSAPrivateKey");
    numbers.integer("the version");
    return Object.fromEntries([
      ["kty", "RSA"],
      ...RSA_MEMBERS.map((name) => [name, toBase64Url(unsignedInteger(numbers, name))]),
    ]) as PrivateJwk;
  }
  if (half.kty !== "AKP") return { ...half, d: toBase64Url(secret) };
  const seed = mlDsaSeed(secret);
  if (seed === undefined) throw unsupportedJwk("of an ML-DSA key that came without its seed");
  return { ...half, priv: toBase64Url(seed) };
}

function rsaPrivateKey(jwk: JwkMembers): Uint8Array {
  if (jwk.oth !== undefined) throw invalidJwk("private", "an RSA key of two primes");
  return derSequence(derInteger(0), ...RSA_MEMBERS.map((name) => derInteger(memberBytes(jwk, name, "private"))));
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

/** In the order of RSAPrivateKey (RFC 8017 section A.1.2), after its version. */
const RSA_MEMBERS = ["n", "e", "d", "p", "q", "dp", "dq", "qi"] as const;
