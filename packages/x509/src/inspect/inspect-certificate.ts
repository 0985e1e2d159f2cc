// A certificate as lines for people (KEY-07): Twisted's layout, with what it did not show.

import type { DistinguishedName } from "../distinguished-name/distinguished-name.ts";
import type { Extension } from "../extensions/extension.ts";
import { inspectExtensions } from "./inspect-extensions.ts";
import { isoTime } from "./iso-time.ts";
import { optionalLine } from "./optional-line.ts";
import { serialText } from "./serial-text.ts";

/** What the print-out needs of a certificate. */
export interface InspectableCertificate {
  readonly subject: DistinguishedName;
  readonly issuer: DistinguishedName;
  readonly serialNumber: bigint;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly signatureAlgorithm: { readonly name: string };
  readonly publicKey: { readonly label: string; spkiHash(): string };
  readonly extensions: readonly Extension[];
  readonly deviations: readonly { readonly code: string }[];
  fingerprint(): string;
}

/** The lines; the serial number in decimal, and in hex as CRLs have it. Whatever the certificate says is escaped; a part that cannot be read says so in its place. */
export function inspectCertificate(certificate: InspectableCertificate): string {
  return [
    "Certificate For Subject:",
    certificate.subject.inspect(),
    "",
    "Issuer:",
    certificate.issuer.inspect(),
    "",
    `Serial Number: ${certificate.serialNumber} (${serialText(certificate.serialNumber)})`,
    `Not Before: ${isoTime(certificate.notBefore)}`,
    `Not After: ${isoTime(certificate.notAfter)}`,
    ...inspectExtensions(certificate.extensions),
    ...optionalLine("Signature Algorithm", () => certificate.signatureAlgorithm.name),
    ...optionalLine("Deviations", () => certificate.deviations.map(({ code }) => code).join(", ") || undefined),
    `Digest (SHA-256): ${certificate.fingerprint()}`,
    ...optionalLine("Public Key", () => {
      const { publicKey } = certificate;
      return `${publicKey.label} with Hash (SHA-256): ${publicKey.spkiHash()}`;
    }),
  ].join("\n");
}
