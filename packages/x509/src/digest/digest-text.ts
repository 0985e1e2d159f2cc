// Digests as text: fingerprints of certificates and hashes of keys.

import { backend } from "#crypto";
import { takeOwn } from "../argument.ts";
import { toBase64, toColonHex, toHex } from "../bytes.ts";
import type { HashSpelling } from "./hash-name.ts";
import { hashNamed, unknownChoice } from "./hash-named.ts";
import { SHA, type ShaName } from "./hash-oids.ts";

/** The hash functions for fingerprints, in upper or lower case; SHA-256 is the default everywhere. */
export type DigestAlgorithm = HashSpelling<ShaName>;

/** How a digest is written: `AA:BB:...`, lower-case hex, base64, or not at all. */
export type DigestFormat = "colon" | "hex" | "base64" | "bytes";

/** The digest of `data`, in this format. */
export function formatDigest(data: Uint8Array, algorithm: DigestAlgorithm, format: DigestFormat): string | Uint8Array {
  const digest = backend.digest(hashNamed(algorithm, "algorithm", SHA), data);
  switch (format) {
    case "colon":
      return toColonHex(digest);
    case "hex":
      return toHex(digest);
    case "base64":
      return toBase64(digest);
    case "bytes":
      return digest;
    default:
      throw unknownChoice("format", format, ["colon", "hex", "base64", "bytes"]);
  }
}

/**
 * The fingerprint of something in DER: as upper-case hex with colons unless another format is asked for.
 *
 * @throws X509Error ARGUMENT_INVALID
 */
export function fingerprintOf(
  der: Uint8Array,
  algorithm: DigestAlgorithm,
  options: { readonly format?: DigestFormat | undefined },
): string | Uint8Array {
  const { format = "colon" } = takeOwn(options, FORMAT, "options");
  return formatDigest(der, algorithm, format);
}

const FORMAT: ReadonlySet<string> = /* @__PURE__ */ new Set(["format"]);
