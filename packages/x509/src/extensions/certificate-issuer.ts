// CertificateIssuer ::= GeneralNames   (RFC 5280 section 5.3.3; critical)

import { fromArgument } from "../argument.ts";
import type { DerReader } from "../der/reader.ts";
import { decodeGeneralNames, type GeneralName, type GeneralNameInput } from "../general-name/general-name.ts";
import { encodeAltName } from "./alt-name.ts";

/** Reads the extension: who issued the certificates of this entry and the following ones of an indirect CRL. */
export function decodeCertificateIssuer(reader: DerReader): readonly GeneralName[] {
  return decodeGeneralNames(reader);
}

/**
 * The extension in DER.
 *
 * @throws X509Error ARGUMENT_INVALID without a name
 */
export function encodeCertificateIssuer(names: readonly GeneralNameInput[]): Uint8Array {
  return fromArgument("names", "a value of its type", () => {
    return encodeAltName(names);
  });
}
