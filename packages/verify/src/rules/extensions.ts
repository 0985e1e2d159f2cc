import { type Certificate, type Extension, TlsKitError } from "@tlskit/x509";
import type { Settings } from "../input/settings.ts";
import { shorten, show } from "../reasons/show.ts";
import type { Finding, Findings, Position, RuleContext } from "./rule.ts";

/** RFC 5280, section 4.2: a critical extension that is not processed refuses the certificate. */
export function criticalExtensions({ certificate, settings, position }: RuleContext): Findings {
  const unprocessed = unprocessedCriticals(certificate);
  if (unprocessed.length === 0) return undefined;
  const isKnown = (oid: string): boolean =>
    (settings.profile === "compatible" && isCoveredByExtendedKeyUsage(certificate, oid)) ||
    (oid === CRL_DISTRIBUTION_POINTS && mustBeCleared(position, settings));
  return unprocessed.filter(({ oid }) => !isKnown(oid)).map(({ oid, name }) => unknownCritical(certificate, oid, name));
}

// Nearly always none; looked for once in each certificate.
function unprocessedCriticals(certificate: Certificate): readonly Extension[] {
  let found = criticals.get(certificate);
  if (found === undefined) {
    found = certificate.extensions.filter(({ oid, critical }) => critical && !PROCESSED.has(oid));
    criticals.set(certificate, found);
  }
  return found;
}

const criticals = new WeakMap<Certificate, readonly Extension[]>();

/** RFC 5280, section 4.2.1.4: where certificatePolicies is critical, its qualifiers must be understood, too. */
export function criticalPolicyQualifiers({ certificate }: RuleContext): Findings {
  if (!certificate.extension(CERTIFICATE_POLICIES)?.critical) return undefined;
  const qualifiers = (certificate.certificatePolicies ?? []).flatMap((policy) => policy.qualifiers ?? []);
  const unknown = qualifiers.find(({ oid }) => !KNOWN_QUALIFIERS.has(oid));
  return unknown && unknownCritical(certificate, unknown.oid, "a policy qualifier");
}

/** RFC 5280, section 4.2: every extension that decides anything must be readable, in any certificate of the path. */
export function readableExtensions({ certificate, position }: RuleContext): Findings {
  // Nothing of an anchor counts but what limits the path below it.
  return unreadable(certificate, position === "anchor" ? ANCHOR_FIELDS : FIELDS);
}

/** The same for the extensions that are only hints to whoever builds the path. */
export function readableHints({ certificate }: RuleContext): Findings {
  return unreadable(certificate, HINT_FIELDS);
}

/** What a parse error means as a finding. */
export function malformedFinding(certificate: Certificate | undefined, field: string, error: TlsKitError): Finding {
  const offset: unknown = Reflect.get(error.details, "offset");
  return {
    code: "CERTIFICATE_MALFORMED",
    message: `${certificate === undefined ? "The certificate" : show(certificate)} cannot be read: ${error.message}`,
    remedy: "Have the certificate issued anew by software that encodes it correctly.",
    details: { field, problem: error.code, ...(typeof offset === "number" ? { offset } : {}) },
  };
}

function unknownCritical(certificate: Certificate, oid: string, name: string | undefined): Finding {
  return {
    code: "CRITICAL_EXTENSION_UNKNOWN",
    message: `${show(certificate)} has an extension that must be understood and is not: ${shorten(name ?? oid)}.`,
    remedy: "Use a certificate without this critical extension, or have its issuer mark it as not critical.",
    details: { oid, ...(name === undefined ? {} : { name }) },
  };
}

// Microsoft's application policies say what extendedKeyUsage says; where both are there, it decides, as in Chromium.
function isCoveredByExtendedKeyUsage(certificate: Certificate, oid: string): boolean {
  return oid === "1.3.6.1.4.1.311.21.10" && certificate.extension("2.5.29.37") !== undefined;
}

// ITU-T X.509, section 9.6.2.1: who meets critical distribution points must not use the certificate without a CRL.
function mustBeCleared(position: Position, { revocation: { mode, scope } }: Settings): boolean {
  return mode === "require" && (position === "leaf" || (position === "intermediate" && scope === "path"));
}

const CRL_DISTRIBUTION_POINTS = "2.5.29.31";
const CERTIFICATE_POLICIES = "2.5.29.32";

// CPS pointer and user notice: text for people.
const KNOWN_QUALIFIERS: ReadonlySet<string> = new Set(["1.3.6.1.5.5.7.2.1", "1.3.6.1.5.5.7.2.2"]);

// The extensions whose content some rule acts on.
const PROCESSED: ReadonlySet<string> = new Set([
  "2.5.29.14", // subjectKeyIdentifier
  "2.5.29.15", // keyUsage
  "2.5.29.17", // subjectAltName
  "2.5.29.19", // basicConstraints
  "2.5.29.30", // nameConstraints
  "2.5.29.32", // certificatePolicies
  "2.5.29.33", // policyMappings
  "2.5.29.35", // authorityKeyIdentifier
  "2.5.29.36", // policyConstraints
  "2.5.29.37", // extendedKeyUsage
  "2.5.29.54", // inhibitAnyPolicy
]);

type Field = Extract<keyof Certificate, string>;

/** Fields by the OIDs of their extensions. */
type Fields = ReadonlyMap<string, Field>;

const ANCHOR_FIELDS: Fields = /* @__PURE__ */ new Map([
  ["2.5.29.19", "basicConstraints"],
  ["2.5.29.15", "keyUsage"],
  ["2.5.29.37", "extendedKeyUsage"],
  ["2.5.29.30", "nameConstraints"],
  ["2.5.29.36", "policyConstraints"],
  ["2.5.29.54", "inhibitAnyPolicy"],
]);
const FIELDS: Fields = /* @__PURE__ */ new Map([
  ...ANCHOR_FIELDS,
  ["2.5.29.17", "subjectAltName"],
  ["2.5.29.14", "subjectKeyIdentifier"],
  ["2.5.29.35", "authorityKeyIdentifier"],
  ["2.5.29.33", "policyMappings"],
]);
const HINT_FIELDS: Fields = /* @__PURE__ */ new Map([
  ["2.5.29.14", "subjectKeyIdentifier"],
  ["2.5.29.35", "authorityKeyIdentifier"],
  ["1.3.6.1.5.5.7.1.1", "authorityInfoAccess"],
  ["2.5.29.18", "issuerAltName"],
  [CRL_DISTRIBUTION_POINTS, "crlDistributionPoints"],
  ["2.5.29.32", "certificatePolicies"],
]);

function unreadable(certificate: Certificate, byOid: Fields): Findings {
  const findings: Finding[] = [];
  for (const { oid } of certificate.extensions) {
    const field = byOid.get(oid);
    const finding = field && malformed(certificate, field);
    if (finding !== undefined) findings.push(finding);
  }
  return findings;
}

function malformed(certificate: Certificate, field: Field): Finding | undefined {
  try {
    void certificate[field];
    return undefined;
  } catch (error) {
    if (TlsKitError.is(error)) return malformedFinding(certificate, field, error);
    throw error;
  }
}
