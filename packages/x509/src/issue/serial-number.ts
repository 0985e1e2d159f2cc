// Serial numbers (RFC 5280 section 4.1.2.2): positive, at most 20 octets; the CA/Browser Forum wants 64 random bits.

import { privateBackend } from "#crypto";
import { shownText, shownValue } from "../argument.ts";
import { derInteger } from "../der/writer.ts";
import { X509Error } from "../error.ts";

/**
 * The serial number in DER: the given one, or 16 random octets. Row REQ-12.
 *
 * @throws X509Error SERIAL_INVALID
 */
export function encodeSerialNumber(serialNumber: bigint | undefined): Uint8Array {
  if (serialNumber === undefined) return derInteger(randomSerial());
  if (typeof serialNumber !== "bigint" || serialNumber <= 0n || serialNumber >= 1n << 159n) {
    const text = typeof serialNumber === "string" ? shownText(serialNumber) : shownValue(serialNumber);
    throw new X509Error("SERIAL_INVALID", `not a serial number: ${text}: expected a bigint from 1 to 2^159-1`, {
      serialNumber: text,
    });
  }
  return derInteger(serialNumber);
}

/** The first octet is 0x40 to 0x7f: positive, and always of the same length. */
function randomSerial(): Uint8Array {
  const octets = privateBackend.randomBytes(16);
  octets[0] = ((octets[0] ?? 0) & 0x3f) | 0x40;
  return octets;
}
