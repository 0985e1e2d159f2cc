// Private keys as they come in files: taken out of a PEM block or DER, and decrypted where they are encrypted.

import { backend, privateBackend } from "#crypto";
import { badArgument, fromArgument, takeOwn } from "../argument.ts";
import { copyBytes, isBytes } from "../bytes.ts";
import { DerivationBudget } from "../encryption/derivation-budget.ts";
import type { Passphrase } from "../encryption/passphrase.ts";
import { X509Error } from "../error.ts";
import { type PemBlock, wrongLabel } from "../pem/pem.ts";
import { KEY_PAIR } from "../sniff-der.ts";
import { readingKind } from "../wrong-kind.ts";
import { readOnePem } from "./one-pem.ts";
import { isEncryptedPrivateKey, type PrivateKeyContents, readPrivateKey } from "./private-key.ts";

/** How a private key is opened. */
export interface KeyLoadOptions {
  /** Needed where the key is encrypted. */
  readonly passphrase?: Passphrase | undefined;
  /** Whether keys that are encrypted with Triple DES are read, too. */
  readonly legacy?: boolean | undefined;
}

/**
 * The key in a block: the older encryption is told by its headers, the newer one is in its bytes.
 *
 * @throws X509Error ARGUMENT_INVALID, PEM_WRONG_LABEL, UNSUPPORTED_ALGORITHM, and as {@link openPrivateKey}
 */
export async function openPemBlock(block: PemBlock, options: KeyLoadOptions): Promise<PrivateKeyContents> {
  const { label, line } = fromArgument("block", "a PemBlock", () => ({ label: block.label, line: block.line }));
  const own = takeOwn(options, LOADING, "options");
  const { legacy } = own;
  if (UNREADABLE_LABELS.includes(label)) {
    const algorithm = `keys in a ${label} block`;
    const message = `not supported: ${algorithm}: expected ${READABLE}`;
    throw new X509Error("UNSUPPORTED_ALGORITHM", message, { algorithm });
  }
  readingKind(KEY_PAIR, () => {
    if (!READABLE_LABELS.includes(label)) throw wrongLabel(label, line, READABLE);
  });
  if (!isEncryptedByHeaders(block)) return openPrivateKey(block.bytes, own, line);
  const passphrase = takePassphrase(own.passphrase);
  if (passphrase === undefined) throw encrypted(line);
  const copy = { ...block, bytes: copyBytes(block.bytes) };
  const { decryptTraditionalPem } = await import("../encryption/traditional-pem.ts");
  const der = await decryptTraditionalPem(copy, passphrase, {
    legacy: legacy === true,
    crypto: { ...backend, ...privateBackend },
  });
  return readPrivateKey(der);
}

/**
 * The key in DER, of which a copy is read.
 *
 * @param line where the PEM block begins that it was in, for errors
 * @throws X509Error ARGUMENT_INVALID, KEY_ENCRYPTED, KEY_WRONG_PASSPHRASE, UNSUPPORTED_ALGORITHM, KEY_INVALID, DER_*
 */
export async function openPrivateKey(
  input: Uint8Array,
  options: KeyLoadOptions,
  line?: number,
): Promise<PrivateKeyContents> {
  const { passphrase: given, legacy } = takeOwn(options, LOADING, "options");
  const passphrase = takePassphrase(given);
  const der = copyBytes(input);
  if (!isEncryptedPrivateKey(der)) return readingKind(KEY_PAIR, () => readPrivateKey(der), der);
  if (passphrase === undefined) throw encrypted(line);
  const { decryptPrivateKey } = await import("../encryption/encrypted-private-key.ts");
  const plain = await decryptPrivateKey(der, passphrase, {
    budget: new DerivationBudget(),
    crypto: { ...backend, ...privateBackend },
    legacy: legacy === true,
    ...(line !== undefined && { line }),
  });
  return readPrivateKey(plain);
}

/** Does the block say `Proc-Type: 4,ENCRYPTED`? */
export function isEncryptedByHeaders({ headers }: PemBlock): boolean {
  return headers?.["Proc-Type"]?.includes("ENCRYPTED") === true;
}

/**
 * The passphrase as it is now: its owner may wipe the octets as soon as a promise is returned.
 *
 * @throws X509Error ARGUMENT_INVALID for what is there and no passphrase
 */
export function takePassphrase(passphrase: Passphrase | undefined): Passphrase | undefined {
  if (isBytes(passphrase)) return copyBytes(passphrase);
  if (passphrase === undefined || typeof passphrase === "string") return passphrase;
  throw badArgument("passphrase", "a string or a Uint8Array");
}

function encrypted(line: number | undefined): X509Error {
  const [place, details] = line === undefined ? ["", {}] : [` on line ${line}`, { line }];
  return new X509Error("KEY_ENCRYPTED", `the private key${place} is encrypted: pass its passphrase`, details);
}

/** The only private key in a PEM text: what cannot be read is found, too, and is refused by its name. */
export function onePrivateKey(text: string | Uint8Array): PemBlock {
  return readingKind(KEY_PAIR, () => readOnePem(text, PRIVATE_KEY_LABELS, READABLE));
}

const READABLE_LABELS: readonly string[] = [
  "PRIVATE KEY",
  "ENCRYPTED PRIVATE KEY",
  "RSA PRIVATE KEY",
  "EC PRIVATE KEY",
];
const READABLE = /* @__PURE__ */ READABLE_LABELS.join(" or ");
const UNREADABLE_LABELS: readonly string[] = ["DSA PRIVATE KEY", "OPENSSH PRIVATE KEY"];

/** The PEM labels of private keys, readable or not. */
export const PRIVATE_KEY_LABELS: readonly string[] = /* @__PURE__ */ READABLE_LABELS.concat(UNREADABLE_LABELS);

const LOADING: ReadonlySet<string> = /* @__PURE__ */ new Set(["legacy", "passphrase"]);
