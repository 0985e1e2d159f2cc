// The options of what writes a private key.

import { badArgument, takeOwn } from "../argument.ts";
import type { Passphrase } from "../encryption/passphrase.ts";

/**
 * The options, with a passphrase that is none refused: a variable that nobody has set must not write a key in clear.
 *
 * @throws X509Error ARGUMENT_INVALID
 */
export function takeExportOptions<Options extends { readonly passphrase?: Passphrase }>(
  options: Options,
  names: ReadonlySet<string>,
): Options {
  const own = takeOwn(options, names, "options");
  if (own.passphrase === undefined && Object.hasOwn(options, "passphrase")) {
    const expected = "a string or a Uint8Array, or no such option, which writes the key in clear";
    throw badArgument("passphrase", expected, undefined, "undefined");
  }
  return own;
}
