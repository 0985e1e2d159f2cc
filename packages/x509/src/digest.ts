// Hashing for the packages above, which know no runtime and must not bring a library of their own.

import { backend } from "#crypto";
import type { HashName } from "./hash-name.ts";

/**
 * The hash of some bytes, without a promise on every runtime. MD5 and SHA-1 are for fingerprints and old file names
 * only; nothing that needs security may rest on them.
 *
 * @example
 * digest("SHA-256", certificate.der); // 32 bytes
 */
export function digest(hash: HashName, data: Uint8Array): Uint8Array {
  return backend.digest(hash, data);
}
