// The parts of what callers give to be encoded: each is checked where it stands, so that the error can tell the place.

import { badArgument, shownValue } from "./argument.ts";
import { isBytes } from "./bytes.ts";
import { assertDer } from "./der/walk.ts";
import { derOid } from "./der/writer.ts";
import { X509Error } from "./error.ts";

/**
 * An OID, given as dotted text, in DER.
 *
 * @param path where it stands, as in `extendedKeyUsage[1]`
 * @param example what to write in its place
 * @throws X509Error ARGUMENT_INVALID
 */
export function encodeOidAt(oid: unknown, path: string, example: string = "1.3.6.1.4.1.99999.1"): Uint8Array {
  try {
    // It is remembered, and has been checked when it was new.
    return derOid(oid as string);
  } catch {
    throw badArgument(path, `an OID, such as ${example}`, undefined, shownValue(oid));
  }
}

/**
 * Exactly one element in DER: more than that would be taken for what follows, and what is none would make the whole of it
 * unreadable.
 *
 * @throws X509Error ARGUMENT_INVALID, with the DER error as its cause
 */
export function elementAt(der: unknown, path: string, expected: string = "one value in DER"): Uint8Array {
  const bytes = octetsAt(der, path);
  try {
    assertDer(bytes);
    return bytes;
  } catch (cause) {
    if (!X509Error.is(cause)) throw cause;
    throw badArgument(path, expected, cause);
  }
}

/** @throws X509Error ARGUMENT_INVALID unless it is bytes */
export function octetsAt(value: unknown, path: string): Uint8Array {
  if (isBytes(value)) return value;
  throw badArgument(path, "a Uint8Array");
}
