/** All rules of the verifier: what each stands on, and where it applies. */
import type { VerificationProfile } from "../input/input.ts";
import { anchorDistrust, anchorPurposes } from "./anchor.ts";
import { caBit, maxDepth, pathLength } from "./basic-constraints.ts";
import { issuerExtendedKeyUsage, leafExtendedKeyUsage, timeStampingAlone } from "./extended-key-usage.ts";
import { criticalExtensions, criticalPolicyQualifiers, readableExtensions, readableHints } from "./extensions.ts";
import { keyCertSign, keyCertSignOnlyInCa, keyUsageFitsKey, keyUsagePresent, leafKeyUsage } from "./key-usage.ts";
import { name } from "./name.ts";
import { anchorNameConstraints, nameConstraints } from "./name-constraints.ts";
import { policies } from "./policies.ts";
import {
  authorityKeyIdentifierNotCritical,
  authorityKeyIdentifierOfNewKey,
  authorityKeyIdentifierPresent,
  basicConstraintsCritical,
  deviations,
  leafSubject,
  nameConstraintSyntax,
  nameConstraintsCritical,
  nameConstraintsOnlyInCa,
  policyExtensionsCritical,
  sameSignatureAlgorithm,
  subjectAltNameSyntax,
  subjectKeyIdentifierNotCritical,
  subjectKeyIdentifierPresent,
} from "./rfc5280-form.ts";
import type { Position, Rule } from "./rule.ts";
import { keyStrength, publicKeyShape, signatureStrength } from "./strength.ts";
import { distrusted, pins } from "./trust-store.ts";
import { validity } from "./validity.ts";
import {
  authorityKeyIdentifierForm,
  commonNameInSubjectAltName,
  leafExtendedKeyUsageForm,
  leafIsNoCa,
  rootKeyIdentifiers,
  rootWithoutExtendedKeyUsage,
  subjectAltNameForm,
  wildcardNames,
} from "./webpki-form.ts";

type Profiles = readonly VerificationProfile[];
type Positions = readonly Position[];

const ALL: Profiles = ["compatible", "rfc5280", "webpki"];
const FORMAL: Profiles = ["rfc5280", "webpki"];
const RFC5280: Profiles = ["rfc5280"];
const WEBPKI: Profiles = ["webpki"];

const EVERYWHERE: Positions = ["leaf", "intermediate", "anchor"];
const ISSUERS: Positions = ["intermediate", "anchor"];
const SIGNED: Positions = ["leaf", "intermediate"];
const LEAF: Positions = ["leaf"];
const INTERMEDIATE: Positions = ["intermediate"];
const ANCHOR: Positions = ["anchor"];
const TRUSTED: Positions = ["leaf", "anchor"];

/**
 * The table. Two rules are not in it, because the path builder itself is them: that each certificate's issuer name is
 * the next one's subject (RFC 5280, section 6.1.3 (a) (4)), and that its signature verifies with the next one's key
 * (6.1.3 (a) (1)).
 */
