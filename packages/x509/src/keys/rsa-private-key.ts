// RSAPrivateKey (RFC 8017 section A.1.2): its numbers, and whether they belong together.

import { DerReader, decodeInteger } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { derInteger, derSequence } from "../der/writer.ts";
import { X509Error } from "../error.ts";
import { readRsaPublicKey } from "./spki.ts";

/** The eight numbers, in the order of the encoding, under the names that a JWK gives them (RFC 7518 section 6.3). */
const RSA_FIELDS = ["n", "e", "d", "p", "q", "dp", "dq", "qi"] as const;

/** As unsigned big-endian bytes. */
type RsaNumbers = Readonly<Record<(typeof RSA_FIELDS)[number], Uint8Array>>;

/**
 * Reads an RSAPrivateKey of two primes and checks that its numbers belong together: a key with a wrong factor or
 * exponent could leak itself with its first signature.
 *
 * @returns the RSAPublicKey that belongs to it
 * @throws X509Error KEY_INVALID, UNSUPPORTED_ALGORITHM (more than two primes), DER_*
 */
export function readRsaPrivateKey(der: Uint8Array): Uint8Array {
  const outer = new DerReader(der);
  const body = outer.enter(Tag.sequence, "an RSAPrivateKey");
  outer.done("the RSAPrivateKey");
  const version = body.smallInteger("the version of an RSAPrivateKey");
  if (version !== 0) {
    const algorithm = "RSA keys with more than two primes";
    throw new X509Error("UNSUPPORTED_ALGORITHM", `not supported: ${algorithm}`, { algorithm });
  }
  const numbers = Object.fromEntries(
    RSA_FIELDS.map((field) => [field, unsigned(body.integerBytes(`${field} of an RSA key`))]),
  ) as RsaNumbers;
  body.done("the RSAPrivateKey");
  const publicKey = derSequence(derInteger(numbers.n), derInteger(numbers.e));
  const { bits } = readRsaPublicKey(publicKey);
  if (bits > 16_384) throw invalid("a modulus of at most 16384 bits");
  assertConsistent(numbers);
  return publicKey;
}

/** RFC 8017 section 3.2: n = pq, and the exponents invert e modulo p-1 and q-1. */
function assertConsistent(numbers: RsaNumbers): void {
  const [n, e, d, p, q, dp, dq, qi] = RSA_FIELDS.map((field) => magnitude(numbers[field])) as Eight;
  const fits =
    // First, because the product of two huge numbers takes long.
    p > 1n &&
    p < n &&
    q > 1n &&
    q < n &&
    p !== q &&
    d > 0n &&
    d < n &&
    p * q === n &&
    (e * d) % (p - 1n) === 1n &&
    (e * d) % (q - 1n) === 1n &&
    dp === d % (p - 1n) &&
    dq === d % (q - 1n) &&
    qi < p &&
    (qi * q) % p === 1n;
  if (!fits) throw invalid("numbers that belong to one RSA key");
}

type Eight = [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];

function unsigned(octets: Uint8Array): Uint8Array {
  if ((octets[0] ?? 0) >= 0x80) throw invalid("positive numbers");
  return octets[0] === 0 && octets.length > 1 ? octets.slice(1) : octets.slice();
}

function magnitude(bytes: Uint8Array): bigint {
  const padded = new Uint8Array(bytes.length + 1);
  padded.set(bytes, 1);
  return decodeInteger(padded, 0, padded.length);
}

function invalid(expected: string): X509Error {
  return new X509Error("KEY_INVALID", `not a valid RSA private key: expected ${expected}`, { expected });
}
