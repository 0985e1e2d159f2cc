// SubjectKeyIdentifier ::= OCTET STRING   (RFC 5280 section 4.2.1.2)

import { fromArgument } from "../argument.ts";
import { octetsAt } from "../argument-parts.ts";
import type { DerReader } from "../der/reader.ts";
import { derOctetString } from "../der/writer.ts";

/** Reads the extension; a fresh array. */
export function decodeSubjectKeyIdentifier(reader: DerReader): Uint8Array {
  return reader.octetString("SubjectKeyIdentifier").slice();
}

/** The extension in DER. */
export function encodeSubjectKeyIdentifier(identifier: Uint8Array): Uint8Array {
  return fromArgument("subjectKeyIdentifier", "a value of its type", () => {
    return derOctetString(octetsAt(identifier, "subjectKeyIdentifier"));
  });
}
