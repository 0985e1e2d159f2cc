// Reading the value of one extension out of a certificate, strictly.

import { DerReader } from "../der/reader.ts";
import { contentStart, elementEnd } from "../der/skip.ts";
import { walkDer } from "../der/walk.ts";
import { X509Error } from "../error.ts";
import { findExtension } from "./extension.ts";

/** Reads the contents of extnValue. */
export type ExtensionDecoder<T> = (reader: DerReader) => T;

/** Which extension is read: its OID as text, and as contents octets; errors call it by its name. */
export interface ExtensionId {
  readonly oid: string;
  readonly octets: ArrayLike<number>;
  readonly name?: string | undefined;
}

/**
 * The value of an extension in the Extensions at `at`, or undefined if it is not there. Offsets in errors count from the
 * start of `bytes`.
 *
 * @throws X509Error EXTENSION_INVALID, with the DER error as its cause
 */
export function readExtension<T>(
  bytes: Uint8Array,
  at: number,
  { oid, octets, name }: ExtensionId,
  decode: ExtensionDecoder<T>,
): T | undefined {
  const extension = findExtension(bytes, at, octets);
  if (extension === -1) return undefined;
  const end = elementEnd(bytes, extension);
  let value = elementEnd(bytes, contentStart(bytes, extension));
  if (bytes[value] === 0x01) value = elementEnd(bytes, value);
  return decodeExtensionValue(bytes, contentStart(bytes, value), end, oid, decode, name);
}

/** As {@link readExtension}, for the value that fills `[start, end)`. */
export function decodeExtensionValue<T>(
  bytes: Uint8Array,
  start: number,
  end: number,
  oid: string,
  decode: ExtensionDecoder<T>,
  name?: string,
): T {
  try {
    walkDer(bytes, start, end);
    const reader = new DerReader(bytes, start, end);
    const result = decode(reader);
    reader.done("the extension");
    return result;
  } catch (cause) {
    if (!X509Error.is(cause)) throw cause;
    const { offset = start } = cause.details as { readonly offset?: number };
    throw new X509Error(
      "EXTENSION_INVALID",
      `the extension ${name ?? oid} cannot be read: ${cause.message}`,
      { oid, offset, ...(name !== undefined && { name }) },
      { cause },
    );
  }
}
