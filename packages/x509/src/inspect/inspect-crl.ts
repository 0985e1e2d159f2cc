// A CRL as lines for people.

import { toColonHex, toHex } from "../bytes.ts";
import type { CrlEntry } from "../crl/crl-entry.ts";
import type { DistinguishedName } from "../distinguished-name/distinguished-name.ts";
import type { AuthorityKeyIdentifier } from "../extensions/authority-key-identifier.ts";
import type { DistributionPoint } from "../extensions/crl-distribution-points.ts";
import type { Extension } from "../extensions/extension.ts";
import type { IssuingDistributionPoint } from "../extensions/issuing-distribution-point.ts";
import { ExtensionOid } from "../extensions/oids.ts";
import { formatGeneralName } from "../general-name/general-name.ts";
import { isoTime } from "./iso-time.ts";
import { optionalLine } from "./optional-line.ts";
import { serialText } from "./serial-text.ts";

/** What the print-out needs of a CRL. */
export interface InspectableCrl {
  readonly version: number;
  readonly issuer: DistinguishedName;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  readonly crlNumber: bigint | undefined;
  readonly deltaCrlIndicator: bigint | undefined;
  readonly issuingDistributionPoint: IssuingDistributionPoint | undefined;
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier | undefined;
  readonly freshestCrl: readonly DistributionPoint[] | undefined;
  readonly extensions: readonly Extension[];
  readonly signatureAlgorithm: { readonly name: string };
  readonly deviations: readonly { readonly code: string }[];
  readonly entryCount: number;
  readonly entries: Iterable<CrlEntry>;
  fingerprint(): string;
}

/** The lines. Whatever the CRL says is escaped; a part that cannot be read says so in its place. */
export function inspectCrl(crl: InspectableCrl): string {
  return [
    "Certificate Revocation List By Issuer:",
    crl.issuer.inspect(),
    "",
    `Version: ${crl.version}`,
    `This Update: ${isoTime(crl.thisUpdate)}`,
    `Next Update: ${crl.nextUpdate ? isoTime(crl.nextUpdate) : "(not said)"}`,
    ...optionalLine("CRL Number", () => crl.crlNumber?.toString()),
    ...optionalLine("Delta To CRL Number", () => crl.deltaCrlIndicator?.toString()),
    ...optionalLine("Issuing Distribution Point", () => pointText(crl.issuingDistributionPoint)),
    ...optionalLine("Authority Key Identifier", () => identifierText(crl.authorityKeyIdentifier)),
    ...optionalLine("Freshest CRL", () => crl.freshestCrl?.map(freshestText).join(", ")),
    ...optionalLine("Other Extensions", () => otherNames(crl.extensions)),
    ...optionalLine("Signature Algorithm", () => crl.signatureAlgorithm.name),
    ...optionalLine("Deviations", () => crl.deviations.map(({ code }) => code).join(", ") || undefined),
    `Digest (SHA-256): ${crl.fingerprint()}`,
    `Revoked Certificates: ${crl.entryCount}`,
    ...entryLines(crl),
  ].join("\n");
}

function* entryLines({ entries, entryCount }: InspectableCrl): Generator<string, undefined> {
  let count = 0;
  for (const entry of entries) {
    if (count === maxShown) {
      yield `  ... and ${entryCount - count} more`;
      return;
    }
    count++;
    yield `  ${serialText(entry.serialNumber)} on ${isoTime(entry.revocationDate)}`;
    yield* [
      ...optionalLine("    Reason", () => entry.reason),
      ...optionalLine("    Invalid Since", () => entry.invalidityDate && isoTime(entry.invalidityDate)),
      ...optionalLine("    Issuer", () => entry.certificateIssuer?.map(formatGeneralName).join(", ")),
      ...optionalLine("    Other Extensions", () => otherNames(entry.extensions)),
    ];
  }
}

function pointText(point: IssuingDistributionPoint | undefined): string | undefined {
  if (point === undefined) return undefined;
  const { fullName, relativeName, onlySomeReasons } = point;
  return [
    ...(fullName ?? []).map(formatGeneralName),
    ...(relativeName ? [`relative name #${toHex(relativeName)}`] : []),
    ...flagNames.filter((name) => point[name]),
    ...(onlySomeReasons ? [`only ${[...onlySomeReasons].join(", ")}`] : []),
  ].join("; ");
}

function identifierText(identifier: AuthorityKeyIdentifier | undefined): string | undefined {
  const keyIdentifier = identifier?.keyIdentifier;
  return keyIdentifier && toColonHex(keyIdentifier);
}

function freshestText({ fullName, crlIssuer }: DistributionPoint): string {
  return [...(fullName ?? []), ...(crlIssuer ?? [])].map(formatGeneralName).join(" ") || "(relative name)";
}

function otherNames(extensions: readonly Extension[]): string | undefined {
  const shown: ReadonlySet<string | undefined> = new Set([
    ExtensionOid.authorityKeyIdentifier,
    ExtensionOid.crlNumber,
    ExtensionOid.deltaCrlIndicator,
    ExtensionOid.issuingDistributionPoint,
    ExtensionOid.freshestCrl,
    ExtensionOid.reasonCode,
    ExtensionOid.invalidityDate,
    ExtensionOid.certificateIssuer,
  ]);
  const others = extensions.filter(({ oid }) => !shown.has(oid));
  return (
    others.map(({ oid, name, critical }) => `${name ?? oid}${critical ? " (critical)" : ""}`).join(", ") || undefined
  );
}

const maxShown = 20;
const flagNames = [
  "onlyContainsUserCerts",
  "onlyContainsCACerts",
  "onlyContainsAttributeCerts",
  "indirectCRL",
] as const;
