// Digests as text: fingerprints of certificates and hashes of keys.

import { backend } from "#crypto";
import { shownValue, takeOwn } from "../argument.ts";
import { toBase64, toColonHex, toHex } from "../bytes.ts";
import { X509Error } from "../error.ts";
import type { HashName } from "./hash-name.ts";

/** The hash functions for fingerprints; SHA-256 is the default everywhere. */
export type DigestAlgorithm = "sha-1" | "sha-256" | "sha-384" | "sha-512";

/** How a digest is written: `AA:BB:...`, lower-case hex, base64, or not at all. */
export type DigestFormat = "colon" | "hex" | "base64" | "bytes";

/** The digest of `data`, in this format. */
export function formatDigest(data: Uint8Array, algorithm: DigestAlgorithm, format: DigestFormat): string | Uint8Array {
  const hash = typeof algorithm === "string" && Object.hasOwn(hashNames, algorithm) ? hashNames[algorithm] : undefined;
  if (hash === undefined) throw unknownChoice("algorithm", algorithm, Object.keys(hashNames));
  const digest = backend.digest(hash, data);
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

function unknownChoice(argument: string, value: unknown, choices: readonly string[]): X509Error {
  const expected = `one of ${choices.join(", ")}`;
  return new X509Error("ARGUMENT_INVALID", `unknown ${argument} ${shownValue(value)}: expected ${expected}`, {
    argument,
    expected,
  });
}

const hashNames: Readonly<Record<DigestAlgorithm, HashName>> = {
  "sha-1": "SHA-1",
  "sha-256": "SHA-256",
  "sha-384": "SHA-384",
  "sha-512": "SHA-512",
};

const FORMAT: ReadonlySet<string> = /* @__PURE__ */ new Set(["format"]);
