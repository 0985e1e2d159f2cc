// What node-forge reads: RSA only.

import forge from "node-forge";
import { type Facts, hex } from "./facts.ts";

export function forgeFacts(der: Uint8Array): Partial<Facts> {
  const certificate = forge.pki.certificateFromAsn1(forge.asn1.fromDer(binary(der)));
  const constraints = certificate.getExtension("basicConstraints") as {
    cA?: boolean;
    pathLenConstraint?: number;
  } | null;
  const spki = forge.asn1.toDer(forge.pki.publicKeyToAsn1(certificate.publicKey)).getBytes();
  return {
    serialNumber: BigInt(`0x${certificate.serialNumber}`).toString(16),
    notBefore: certificate.validity.notBefore.toISOString(),
    notAfter: certificate.validity.notAfter.toISOString(),
    issuer: certificate.issuer.attributes.map(attributeFact),
    subject: certificate.subject.attributes.map(attributeFact),
    publicKey: hex(Buffer.from(spki, "latin1")),
    signatureAlgorithm: certificate.signatureOid,
    signature: hex(Buffer.from(certificate.signature, "latin1")),
    ca: constraints?.cA,
    pathLength: constraints?.pathLenConstraint,
  };
}

export function binary(der: Uint8Array): string {
  return Buffer.from(der).toString("latin1");
}

function attributeFact({ type, value, valueTagClass }: forge.pki.CertificateField): string {
  const isUtf8 = (valueTagClass as unknown as number) === forge.asn1.Type.UTF8;
  return `${type}=${isUtf8 ? Buffer.from(String(value), "latin1").toString("utf8") : value}`;
}
