// Block ciphers in CBC mode with PKCS #7 padding, for encrypted keys and files.

import type { OldCrypto } from "../crypto/backend.ts";
import { bufferSource, subtle } from "../crypto/subtle.ts";
import { X509Error } from "../error.ts";

/** A cipher that encrypted files use. */
export interface CbcCipher {
  readonly name: "AES-128-CBC" | "AES-192-CBC" | "AES-256-CBC" | "DES-EDE3-CBC";
  readonly oid: string;
  readonly keyBytes: number;
  readonly blockBytes: number;
  /** Whether it is read only where the caller asks for what is old. */
  readonly legacy: boolean;
}

/** AES-256-CBC, which is what we write. */
export const AES_256_CBC: CbcCipher = aes("AES-256-CBC", "2.16.840.1.101.3.4.1.42", 32);

/** Triple DES, which is read where the caller asks for it. */
export const TRIPLE_DES_CBC: CbcCipher = {
  name: "DES-EDE3-CBC",
  oid: "1.2.840.113549.3.7",
  keyBytes: 24,
  blockBytes: 8,
  legacy: true,
};

/** All of them. NIST's AES OIDs, RFC 8018 appendix B.2. */
export const CBC_CIPHERS: readonly CbcCipher[] = [
  aes("AES-128-CBC", "2.16.840.1.101.3.4.1.2", 16),
  aes("AES-192-CBC", "2.16.840.1.101.3.4.1.22", 24),
  AES_256_CBC,
  TRIPLE_DES_CBC,
];

/**
 * Decrypts; `undefined` if the padding is wrong, as it is with a wrong key, but for one time in 256.
 *
 * @throws X509Error KEY_INVALID for what is not in whole blocks, UNSUPPORTED_ALGORITHM where the runtime lacks it
 */
export async function openCbc(
  cipher: CbcCipher,
  key: Uint8Array,
  iv: Uint8Array,
  sealed: Uint8Array,
  crypto: OldCrypto,
): Promise<Uint8Array | undefined> {
  if (iv.length !== cipher.blockBytes) throw invalid(`an initialisation vector of ${cipher.blockBytes} bytes`);
  if (sealed.length === 0 || sealed.length % cipher.blockBytes !== 0) {
    throw invalid(`encrypted data of whole blocks of ${cipher.blockBytes} bytes`);
  }
  if (cipher === TRIPLE_DES_CBC) return crypto.decryptTripleDes(key, iv, sealed);
  const imported = await importAes(cipher, key, "decrypt");
  try {
    const plain = await subtle().decrypt({ name: "AES-CBC", iv: bufferSource(iv) }, imported, bufferSource(sealed));
    return new Uint8Array(plain);
  } catch {
    return undefined;
  }
}

/** Encrypts with AES-256. */
export async function sealAes256Cbc(key: Uint8Array, iv: Uint8Array, plain: Uint8Array): Promise<Uint8Array> {
  const imported = await importAes(AES_256_CBC, key, "encrypt");
  const sealed = await subtle().encrypt({ name: "AES-CBC", iv: bufferSource(iv) }, imported, bufferSource(plain));
  return new Uint8Array(sealed);
}

async function importAes({ name }: CbcCipher, key: Uint8Array, usage: "encrypt" | "decrypt"): Promise<CryptoKey> {
  try {
    return await subtle().importKey("raw", bufferSource(key), "AES-CBC", false, [usage]);
  } catch (cause) {
    // Browsers on BoringSSL have no AES-192.
    const algorithm = name;
    throw new X509Error("UNSUPPORTED_ALGORITHM", `this runtime does not have ${name}`, { algorithm }, { cause });
  }
}

function aes(name: CbcCipher["name"], oid: string, keyBytes: number): CbcCipher {
  return { name, oid, keyBytes, blockBytes: 16, legacy: false };
}

function invalid(expected: string): X509Error {
  return new X509Error("KEY_INVALID", `encrypted in a way that makes no sense: expected ${expected}`, { expected });
}
