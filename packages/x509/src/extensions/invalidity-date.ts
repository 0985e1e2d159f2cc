// InvalidityDate ::= GeneralizedTime   (RFC 5280 section 5.3.2)

import { fromArgument } from "../argument.ts";
import type { DerReader } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { decodeTime } from "../der/time.ts";
import { derGeneralizedTime } from "../der/writer.ts";

/** Reads the extension: since when the key is known, or thought, to have been in wrong hands. */
export function decodeInvalidityDate(reader: DerReader): Date {
  return readGeneralizedTime(reader, "an InvalidityDate");
}

/**
 * The extension in DER; whole seconds.
 *
 * @throws X509Error ARGUMENT_INVALID
 */
export function encodeInvalidityDate(time: Date): Uint8Array {
  return fromArgument("invalidityDate", "a value of its type", () => {
    return derGeneralizedTime(time);
  });
}

/** Reads a time where only a GeneralizedTime may stand. */
function readGeneralizedTime(reader: DerReader, what: string): Date {
  reader.expect(Tag.generalizedTime, what);
  return new Date(decodeTime(reader.bytes, reader.tag, reader.valueStart, reader.valueEnd));
}
