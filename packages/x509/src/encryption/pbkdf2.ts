// PBKDF2 as encryption and MACs of files ask for it (RFC 8018 section 5.2 and appendix A.2).
//
// PBKDF2-params ::= SEQUENCE { salt CHOICE { specified OCTET STRING, otherSource AlgorithmIdentifier },
//   iterationCount INTEGER, keyLength INTEGER OPTIONAL, prf AlgorithmIdentifier DEFAULT hmacWithSHA1 }

import { bufferSource, subtle } from "../crypto/subtle.ts";
import { DerReader, decodeInteger } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { assertDer } from "../der/walk.ts";
import { derInteger, derNull, derOctetString, derSequence } from "../der/writer.ts";
import { X509Error } from "../error.ts";
import { type AlgorithmIdentifier, readAlgorithmIdentifier, writeAlgorithmIdentifier } from "./algorithm-identifier.ts";
import type { DerivationBudget } from "./derivation-budget.ts";
import { unsupportedEncryption } from "./encryption-names.ts";
import { type Passphrase, passphraseBytes } from "./passphrase.ts";

/** What PBKDF2 is told. `hash` is as WebCrypto spells it. */
export interface Pbkdf2Derivation {
  readonly salt: Uint8Array;
  readonly iterations: number;
  readonly hash: string;
  /** The length of the derived key in bytes, where the file fixes it. */
  readonly keyLength?: number;
}

/**
 * Reads the AlgorithmIdentifier of a key derivation function.
 *
 * @throws X509Error UNSUPPORTED_ALGORITHM, KEY_INVALID (too many iterations), DER_*
 */
export function readPbkdf2(identifier: AlgorithmIdentifier, budget: DerivationBudget): Pbkdf2Derivation {
  const { algorithm, parameters } = identifier;
  if (algorithm !== pbkdf2Oid) throw unsupportedEncryption(algorithm, "the key derivation", convertHint);
  assertDer(parameters);
  const fields = new DerReader(parameters).only(Tag.sequence, "PBKDF2-params");
  if (fields.peek() === Tag.sequence) {
    const algorithm = "PBKDF2 with a salt from another source";
    throw new X509Error("UNSUPPORTED_ALGORITHM", `not supported: ${algorithm}`, { algorithm, oid: pbkdf2Oid });
  }
  const salt = fields.octetString("the salt");
  const iterations = readCount(fields, "the iterations of the key derivation");
  const keyLength = fields.peek() === Tag.integer ? readCount(fields, "the length of the derived key") : undefined;
  const prf = fields.peek() === -1 ? hmacWithSha1 : readAlgorithmIdentifier(fields).algorithm;
  fields.done("PBKDF2-params");
  const hash = hmacHashes.get(prf);
  if (hash === undefined) throw unsupportedEncryption(prf, "the hash of the key derivation", convertHint);
  budget.spend(iterations);
  return { salt, iterations, hash, ...(keyLength !== undefined && { keyLength }) };
}

// What has more octets is beyond any bound.
function readCount(fields: DerReader, what: string): number {
  const octets = fields.integerBytes(what);
  return octets.length > 6 ? Number.POSITIVE_INFINITY : Number(decodeInteger(octets, 0, octets.length));
}

/** The AlgorithmIdentifier of PBKDF2 with HMAC-SHA-256, in DER. */
export function writePbkdf2(salt: Uint8Array, iterations: number): Uint8Array {
  const prf = writeAlgorithmIdentifier(hmacWithSha256, derNull());
  return writeAlgorithmIdentifier(pbkdf2Oid, derSequence(derOctetString(salt), derInteger(iterations), prf));
}

/** Derives `length` bytes. */
export async function derivePbkdf2(
  passphrase: Passphrase,
  { salt, iterations, hash }: Pbkdf2Derivation,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const secret = bufferSource(passphraseBytes(passphrase));
  const base = await subtle().importKey("raw", secret, "PBKDF2", false, ["deriveBits"]);
  const parameters = { name: "PBKDF2", salt: bufferSource(salt), iterations, hash };
  return new Uint8Array(await subtle().deriveBits(parameters, base, length * 8));
}

const pbkdf2Oid = "1.2.840.113549.1.5.12";
const hmacWithSha1 = "1.2.840.113549.2.7";
const hmacWithSha256 = "1.2.840.113549.2.9";

/** The hash of each HMAC that WebCrypto computes. */
export const hmacHashes: ReadonlyMap<string, string> = new Map([
  [hmacWithSha1, "SHA-1"],
  [hmacWithSha256, "SHA-256"],
  ["1.2.840.113549.2.10", "SHA-384"],
  ["1.2.840.113549.2.11", "SHA-512"],
]);

/** How to get out of an encryption that is not read. */
export const convertHint =
  'convert it with "openssl pkcs8 -topk8 -v2 aes-256-cbc" or, a PKCS #12 file, to PEM with "openssl pkcs12 -legacy -nodes"';
