// SubjectAltName, IssuerAltName ::= GeneralNames   (RFC 5280 sections 4.2.1.6 and 4.2.1.7)

import type { DerReader } from "../der/reader.ts";
import { derSequence } from "../der/writer.ts";
import { X509Error } from "../error.ts";
import { decodeGeneralNames, encodeGeneralName, type GeneralName, type GeneralNameInput } from "../general-name.ts";

/** Reads the names: at least one. */
export function decodeAltName(reader: DerReader): readonly GeneralName[] {
  return decodeGeneralNames(reader);
}

/** Names in DER. */
export function encodeAltName(names: readonly GeneralNameInput[]): Uint8Array {
  if (names.length === 0) {
    throw new X509Error("ARGUMENT_INVALID", "an alternative name needs at least one name", {
      argument: "names",
      expected: "at least one name",
    });
  }
  return derSequence(...names.map((name) => encodeGeneralName(name)));
}