export const RULES: readonly Rule[] = [
  // What decides security.
  alone("validity", "RFC 5280 4.1.2.5", ALL, EVERYWHERE, validity),
  inOctets("readable-extensions", "RFC 5280 4.2", ALL, EVERYWHERE, readableExtensions),
  alone("critical-extensions", "RFC 5280 4.2", ALL, EVERYWHERE, criticalExtensions),
  inOctets("critical-policy-qualifiers", "RFC 5280 4.2.1.4", ALL, SIGNED, criticalPolicyQualifiers),
  inOctets("signature-algorithm", "RFC 5280 4.1.1.2", ALL, SIGNED, sameSignatureAlgorithm),
  alone("signature-strength", "RFC 9155, RFC 6151", ALL, SIGNED, signatureStrength),
  alone("key-strength", "NIST SP 800-57 part 1, 5.6; RFC 5480 2.1.1", ALL, EVERYWHERE, keyStrength),
  alone("name", "RFC 9525 6", ALL, LEAF, name),
  alone("leaf-extended-key-usage", "RFC 5280 4.2.1.12", ALL, LEAF, leafExtendedKeyUsage),
  alone("time-stamping-alone", "RFC 3161 2.3", ALL, LEAF, timeStampingAlone),
  inOctets("ca-bit", "RFC 5280 6.1.4 (k)", ALL, ISSUERS, caBit),
  inOctets("key-cert-sign", "RFC 5280 6.1.4 (n)", ALL, INTERMEDIATE, keyCertSign),
  alone("issuer-extended-key-usage", "CA/B BR 7.1.2.10.6", ALL, INTERMEDIATE, issuerExtendedKeyUsage),
  inPath("path-length", "RFC 5280 6.1.4 (l, m)", ALL, INTERMEDIATE, pathLength),
  inPath("max-depth", "the caller's maxDepth", ALL, INTERMEDIATE, maxDepth),
  inPath("name-constraints", "RFC 5280 6.1.3 (b, c)", ALL, ISSUERS, nameConstraints),
  inPath("policies", "RFC 5280 6.1.5 (g), RFC 9618", ALL, ANCHOR, policies),
  inOctets("aki-not-critical", "RFC 5280 4.2.1.1", ALL, EVERYWHERE, authorityKeyIdentifierNotCritical),
  inOctets("ski-not-critical", "RFC 5280 4.2.1.2", ALL, EVERYWHERE, subjectKeyIdentifierNotCritical),
  alone("anchor-name-constraints", "the anchor's nameConstraints", ALL, LEAF, anchorNameConstraints),
  alone("anchor-purposes", "the anchor's purposes", ALL, TRUSTED, anchorPurposes),
  alone("distrusted", "the trust store's block lists", ALL, EVERYWHERE, distrusted),
  inPath("pins", "RFC 7469 2.6, the trust store's pins", ALL, TRUSTED, pins),
  inPath("anchor-distrust", "the anchor's distrustAfter", ALL, TRUSTED, anchorDistrust),

  // What RFC 5280 demands of certificates. Of an anchor only name and key are inputs to a path (6.1.1 (d)); validity, CA
  // bit and name constraints count above all the same, and the limits below where formality is wanted.
  inPath("anchor-path-length", "RFC 5280 4.2.1.9", FORMAL, ANCHOR, pathLength),
  alone("anchor-extended-key-usage", "RFC 5280 4.2.1.12", FORMAL, ANCHOR, issuerExtendedKeyUsage),
  inOctets("anchor-signature-algorithm", "RFC 5280 4.1.1.2", FORMAL, ANCHOR, sameSignatureAlgorithm),
  inOctets("anchor-key-cert-sign", "RFC 5280 4.2.1.3", FORMAL, ANCHOR, keyCertSign),
  inOctets("key-usage-present", "RFC 5280 4.2.1.3", FORMAL, INTERMEDIATE, keyUsagePresent),
  alone("leaf-key-usage", "RFC 5280 4.2.1.12", FORMAL, LEAF, leafKeyUsage),
  inOctets("deviations", "RFC 5280 4", FORMAL, SIGNED, deviations),
  inOctets("readable-hints", "RFC 5280 4.2", FORMAL, EVERYWHERE, readableHints),
  inOctets("aki-present", "RFC 5280 4.2.1.1", FORMAL, EVERYWHERE, authorityKeyIdentifierPresent),
  inPath("aki-of-new-key", "RFC 5280 4.2.1.1", FORMAL, ISSUERS, authorityKeyIdentifierOfNewKey),
  inOctets("ski-present", "RFC 5280 4.2.1.2", FORMAL, ISSUERS, subjectKeyIdentifierPresent),
  inOctets("key-cert-sign-only-in-ca", "RFC 5280 4.2.1.3", FORMAL, LEAF, keyCertSignOnlyInCa),
  inOctets("leaf-subject", "RFC 5280 4.1.2.6", FORMAL, LEAF, leafSubject),
  inOctets("subject-alt-name-syntax", "RFC 5280 4.2.1.6", FORMAL, SIGNED, subjectAltNameSyntax),
  inOctets("basic-constraints-critical", "RFC 5280 4.2.1.9", FORMAL, ISSUERS, basicConstraintsCritical),
  inOctets("name-constraints-only-in-ca", "RFC 5280 4.2.1.10", FORMAL, LEAF, nameConstraintsOnlyInCa),
  inOctets("name-constraint-syntax", "RFC 5280 4.2.1.10", FORMAL, ISSUERS, nameConstraintSyntax),
  inOctets("policy-extensions-critical", "RFC 5280 4.2.1.11, 4.2.1.14", FORMAL, ISSUERS, policyExtensionsCritical),
  inOctets("key-usage-fits-key", "RFC 9881 5, RFC 9295 2, RFC 8813 3", FORMAL, LEAF, keyUsageFitsKey),
  inOctets("name-constraints-critical", "RFC 5280 4.2.1.10", RFC5280, ISSUERS, nameConstraintsCritical),

  // What the CA/Browser Forum demands.
  inOctets("public-key-shape", "CA/B BR 6.1.5, 6.1.6", WEBPKI, EVERYWHERE, publicKeyShape),
  inOctets("leaf-is-no-ca", "CA/B BR 7.1.2.7.8", WEBPKI, LEAF, leafIsNoCa),
  inOctets("aki-form", "CA/B BR 7.1.2.11.1", WEBPKI, EVERYWHERE, authorityKeyIdentifierForm),
  inOctets("root-key-identifiers", "CA/B BR 7.1.2.1.3", WEBPKI, ANCHOR, rootKeyIdentifiers),
  inOctets("root-extended-key-usage", "CA/B BR 7.1.2.1.2", WEBPKI, ANCHOR, rootWithoutExtendedKeyUsage),
  inOctets("leaf-extended-key-usage-form", "CA/B BR 7.1.2.7.10", WEBPKI, LEAF, leafExtendedKeyUsageForm),
  inOctets("subject-alt-name-form", "CA/B BR 7.1.2.7.12", WEBPKI, LEAF, subjectAltNameForm),
  inOctets("common-name", "CA/B BR 7.1.4.3", WEBPKI, LEAF, commonNameInSubjectAltName),
  alone("wildcard-names", "CA/B BR 3.2.2.6", WEBPKI, LEAF, wildcardNames),
];

type Check = Rule["check"];

// A rule whose answer depends on what is written in the certificate, and on its position, alone.
function inOctets(id: string, section: string, profiles: Profiles, positions: Positions, check: Check): Rule {
  return { id, section, profiles, positions, scope: "octets", check };
}

// A rule whose answer depends on the certificate, its position, and what was asked for.
function alone(id: string, section: string, profiles: Profiles, positions: Positions, check: Check): Rule {
  return { id, section, profiles, positions, scope: "certificate", check };
}

// A rule that also looks at the path below.
function inPath(id: string, section: string, profiles: Profiles, positions: Positions, check: Check): Rule {
  return { id, section, profiles, positions, scope: "path", check };
}
