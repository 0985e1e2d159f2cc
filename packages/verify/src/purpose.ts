/**
 * What a certificate is verified for, and the extended key usage that each purpose needs.
 *
 * @see RFC 5280, section 4.2.1.12
 */

/** What the leaf will be used for; it decides the extended key usage that the whole path must allow. */
export type Purpose = "server" | "client" | "email" | "codeSigning" | "timeStamping" | "ocspSigning" | "any";

/** Matches every purpose when it stands in an extendedKeyUsage extension (RFC 5280, section 4.2.1.12). */
export const ANY_EXTENDED_KEY_USAGE = "2.5.29.37.0";

/** One row per purpose: the OID an extendedKeyUsage extension must hold, and the key usages of which a leaf must have one. */
interface PurposeDescriptor {
  /** Absent: no extended key usage is demanded. */
  readonly oid?: string;
  readonly label: string;
  /** RFC 5280, section 4.2.1.12, "consistent" key usage bits: one of them must be set if keyUsage is present. */
  readonly leafKeyUsages: readonly string[];
}

/** The purposes, described. */
export const PURPOSES: Readonly<Record<Purpose, PurposeDescriptor>> = {
  server: {
    oid: "1.3.6.1.5.5.7.3.1",
    label: "TLS server authentication",
    leafKeyUsages: ["digitalSignature", "keyEncipherment", "keyAgreement"],
  },
  client: {
    oid: "1.3.6.1.5.5.7.3.2",
    label: "TLS client authentication",
    leafKeyUsages: ["digitalSignature", "keyAgreement"],
  },
  codeSigning: { oid: "1.3.6.1.5.5.7.3.3", label: "code signing", leafKeyUsages: ["digitalSignature"] },
  email: {
    oid: "1.3.6.1.5.5.7.3.4",
    label: "e-mail protection",
    leafKeyUsages: ["digitalSignature", "nonRepudiation", "keyEncipherment", "keyAgreement"],
  },
  timeStamping: {
    oid: "1.3.6.1.5.5.7.3.8",
    label: "time stamping",
    leafKeyUsages: ["digitalSignature", "nonRepudiation"],
  },
  ocspSigning: {
    oid: "1.3.6.1.5.5.7.3.9",
    label: "OCSP signing",
    leafKeyUsages: ["digitalSignature", "nonRepudiation"],
  },
  any: { label: "any purpose", leafKeyUsages: [] },
};
