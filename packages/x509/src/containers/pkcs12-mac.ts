// The MAC of a PKCS #12 file (RFC 7292 section 5.1 and appendix A): HMAC under a key from the passphrase.

import { backend, privateBackend } from "#crypto";
import { bufferSource, subtle } from "../crypto/subtle.ts";
import { hashBytes } from "../digest/hash-bytes.ts";
import { hashByOid, hashOids, type ShaName } from "../digest/hash-oids.ts";
import type { DerivationBudget } from "../encryption/derivation-budget.ts";
import type { Passphrase } from "../encryption/passphrase.ts";
import { bmpPassphrase, derivePkcs12, pkcs12Blocks } from "../encryption/pkcs12-kdf.ts";
import { X509Error } from "../error.ts";
import type { Pfx, PfxMac } from "./pfx.ts";

/** What a right MAC tells about the passphrase. */
export interface AuthenticatedPassphrase {
  /** The form in which PKCS #12's own key derivation took it; PBMAC1 has another. */
  readonly bmpSecret?: Uint8Array;
}

/**
 * Checks the MAC before anything else in the file is looked at.
 *
 * An empty passphrase is written as two zero octets by some, and as none by others: both are tried.
 *
 * @throws X509Error KEY_WRONG_PASSPHRASE, UNSUPPORTED_ALGORITHM, KEY_INVALID (too many iterations)
 */
export async function authenticate(
  { content }: Pfx,
  mac: PfxMac,
  passphrase: Passphrase,
  options: { readonly budget: DerivationBudget; readonly legacy: boolean },
): Promise<AuthenticatedPassphrase> {
  if (mac.algorithm === pbmac1Oid) {
    const { verifyPbmac1 } = await import("../encryption/pbmac1.ts");
    const { parameters = new Uint8Array(0), digest } = mac;
    if (await verifyPbmac1(parameters, passphrase, digest, content, options.budget)) return {};
    throw wrongPassphrase();
  }
  const secret = bmpPassphrase(passphrase);
  const hash = await macHash(mac.algorithm, options.legacy);
  for (const bmpSecret of secret.length === 2 ? [secret, new Uint8Array(0)] : [secret]) {
    options.budget.spend(mac.iterations, pkcs12Blocks(hash, hashBytes[hash]));
    const key = await hmacKey(bmpSecret, hash, mac, "verify");
    if (await subtle().verify("HMAC", key, bufferSource(mac.digest), bufferSource(content))) return { bmpSecret };
  }
  throw wrongPassphrase();
}

/** The MAC of a new file: HMAC-SHA-256. */
export async function computeMac(content: Uint8Array, passphrase: Passphrase, iterations: number): Promise<PfxMac> {
  const mac = { salt: privateBackend.randomBytes(16), iterations };
  const key = await hmacKey(bmpPassphrase(passphrase), "SHA-256", mac, "sign");
  const digest = new Uint8Array(await subtle().sign("HMAC", key, bufferSource(content)));
  return { algorithm: hashOids["SHA-256"], digest, ...mac };
}

async function hmacKey(
  bmpSecret: Uint8Array,
  hash: ShaName,
  { salt, iterations }: Pick<PfxMac, "salt" | "iterations">,
  usage: "sign" | "verify",
): Promise<CryptoKey> {
  const bytes = await derivePkcs12(bmpSecret, "mac", { hash, salt, iterations }, hashBytes[hash], backend);
  return subtle().importKey("raw", bufferSource(bytes), { name: "HMAC", hash }, false, [usage]);
}

async function macHash(oid: string, legacy: boolean): Promise<ShaName> {
  const hash = hashByOid(oid);
  if (hash !== undefined && (hash !== "SHA-1" || legacy)) return hash;
  const { unsupportedEncryption } = await import("../encryption/encryption-names.ts");
  if (hash === undefined)
    throw unsupportedEncryption(oid, "the hash of the MAC", 'convert it to PEM with "openssl pkcs12 -legacy -nodes"');
  throw unsupportedEncryption(oid, "the hash of the MAC, because it is obsolete", "read it with { legacy: true }");
}

function wrongPassphrase(): X509Error {
  const message = "the passphrase is not that of the PKCS #12 file, or the file was changed";
  return new X509Error("KEY_WRONG_PASSPHRASE", message, {});
}

const pbmac1Oid = "1.2.840.113549.1.5.14";
