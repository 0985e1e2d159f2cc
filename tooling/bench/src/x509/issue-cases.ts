// Making: a self-signed server certificate and a request with ECDSA P-256, each with two names, and the signature alone.

import * as nodeCrypto from "node:crypto";
import type { Work } from "../measure.ts";
import { repeated, repeatedAsync } from "../repeated.ts";

const names = ["localhost", "www.example.com"] as const;

/** What no library can be below: the signature itself, over as many bytes. */
export async function signAlone(): Promise<Work> {
  const { privateKey } = nodeCrypto.generateKeyPairSync("ec", { namedCurve: "P-256" });
  const data = nodeCrypto.randomBytes(400);
  return repeated(() => nodeCrypto.sign("sha256", data, privateKey));
}

export async function selfSignOurs(): Promise<Work> {
  const { KeyPair, PrivateCertificate } = await import("@tlskit/x509");
  const keyPair = await KeyPair.generate();
  return repeatedAsync(() =>
    PrivateCertificate.selfSigned({ subject: { CN: names[0] }, subjectAltName: names, keyPair }),
  );
}

export async function selfSignPkijs(): Promise<Work> {
  const pkijs = await import("pkijs");
  const { BitString, Integer, OctetString, Utf8String } = await import("asn1js");
  const keys = await webKeys();
  return repeatedAsync(async () => {
    const certificate = new pkijs.Certificate();
    certificate.version = 2;
    certificate.serialNumber = new Integer({ valueHex: nodeCrypto.getRandomValues(new Uint8Array(16)).buffer });
    const subject = new pkijs.AttributeTypeAndValue({ type: "2.5.4.3", value: new Utf8String({ value: names[0] }) });
    certificate.subject.typesAndValues.push(subject);
    certificate.issuer.typesAndValues.push(subject);
    certificate.notBefore.value = new Date();
    certificate.notAfter.value = new Date(Date.now() + lifetime);
    await certificate.subjectPublicKeyInfo.importKey(keys.publicKey);
    const keyBytes = new Uint8Array(certificate.subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView);
    const keyIdentifier = await crypto.subtle.digest("SHA-256", keyBytes);
    const usage = new BitString({ valueHex: Uint8Array.of(0x80).buffer, unusedBits: 7 });
    const extension = (extnID: string, critical: boolean, value: { toBER(): ArrayBuffer }) =>
      new pkijs.Extension({ extnID, critical, extnValue: value.toBER() });
    certificate.extensions = [
      extension("2.5.29.14", false, new OctetString({ valueHex: keyIdentifier.slice(0, 20) })),
      extension("2.5.29.19", true, new pkijs.BasicConstraints({ cA: false }).toSchema()),
      extension("2.5.29.15", true, usage),
      extension("2.5.29.37", false, new pkijs.ExtKeyUsage({ keyPurposes: ["1.3.6.1.5.5.7.3.1"] }).toSchema()),
      extension(
        "2.5.29.17",
        false,
        new pkijs.GeneralNames({ names: names.map((value) => new pkijs.GeneralName({ type: 2, value })) }).toSchema(),
      ),
    ];
    await certificate.sign(keys.privateKey, "SHA-256");
    return certificate.toSchema(true).toBER();
  });
}

export async function selfSignPeculiar(): Promise<Work> {
  await import("reflect-metadata");
  const x509 = await import("@peculiar/x509");
  const keys = await webKeys();
  const signingAlgorithm = { name: "ECDSA", hash: "SHA-256" };
  return repeatedAsync(async () =>
    x509.X509CertificateGenerator.createSelfSigned({
      serialNumber: nodeCrypto.randomBytes(16).toString("hex"),
      name: `CN=${names[0]}`,
      notBefore: new Date(),
      notAfter: new Date(Date.now() + lifetime),
      keys,
      signingAlgorithm,
      extensions: [
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: "dns" as const, value }))),
      ],
    }),
  );
}

export async function requestOurs(): Promise<Work> {
  const { CertificateRequest, KeyPair } = await import("@tlskit/x509");
  const keyPair = await KeyPair.generate();
  return repeatedAsync(() => CertificateRequest.create({ subject: { CN: names[0] }, subjectAltName: names, keyPair }));
}

export async function requestPeculiar(): Promise<Work> {
  await import("reflect-metadata");
  const x509 = await import("@peculiar/x509");
  const keys = await webKeys();
  const signingAlgorithm = { name: "ECDSA", hash: "SHA-256" };
  return repeatedAsync(() =>
    x509.Pkcs10CertificateRequestGenerator.create({
      name: `CN=${names[0]}`,
      keys,
      signingAlgorithm,
      extensions: [new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: "dns" as const, value })))],
    }),
  );
}

function webKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
}

const lifetime = 90 * 86_400_000;
