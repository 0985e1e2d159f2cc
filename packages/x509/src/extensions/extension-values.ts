// What each extension that this package knows means: its name (as in ExtensionOid) to the type of its value.

import type { DerReader } from "../der/reader.ts";
import type { GeneralName } from "../general-name/general-name.ts";
import { decodeAcmeIdentifier } from "./acme-identifier.ts";
import { decodeAltName } from "./alt-name.ts";
import { type AuthorityKeyIdentifier, decodeAuthorityKeyIdentifier } from "./authority-key-identifier.ts";
import { type BasicConstraints, decodeBasicConstraints } from "./basic-constraints.ts";
import { decodeCertificatePolicies, type PolicyInformation } from "./certificate-policies.ts";
import { type DistributionPoint, decodeCrlDistributionPoints } from "./crl-distribution-points.ts";
import { decodeExtendedKeyUsage } from "./extended-key-usage.ts";
import { type AccessDescription, decodeInfoAccess } from "./info-access.ts";
import { decodeKeyUsage, type KeyUsageName } from "./key-usage.ts";
import { decodeNameConstraints, type NameConstraints } from "./name-constraints.ts";
import { decodeInhibitAnyPolicy, decodePolicyConstraints, type PolicyConstraints } from "./policy-constraints.ts";
import { decodePolicyMappings, type PolicyMapping } from "./policy-mappings.ts";
import { decodePrivateKeyUsagePeriod, type PrivateKeyUsagePeriod } from "./private-key-usage-period.ts";
import { decodeSignedCertificateTimestamps, type SignedCertificateTimestamp } from "./signed-certificate-timestamps.ts";
import { type DirectoryAttribute, decodeSubjectDirectoryAttributes } from "./subject-directory-attributes.ts";
import { decodeSubjectKeyIdentifier } from "./subject-key-identifier.ts";
import { decodeTlsFeature } from "./tls-feature.ts";

/** The value of each extension of certificates and requests that this package knows. */
export interface ExtensionValues {
  /** SHA-256 of a key authorization, 32 octets (RFC 8737). */
  readonly acmeIdentifier: Uint8Array;
  readonly authorityInfoAccess: readonly AccessDescription[];
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier;
  readonly basicConstraints: BasicConstraints;
  readonly crlDistributionPoints: readonly DistributionPoint[];
  readonly certificatePolicies: readonly PolicyInformation[];
  /** OIDs, see `ExtendedKeyUsage`. */
  readonly extendedKeyUsage: readonly string[];
  readonly freshestCrl: readonly DistributionPoint[];
  /** A number of certificates. */
  readonly inhibitAnyPolicy: number;
  readonly issuerAltName: readonly GeneralName[];
  readonly keyUsage: ReadonlySet<KeyUsageName>;
  readonly nameConstraints: NameConstraints;
  readonly policyConstraints: PolicyConstraints;
  readonly policyMappings: readonly PolicyMapping[];
  readonly privateKeyUsagePeriod: PrivateKeyUsagePeriod;
  readonly signedCertificateTimestamps: readonly SignedCertificateTimestamp[];
  readonly subjectAltName: readonly GeneralName[];
  readonly subjectDirectoryAttributes: readonly DirectoryAttribute[];
  readonly subjectInfoAccess: readonly AccessDescription[];
  readonly subjectKeyIdentifier: Uint8Array;
  /** Numbers of TLS extensions, see `TlsFeature` (RFC 7633). */
  readonly tlsFeature: readonly number[];
}

/** The names of the extensions that have a type. */
export type ExtensionName = keyof ExtensionValues;

/** How each is read. */
export const extensionDecoders: { readonly [Name in ExtensionName]: (reader: DerReader) => ExtensionValues[Name] } = {
  acmeIdentifier: decodeAcmeIdentifier,
  authorityInfoAccess: decodeInfoAccess,
  authorityKeyIdentifier: decodeAuthorityKeyIdentifier,
  basicConstraints: decodeBasicConstraints,
  crlDistributionPoints: decodeCrlDistributionPoints,
  certificatePolicies: decodeCertificatePolicies,
  extendedKeyUsage: decodeExtendedKeyUsage,
  freshestCrl: decodeCrlDistributionPoints,
  inhibitAnyPolicy: decodeInhibitAnyPolicy,
  issuerAltName: decodeAltName,
  keyUsage: decodeKeyUsage,
  nameConstraints: decodeNameConstraints,
  policyConstraints: decodePolicyConstraints,
  policyMappings: decodePolicyMappings,
  privateKeyUsagePeriod: decodePrivateKeyUsagePeriod,
  signedCertificateTimestamps: decodeSignedCertificateTimestamps,
  subjectAltName: decodeAltName,
  subjectDirectoryAttributes: decodeSubjectDirectoryAttributes,
  subjectInfoAccess: decodeInfoAccess,
  subjectKeyIdentifier: decodeSubjectKeyIdentifier,
  tlsFeature: decodeTlsFeature,
};
