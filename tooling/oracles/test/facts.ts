// What a certificate says, in a form that every library can be brought to. A reader leaves out what its library does not
// tell; the facts that it gives must be ours.

import type { Certificate, CertificateRequest, DistinguishedName, GeneralName } from "@tlskit/x509";

/** Texts that two libraries share exactly when they read the same. */
export interface Facts {
  readonly serialNumber: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly issuer: readonly string[];
  readonly subject: readonly string[];
  readonly publicKey: string;
  readonly signatureAlgorithm: string;
  readonly signature: string;
  /** `OID critical value` of each extension. */
  readonly extensions: readonly string[];
  readonly subjectAltName?: readonly string[] | undefined;
  readonly ca?: boolean | undefined;
  readonly pathLength?: number | undefined;
  readonly keyUsage?: number | undefined;
  readonly extendedKeyUsage?: readonly string[] | undefined;
  readonly subjectKeyIdentifier?: string | undefined;
  readonly authorityKeyIdentifier?: string | undefined;
}

/** The facts that this package reads. */
export function ourFacts(certificate: Certificate): Facts {
  const { basicConstraints, keyUsage } = certificate;
  return {
    serialNumber: certificate.serialNumber.toString(16),
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    issuer: nameFacts(certificate.issuer),
    subject: nameFacts(certificate.subject),
    publicKey: hex(certificate.publicKey.spki),
    signatureAlgorithm: certificate.signatureAlgorithm.oid,
    signature: hex(certificate.signature),
    extensions: certificate.extensions.map(({ oid, critical, value }) => extensionFact(oid, critical, value)),
    subjectAltName: certificate.subjectAltName?.map(generalNameFact),
    ca: basicConstraints?.ca,
    pathLength: basicConstraints?.pathLength,
    keyUsage: keyUsage && usageNames.reduce((sum, name, bit) => sum | (keyUsage.has(name) ? 1 << bit : 0), 0),
    extendedKeyUsage: certificate.extendedKeyUsage,
    subjectKeyIdentifier: optionalHex(certificate.subjectKeyIdentifier),
    authorityKeyIdentifier: optionalHex(certificate.authorityKeyIdentifier?.keyIdentifier),
  };
}

/** What a request says. */
export function requestFacts(request: CertificateRequest): Pick<Facts, "subject" | "publicKey" | "signature"> & {
  readonly subjectAltName: readonly string[] | undefined;
} {
  return {
    subject: nameFacts(request.subject),
    publicKey: hex(request.publicKey.spki),
    signature: request.signatureAlgorithm.oid,
    subjectAltName: request.subjectAltName?.map(generalNameFact),
  };
}

/** `OID=value` of each attribute, in the order of the encoding. */
export function nameFacts(name: DistinguishedName): readonly string[] {
  return name.rdns.flatMap((rdn) => rdn.map(({ oid, value }) => `${oid}=${value}`));
}

export function extensionFact(oid: string, critical: boolean, value: Uint8Array): string {
  return `${oid} ${critical} ${hex(value)}`;
}

/** The general names that all libraries can tell; of others the type. */
export function generalNameFact(name: GeneralName): string {
  switch (name.type) {
    case "dns":
    case "email":
    case "uri":
      return `${name.type}:${name.value}`;
    case "ip":
      return `ip:${hex(name.bytes)}`;
    default:
      return name.type;
  }
}

export function hex(bytes: Uint8Array | ArrayBuffer): string {
  return Buffer.from(bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes).toString("hex");
}

function optionalHex(bytes: Uint8Array | undefined): string | undefined {
  return bytes && hex(bytes);
}

/** Facts that are `undefined` are not told. */
export function told(facts: Partial<Facts>): Partial<Facts> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

/** In the order of the bits (RFC 5280 section 4.2.1.3). */
export const usageNames = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
] as const;
