// Extensions to be issued, from typed values.

import { badArgument, shownValue, takeOwn } from "../argument.ts";
import { X509Error } from "../error.ts";
import type { GeneralNameInput } from "../general-name/general-name.ts";
import { encodeAcmeIdentifier } from "./acme-identifier.ts";
import { encodeNames } from "./alt-name.ts";
import { type AuthorityKeyIdentifierInput, encodeAuthorityKeyIdentifier } from "./authority-key-identifier.ts";
import { type BasicConstraintsInput, encodeBasicConstraints } from "./basic-constraints.ts";
import { encodeCertificatePolicies, type PolicyInformationInput } from "./certificate-policies.ts";
import { type DistributionPointInput, encodeCrlDistributionPoints } from "./crl-distribution-points.ts";
import { encodeExtendedKeyUsage } from "./extended-key-usage.ts";
import type { Extension } from "./extension.ts";
import type { ExtensionName, ExtensionValues } from "./extension-values.ts";
import { encodeFreshestCrl } from "./freshest-crl.ts";
import { type AccessDescriptionInput, encodeAuthorityInfoAccess, encodeSubjectInfoAccess } from "./info-access.ts";
import { encodeKeyUsage, type KeyUsageName } from "./key-usage.ts";
import { encodeNameConstraints, type NameConstraintsInput } from "./name-constraints.ts";
import { ExtensionOid } from "./oids.ts";
import { encodeInhibitAnyPolicy, encodePolicyConstraints, type PolicyConstraintsInput } from "./policy-constraints.ts";
import { encodePolicyMappings } from "./policy-mappings.ts";
import { encodePrivateKeyUsagePeriod, type PrivateKeyUsagePeriodInput } from "./private-key-usage-period.ts";
import { encodeSignedCertificateTimestamps } from "./signed-certificate-timestamps.ts";
import { encodeSubjectDirectoryAttributes } from "./subject-directory-attributes.ts";
import { encodeSubjectKeyIdentifier } from "./subject-key-identifier.ts";
import { encodeTlsFeature } from "./tls-feature.ts";

/** What {@link makeExtension} takes for each extension: what reading gives, and shorter forms of it. */
export interface ExtensionInit extends Omit<ExtensionValues, keyof GivenForms>, GivenForms {}

/** Where writing takes more than reading gives. */
interface GivenForms {
  readonly authorityKeyIdentifier: AuthorityKeyIdentifierInput;
  readonly basicConstraints: BasicConstraintsInput;
  readonly policyConstraints: PolicyConstraintsInput;
  readonly privateKeyUsagePeriod: PrivateKeyUsagePeriodInput;
  /** Names, also as text for `generalName`. */
  readonly subjectAltName: readonly GeneralNameInput[];
  readonly issuerAltName: readonly GeneralNameInput[];
  readonly keyUsage: Iterable<KeyUsageName>;
  /** Policies, also as OIDs. */
  readonly certificatePolicies: readonly (string | PolicyInformationInput)[];
  /** Who may be reached where; the place also as text. */
  readonly authorityInfoAccess: readonly AccessDescriptionInput[];
  readonly subjectInfoAccess: readonly AccessDescriptionInput[];
  /** Subtrees, also as text for `generalSubtree`. */
  readonly nameConstraints: NameConstraintsInput;
  /** Points, also as URLs, or as lists of names. */
  readonly crlDistributionPoints: readonly DistributionPointInput[];
  readonly freshestCrl: readonly DistributionPointInput[];
}

/**
 * An extension for `extensions` of whatever is to be issued or requested. Critical where its specification wants that,
 * unless told otherwise. An extension that has no type here is given as it is: `{ oid, critical, value }`.
 *
 * @throws X509Error ARGUMENT_INVALID
 * @example
 * await ca.issue({ publicKey, subjectAltName: ["example.com"], extensions: [
 *   makeExtension("tlsFeature", [TlsFeature.statusRequest]),
 *   makeExtension("certificatePolicies", ["2.23.140.1.2.1"]),
 * ] });
 */
export function makeExtension<Name extends ExtensionName>(
  name: Name,
  value: ExtensionInit[Name],
  options: { readonly critical?: boolean | undefined } = {},
): Extension {
  if (typeof name !== "string" || !Object.hasOwn(encoders, name)) {
    const expected = `one of ${Object.keys(encoders).join(", ")}`;
    throw new X509Error("ARGUMENT_INVALID", `no typed extension: ${shownValue(name)}: expected ${expected}`, {
      argument: "name",
      expected,
    });
  }
  const { critical = criticalByDefault.includes(name) } = takeOwn(options, OPTIONS, "options");
  if (typeof critical !== "boolean") throw badArgument("critical", "a boolean");
  return { oid: ExtensionOid[name], name, critical, value: encoders[name](value) };
}

const encoders: { readonly [Name in ExtensionName]: (value: ExtensionInit[Name]) => Uint8Array } = {
  acmeIdentifier: encodeAcmeIdentifier,
  authorityInfoAccess: encodeAuthorityInfoAccess,
  authorityKeyIdentifier: encodeAuthorityKeyIdentifier,
  basicConstraints: encodeBasicConstraints,
  crlDistributionPoints: encodeCrlDistributionPoints,
  certificatePolicies: encodeCertificatePolicies,
  extendedKeyUsage: encodeExtendedKeyUsage,
  freshestCrl: encodeFreshestCrl,
  inhibitAnyPolicy: encodeInhibitAnyPolicy,
  issuerAltName: (names) => encodeNames(names, "issuerAltName"),
  keyUsage: encodeKeyUsage,
  nameConstraints: encodeNameConstraints,
  policyConstraints: encodePolicyConstraints,
  policyMappings: encodePolicyMappings,
  privateKeyUsagePeriod: encodePrivateKeyUsagePeriod,
  signedCertificateTimestamps: encodeSignedCertificateTimestamps,
  subjectAltName: (names) => encodeNames(names, "subjectAltName"),
  subjectDirectoryAttributes: encodeSubjectDirectoryAttributes,
  subjectInfoAccess: encodeSubjectInfoAccess,
  subjectKeyIdentifier: encodeSubjectKeyIdentifier,
  tlsFeature: encodeTlsFeature,
};

const OPTIONS: ReadonlySet<string> = /* @__PURE__ */ new Set(["critical"]);

/** RFC 5280 sections 4.2.1.3, 5, 9, 10, 11, 14; RFC 8737 section 3. */
const criticalByDefault: readonly ExtensionName[] = [
  "basicConstraints",
  "keyUsage",
  "nameConstraints",
  "policyMappings",
  "policyConstraints",
  "inhibitAnyPolicy",
  "acmeIdentifier",
];
