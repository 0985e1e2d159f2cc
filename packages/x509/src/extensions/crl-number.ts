// CRLNumber ::= INTEGER (0..MAX)   (RFC 5280 section 5.2.3; at most 20 octets)

import { fromArgument } from "../argument.ts";
import { valueFail } from "../der/fail.ts";
import { type DerReader, decodeInteger } from "../der/reader.ts";
import { derInteger } from "../der/writer.ts";
import { X509Error } from "../error.ts";

/** Reads the extension. */
export function decodeCrlNumber(reader: DerReader): bigint {
  const octets = reader.integerBytes("a CRLNumber");
  const isPlausible = (octets[0] ?? 0) < 0x80 && octets.length <= maxOctets;
  if (!isPlausible) valueFail(reader.valueStart, "a CRL number of 0 or more, in at most 20 octets");
  return decodeInteger(octets, 0, octets.length);
}

/**
 * The extension in DER.
 *
 * @throws X509Error ARGUMENT_INVALID
 */
export function encodeCrlNumber(number: bigint | number): Uint8Array {
  return fromArgument("crlNumber", "a value of its type", () => {
    const isNumber = typeof number === "bigint" || Number.isSafeInteger(number);
    if (isNumber && number >= 0 && number < 1n << 159n) return derInteger(number);
    throw new X509Error("ARGUMENT_INVALID", `not a CRL number: ${String(number)}: expected 0 to 2^159-1`, {
      argument: "crlNumber",
      expected: "an integer from 0 to 2^159-1",
    });
  });
}

const maxOctets = 20;
