// Encrypted PKCS #8 (RFC 5958) on its own, for software that wants the decrypted file rather than a KeyPair.

import { backend, privateBackend } from "#crypto";
import { takeOwn } from "../argument.ts";
import { copyBytes, isBytes } from "../bytes.ts";
import { DerivationBudget } from "../encryption/derivation-budget.ts";
import { type Passphrase, passphraseBytes } from "../encryption/passphrase.ts";
import { readOnePem } from "../keys/one-pem.ts";
import { looksLikeDer } from "../pem/pem.ts";

/**
 * Decrypts an `ENCRYPTED PRIVATE KEY`, in DER or PEM; the result is a PKCS #8 PrivateKeyInfo in DER.
 *
 * PBES2 with PBKDF2 (HMAC with SHA-1, SHA-256, SHA-384 or SHA-512, up to five million iterations unless
 * `maxIterations` says otherwise) and AES-CBC.
 * Triple DES, in PBES2 and in PKCS #12's own scheme, with `legacy` only.
 *
 * @throws X509Error KEY_WRONG_PASSPHRASE, UNSUPPORTED_ALGORITHM (older schemes, named), KEY_INVALID, PEM_*, DER_*
 * @example
 * const pkcs8 = await decryptPkcs8(await readFile("key.pem"), "correct horse");
 */
export async function decryptPkcs8(
  input: string | Uint8Array,
  passphrase: Passphrase,
  options: { readonly legacy?: boolean | undefined; readonly maxIterations?: number | undefined } = {},
): Promise<Uint8Array> {
  const { legacy, maxIterations } = takeOwn(options, OPTIONS, "options");
  const budget = new DerivationBudget(maxIterations);
  const isDer = isBytes(input) && looksLikeDer(input);
  const block = isDer ? { bytes: copyBytes(input) } : readOnePem(input, ["ENCRYPTED PRIVATE KEY"]);
  const secret = passphraseBytes(passphrase);
  const { decryptPrivateKey } = await import("../encryption/encrypted-private-key.ts");
  return decryptPrivateKey(block.bytes, secret, {
    budget,
    crypto: { ...backend, ...privateBackend },
    legacy: legacy === true,
    ...("line" in block && { line: block.line }),
  });
}

/**
 * Encrypts a PKCS #8 PrivateKeyInfo: PBES2 with PBKDF2 (HMAC-SHA-256, 600,000 iterations) and AES-256-CBC. The result
 * is DER; as PEM its label is `ENCRYPTED PRIVATE KEY`.
 *
 * @throws X509Error KEY_INVALID if it is not an unencrypted private key, DER_*
 * @example
 * pemEncode("ENCRYPTED PRIVATE KEY", await encryptPkcs8(await keyPair.toDer(), "correct horse"));
 */
export async function encryptPkcs8(pkcs8: Uint8Array, passphrase: Passphrase): Promise<Uint8Array> {
  // As they are now: their owner may wipe them while the promise is pending.
  const [key, secret] = [copyBytes(pkcs8), passphraseBytes(passphrase)];
  const { encryptPrivateKey } = await import("../encryption/encrypted-private-key.ts");
  return encryptPrivateKey(key, secret);
}

const OPTIONS: ReadonlySet<string> = /* @__PURE__ */ new Set(["legacy", "maxIterations"]);
