// EncryptedPrivateKeyInfo (RFC 5958 section 3).
//
// EncryptedPrivateKeyInfo ::= SEQUENCE { encryptionAlgorithm AlgorithmIdentifier, encryptedData OCTET STRING }

import { copyBytes } from "../bytes.ts";
import { DerReader } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { assertDer } from "../der/walk.ts";
import { derOctetString, derSequence } from "../der/writer.ts";
import { X509Error } from "../error.ts";
import { type AlgorithmIdentifier, readAlgorithmIdentifier } from "./algorithm-identifier.ts";
import type { Passphrase } from "./passphrase.ts";
import { type DecryptionOptions, decryptWithPassphrase, encryptIdentified } from "./password-encryption.ts";

/**
 * Decrypts an EncryptedPrivateKeyInfo; the result is a PKCS #8 PrivateKeyInfo.
 *
 * @throws X509Error KEY_WRONG_PASSPHRASE, UNSUPPORTED_ALGORITHM, KEY_INVALID, DER_*
 */
export async function decryptPrivateKey(
  der: Uint8Array,
  passphrase: Passphrase,
  options: DecryptionOptions,
): Promise<Uint8Array> {
  // It is read again after promises.
  const { identifier, sealed } = readEncrypted(copyBytes(der));
  const plain = await decryptWithPassphrase(identifier, sealed, passphrase, options);
  // Garbage has correct padding once in 256 times: what came out must look like what should be inside.
  if (plain === undefined || !isPrivateKeyInfo(plain)) {
    const { line } = options;
    const place = line === undefined ? "" : ` on line ${line}`;
    const message = `the passphrase does not decrypt the private key${place}`;
    throw new X509Error("KEY_WRONG_PASSPHRASE", message, line === undefined ? {} : { line });
  }
  return plain;
}

function readEncrypted(der: Uint8Array): { readonly identifier: AlgorithmIdentifier; readonly sealed: Uint8Array } {
  assertDer(der);
  const expected = "an EncryptedPrivateKeyInfo";
  try {
    const info = new DerReader(der).only(Tag.sequence, expected);
    const identifier = readAlgorithmIdentifier(info);
    const sealed = info.octetString("the encrypted data");
    info.done(expected);
    return { identifier, sealed };
  } catch (cause) {
    if (!X509Error.is(cause)) throw cause;
    throw new X509Error("DER_BAD_VALUE", `not ${expected}: ${cause.message}`, { offset: 0, expected }, { cause });
  }
}

/**
 * Encrypts a PKCS #8 PrivateKeyInfo: PBES2 with AES-256-CBC, PBKDF2 with HMAC-SHA-256.
 *
 * @throws X509Error KEY_INVALID if it is no unencrypted private key, DER_*
 */
export async function encryptPrivateKey(
  pkcs8: Uint8Array,
  passphrase: Passphrase,
  iterations: number = defaultIterations,
): Promise<Uint8Array> {
  assertDer(pkcs8);
  if (!isPrivateKeyInfo(pkcs8)) {
    const expected = "an unencrypted PKCS #8 private key to encrypt";
    throw new X509Error("KEY_INVALID", `not a private key: expected ${expected}`, { expected });
  }
  const { identifier, sealed } = await encryptIdentified(pkcs8, passphrase, iterations);
  return derSequence(identifier, derOctetString(sealed));
}

/** SEQUENCE { version INTEGER, privateKeyAlgorithm SEQUENCE, privateKey OCTET STRING, ... } and nothing after it. */
export function isPrivateKeyInfo(plain: Uint8Array): boolean {
  try {
    const outer = new DerReader(plain);
    const body = outer.enter(Tag.sequence, "a PrivateKeyInfo");
    outer.done("a PrivateKeyInfo");
    body.expect(Tag.integer, "a version");
    body.expect(Tag.sequence, "an algorithm");
    body.expect(Tag.octetString, "a private key");
    return true;
  } catch {
    return false;
  }
}

/** The floor that OWASP names for PBKDF2 with HMAC-SHA-256. */
const defaultIterations = 600_000;
