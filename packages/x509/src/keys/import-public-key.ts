// A public key as a CryptoKey; loaded when asked for.

import { binding, bufferSource, subtle } from "../crypto/subtle.ts";
import { X509Error } from "../error.ts";
import type { SignatureScheme } from "../signature/signature-scheme.ts";
import type { KeyAlgorithm } from "./key-algorithm.ts";

/**
 * The key of this SubjectPublicKeyInfo in WebCrypto, for verifying with this scheme.
 *
 * @throws X509Error KEY_INVALID, UNSUPPORTED_ALGORITHM
 */
export async function importPublicKey(
  algorithm: KeyAlgorithm,
  scheme: SignatureScheme | undefined,
  spki: Uint8Array,
): Promise<CryptoKey> {
  const { label } = algorithm;
  try {
    return await subtle().importKey("spki", bufferSource(spki), binding(algorithm, scheme), true, ["verify"]);
  } catch (cause) {
    throw new X509Error("KEY_INVALID", `WebCrypto refused the ${label} key`, { expected: label }, { cause });
  }
}
