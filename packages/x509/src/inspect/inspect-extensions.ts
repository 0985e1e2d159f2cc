// Extensions as lines for people.

import { toColonHex, toHex } from "../bytes.ts";
import type { AuthorityKeyIdentifier } from "../extensions/authority-key-identifier.ts";
import type { BasicConstraints } from "../extensions/basic-constraints.ts";
import type { DistributionPoint } from "../extensions/crl-distribution-points.ts";
import type { Extension } from "../extensions/extension.ts";
import type { ExtensionName, ExtensionValues } from "../extensions/extension-values.ts";
import type { AccessDescription } from "../extensions/info-access.ts";
import type { GeneralSubtree } from "../extensions/name-constraints.ts";
import { oidName } from "../extensions/oid-names.ts";
import { ExtensionOid } from "../extensions/oids.ts";
import type { SignedCertificateTimestamp } from "../extensions/signed-certificate-timestamps.ts";
import { formatGeneralName, type GeneralName } from "../general-name/general-name.ts";
import { isoTime } from "./iso-time.ts";
import { optionalLine } from "./optional-line.ts";

/** Reads one extension; throws if it cannot be read. */
export type ExtensionReader = <Name extends ExtensionName>(name: Name) => ExtensionValues[Name] | undefined;

/** A line for each extension that is there. One that cannot be read says so in its place. */
export function inspectExtensions(extensions: readonly Extension[], read: ExtensionReader): readonly string[] {
  const present = new Set(extensions.map(({ oid }) => oid));
  const names = (Object.keys(rows) as ExtensionName[]).filter((name) => present.has(ExtensionOid[name]));
  const known = new Set(names.map((name): string => ExtensionOid[name]));
  const list = (some: readonly Extension[]) => some.map(({ oid, name }) => name ?? oid).join(", ");
  const others = list(extensions.filter(({ oid }) => !known.has(oid)));
  const critical = list(extensions.filter((extension) => extension.critical));
  return [
    ...names.flatMap((name) => optionalLine(rows[name][0], () => textOf(name, read))),
    ...(others === "" ? [] : [`Other Extensions: ${others}`]),
    ...(critical === "" ? [] : [`Critical Extensions: ${critical}`]),
  ];
}

function textOf<Name extends ExtensionName>(name: Name, read: ExtensionReader): string | undefined {
  const value = read(name);
  return value === undefined ? undefined : rows[name][1](value);
}

const named = (oid: string): string => oidName(oid) ?? oid;
const generalNames = (list: readonly GeneralName[]): string => list.map(formatGeneralName).join(", ");

function constraints({ ca, pathLength }: BasicConstraints): string {
  if (!ca) return "not a CA";
  return pathLength === undefined ? "CA" : `CA, path length ${pathLength}`;
}

function authorityKey({ keyIdentifier, issuer, serialNumber }: AuthorityKeyIdentifier): string {
  return joined(
    keyIdentifier && toColonHex(keyIdentifier),
    issuer && `certificate ${serialNumber} of ${generalNames(issuer)}`,
  );
}

function points(list: readonly DistributionPoint[]): string {
  const point = ({ fullName, relativeName, reasons, crlIssuer }: DistributionPoint): string =>
    joined(
      fullName && generalNames(fullName),
      relativeName && `relative name #${toHex(relativeName)}`,
      reasons && `reasons ${[...reasons].join(" ")}`,
      crlIssuer && `issuer ${generalNames(crlIssuer)}`,
    );
  return list.map(point).join("; ");
}

const access = (list: readonly AccessDescription[]): string =>
  list.map(({ method, location }) => `${named(method)} ${formatGeneralName(location)}`).join(", ");

function timestamp(one: SignedCertificateTimestamp): string {
  if (one.version === "unknown") return `of an unknown version: #${toHex(one.bytes)}`;
  return `${one.timestamp.toISOString()} by the log ${toHex(one.logId)}`;
}

function subtrees(label: string, list: readonly GeneralSubtree[] | undefined): string[] {
  return list === undefined ? [] : [`${label} ${generalNames(list.map(({ base }) => base))}`];
}

function joined(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(", ");
}

function after(label: string, count: number | undefined): string | undefined {
  return count === undefined ? undefined : `${label} after ${count}`;
}

const tlsFeatures: ReadonlyMap<number, string> = /* @__PURE__ */ new Map([
  [5, "status_request"],
  [17, "status_request_v2"],
]);

/** The order of the lines: what people look for comes first. */
const rows: { readonly [Name in ExtensionName]: readonly [string, (value: ExtensionValues[Name]) => string] } = {
  subjectAltName: ["Subject Alternative Names", generalNames],
  basicConstraints: ["Basic Constraints", constraints],
  keyUsage: ["Key Usage", (usages) => [...usages].join(", ")],
  extendedKeyUsage: ["Extended Key Usage", (oids) => oids.map(named).join(", ")],
  nameConstraints: [
    "Name Constraints",
    ({ permitted, excluded }) => [...subtrees("permitted", permitted), ...subtrees("excluded", excluded)].join("; "),
  ],
  subjectKeyIdentifier: ["Subject Key Identifier", toColonHex],
  authorityKeyIdentifier: ["Authority Key Identifier", authorityKey],
  issuerAltName: ["Issuer Alternative Names", generalNames],
  authorityInfoAccess: ["Authority Information Access", access],
  subjectInfoAccess: ["Subject Information Access", access],
  crlDistributionPoints: ["CRL Distribution Points", points],
  freshestCrl: ["Freshest CRL", points],
  certificatePolicies: ["Certificate Policies", (policies) => policies.map(({ oid }) => named(oid)).join(", ")],
  policyMappings: [
    "Policy Mappings",
    (mappings) => mappings.map((one) => `${one.issuerDomainPolicy} = ${one.subjectDomainPolicy}`).join(", "),
  ],
  policyConstraints: [
    "Policy Constraints",
    ({ requireExplicitPolicy, inhibitPolicyMapping }) =>
      joined(after("explicit policy", requireExplicitPolicy), after("no mapping", inhibitPolicyMapping)),
  ],
  inhibitAnyPolicy: ["Inhibit Any Policy", (skip) => `after ${skip}`],
  privateKeyUsagePeriod: [
    "Private Key Usage Period",
    ({ notBefore, notAfter }) =>
      `${notBefore ? isoTime(notBefore) : ""} to ${notAfter ? isoTime(notAfter) : ""}`.trim(),
  ],
  subjectDirectoryAttributes: ["Subject Directory Attributes", (list) => list.map(({ oid }) => named(oid)).join(", ")],
  tlsFeature: ["TLS Feature", (features) => features.map((one) => tlsFeatures.get(one) ?? String(one)).join(", ")],
  signedCertificateTimestamps: ["Signed Certificate Timestamps", (list) => list.map(timestamp).join(", ")],
  acmeIdentifier: ["ACME Identifier", toHex],
};
