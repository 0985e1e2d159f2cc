// The backend of browsers, workers and every runtime without `node:crypto`.

import { md5, sha1 } from "@noble/hashes/legacy.js";
import { sha256, sha384, sha512 } from "@noble/hashes/sha2.js";
import type { HashName } from "../digest/hash-name.ts";
import { X509Error } from "../error.ts";
import type { KeyAlgorithm } from "../keys/key-algorithm.ts";
import type { CryptoBackend, NativePrivateKey, NativePublicKey, PrivateBackend } from "./backend.ts";
import { generateWithSubtle, SubtlePrivateKey, SubtlePublicKey } from "./subtle.ts";

const HASHES: Readonly<Record<HashName, (data: Uint8Array) => Uint8Array>> = {
  MD5: md5,
  "SHA-1": sha1,
  "SHA-256": sha256,
  "SHA-384": sha384,
  "SHA-512": sha512,
};

export const backend: CryptoBackend = {
  name: "web",
  synchronous: false,
  digest: (hash, data) => HASHES[hash](data),
  importPublicKey: (algorithm: KeyAlgorithm, spki: Uint8Array): NativePublicKey => new SubtlePublicKey(algorithm, spki),
};

export const privateBackend: PrivateBackend = {
  randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  importPrivateKey: async (algorithm: KeyAlgorithm, pkcs8: Uint8Array): Promise<NativePrivateKey> =>
    new SubtlePrivateKey(algorithm, pkcs8),
  generateKey: generateWithSubtle,
  decryptTripleDes: () => {
    const algorithm = "DES-EDE3-CBC";
    const message = `WebCrypto does not have ${algorithm}: open this file on Node, Bun or Deno, or convert it`;
    throw new X509Error("UNSUPPORTED_ALGORITHM", message, { algorithm });
  },
};
