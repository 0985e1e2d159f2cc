/** All rules of the verifier: what each stands on, and where it applies. */
import type { VerificationProfile } from "../input.ts";
import { anchorDistrust, anchorPurposes } from "./anchor.ts";
import { caBit, maxDepth, pathLength } from "./basic-constraints.ts";
import { issuerExtendedKeyUsage, leafExtendedKeyUsage, timeStampingAlone } from "./extended-key-usage.ts";
import { criticalExtensions, readableExtensions, readableHints } from "./extensions.ts";
import { keyCertSign, keyCertSignOnlyInCa, leafKeyUsage } from "./key-usage.ts";
import { name } from "./name.ts";
import { nameConstraints } from "./name-constraints.ts";
import {
  authorityKeyIdentifierNotCritical,
  authorityKeyIdentifierPresent,
  basicConstraintsCritical,
  caSubject,
  deviations,
  leafSubject,
  nameConstraintSyntax,
  nameConstraintsCritical,
  nameConstraintsOnlyInCa,
  policyExtensionsCritical,
  sameSignatureAlgorithm,
  subjectKeyIdentifierNotCritical,
  subjectKeyIdentifierPresent,
} from "./rfc5280-form.ts";
import type { Position, Rule } from "./rule.ts";
import { keyStrength, publicKeyShape, signatureStrength, signatureSupported } from "./strength.ts";
import { validity } from "./validity.ts";
import {
  authorityKeyIdentifierForm,
  commonNameInSubjectAltName,
  leafExtendedKeyUsageForm,
  leafIsNoCa,
  rootKeyIdentifiers,
  rootWithoutExtendedKeyUsage,
  subjectAltNameForm,
  versionThree,
  wildcardNames,
} from "./webpki-form.ts";

const ALL: readonly VerificationProfile[] = ["compatible", "rfc5280", "webpki"];
const FORMAL: readonly VerificationProfile[] = ["rfc5280", "webpki"];
const RFC5280: readonly VerificationProfile[] = ["rfc5280"];
const WEBPKI: readonly VerificationProfile[] = ["webpki"];

const EVERYWHERE: readonly Position[] = ["leaf", "intermediate", "anchor"];
const ISSUERS: readonly Position[] = ["intermediate", "anchor"];
const SIGNED: readonly Position[] = ["leaf", "intermediate"];
const LEAF: readonly Position[] = ["leaf"];
const INTERMEDIATE: readonly Position[] = ["intermediate"];
const ANCHOR: readonly Position[] = ["anchor"];
const TRUSTED: readonly Position[] = ["leaf", "anchor"];

/**
 * The table. Two rules are not in it, because the path builder itself is them: that each certificate's issuer name is
 * the next one's subject (RFC 5280, section 6.1.3 (a) (4)), and that its signature verifies with the next one's key
 * (6.1.3 (a) (1)).
 */
