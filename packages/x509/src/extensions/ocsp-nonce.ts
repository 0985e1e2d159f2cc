// Nonce ::= OCTET STRING (SIZE (1..128))   (RFC 9654 section 2.1)

import { fromArgument } from "../argument.ts";
import { valueFail } from "../der/fail.ts";
import type { DerReader } from "../der/reader.ts";
import { derOctetString } from "../der/writer.ts";
import { X509Error } from "../error.ts";

/** Reads the extension; a fresh array. */
export function decodeOcspNonce(reader: DerReader): Uint8Array {
  const nonce = reader.octetString("a Nonce").slice();
  if (!isNonceLength(nonce.length)) valueFail(reader.valueStart, "a nonce of 1 to 128 octets");
  return nonce;
}

/**
 * The extension in DER.
 *
 * @throws X509Error ARGUMENT_INVALID unless it has 1 to 128 octets
 */
export function encodeOcspNonce(nonce: Uint8Array): Uint8Array {
  return fromArgument("ocspNonce", "a value of its type", () => {
    if (isNonceLength(nonce.length)) return derOctetString(nonce);
    throw new X509Error("ARGUMENT_INVALID", `not a nonce of ${nonce.length} octets: expected 1 to 128`, {
      argument: "nonce",
      expected: "1 to 128 octets",
    });
  });
}

function isNonceLength(length: number): boolean {
  return length >= 1 && length <= 128;
}
