// The OIDs of the extensions that this package reads: RFC 5280 section 4.2, RFC 6962 (certificate transparency),
// RFC 7633 (TLS feature), RFC 8737 (ACME identifier).

const oids = {
  subjectDirectoryAttributes: "2.5.29.9",
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  privateKeyUsagePeriod: "2.5.29.16",
  subjectAltName: "2.5.29.17",
  issuerAltName: "2.5.29.18",
  basicConstraints: "2.5.29.19",
  crlNumber: "2.5.29.20",
  reasonCode: "2.5.29.21",
  invalidityDate: "2.5.29.24",
  deltaCrlIndicator: "2.5.29.27",
  issuingDistributionPoint: "2.5.29.28",
  certificateIssuer: "2.5.29.29",
  nameConstraints: "2.5.29.30",
  crlDistributionPoints: "2.5.29.31",
  certificatePolicies: "2.5.29.32",
  policyMappings: "2.5.29.33",
  authorityKeyIdentifier: "2.5.29.35",
  policyConstraints: "2.5.29.36",
  extendedKeyUsage: "2.5.29.37",
  freshestCrl: "2.5.29.46",
  inhibitAnyPolicy: "2.5.29.54",
  authorityInfoAccess: "1.3.6.1.5.5.7.1.1",
  subjectInfoAccess: "1.3.6.1.5.5.7.1.11",
  ocspNonce: "1.3.6.1.5.5.7.48.1.2",
  tlsFeature: "1.3.6.1.5.5.7.1.24",
  acmeIdentifier: "1.3.6.1.5.5.7.1.31",
  signedCertificateTimestamps: "1.3.6.1.4.1.11129.2.4.2",
} as const;

/**
 * Extension name to OID. The name is the title that RFC 5280 gives to the extension, in the spelling of our properties; it
 * is also what `makeExtension` takes, and the `name` of an extension that was read.
 */
export const ExtensionOid: typeof oids = /* @__PURE__ */ Object.freeze(oids);
