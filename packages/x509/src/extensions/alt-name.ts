// SubjectAltName, IssuerAltName ::= GeneralNames   (RFC 5280 sections 4.2.1.6 and 4.2.1.7)

import { fromArgument } from "../argument.ts";
import type { DerReader } from "../der/reader.ts";
import { derSequence } from "../der/writer.ts";
import { X509Error } from "../error.ts";
import {
  decodeGeneralNames,
  encodeGeneralName,
  type GeneralName,
  type GeneralNameInput,
} from "../general-name/general-name.ts";

/** Reads the names: at least one. */
export function decodeAltName(reader: DerReader): readonly GeneralName[] {
  return decodeGeneralNames(reader);
}

/** Names in DER. */
export function encodeAltName(names: readonly GeneralNameInput[]): Uint8Array {
  return encodeNames(names, "names");
}

/** As {@link encodeAltName}, for an option of this name. */
export function encodeNames(names: readonly GeneralNameInput[], argument: string): Uint8Array {
  return fromArgument(argument, "an array of names", () => {
    if (names.length === 0) {
      throw new X509Error("ARGUMENT_INVALID", "an alternative name needs at least one name", {
        argument,
        expected: "at least one name",
      });
    }
    return derSequence(...names.map((name, index) => encodeGeneralName(name, "address", `${argument}[${index}]`)));
  });
}
