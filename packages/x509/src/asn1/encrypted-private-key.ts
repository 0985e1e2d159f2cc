// EncryptedPrivateKeyInfo (RFC 5958 section 3).

import { AsnProp, AsnType, AsnTypeTypes, OctetString } from "@peculiar/asn1-schema";
import { DerReader } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { assertDer } from "../der/walk.ts";
import { X509Error } from "../error.ts";
import type { Passphrase } from "../keys/passphrase.ts";
import { AlgorithmIdentifier } from "./algorithm-identifier.ts";
import { type DecryptionOptions, decryptWithPassphrase, encryptWithPassphrase } from "./password-encryption.ts";
import { parseSchema, serializeSchema } from "./schema.ts";

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
  const info = parseSchema(der, EncryptedPrivateKeyInfo, "an EncryptedPrivateKeyInfo");
  const sealed = new Uint8Array(info.encryptedData.buffer);
  const plain = await decryptWithPassphrase(info.encryptionAlgorithm, sealed, passphrase, options);
  // Garbage has correct padding once in 256 times: what came out must look like what should be inside.
  if (plain === undefined || !isPrivateKeyInfo(plain)) {
    const { line } = options;
    const place = line === undefined ? "" : ` on line ${line}`;
    const message = `the passphrase does not decrypt the private key${place}`;
    throw new X509Error("KEY_WRONG_PASSPHRASE", message, line === undefined ? {} : { line });
  }
  return plain;
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
  const { identifier, sealed } = await encryptWithPassphrase(pkcs8, passphrase, iterations);
  const info = new EncryptedPrivateKeyInfo();
  info.encryptionAlgorithm = identifier;
  info.encryptedData = new OctetString(sealed);
  return serializeSchema(info);
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

// EncryptedPrivateKeyInfo ::= SEQUENCE { encryptionAlgorithm AlgorithmIdentifier, encryptedData OCTET STRING }
class EncryptedPrivateKeyInfo {
  encryptionAlgorithm: AlgorithmIdentifier = new AlgorithmIdentifier();
  encryptedData: OctetString = new OctetString();
}
AsnType({ type: AsnTypeTypes.Sequence })(EncryptedPrivateKeyInfo);
AsnProp({ type: AlgorithmIdentifier })(EncryptedPrivateKeyInfo.prototype, "encryptionAlgorithm");
AsnProp({ type: OctetString })(EncryptedPrivateKeyInfo.prototype, "encryptedData");

/** The floor that OWASP names for PBKDF2 with HMAC-SHA-256. */
const defaultIterations = 600_000;
