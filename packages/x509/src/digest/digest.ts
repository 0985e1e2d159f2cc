// Hashing for the packages above, which know no runtime and must not bring a library of their own.

import { backend } from "#crypto";
import { badArgument } from "../argument.ts";
import { assertBytes } from "../bytes.ts";
import type { HashName } from "./hash-name.ts";

/**
 * The hash of some bytes, without a promise on every runtime. MD5 and SHA-1 are for fingerprints and old file names
 * only; nothing that needs security may rest on them.
 *
 * @example
 * digest("SHA-256", certificate.der); // 32 bytes
 */
export function digest(hash: HashName, data: Uint8Array): Uint8Array {
  if (!hashes.includes(hash)) throw badArgument("hash", `one of ${hashes.join(", ")}`);
  return backend.digest(hash, assertBytes(data));
}

const hashes: readonly HashName[] = ["MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"];
