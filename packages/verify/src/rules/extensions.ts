import { type Certificate, TlsKitError } from "@tlskit/x509";
import type { Settings } from "../settings.ts";
import { shorten, show } from "../show.ts";
import type { Finding, Findings, Position, RuleContext } from "./rule.ts";

/** RFC 5280, section 4.2: a critical extension that is not processed refuses the certificate. */
export function criticalExtensions({ certificate, settings, position }: RuleContext): Findings {
  const isKnown = (oid: string): boolean =>
    PROCESSED.has(oid) ||
    (settings.profile === "compatible" && isCoveredByExtendedKeyUsage(certificate, oid)) ||
    (oid === CRL_DISTRIBUTION_POINTS && mustBeCleared(position, settings));
  const findings: Finding[] = [];
  for (const { oid, critical, name } of certificate.extensions) {
    if (critical && !isKnown(oid)) findings.push(unknownCritical(certificate, oid, name));
  }
  return findings;
}

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

// Microsoft's application policies say what extKeyUsage says; where both are there, extKeyUsage decides, as in Chromium.
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
  "2.5.29.37", // extKeyUsage
  "2.5.29.54", // inhibitAnyPolicy
]);

type Field = Extract<keyof Certificate, string>;

/** Fields by the OIDs of their extensions. */
class Fields {
  readonly byOid: ReadonlyMap<string, Field>;
  /** The certificates in which all of them could be read. The bytes of a certificate never change, so that stays so. */
  readonly readable = new WeakSet<Certificate>();

  constructor(byOid: Iterable<readonly [string, Field]>) {
    this.byOid = new Map(byOid);
  }
}

const ANCHOR_FIELDS = /* @__PURE__ */ new Fields([
  ["2.5.29.19", "basicConstraints"],
  ["2.5.29.15", "keyUsage"],
  ["2.5.29.37", "extendedKeyUsage"],
  ["2.5.29.30", "nameConstraints"],
  ["2.5.29.36", "policyConstraints"],
  ["2.5.29.54", "inhibitAnyPolicy"],
]);
const FIELDS = /* @__PURE__ */ new Fields([
  ...ANCHOR_FIELDS.byOid,
  ["2.5.29.17", "subjectAltName"],
  ["2.5.29.14", "subjectKeyIdentifier"],
  ["2.5.29.35", "authorityKeyIdentifier"],
  ["2.5.29.33", "policyMappings"],
]);
const HINT_FIELDS = /* @__PURE__ */ new Fields([
  ["2.5.29.14", "subjectKeyIdentifier"],
  ["2.5.29.35", "authorityKeyIdentifier"],
  ["1.3.6.1.5.5.7.1.1", "authorityInfoAccess"],
  ["2.5.29.18", "issuerAltName"],
  [CRL_DISTRIBUTION_POINTS, "crlDistributionPoints"],
  ["2.5.29.32", "certificatePolicies"],
]);

function unreadable(certificate: Certificate, { byOid, readable }: Fields): Findings {
  if (readable.has(certificate)) return undefined;
  const findings: Finding[] = [];
  for (const { oid } of certificate.extensions) {
    const field = byOid.get(oid);
    const finding = field && malformed(certificate, field);
    if (finding !== undefined) findings.push(finding);
  }
  if (findings.length === 0) readable.add(certificate);
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
