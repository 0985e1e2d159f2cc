// Hashing for the packages above, which know no runtime and must not bring a library of their own.

import { backend } from "#crypto";
import { assertBytes } from "../bytes.ts";
import type { HashSpelling } from "./hash-name.ts";
import { hashNamed } from "./hash-named.ts";
import { SHA } from "./hash-oids.ts";

/**
 * The hash of some bytes, without a promise on every runtime. MD5 and SHA-1 are for fingerprints and old file names
 * only; nothing that needs security may rest on them.
 *
 * @param hash its name, in upper or lower case
 * @throws X509Error ARGUMENT_INVALID for another name, and for what is no bytes
 * @example
 * digest("SHA-256", certificate.der); // 32 bytes
 */
export function digest(hash: HashSpelling, data: Uint8Array): Uint8Array {
  return backend.digest(hashNamed(hash, "hash", ["MD5", ...SHA]), assertBytes(data));
}
