// A certificate as lines for people (KEY-07): Twisted's layout, with what it did not show.

import { toColonHex } from "../bytes.ts";
import { oidName } from "../der/oid.ts";
import type { DistinguishedName } from "../distinguished-name/distinguished-name.ts";
import { X509Error } from "../error.ts";
import type { BasicConstraints } from "../extensions/basic-constraints.ts";
import { formatGeneralName, type GeneralName } from "../general-name.ts";

/** What the print-out needs of a certificate. */
export interface InspectableCertificate {
  readonly subject: DistinguishedName;
  readonly issuer: DistinguishedName;
  readonly serialNumber: bigint;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly signatureAlgorithm: { readonly name: string };
  readonly publicKey: { readonly label: string; spkiHash(): string };
  readonly subjectAltName: readonly GeneralName[] | undefined;
  readonly basicConstraints: BasicConstraints | undefined;
  readonly keyUsage: ReadonlySet<string> | undefined;
  readonly extendedKeyUsage: readonly string[] | undefined;
  readonly subjectKeyIdentifier: Uint8Array | undefined;
  readonly deviations: readonly { readonly code: string }[];
  fingerprint(): string;
}

/** The lines. Whatever the certificate says is escaped; a part that cannot be read says so in its place. */
export function inspectCertificate(certificate: InspectableCertificate): string {
  const optional = (label: string, read: () => string | undefined): string[] => {
    const text = readable(read);
    return text === undefined ? [] : [`${label}: ${text}`];
  };
  return [
    "Certificate For Subject:",
    certificate.subject.inspect(),
    "",
    "Issuer:",
    certificate.issuer.inspect(),
    "",
    `Serial Number: ${certificate.serialNumber}`,
    `Not Before: ${isoTime(certificate.notBefore)}`,
    `Not After: ${isoTime(certificate.notAfter)}`,
    ...optional("Subject Alternative Names", () => certificate.subjectAltName?.map(formatGeneralName).join(", ")),
    ...optional("Basic Constraints", () => constraintsText(certificate.basicConstraints)),
    ...optional("Key Usage", () => certificate.keyUsage && [...certificate.keyUsage].join(", ")),
    ...optional("Extended Key Usage", () => certificate.extendedKeyUsage?.map((oid) => oidName(oid) ?? oid).join(", ")),
    ...optional("Subject Key Identifier", () => identifierText(certificate.subjectKeyIdentifier)),
    ...optional("Signature Algorithm", () => certificate.signatureAlgorithm.name),
    ...optional("Deviations", () => certificate.deviations.map(({ code }) => code).join(", ") || undefined),
    `Digest (SHA-256): ${certificate.fingerprint()}`,
    ...optional("Public Key", () => {
      const { publicKey } = certificate;
      return `${publicKey.label} with Hash (SHA-256): ${publicKey.spkiHash()}`;
    }),
  ].join("\n");
}

/** `2026-11-23T10:00:00Z`. */
export function isoTime(time: Date): string {
  return time.toISOString().replace(".000Z", "Z");
}

function readable(read: () => string | undefined): string | undefined {
  try {
    return read();
  } catch (error) {
    if (X509Error.is(error)) return `(${error.code}: ${error.message})`;
    throw error;
  }
}

function constraintsText(constraints: BasicConstraints | undefined): string | undefined {
  if (constraints === undefined) return undefined;
  const { ca, pathLength } = constraints;
  if (!ca) return "not a CA";
  return pathLength === undefined ? "CA" : `CA, path length ${pathLength}`;
}

function identifierText(identifier: Uint8Array | undefined): string | undefined {
  return identifier && toColonHex(identifier);
}
