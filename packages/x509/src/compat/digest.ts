// Digests by the names that Twisted (through OpenSSL) knows them by.

import { blake2b, blake2s } from "@noble/hashes/blake2.js";
import { md5, ripemd160, sha1 } from "@noble/hashes/legacy.js";
import { sha224, sha256, sha384, sha512, sha512_224, sha512_256 } from "@noble/hashes/sha2.js";
import { sha3_224, sha3_256, sha3_384, sha3_512 } from "@noble/hashes/sha3.js";
import { fromArgument, shownValue } from "../argument.ts";
import { toColonHex, toHex } from "../bytes.ts";
import { X509Error } from "../error.ts";

/**
 * `Certificate.digest` of Twisted (KEY-06): upper-case hex pairs with colons, MD5 unless another is named. Names are
 * OpenSSL's, in any case: `sha1`, `sha256`, `sha3-256`, `ripemd160`, ... As on OpenSSL 3, `sha` is none of them.
 *
 * MD5 and SHA-1 identify, they do not protect: `certificate.fingerprint()` is SHA-256.
 *
 * @throws X509Error ARGUMENT_INVALID "No such digest method"
 * @example
 * digest(certificate); // "14:75:EE:..."
 */
export function digest(certificate: { readonly der: Uint8Array }, method: string = "md5"): string {
  return fromArgument("certificate", "a Certificate", () => {
    const key = method.toLowerCase();
    const hash = Object.hasOwn(hashes, key) ? hashes[key] : undefined;
    if (hash === undefined) {
      const expected = `one of ${Object.keys(hashes).join(", ")}`;
      throw new X509Error("ARGUMENT_INVALID", `No such digest method ${shownValue(method)}: expected ${expected}`, {
        argument: "method",
        expected,
      });
    }
    return toColonHex(hash(certificate.der));
  });
}

/**
 * `PublicKey.keyHash` of Twisted (KEY-11): MD5 of the SubjectPublicKeyInfo in lower-case hex.
 *
 * @example
 * keyHash(certificate.publicKey); // "4698d4805a05d53499a6ff47f7ae8f49"
 */
export function keyHash(publicKey: { readonly spki: Uint8Array }): string {
  return fromArgument("publicKey", "a PublicKey", () => {
    return toHex(md5(publicKey.spki));
  });
}

const hashes: Readonly<Record<string, (data: Uint8Array) => Uint8Array>> = {
  md5,
  sha1,
  sha224,
  sha256,
  sha384,
  sha512,
  "sha512-224": sha512_224,
  "sha512-256": sha512_256,
  "sha3-224": sha3_224,
  "sha3-256": sha3_256,
  "sha3-384": sha3_384,
  "sha3-512": sha3_512,
  blake2b512: blake2b,
  blake2s256: blake2s,
  ripemd160,
};
