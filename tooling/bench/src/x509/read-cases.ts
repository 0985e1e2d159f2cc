// Reading: DER of every certificate in the corpus to an object, and nine fields of it: subject, issuer, serial number,
// both ends of the validity, public key (its octets), algorithm of the signature (its OID, where a library has it as such),
// alternative names, CA or not. Each library gives them in the form that it has them in.

import type { Work } from "../measure.ts";
import type { Corpus } from "./corpus.ts";

/** Keeps what was read from being optimized away. */
let sink = 0;

export async function readOurs({ ders }: Corpus): Promise<Work> {
  const { Certificate } = await import("@tlskit/x509");
  return () => {
    for (const der of ders) {
      const certificate = Certificate.fromDer(der);
      keep(certificate.subject.CN, certificate.issuer.CN, certificate.serialNumber);
      keep(certificate.notBefore, certificate.notAfter, certificate.subjectPublicKeyInfo);
      keep(certificate.signatureAlgorithmOid, certificate.subjectAltName, certificate.basicConstraints?.ca);
    }
    return ders.length;
  };
}

export async function readFidm({ ders }: Corpus): Promise<Work> {
  const { Certificate } = await import("@fidm/x509");
  const { ASN1 } = await import("@fidm/asn1");
  return () => {
    for (const der of ders) {
      const certificate = new Certificate(ASN1.fromDER(Buffer.from(der)));
      keep(certificate.subject.commonName, certificate.issuer.commonName, certificate.serialNumber);
      keep(certificate.validFrom, certificate.validTo, certificate.publicKeyRaw);
      keep(certificate.signatureOID, certificate.dnsNames, certificate.isCA);
    }
    return ders.length;
  };
}

export async function readNode({ ders }: Corpus): Promise<Work> {
  const { X509Certificate } = await import("node:crypto");
  return () => {
    for (const der of ders) {
      const certificate = new X509Certificate(der);
      keep(certificate.subject, certificate.issuer, certificate.serialNumber);
      keep(certificate.validFrom, certificate.validTo, certificate.publicKey.export({ type: "spki", format: "der" }));
      keep(certificate.signatureAlgorithmOid, certificate.subjectAltName, certificate.ca);
    }
    return ders.length;
  };
}

export async function readPeculiar({ ders }: Corpus): Promise<Work> {
  await import("reflect-metadata");
  const { BasicConstraintsExtension, SubjectAlternativeNameExtension, X509Certificate } = await import(
    "@peculiar/x509"
  );
  return () => {
    for (const der of ders) {
      const certificate = new X509Certificate(der);
      keep(certificate.subjectName.getField("CN"), certificate.issuerName.getField("CN"), certificate.serialNumber);
      keep(certificate.notBefore, certificate.notAfter, certificate.publicKey.rawData);
      const constraints = certificate.getExtension(BasicConstraintsExtension);
      keep(certificate.signatureAlgorithm, certificate.getExtension(SubjectAlternativeNameExtension), constraints?.ca);
    }
    return ders.length;
  };
}

export async function bundleOurs({ pem }: Corpus): Promise<Work> {
  const { Certificate } = await import("@tlskit/x509");
  return () => {
    keep(Certificate.allFromPem(pem).length);
    return 1;
  };
}

export async function bundleNode({ pem }: Corpus): Promise<Work> {
  const { X509Certificate } = await import("node:crypto");
  const end = "-----END CERTIFICATE-----";
  return () => {
    const texts = pem.toString("latin1").split(end).slice(0, -1);
    keep(texts.map((text) => new X509Certificate(text + end)).length);
    return 1;
  };
}

export async function bundleFidm({ pem }: Corpus): Promise<Work> {
  const { Certificate } = await import("@fidm/x509");
  return () => {
    keep(Certificate.fromPEMs(pem).length);
    return 1;
  };
}

function keep(...values: readonly unknown[]): void {
  for (const value of values) if (value !== undefined) sink = (sink + 1) | 0;
}
