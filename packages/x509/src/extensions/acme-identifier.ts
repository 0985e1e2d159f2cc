// Authorization ::= OCTET STRING (SIZE (32)): SHA-256 of a key authorization, for tls-alpn-01   (RFC 8737 section 3)

import { fromArgument } from "../argument.ts";
import { octetsAt } from "../argument-parts.ts";
import { valueFail } from "../der/fail.ts";
import type { DerReader } from "../der/reader.ts";
import { derOctetString } from "../der/writer.ts";
import { X509Error } from "../error.ts";

/** Reads the extension; a fresh array of 32 octets. */
export function decodeAcmeIdentifier(reader: DerReader): Uint8Array {
  const hash = reader.octetString("Authorization");
  if (hash.length !== hashLength) valueFail(reader.valueStart, "the 32 octets of a SHA-256");
  return hash.slice();
}

/** The extension in DER. */
export function encodeAcmeIdentifier(hash: Uint8Array): Uint8Array {
  return fromArgument("acmeIdentifier", "a value of its type", () => {
    if (octetsAt(hash, "acmeIdentifier").length !== hashLength) {
      throw new X509Error("ARGUMENT_INVALID", `not an ACME identifier of ${hash.length} octets: expected 32`, {
        argument: "acmeIdentifier",
        expected: "the 32 octets of the SHA-256 of a key authorization",
      });
    }
    return derOctetString(hash);
  });
}

const hashLength = 32;
