// The backend on Deno: its `node:crypto`, and WebCrypto for ML-DSA, which its `node:crypto` lacks.

import type { KeyAlgorithm } from "../keys/key-algorithm.ts";
import type { CryptoBackend } from "./backend.ts";
import { nodeBackend } from "./node.ts";
import { generateWithSubtle, SubtlePrivateKey, SubtlePublicKey } from "./subtle.ts";

const node = nodeBackend("deno");

export const backend: CryptoBackend = {
  ...node,
  importPublicKey: (algorithm, spki) =>
    isOnWebCryptoOnly(algorithm) ? new SubtlePublicKey(algorithm, spki) : node.importPublicKey(algorithm, spki),
  importPrivateKey: async (algorithm, pkcs8) =>
    isOnWebCryptoOnly(algorithm) ? new SubtlePrivateKey(algorithm, pkcs8) : node.importPrivateKey(algorithm, pkcs8),
  generateKey: (algorithm, bits) =>
    isOnWebCryptoOnly(algorithm) ? generateWithSubtle(algorithm, bits) : node.generateKey(algorithm, bits),
};

function isOnWebCryptoOnly(algorithm: KeyAlgorithm): boolean {
  return algorithm.webName.startsWith("ML-DSA");
}
