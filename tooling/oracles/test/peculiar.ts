// What @peculiar/x509 reads.

import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import { generalName } from "@tlskit/x509";
import { extensionFact, type Facts, hex } from "./facts.ts";

/** The library, with the polyfill that it needs loaded first. */
export { x509 as peculiar };

export function peculiarFacts(der: Uint8Array): Partial<Facts> {
  const certificate = new x509.X509Certificate(new Uint8Array(der));
  const constraints = certificate.getExtension(x509.BasicConstraintsExtension);
  const names = certificate.getExtension(x509.SubjectAlternativeNameExtension);
  return {
    serialNumber: BigInt(`0x${certificate.serialNumber}`).toString(16),
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    publicKey: hex(certificate.publicKey.rawData),
    signature: hex(certificate.signature),
    extensions: certificate.extensions.map(({ type, critical, value }) =>
      extensionFact(type, critical, new Uint8Array(value)),
    ),
    subjectAltName: names?.names.items.map(generalNameFact),
    ca: constraints?.ca,
    pathLength: constraints?.pathLength,
    keyUsage: certificate.getExtension(x509.KeyUsagesExtension)?.usages,
    extendedKeyUsage: certificate.getExtension(x509.ExtendedKeyUsageExtension)?.usages.map(String),
    subjectKeyIdentifier: certificate.getExtension(x509.SubjectKeyIdentifierExtension)?.keyId,
    authorityKeyIdentifier: certificate.getExtension(x509.AuthorityKeyIdentifierExtension)?.keyId,
  };
}

/** The values of a subject, RDN by RDN. */
export function peculiarValues(der: Uint8Array): readonly string[] {
  const { subjectName } = new x509.X509Certificate(new Uint8Array(der));
  return subjectName.toJSON().flatMap((rdn) => Object.values(rdn).flat());
}

function generalNameFact({ type, value }: x509.GeneralName): string {
  const known: Readonly<Record<string, string>> = { dns: "dns", email: "email", url: "uri" };
  const other: Readonly<Record<string, string>> = { dn: "directory", id: "registeredId", upn: "other", guid: "other" };
  if (type === "ip") return `ip:${hex(ipBytes(value))}`;
  return known[type] === undefined ? (other[type] ?? type) : `${known[type]}:${value}`;
}

// It gives addresses as text.
function ipBytes(text: string): Uint8Array {
  const name = generalName(text);
  return name.type === "ip" ? name.bytes : new Uint8Array(0);
}
