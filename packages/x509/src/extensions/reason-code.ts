// CRLReason ::= ENUMERATED { unspecified (0), keyCompromise (1), cACompromise (2), affiliationChanged (3), superseded (4),
//   cessationOfOperation (5), certificateHold (6), removeFromCRL (8), privilegeWithdrawn (9), aACompromise (10) }
// RFC 5280 section 5.3.1; 7 is not used. OCSP has the same (RFC 6960 section 4.2.1).

import { fromArgument, shownValue } from "../argument.ts";
import { valueFail } from "../der/fail.ts";
import type { DerReader } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { derTlv } from "../der/writer.ts";
import { X509Error } from "../error.ts";

const reasonNames = [
  "unspecified",
  "keyCompromise",
  "cACompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "certificateHold",
  undefined,
  "removeFromCRL",
  "privilegeWithdrawn",
  "aACompromise",
] as const;

/** Why a certificate was revoked. `removeFromCRL`, in delta CRLs only, says that it no longer is. */
export type RevocationReason = Exclude<(typeof reasonNames)[number], undefined>;

/** Reads the extension, or the CRLReason of an OCSP response. */
export function decodeReasonCode(reader: DerReader): RevocationReason {
  reader.expect(Tag.enumerated, "a CRLReason");
  const { bytes, valueStart, valueEnd } = reader;
  const reason = valueEnd - valueStart === 1 ? reasonNames[bytes[valueStart] ?? 0xff] : undefined;
  return reason ?? valueFail(valueStart, "a CRLReason of 0 to 6 or 8 to 10");
}

/**
 * The extension in DER. RFC 5280 wants no extension at all rather than `unspecified`.
 *
 * @throws X509Error ARGUMENT_INVALID
 */
export function encodeReasonCode(reason: RevocationReason): Uint8Array {
  return fromArgument("reasonCode", "a value of its type", () => {
    const value = reasonNames.indexOf(reason);
    if (reason !== undefined && value !== -1) return derTlv(Tag.enumerated, Uint8Array.of(value));
    const expected = `one of ${reasonNames.filter((name) => name !== undefined).join(", ")}`;
    throw new X509Error(
      "ARGUMENT_INVALID",
      `not a reason for revocation: ${shownValue(reason)}: expected ${expected}`,
      { argument: "reason", expected },
    );
  });
}
