// The identifiers of PKCS #7 (RFC 5652) and PKCS #12 (RFC 7292).

/** Content types, RFC 5652. */
export const ContentType = {
  data: "1.2.840.113549.1.7.1",
  signedData: "1.2.840.113549.1.7.2",
  envelopedData: "1.2.840.113549.1.7.3",
  signedAndEnvelopedData: "1.2.840.113549.1.7.4",
  digestedData: "1.2.840.113549.1.7.5",
  encryptedData: "1.2.840.113549.1.7.6",
} as const;

/** For errors: `envelopedData (1.2.840.113549.1.7.3)`, or the OID alone. */
export function contentTypeName(oid: string): string {
  const [name] = Object.entries(ContentType).find(([, known]) => known === oid) ?? [];
  return name === undefined ? oid : `${name} (${oid})`;
}

/** Bag types, RFC 7292 section 4.2. Secret bags (5) are passed over. */
export const BagType = {
  key: "1.2.840.113549.1.12.10.1.1",
  shroudedKey: "1.2.840.113549.1.12.10.1.2",
  certificate: "1.2.840.113549.1.12.10.1.3",
  crl: "1.2.840.113549.1.12.10.1.4",
  safeContents: "1.2.840.113549.1.12.10.1.6",
} as const;

/** What is in a bag of certificates or CRLs, RFC 7292 sections 4.2.3 and 4.2.4. */
export const BagContents = {
  x509Certificate: "1.2.840.113549.1.9.22.1",
  x509Crl: "1.2.840.113549.1.9.23.1",
} as const;

/** Attributes of bags, RFC 2985 section 5.5. */
export const BagAttribute = {
  friendlyName: "1.2.840.113549.1.9.20",
  localKeyId: "1.2.840.113549.1.9.21",
} as const;
