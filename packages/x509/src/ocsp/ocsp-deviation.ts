// What is DER, and yet not as RFC 6960 wants it: read, and listed.

import { criticality, type Deviation, type NameDeviationCode, reportName } from "../certificate/deviation.ts";
import { contentStart, elementEnd } from "../der/skip.ts";

/** How an OCSP request or response differs from RFC 6960. */
export type OcspDeviationCode = NameDeviationCode | "VERSION_DEFAULT_ENCODED" | "CRITICAL_DEFAULT_ENCODED";

/** One difference of an OCSP request or response. */
export type OcspDeviation = Deviation<OcspDeviationCode>;

/** Offsets of what is looked at. */
export interface OcspDeviationInput {
  /** Of the version, 0 if it is not there. */
  readonly version: number;
  /** Of the Name of the responder. */
  readonly name?: number;
  /** Of lists of extensions; 0 for those that are not there. */
  readonly extensions: readonly number[];
}

/** All deviations. */
export function findOcspDeviations(bytes: Uint8Array, input: OcspDeviationInput): readonly OcspDeviation[] {
  const found: OcspDeviation[] = [];
  const report = (code: OcspDeviationCode, offset: number): void => {
    found.push(Object.freeze({ code, offset, message: sentences[code] }));
  };
  if (input.version !== 0) report("VERSION_DEFAULT_ENCODED", input.version);
  if (input.name !== undefined) reportName(bytes, input.name, report);
  for (const list of input.extensions) {
    if (list === 0) continue;
    const end = elementEnd(bytes, list);
    for (let extension = contentStart(bytes, list); extension < end; extension = elementEnd(bytes, extension)) {
      const { critical, isEncoded } = criticality(bytes, extension);
      if (isEncoded && !critical) report("CRITICAL_DEFAULT_ENCODED", extension);
    }
  }
  return Object.freeze(found);
}

const sentences: Readonly<Record<OcspDeviationCode, string>> = {
  NAME_SET_ORDER: "The attributes of an RDN are not in the order of DER (X.690 11.6).",
  NAME_TEXT_UNREADABLE: "An attribute of the responder's name is no character string (RFC 5280 section 4.1.2.4).",
  NAME_TEXT_ALPHABET:
    "An attribute of the responder's name has characters that its string type does not have (X.680 section 41).",
  VERSION_DEFAULT_ENCODED: "Version 1 is the default and must not be encoded (RFC 6960 section 4, X.690 11.5).",
  CRITICAL_DEFAULT_ENCODED: "critical FALSE is the default and must not be encoded (RFC 5280 section 4.2, X.690 11.5).",
};
