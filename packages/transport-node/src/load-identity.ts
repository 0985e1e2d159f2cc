// An identity out of files, as certificate authorities' tools leave them.

import { readFile } from "node:fs/promises";
import { TransportError } from "@tlskit/transport";
import { PrivateCertificate, pemDecode, pemEncode } from "@tlskit/x509";

/** The files of an identity, PEM each. */
export interface IdentityFiles {
  /** The certificate; further certificates in it are its chain. */
  readonly cert: string | URL;
  /** The private key; the same file as `cert` is fine. */
  readonly key: string | URL;
  /** The certificates between ours and the root, if they are not in `cert`. */
  readonly chain?: string | URL;
  /** For an encrypted key. */
  readonly passphrase?: string;
}

/**
 * Reads a certificate, its key and its chain from files. Everything that is wrong names the file.
 *
 * @throws {TransportError} `IDENTITY_FILE_MISSING`, `IDENTITY_FILE_UNREADABLE`, `IDENTITY_FILE_INVALID` (whose cause is
 * an `X509Error` with the line)
 * @throws {X509Error} `KEY_MISMATCH`: the files do not belong together
 *
 * @example
 * const identity = await loadIdentity({ cert: "fullchain.pem", key: "privkey.pem" });
 */
export async function loadIdentity(files: IdentityFiles): Promise<PrivateCertificate> {
  void files;
  throw new Error("pending");
}
