// KeyUsage ::= BIT STRING { digitalSignature (0), nonRepudiation (1), keyEncipherment (2), dataEncipherment (3),
//   keyAgreement (4), keyCertSign (5), cRLSign (6), encipherOnly (7), decipherOnly (8) }
// RFC 5280 section 4.2.1.3

import { fromArgument, shownValue } from "../argument.ts";
import type { DerReader } from "../der/reader.ts";
import { derBitString } from "../der/writer.ts";
import { X509Error } from "../error.ts";

const names = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
] as const;

/** What a key may be used for, in the words of RFC 5280. */
export type KeyUsageName = (typeof names)[number];

/** Reads the extension. Bits beyond the ninth mean nothing and are left out. */
export function decodeKeyUsage(reader: DerReader): ReadonlySet<KeyUsageName> {
  const { bytes } = reader.bitString("KeyUsage");
  return new Set(names.filter((_, bit) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0));
}

/** The extension in DER: a named bit list, so without trailing zero bits (X.690 11.2.2). */
export function encodeKeyUsage(usages: Iterable<KeyUsageName>): Uint8Array {
  return fromArgument("keyUsage", "a value of its type", () => {
    const bits = new Uint8Array(2);
    let last = -1;
    for (const usage of usages) {
      const bit = names.indexOf(usage);
      if (bit === -1) refuse(`unknown key usage ${shownValue(usage)}: expected one of ${names.join(", ")}`);
      bits[bit >> 3] = (bits[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
      last = Math.max(last, bit);
    }
    if (last === -1) refuse("a key usage needs at least one bit");
    return derBitString(bits.slice(0, (last >> 3) + 1), 7 - (last & 7));
  });
}

function refuse(message: string): never {
  throw new X509Error("ARGUMENT_INVALID", message, { argument: "keyUsage", expected: names.join(", ") });
}
