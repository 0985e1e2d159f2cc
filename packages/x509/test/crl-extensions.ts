// Extensions of CRLs and of their entries, for tests of reading.

import {
  type DistinguishedName,
  type Extension,
  ExtensionOid,
  encodeCertificateIssuer,
  encodeIssuingDistributionPoint,
  encodeReasonCode,
  type RevocationReason,
} from "../src/index.ts";

/** Of an entry: why it is listed. */
export function entryReason(name: RevocationReason): Extension {
  return { oid: ExtensionOid.reasonCode, critical: false, value: encodeReasonCode(name) };
}

/** Of an entry: whose certificates it and those that follow are about. */
export function aboutIssuer(issuer: DistinguishedName, critical: boolean = true): Extension {
  const value = encodeCertificateIssuer([{ type: "directory", value: issuer }]);
  return { oid: ExtensionOid.certificateIssuer, critical, value };
}

/** Of a CRL: that entries name issuers. */
export const indirectCrl: Extension = {
  oid: ExtensionOid.issuingDistributionPoint,
  critical: true,
  value: encodeIssuingDistributionPoint({ indirectCRL: true }),
};
