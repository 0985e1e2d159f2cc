// What this package asks of a runtime's cryptography. The import map entry `#crypto` picks the file that implements it:
// `node.ts`, `bun.ts` and `deno.ts` stand on `node:crypto`, `web.ts` on WebCrypto (browsers, workers).
//
// A backend knows no object identifiers: it is handed rows of the tables in `keys/key-algorithm.ts` and
// `signature-algorithm.ts`, and translates them for its library.

import type { HashName } from "../digest/hash-name.ts";
import type { KeyAlgorithm } from "../keys/key-algorithm.ts";
import type { SignatureScheme } from "../signature/signature-scheme.ts";

/** A public key imported into the runtime. Import happens once, on first use; the owner caches this object. */
export interface NativePublicKey {
  /** Whether `signature` over `data` is by this key. `false` for a malformed signature, too. */
  verify(scheme: SignatureScheme, signature: Uint8Array, data: Uint8Array): Promise<boolean>;
  /** The same without a promise. Throws `CRYPTO_NOT_SYNCHRONOUS` where the runtime offers only promises. */
  verifySync(scheme: SignatureScheme, signature: Uint8Array, data: Uint8Array): boolean;
}

/** A private key imported into the runtime. */
export interface NativePrivateKey {
  /** Signs `data`; the result is encoded as X.509 wants it (ECDSA: DER of `Ecdsa-Sig-Value`). */
  sign(scheme: SignatureScheme, data: Uint8Array): Promise<Uint8Array>;
  /** The SubjectPublicKeyInfo that belongs to this key, computed from its private part. */
  publicKey(): Promise<Uint8Array>;
}

/** The part of a backend that old encryption needs. It is handed to those files, which are loaded when they are used: if they
 * imported it, bundlers would keep the backend in programs that only read certificates. */
export type OldCrypto = Pick<CryptoBackend, "digest"> & Pick<PrivateBackend, "decryptTripleDes">;

/** What is done with what is public: the export `backend`. */
export interface CryptoBackend {
  /** For error messages: "node", "bun", "deno" or "web". */
  readonly name: string;
  /** Whether {@link NativePublicKey.verifySync} works for at least some keys. */
  readonly synchronous: boolean;
  digest(hash: HashName, data: Uint8Array): Uint8Array;
  /** Takes a SubjectPublicKeyInfo whose algorithm is the row's own (RSASSA-PSS keys come as rsaEncryption). */
  importPublicKey(algorithm: KeyAlgorithm, spki: Uint8Array): NativePublicKey;
}

/**
 * What is done with what is secret: the export `privateBackend`. Apart from the other, so that bundlers leave it out of
 * programs that only read and verify.
 */
export interface PrivateBackend {
  randomBytes(length: number): Uint8Array;
  /** Takes a PKCS#8 PrivateKeyInfo whose algorithm is the row's own. Throws `KEY_INVALID`. */
  importPrivateKey(algorithm: KeyAlgorithm, pkcs8: Uint8Array): Promise<NativePrivateKey>;
  /** Makes a new key pair; returns its PKCS#8 PrivateKeyInfo. `bits` counts for RSA only. */
  generateKey(algorithm: KeyAlgorithm, bits: number): Promise<Uint8Array>;
  /**
   * DES-EDE3-CBC with PKCS #7 padding, for old files; `undefined` if the padding is wrong. Throws
   * `UNSUPPORTED_ALGORITHM` where the runtime does not have it.
   */
  decryptTripleDes(key: Uint8Array, iv: Uint8Array, sealed: Uint8Array): Uint8Array | undefined;
}
