// The key derivation of PKCS #12 (RFC 7292 appendix B): for the MAC of its files, and for the old encryption in them.

import { concatBytes } from "../bytes.ts";
import type { OldCrypto } from "../crypto/backend.ts";
import type { HashName } from "../digest/hash-name.ts";
import { X509Error } from "../error.ts";
import type { Passphrase } from "./passphrase.ts";

/** What the derived bytes are for; the same passphrase and salt give other bytes for each (appendix B.3). */
export type Pkcs12Purpose = "key" | "iv" | "mac";

/** What goes into a derivation; `salt` and `iterations` come from the file. */
export interface Pkcs12Derivation {
  readonly hash: HashName;
  readonly salt: Uint8Array;
  readonly iterations: number;
}

/**
 * Derives `length` bytes. The work is `iterations` times {@link pkcs12Blocks}; the event loop gets its turn meanwhile.
 *
 * @param secret the passphrase as {@link bmpPassphrase} gives it
 */
export async function derivePkcs12(
  secret: Uint8Array,
  purpose: Pkcs12Purpose,
  { hash, salt, iterations }: Pkcs12Derivation,
  length: number,
  crypto: Pick<OldCrypto, "digest">,
): Promise<Uint8Array> {
  const { block } = sizes[hash];
  const diversifier = new Uint8Array(block).fill(diversifiers[purpose]);
  const input = concatBytes(repeated(salt, block), repeated(secret, block));
  const parts: Uint8Array[] = [];
  for (let index = pkcs12Blocks(hash, length); index > 0; index--) {
    let digest = crypto.digest(hash, concatBytes(diversifier, input));
    for (let round = 1; round < iterations; round++) {
      digest = crypto.digest(hash, digest);
      if (round % roundsPerTurn === 0) await nextTurn();
    }
    parts.push(digest);
    const addend = repeated(digest, block).subarray(0, block);
    for (let at = 0; at < input.length; at += block) addPlusOne(input.subarray(at, at + block), addend);
  }
  return concatBytes(...parts).slice(0, length);
}

/** How many times the iterations are run for so many bytes. */
export function pkcs12Blocks(hash: HashName, length: number): number {
  return Math.ceil(length / sizes[hash].digest);
}

/**
 * The passphrase as the derivation takes it: UTF-16 in big-endian order with two zero octets after it (appendix B.1).
 *
 * @throws X509Error ARGUMENT_INVALID for what is no text
 */
export function bmpPassphrase(passphrase: Passphrase): Uint8Array {
  const text = typeof passphrase === "string" ? passphrase : utf8Text(passphrase);
  const bytes = new Uint8Array(2 * text.length + 2);
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    bytes[2 * index] = unit >> 8;
    bytes[2 * index + 1] = unit & 0xff;
  }
  return bytes;
}

function utf8Text(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const expected = "text in UTF-8, because PKCS #12 derives keys from characters";
    throw new X509Error("ARGUMENT_INVALID", `the passphrase cannot be used: expected ${expected}`, {
      argument: "passphrase",
      expected,
    });
  }
}

/** As many copies as fill whole blocks, the last one cut. */
function repeated(bytes: Uint8Array, block: number): Uint8Array {
  const filled = new Uint8Array(block * Math.ceil(bytes.length / block));
  for (let at = 0; at < filled.length; at += bytes.length) {
    filled.set(bytes.subarray(0, Math.min(bytes.length, filled.length - at)), at);
  }
  return filled;
}

/** number = number + addend + 1, big-endian, without the carry out of it. */
function addPlusOne(number: Uint8Array, addend: Uint8Array): void {
  let carry = 1;
  for (let index = number.length - 1; index >= 0; index--) {
    carry += (number[index] ?? 0) + (addend[index] ?? 0);
    number[index] = carry;
    carry >>= 8;
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** About ten milliseconds. */
const roundsPerTurn = 8192;

const diversifiers = { key: 1, iv: 2, mac: 3 } as const;

/** Lengths in bytes: of the digest, and of the blocks that the hash works on. */
const sizes = {
  MD5: { digest: 16, block: 64 },
  "SHA-1": { digest: 20, block: 64 },
  "SHA-256": { digest: 32, block: 64 },
  "SHA-384": { digest: 48, block: 128 },
  "SHA-512": { digest: 64, block: 128 },
} as const;
