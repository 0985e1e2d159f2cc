// Errors about a thing of one kind that was given to the reader of another.

import { X509Error } from "./error.ts";
import { type KindOfObject, kindOfLabel, sniffDer } from "./sniff-der.ts";

/**
 * Runs what reads an object of one kind, in PEM or in this DER. Where that fails because it is of another kind, the error
 * says who reads that; code and details stay what they are.
 *
 * @param expected who reads here, in the words of `sniff-der.ts`
 * @throws X509Error whatever `read` throws
 */
export function readingKind<T>(expected: string, read: () => T, der?: Uint8Array): T {
  try {
    return read();
  } catch (error) {
    throw X509Error.is(error) ? explained(error, expected, der) : error;
  }
}

function explained(error: X509Error, expected: string, der: Uint8Array | undefined): X509Error {
  const { code, message, details } = error;
  const [, reader = expected] = kindOf(der, details as { readonly label?: string }) ?? [];
  // Its cause, if it has one: as an option, that is where a cause stands, too.
  return reader === expected ? error : new X509Error(code, `${message}: this is for ${reader}`, details, error);
}

function kindOf(der: Uint8Array | undefined, { label }: { readonly label?: string }): KindOfObject | undefined {
  try {
    return label === undefined ? sniffDer(der as Uint8Array) : kindOfLabel(label);
  } catch {
    // Not even elements of DER, or none was given.
    return undefined;
  }
}
