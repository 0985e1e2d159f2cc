// Encryption with a passphrase, as an AlgorithmIdentifier names it: PBES2 (RFC 8018 section 6.2) with PBKDF2 and
// AES-CBC; and, where the caller asks for what is old, Triple DES in PBES2 and in PKCS #12's own scheme (RFC 7292
// appendix C). Everything else is named and refused.
//
// PBES2-params ::= SEQUENCE { keyDerivationFunc AlgorithmIdentifier, encryptionScheme AlgorithmIdentifier }

import type { OldCrypto } from "../crypto/backend.ts";
import { DerReader } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { assertDer } from "../der/walk.ts";
import { derOctetString, derSequence } from "../der/writer.ts";
import { X509Error } from "../error.ts";
import { type AlgorithmIdentifier, readAlgorithmIdentifier, writeAlgorithmIdentifier } from "./algorithm-identifier.ts";
import { AES_256_CBC, CBC_CIPHERS, type CbcCipher, openCbc, sealAes256Cbc, TRIPLE_DES_CBC } from "./cbc.ts";
import type { DerivationBudget } from "./derivation-budget.ts";
import { unsupportedEncryption } from "./encryption-names.ts";
import type { Passphrase } from "./passphrase.ts";
import { convertHint, derivePbkdf2, readPbkdf2, writePbkdf2 } from "./pbkdf2.ts";
import { bmpPassphrase, derivePkcs12, pkcs12Blocks } from "./pkcs12-kdf.ts";

/** What the reader of a file allows. */
export interface DecryptionOptions {
  readonly budget: DerivationBudget;
  readonly crypto: OldCrypto;
  /** Whether Triple DES is read. */
  readonly legacy: boolean;
  /** The passphrase as PKCS #12's own scheme takes it, where it is known in which form; an empty one has two. */
  readonly bmpSecret?: Uint8Array;
  /** For errors: the line of the PEM text that the key begins on. */
  readonly line?: number;
}

/**
 * Decrypts; `undefined` if the padding is wrong, as it is with a wrong passphrase, but for one time in 256.
 *
 * @throws X509Error UNSUPPORTED_ALGORITHM, KEY_INVALID, DER_*
 */
export async function decryptWithPassphrase(
  identifier: AlgorithmIdentifier,
  sealed: Uint8Array,
  passphrase: Passphrase,
  options: DecryptionOptions,
): Promise<Uint8Array | undefined> {
  switch (identifier.algorithm) {
    case oids.pbes2:
      return openPbes2(identifier, sealed, passphrase, options);
    case oids.pbeWithTripleDes:
      assertLegacy(identifier.algorithm, options);
      return openPkcs12Scheme(identifier, sealed, passphrase, options);
    default:
      throw unsupportedEncryption(identifier.algorithm, "encryption with a passphrase", convertHint);
  }
}

/** Encrypts: AES-256-CBC, PBKDF2 with HMAC-SHA-256. The AlgorithmIdentifier is in DER. */
export async function encryptIdentified(
  plain: Uint8Array,
  passphrase: Passphrase,
  iterations: number,
): Promise<{ readonly identifier: Uint8Array; readonly sealed: Uint8Array }> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(16));
  const key = await derivePbkdf2(passphrase, { salt, iterations, hash: "SHA-256" }, AES_256_CBC.keyBytes);
  const sealed = await sealAes256Cbc(key, iv, plain);
  const cipher = writeAlgorithmIdentifier(AES_256_CBC.oid, derOctetString(iv));
  const scheme = derSequence(writePbkdf2(salt, iterations), cipher);
  return { identifier: writeAlgorithmIdentifier(oids.pbes2, scheme), sealed };
}

/** As {@link decryptWithPassphrase}, for an AlgorithmIdentifier in DER. */
export async function decryptIdentified(
  identifier: Uint8Array,
  sealed: Uint8Array,
  passphrase: Passphrase,
  options: DecryptionOptions,
): Promise<Uint8Array | undefined> {
  assertDer(identifier);
  const reader = new DerReader(identifier);
  const read = readAlgorithmIdentifier(reader);
  reader.done("the AlgorithmIdentifier");
  return decryptWithPassphrase(read, sealed, passphrase, options);
}

async function openPbes2(
  { parameters }: AlgorithmIdentifier,
  sealed: Uint8Array,
  passphrase: Passphrase,
  options: DecryptionOptions,
): Promise<Uint8Array | undefined> {
  assertDer(parameters);
  const fields = new DerReader(parameters).only(Tag.sequence, "PBES2-params");
  const derive = readAlgorithmIdentifier(fields);
  const { cipher, iv } = readCipher(readAlgorithmIdentifier(fields), options);
  fields.done("PBES2-params");
  const derivation = readPbkdf2(derive, options.budget);
  if (derivation.keyLength !== undefined && derivation.keyLength !== cipher.keyBytes) {
    throw invalid(`a derived key of ${cipher.keyBytes} bytes`);
  }
  const key = await derivePbkdf2(passphrase, derivation, cipher.keyBytes);
  return openCbc(cipher, key, iv, sealed, options.crypto);
}

/** pkcs-12PbeParams ::= SEQUENCE { salt OCTET STRING, iterations INTEGER } */
async function openPkcs12Scheme(
  { parameters }: AlgorithmIdentifier,
  sealed: Uint8Array,
  passphrase: Passphrase,
  { budget, bmpSecret, crypto }: DecryptionOptions,
): Promise<Uint8Array | undefined> {
  const body = new DerReader(parameters).only(Tag.sequence, "pkcs-12PbeParams");
  const salt = body.octetString("the salt");
  const iterations = body.smallInteger("the iterations of the key derivation");
  body.done("pkcs-12PbeParams");
  const { keyBytes, blockBytes } = TRIPLE_DES_CBC;
  budget.spend(iterations, pkcs12Blocks("SHA-1", keyBytes) + pkcs12Blocks("SHA-1", blockBytes));
  const derivation = { hash: "SHA-1", salt, iterations } as const;
  const secret = bmpSecret ?? bmpPassphrase(passphrase);
  const key = await derivePkcs12(secret, "key", derivation, keyBytes, crypto);
  const iv = await derivePkcs12(secret, "iv", derivation, blockBytes, crypto);
  return openCbc(TRIPLE_DES_CBC, key, iv, sealed, crypto);
}

function readCipher(
  { algorithm, parameters }: AlgorithmIdentifier,
  options: DecryptionOptions,
): { readonly cipher: CbcCipher; readonly iv: Uint8Array } {
  const cipher = CBC_CIPHERS.find(({ oid }) => oid === algorithm);
  if (cipher === undefined) throw unsupportedEncryption(algorithm, "the cipher", convertHint);
  if (cipher.legacy) assertLegacy(algorithm, options);
  const reader = new DerReader(parameters);
  const iv = reader.octetString("an initialisation vector");
  reader.done("the initialisation vector");
  return { cipher, iv };
}

function assertLegacy(oid: string, { legacy }: DecryptionOptions): void {
  if (!legacy) throw unsupportedEncryption(oid, "encryption, because it is obsolete", "read it with { legacy: true }");
}

function invalid(expected: string): X509Error {
  return new X509Error("KEY_INVALID", `encrypted in a way that makes no sense: expected ${expected}`, { expected });
}

const oids = {
  pbes2: "1.2.840.113549.1.5.13",
  pbeWithTripleDes: "1.2.840.113549.1.12.1.3",
} as const;
