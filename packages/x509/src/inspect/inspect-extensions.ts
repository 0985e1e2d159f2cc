// Extensions as lines for people.

import { toColonHex, toHex } from "../bytes.ts";
import type { AuthorityKeyIdentifier } from "../extensions/authority-key-identifier.ts";
import type { BasicConstraints } from "../extensions/basic-constraints.ts";
import type { DistributionPoint } from "../extensions/crl-distribution-points.ts";
import type { Extension } from "../extensions/extension.ts";
import { type ExtensionName, type ExtensionValues, extensionDecoders } from "../extensions/extension-values.ts";
import type { AccessDescription } from "../extensions/info-access.ts";
import type { GeneralSubtree } from "../extensions/name-constraints.ts";
import { oidName } from "../extensions/oid-names.ts";
import { decodeExtensionValue } from "../extensions/read-extension.ts";
import type { SignedCertificateTimestamp } from "../extensions/signed-certificate-timestamps.ts";
import { formatGeneralName, type GeneralName } from "../general-name/general-name.ts";
import { isoTime } from "./iso-time.ts";
import { readableText } from "./optional-line.ts";
import { titleOf } from "./title.ts";

/** A line for each extension that is there. One that cannot be read says so in its place. */
export function inspectExtensions(extensions: readonly Extension[]): readonly string[] {
  const lines = Object.keys(texts).flatMap((name) => {
    const found = extensions.find((extension) => extension.name === name);
    return found === undefined ? [] : [`${extensionTitle(name)}: ${extensionText(found)}`];
  });
  const list = (some: readonly Extension[]) => some.map(({ oid, name }) => name ?? oid).join(", ");
  const others = list(extensions.filter(({ name = "" }) => !Object.hasOwn(texts, name)));
  const critical = list(extensions.filter((extension) => extension.critical));
  return [
    ...lines,
    ...(others === "" ? [] : [`Other Extensions: ${others}`]),
    ...(critical === "" ? [] : [`Critical Extensions: ${critical}`]),
  ];
}

/** The value of an extension as text, in hex where it has no type here. One that cannot be read says so. */
export function extensionText({ oid, name = "", value }: Extension): string {
  if (Object.hasOwn(texts, name)) return readableText(() => textOf(name as ExtensionName, oid, value));
  const rest = value.length > maxHex ? `... (${value.length} octets)` : "";
  return `#${toHex(value.subarray(0, maxHex))}${rest}`;
}

function textOf<Name extends ExtensionName>(name: Name, oid: string, value: Uint8Array): string {
  return texts[name](decodeExtensionValue(value, 0, value.length, oid, extensionDecoders[name], name));
}

/** The title that RFC 5280, or the RFC that defines it, gives to the extension. */
function extensionTitle(name: string): string {
  const title = titleOf(name).replace("Alt", "Alternative").replace("Info", "Information");
  return title.replace(/Acme|Crl|Tls/, (word) => word.toUpperCase());
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

/** How a value is written. The order is that of the lines: what people look for comes first. */
const texts: { readonly [Name in ExtensionName]: (value: ExtensionValues[Name]) => string } = {
  subjectAltName: generalNames,
  basicConstraints: constraints,
  keyUsage: (usages) => [...usages].join(", "),
  extendedKeyUsage: (oids) => oids.map(named).join(", "),
  nameConstraints: ({ permitted, excluded }) =>
    [...subtrees("permitted", permitted), ...subtrees("excluded", excluded)].join("; "),
  subjectKeyIdentifier: toColonHex,
  authorityKeyIdentifier: authorityKey,
  issuerAltName: generalNames,
  authorityInfoAccess: access,
  subjectInfoAccess: access,
  crlDistributionPoints: points,
  freshestCrl: points,
  certificatePolicies: (policies) => policies.map(({ oid }) => named(oid)).join(", "),
  policyMappings: (mappings) =>
    mappings.map((one) => `${one.issuerDomainPolicy} = ${one.subjectDomainPolicy}`).join(", "),
  policyConstraints: ({ requireExplicitPolicy, inhibitPolicyMapping }) =>
    joined(after("explicit policy", requireExplicitPolicy), after("no mapping", inhibitPolicyMapping)),
  inhibitAnyPolicy: (skip) => `after ${skip}`,
  privateKeyUsagePeriod: ({ notBefore, notAfter }) =>
    `${notBefore ? isoTime(notBefore) : ""} to ${notAfter ? isoTime(notAfter) : ""}`.trim(),
  subjectDirectoryAttributes: (list) => list.map(({ oid }) => named(oid)).join(", "),
  tlsFeature: (features) => features.map((one) => tlsFeatures.get(one) ?? String(one)).join(", "),
  signedCertificateTimestamps: (list) => list.map(timestamp).join(", "),
  acmeIdentifier: toHex,
};

const maxHex = 32;
