// Private keys that are encrypted by PEM headers (RFC 1421 as OpenSSL uses it): read, never written. The key comes from
// the passphrase by one round of MD5, so a guess costs nothing: such files are as safe as the place they are kept in.

import { concatBytes, fromHex } from "../bytes.ts";
import type { OldCrypto } from "../crypto/backend.ts";
import { DerReader } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { X509Error } from "../error.ts";
import type { PemBlock } from "../pem/pem.ts";
import { CBC_CIPHERS, type CbcCipher, openCbc } from "./cbc.ts";
import { type Passphrase, passphraseBytes } from "./passphrase.ts";

/**
 * Decrypts a block that says `Proc-Type: 4,ENCRYPTED`: AES-CBC, and with `legacy` DES-EDE3-CBC. The result is a PKCS #1 or SEC 1 key in DER.
 *
 * @throws X509Error KEY_WRONG_PASSPHRASE, KEY_INVALID, UNSUPPORTED_ALGORITHM
 */
export async function decryptTraditionalPem(
  block: PemBlock,
  passphrase: Passphrase,
  options: { readonly legacy: boolean; readonly crypto: OldCrypto },
): Promise<Uint8Array> {
  const { line } = block;
  const { cipher, iv } = readHeader(block, options.legacy);
  const key = deriveKey(options.crypto, passphraseBytes(passphrase), iv.subarray(0, 8), cipher.keyBytes);
  const plain = await openCbc(cipher, key, iv, block.bytes, options.crypto);
  if (plain === undefined || !isWholeSequence(plain)) {
    throw new X509Error("KEY_WRONG_PASSPHRASE", `the passphrase does not decrypt the private key on line ${line}`, {
      line,
    });
  }
  return plain;
}

/** DEK-Info: the cipher, a comma, and the initialisation vector in hexadecimal. */
function readHeader(
  { headers, line }: PemBlock,
  legacy: boolean,
): { readonly cipher: CbcCipher; readonly iv: Uint8Array } {
  const [name = "", hex = "", ...more] = (headers?.["DEK-Info"] ?? "").split(",").map((part) => part.trim());
  if (name === "" || more.length > 0) throw invalid(line, "DEK-Info with a cipher and its initialisation vector");
  const cipher = CBC_CIPHERS.find((candidate) => candidate.name === name.toUpperCase());
  if (cipher === undefined || (cipher.legacy && !legacy)) {
    const algorithm = cipher?.name ?? name;
    const hint = cipher === undefined ? 'convert it with "openssl pkcs8 -topk8"' : "read it with { legacy: true }";
    const message = `not supported as the encryption of the private key on line ${line}: ${algorithm}; ${hint}`;
    throw new X509Error("UNSUPPORTED_ALGORITHM", message, {
      algorithm,
      ...(cipher !== undefined && { oid: cipher.oid }),
    });
  }
  const iv = fromHex(hex);
  if (iv?.length !== cipher.blockBytes) throw invalid(line, `${cipher.blockBytes} bytes in hexadecimal in DEK-Info`);
  return { cipher, iv };
}

/** EVP_BytesToKey of OpenSSL with MD5 and one round: D1 = MD5(P || S), D2 = MD5(D1 || P || S), ... */
function deriveKey(crypto: OldCrypto, passphrase: Uint8Array, salt: Uint8Array, length: number): Uint8Array {
  let key: Uint8Array = new Uint8Array(0);
  let last: Uint8Array = new Uint8Array(0);
  while (key.length < length) {
    last = crypto.digest("MD5", concatBytes(last, passphrase, salt));
    key = concatBytes(key, last);
  }
  return key.slice(0, length);
}

/** Garbage has correct padding once in 256 times: SEQUENCE { INTEGER, ... } to the end is what a key looks like. */
function isWholeSequence(plain: Uint8Array): boolean {
  try {
    const outer = new DerReader(plain);
    const body = outer.enter(Tag.sequence, "a private key");
    outer.done("the private key");
    body.expect(Tag.integer, "a version");
    return true;
  } catch {
    return false;
  }
}

function invalid(line: number, expected: string): X509Error {
  return new X509Error("KEY_INVALID", `the private key on line ${line} cannot be read: expected ${expected}`, {
    expected,
  });
}
