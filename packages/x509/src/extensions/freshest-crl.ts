// FreshestCRL ::= CRLDistributionPoints   (RFC 5280 sections 4.2.1.15 and 5.2.6)

import type { DerReader } from "../der/reader.ts";
import {
  type DistributionPoint,
  type DistributionPointInput,
  decodeCrlDistributionPoints,
  encodePoints,
} from "./crl-distribution-points.ts";

/** Reads the extension: where delta CRLs are to be had. */
export function decodeFreshestCrl(reader: DerReader): readonly DistributionPoint[] {
  return decodeCrlDistributionPoints(reader);
}

/**
 * The extension in DER.
 *
 * @throws X509Error ARGUMENT_INVALID
 */
export function encodeFreshestCrl(points: readonly DistributionPointInput[]): Uint8Array {
  return encodePoints(points, "freshestCrl");
}
