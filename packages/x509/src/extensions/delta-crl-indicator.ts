// BaseCRLNumber ::= CRLNumber   (RFC 5280 section 5.2.4; critical)

import { fromArgument } from "../argument.ts";
import type { DerReader } from "../der/reader.ts";
import { decodeCrlNumber, encodeCrlNumber } from "./crl-number.ts";

/** Reads the extension: the number of the complete CRL that the delta builds upon. */
export function decodeDeltaCrlIndicator(reader: DerReader): bigint {
  return decodeCrlNumber(reader);
}

/**
 * The extension in DER.
 *
 * @throws X509Error ARGUMENT_INVALID
 */
export function encodeDeltaCrlIndicator(baseCrlNumber: bigint | number): Uint8Array {
  return fromArgument("deltaCrlIndicator", "a value of its type", () => {
    return encodeCrlNumber(baseCrlNumber);
  });
}