export const RULES: readonly Rule[] = [
  {
    id: "validity",
    section: "RFC 5280 4.1.2.5",
    profiles: ALL,
    positions: EVERYWHERE,
    scope: "certificate",
    check: validity,
  },
  {
    id: "readable-extensions",
    section: "RFC 5280 4.2",
    profiles: ALL,
    positions: EVERYWHERE,
    scope: "certificate",
    check: readableExtensions,
  },
  {
    id: "critical-extensions",
    section: "RFC 5280 4.2",
    profiles: ALL,
    positions: EVERYWHERE,
    scope: "certificate",
    check: criticalExtensions,
  },
  {
    id: "signature-algorithm",
    section: "RFC 5280 4.1.1.2",
    profiles: ALL,
    positions: SIGNED,
    scope: "certificate",
    check: sameSignatureAlgorithm,
  },
  {
    id: "signature-supported",
    section: "RFC 5280 6.1.3 (a)(1)",
    profiles: ALL,
    positions: SIGNED,
    scope: "certificate",
    check: signatureSupported,
  },
  {
    id: "signature-strength",
    section: "RFC 9155, RFC 6151",
    profiles: ALL,
    positions: SIGNED,
    scope: "certificate",
    check: signatureStrength,
  },
  {
    id: "key-strength",
    section: "NIST SP 800-57 part 1, 5.6",
    profiles: ALL,
    positions: EVERYWHERE,
    scope: "certificate",
    check: keyStrength,
  },
  { id: "name", section: "RFC 9525 6", profiles: ALL, positions: LEAF, scope: "certificate", check: name },
  {
    id: "leaf-key-usage",
    section: "RFC 5280 4.2.1.12",
    profiles: ALL,
    positions: LEAF,
    scope: "certificate",
    check: leafKeyUsage,
  },
  {
    id: "leaf-extended-key-usage",
    section: "RFC 5280 4.2.1.12",
    profiles: ALL,
    positions: LEAF,
    scope: "certificate",
    check: leafExtendedKeyUsage,
  },
  {
    id: "time-stamping-alone",
    section: "RFC 3161 2.3",
    profiles: ALL,
    positions: LEAF,
    scope: "certificate",
    check: timeStampingAlone,
  },
  {
    id: "ca-bit",
    section: "RFC 5280 6.1.4 (k)",
    profiles: ALL,
    positions: ISSUERS,
    scope: "certificate",
    check: caBit,
  },
  {
    id: "key-cert-sign",
    section: "RFC 5280 6.1.4 (n)",
    profiles: ALL,
    positions: ISSUERS,
    scope: "certificate",
    check: keyCertSign,
  },
  {
    id: "issuer-extended-key-usage",
    section: "CA/B BR 7.1.2.10.6",
    profiles: ALL,
    positions: ISSUERS,
    scope: "certificate",
    check: issuerExtendedKeyUsage,
  },
  {
    id: "path-length",
    section: "RFC 5280 6.1.4 (l, m)",
    profiles: ALL,
    positions: ISSUERS,
    scope: "path",
    check: pathLength,
  },
  {
    id: "max-depth",
    section: "the caller's maxDepth",
    profiles: ALL,
    positions: INTERMEDIATE,
    scope: "path",
    check: maxDepth,
  },
  {
    id: "name-constraints",
    section: "RFC 5280 6.1.3 (b, c)",
    profiles: ALL,
    positions: ISSUERS,
    scope: "path",
    check: nameConstraints,
  },
  {
    id: "anchor-purposes",
    section: "the anchor's purposes",
    profiles: ALL,
    positions: TRUSTED,
    scope: "certificate",
    check: anchorPurposes,
  },
  {
    id: "anchor-distrust",
    section: "the anchor's distrustAfter",
    profiles: ALL,
    positions: TRUSTED,
    scope: "path",
    check: anchorDistrust,
  },

  {
    id: "anchor-signature-algorithm",
    section: "RFC 5280 4.1.1.2",
    profiles: FORMAL,
    positions: ANCHOR,
    scope: "certificate",
    check: sameSignatureAlgorithm,
  },
  {
    id: "deviations",
    section: "RFC 5280 4",
    profiles: FORMAL,
    positions: SIGNED,
    scope: "certificate",
    check: deviations,
  },
  {
    id: "readable-hints",
    section: "RFC 5280 4.2",
    profiles: FORMAL,
    positions: EVERYWHERE,
    scope: "certificate",
    check: readableHints,
  },
  {
    id: "aki-not-critical",
    section: "RFC 5280 4.2.1.1",
    profiles: FORMAL,
    positions: EVERYWHERE,
    scope: "certificate",
    check: authorityKeyIdentifierNotCritical,
  },
  {
    id: "aki-present",
    section: "RFC 5280 4.2.1.1",
    profiles: FORMAL,
    positions: EVERYWHERE,
    scope: "certificate",
    check: authorityKeyIdentifierPresent,
  },
  {
    id: "ski-not-critical",
    section: "RFC 5280 4.2.1.2",
    profiles: FORMAL,
    positions: EVERYWHERE,
    scope: "certificate",
    check: subjectKeyIdentifierNotCritical,
  },
  {
    id: "ski-present",
    section: "RFC 5280 4.2.1.2",
    profiles: FORMAL,
    positions: ISSUERS,
    scope: "certificate",
    check: subjectKeyIdentifierPresent,
  },
  {
    id: "key-cert-sign-only-in-ca",
    section: "RFC 5280 4.2.1.3",
    profiles: FORMAL,
    positions: LEAF,
    scope: "certificate",
    check: keyCertSignOnlyInCa,
  },
  {
    id: "ca-subject",
    section: "RFC 5280 4.1.2.6",
    profiles: FORMAL,
    positions: ISSUERS,
    scope: "certificate",
    check: caSubject,
  },
  {
    id: "leaf-subject",
    section: "RFC 5280 4.1.2.6",
    profiles: FORMAL,
    positions: LEAF,
    scope: "certificate",
    check: leafSubject,
  },
  {
    id: "basic-constraints-critical",
    section: "RFC 5280 4.2.1.9",
    profiles: FORMAL,
    positions: ISSUERS,
    scope: "certificate",
    check: basicConstraintsCritical,
  },
  {
    id: "name-constraints-critical",
    section: "RFC 5280 4.2.1.10",
    profiles: RFC5280,
    positions: ISSUERS,
    scope: "certificate",
    check: nameConstraintsCritical,
  },
  {
    id: "name-constraints-only-in-ca",
    section: "RFC 5280 4.2.1.10",
    profiles: FORMAL,
    positions: LEAF,
    scope: "certificate",
    check: nameConstraintsOnlyInCa,
  },
  {
    id: "name-constraint-syntax",
    section: "RFC 5280 4.2.1.10",
    profiles: FORMAL,
    positions: ISSUERS,
    scope: "certificate",
    check: nameConstraintSyntax,
  },
  {
    id: "policy-extensions-critical",
    section: "RFC 5280 4.2.1.11, 4.2.1.14",
    profiles: FORMAL,
    positions: ISSUERS,
    scope: "certificate",
    check: policyExtensionsCritical,
  },

  {
    id: "version-3",
    section: "CA/B BR 7.1.1",
    profiles: WEBPKI,
    positions: EVERYWHERE,
    scope: "certificate",
    check: versionThree,
  },
  {
    id: "public-key-shape",
    section: "CA/B BR 6.1.5, 6.1.6",
    profiles: WEBPKI,
    positions: EVERYWHERE,
    scope: "certificate",
    check: publicKeyShape,
  },
  {
    id: "leaf-is-no-ca",
    section: "CA/B BR 7.1.2.7.8",
    profiles: WEBPKI,
    positions: LEAF,
    scope: "certificate",
    check: leafIsNoCa,
  },
  {
    id: "aki-form",
    section: "CA/B BR 7.1.2.11.1",
    profiles: WEBPKI,
    positions: EVERYWHERE,
    scope: "certificate",
    check: authorityKeyIdentifierForm,
  },
  {
    id: "root-key-identifiers",
    section: "CA/B BR 7.1.2.1.3",
    profiles: WEBPKI,
    positions: ANCHOR,
    scope: "certificate",
    check: rootKeyIdentifiers,
  },
  {
    id: "root-extended-key-usage",
    section: "CA/B BR 7.1.2.1.2",
    profiles: WEBPKI,
    positions: ANCHOR,
    scope: "certificate",
    check: rootWithoutExtendedKeyUsage,
  },
  {
    id: "leaf-extended-key-usage-form",
    section: "CA/B BR 7.1.2.7.10",
    profiles: WEBPKI,
    positions: LEAF,
    scope: "certificate",
    check: leafExtendedKeyUsageForm,
  },
  {
    id: "subject-alt-name-form",
    section: "CA/B BR 7.1.2.7.12",
    profiles: WEBPKI,
    positions: LEAF,
    scope: "certificate",
    check: subjectAltNameForm,
  },
  {
    id: "common-name",
    section: "CA/B BR 7.1.4.3",
    profiles: WEBPKI,
    positions: LEAF,
    scope: "certificate",
    check: commonNameInSubjectAltName,
  },
  {
    id: "wildcard-names",
    section: "CA/B BR 3.2.2.6",
    profiles: WEBPKI,
    positions: LEAF,
    scope: "certificate",
    check: wildcardNames,
  },
];
