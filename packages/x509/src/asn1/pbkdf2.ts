// PBKDF2 as encryption and MACs of files ask for it (RFC 8018 section 5.2 and appendix A.2).

import { AsnProp, AsnPropTypes, AsnType, AsnTypeTypes, OctetString } from "@peculiar/asn1-schema";
import { bufferSource, subtle } from "../crypto/subtle.ts";
import { DerReader } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { X509Error } from "../error.ts";
import type { DerivationBudget } from "../keys/derivation-budget.ts";
import { type Passphrase, passphraseBytes } from "../keys/passphrase.ts";
import { AlgorithmIdentifier } from "./algorithm-identifier.ts";
import { unsupportedEncryption } from "./encryption-names.ts";
import { parseSchema, serializeSchema } from "./schema.ts";

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
  const read = parseSchema(new Uint8Array(parameters ?? []), Pbkdf2Parameters, "PBKDF2-params");
  const prf = read.prf?.algorithm ?? hmacWithSha1;
  const hash = hmacHashes.get(prf);
  if (hash === undefined) throw unsupportedEncryption(prf, "the hash of the key derivation", convertHint);
  // The library returns integers of four octets and more as text, which is beyond any bound.
  budget.spend(read.iterationCount);
  const salt = new DerReader(new Uint8Array(read.salt));
  if (salt.peek() !== Tag.octetString) {
    const algorithm = "PBKDF2 with a salt from another source";
    throw new X509Error("UNSUPPORTED_ALGORITHM", `not supported: ${algorithm}`, { algorithm, oid: pbkdf2Oid });
  }
  const base = { salt: salt.octetString("the salt"), iterations: read.iterationCount, hash };
  return read.keyLength === undefined ? base : { ...base, keyLength: read.keyLength };
}

/** The AlgorithmIdentifier of PBKDF2 with HMAC-SHA-256. */
export function writePbkdf2(salt: Uint8Array, iterations: number): AlgorithmIdentifier {
  const parameters = new Pbkdf2Parameters();
  parameters.salt = serializeSchema(new OctetString(salt)).buffer as ArrayBuffer;
  parameters.iterationCount = iterations;
  parameters.prf = AlgorithmIdentifier.of(hmacWithSha256, Uint8Array.of(Tag.null, 0).buffer);
  return AlgorithmIdentifier.of(pbkdf2Oid, serializeSchema(parameters).buffer as ArrayBuffer);
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

// PBKDF2-params ::= SEQUENCE { salt CHOICE { specified OCTET STRING, otherSource AlgorithmIdentifier },
//   iterationCount INTEGER, keyLength INTEGER OPTIONAL, prf AlgorithmIdentifier DEFAULT hmacWithSHA1 }
class Pbkdf2Parameters {
  salt: ArrayBuffer = new ArrayBuffer(0);
  iterationCount: number = 0;
  declare keyLength?: number;
  declare prf?: AlgorithmIdentifier;
}
AsnType({ type: AsnTypeTypes.Sequence })(Pbkdf2Parameters);
AsnProp({ type: AsnPropTypes.Any })(Pbkdf2Parameters.prototype, "salt");
AsnProp({ type: AsnPropTypes.Integer })(Pbkdf2Parameters.prototype, "iterationCount");
AsnProp({ type: AsnPropTypes.Integer, optional: true })(Pbkdf2Parameters.prototype, "keyLength");
AsnProp({ type: AlgorithmIdentifier, optional: true })(Pbkdf2Parameters.prototype, "prf");

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
