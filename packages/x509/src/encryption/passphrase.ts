// What a private key is encrypted with.

import { copyBytes, isBytes } from "../bytes.ts";
import { X509Error } from "../error.ts";

/** What a passphrase may be; text is taken as UTF-8. */
export type Passphrase = string | Uint8Array;

/**
 * The octets of a passphrase, as PBKDF2 takes them (RFC 8018 section 3). A fresh array: whoever waits for a promise first
 * takes them before, because their owner may wipe them meanwhile.
 *
 * @throws X509Error ARGUMENT_INVALID
 */
export function passphraseBytes(passphrase: Passphrase): Uint8Array {
  if (typeof passphrase === "string" && passphrase.isWellFormed()) return new TextEncoder().encode(passphrase);
  if (isBytes(passphrase)) return copyBytes(passphrase);
  const expected =
    typeof passphrase === "string" ? "text without lone surrogates" : 'text, "" for none, or a Uint8Array';
  throw new X509Error("ARGUMENT_INVALID", `the passphrase cannot be used: expected ${expected}`, {
    argument: "passphrase",
    expected,
  });
}
