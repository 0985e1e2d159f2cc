// An identity out of files, as certificate authorities' tools leave them.

import { readFile } from "node:fs/promises";
import { Certificate, KeyPair, PrivateCertificate, X509Error } from "@tlskit/x509";
import { TransportError } from "../../error.ts";
import { filePath } from "../settings/file-path.ts";
import { fileTrouble } from "../settings/file-trouble.ts";
import { ownSettings } from "../settings/own-settings.ts";
import { invalid } from "../settings/setting-error.ts";

/** The files of an identity, PEM each: paths, or `file:` URLs. */
export interface IdentityFiles {
  /** The certificate; further certificates in it are its chain. */
  readonly cert: string | URL;
  /** The private key; the same file as `cert` is fine. */
  readonly key: string | URL;
  /** The certificates between ours and the root, if they are not in `cert`. */
  readonly chain?: string | URL | undefined;
  /** For an encrypted key. */
  readonly passphrase?: string | undefined;
}

/**
 * Reads a certificate, its key and its chain from files. Everything that is wrong names the file.
 *
 * @throws {TransportError} `IDENTITY_FILE_MISSING`, `IDENTITY_FILE_UNREADABLE`, `IDENTITY_FILE_INVALID` (whose cause is
 * an `X509Error` that says what and where), `SETTING_INVALID`
 * @throws {X509Error} `KEY_MISMATCH`: the files, which the message names, do not belong together
 *
 * @example
 * const identity = await loadIdentity({ cert: "fullchain.pem", key: "privkey.pem" });
 */
export async function loadIdentity(files: IdentityFiles): Promise<PrivateCertificate> {
  const { cert, key, chain, passphrase } = ownSettings("loadIdentity", files, ["cert", "key", "chain", "passphrase"]);
  if (passphrase !== undefined && typeof passphrase !== "string")
    throw invalid("passphrase", "text", typeof passphrase);
  // One after the other: of several missing files, it is always the same one that is named.
  const certificateFile = await read("cert", cert);
  const keyFile = await read("key", key);
  const chainFile = chain === undefined ? undefined : await read("chain", chain);
  const certificates = await parse(certificateFile, certificatesOf);
  const keyPair = await parse(keyFile, ({ pem }) =>
    KeyPair.fromPem(pem, passphrase === undefined ? {} : { passphrase }),
  );
  const more = chainFile === undefined ? [] : await parse(chainFile, certificatesOf);
  // The key's own certificate comes first in the files of most tools, but not of all.
  const leaf = certificates.find(({ publicKey }) => publicKey.equals(keyPair.publicKey)) ?? certificates[0];
  if (leaf === undefined) throw invalidFile(certificateFile, undefined);
  if (!leaf.publicKey.equals(keyPair.publicKey)) throw mismatch(certificateFile, keyFile);
  return PrivateCertificate.from(leaf, keyPair, { chain: [...certificates.filter((one) => one !== leaf), ...more] });
}

/** A file that was read. */
interface IdentityFile {
  readonly option: "cert" | "key" | "chain";
  readonly path: string;
  readonly pem: Uint8Array;
}

async function read(option: IdentityFile["option"], location: unknown): Promise<IdentityFile> {
  const path = filePath(option, location, "a PEM file");
  try {
    return { option, path, pem: new Uint8Array(await readFile(path)) };
  } catch (error) {
    const { nativeCode, why } = fileTrouble(error);
    const cause = { cause: error };
    if (nativeCode === "ENOENT") {
      throw new TransportError(
        "IDENTITY_FILE_MISSING",
        `There is no file ${path} (${option}).`,
        { option, path },
        cause,
      );
    }
    const message = `The file ${path} (${option}) cannot be read${why}`;
    throw new TransportError("IDENTITY_FILE_UNREADABLE", message, { option, path, nativeCode }, cause);
  }
}

function mismatch(certificate: IdentityFile, key: IdentityFile): X509Error<"KEY_MISMATCH"> {
  const message = `The private key in ${key.path} (key) belongs to no certificate in ${certificate.path} (cert).`;
  return new X509Error("KEY_MISMATCH", message, {});
}

async function parse<T>(file: IdentityFile, parser: (file: IdentityFile) => T | Promise<T>): Promise<T> {
  try {
    return await parser(file);
  } catch (error) {
    throw X509Error.is(error) ? invalidFile(file, error) : error;
  }
}

function certificatesOf({ pem }: IdentityFile): readonly Certificate[] {
  return Certificate.allFromPem(pem);
}

function invalidFile(
  { option, path }: IdentityFile,
  cause: Error | undefined,
): TransportError<"IDENTITY_FILE_INVALID"> {
  const why = cause === undefined ? "it holds no certificate" : cause.message;
  return new TransportError(
    "IDENTITY_FILE_INVALID",
    `The file ${path} (${option}): ${why}.`,
    { option, path },
    { cause },
  );
}
