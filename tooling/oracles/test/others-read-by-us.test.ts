// What the others make, read by us: we must find what they were asked for, and that the signature is right.

import { webcrypto } from "node:crypto";
import { Certificate, CertificateRequest, generalName } from "@tlskit/x509";
import { BitString, Integer, Utf8String } from "asn1js";
import fc from "fast-check";
import forge from "node-forge";
import * as pkijs from "pkijs";
import { beforeAll, describe, expect, test } from "vitest";
import { generalNameFact, nameFacts, ourFacts, usageNames } from "./facts.ts";
import { octetString, type Wanted, wanted } from "./generated.ts";
import { peculiar } from "./peculiar.ts";

const algorithms = {
  "P-256": { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" },
  "P-384": { name: "ECDSA", namedCurve: "P-384", hash: "SHA-384" },
  "RSA-2048": {
    name: "RSASSA-PKCS1-v1_5",
    modulusLength: 2048,
    publicExponent: Uint8Array.of(1, 0, 1),
    hash: "SHA-256",
  },
  "RSA-PSS": {
    name: "RSA-PSS",
    modulusLength: 2048,
    publicExponent: Uint8Array.of(1, 0, 1),
    hash: "SHA-256",
    saltLength: 32,
  },
  Ed25519: { name: "Ed25519" },
} as const;
type AlgorithmName = keyof typeof algorithms;
const names = Object.keys(algorithms) as AlgorithmName[];

let keys: Readonly<Record<AlgorithmName, CryptoKeyPair>>;
let forgeKeys: forge.pki.rsa.KeyPair;

beforeAll(async () => {
  const made = names.map(async (name) => {
    const pair = await webcrypto.subtle.generateKey(algorithms[name], true, ["sign", "verify"]);
    return [name, pair as CryptoKeyPair] as const;
  });
  keys = Object.fromEntries(await Promise.all(made)) as typeof keys;
  forgeKeys = forge.pki.rsa.generateKeyPair({ bits: 2048 });
});

describe("@peculiar/x509", () => {
  test.each(names)("makes certificates with %s that we read", async (key) => {
    await fc.assert(
      fc.asyncProperty(wanted, async (want) => {
        const certificate = Certificate.fromDer(await peculiarCertificate(want, key));
        checkFacts(certificate, want);
        expect(certificate.publicKey.type).toBe(
          key.startsWith("RSA") ? "rsa" : key === "Ed25519" ? "ed25519" : "ecdsa",
        );
        expect(await certificate.verifySignature(certificate.publicKey)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  test.each(names)("makes requests with %s that we read and find right", async (key) => {
    await fc.assert(
      fc.asyncProperty(wanted, async (want) => {
        const made = await peculiar.Pkcs10CertificateRequestGenerator.create({
          name: jsonName(want),
          keys: keys[key],
          signingAlgorithm: algorithms[key],
          extensions: want.names.length === 0 ? [] : [alternativeNames(want)],
        });
        const request = CertificateRequest.fromDer(new Uint8Array(made.rawData));
        expect(await request.verify()).toBe(true);
        expect(nameFacts(request.subject)).toEqual(nameWanted(want));
        expect(request.subjectAltName?.map(generalNameFact) ?? []).toEqual(namesWanted(want));
      }),
      { numRuns: 15 },
    );
  });
});

describe("pkijs", () => {
  test.each(["P-256", "RSA-2048"] as const)("makes certificates with %s that we read", async (key) => {
    await fc.assert(
      fc.asyncProperty(wanted, async (want) => {
        const certificate = Certificate.fromDer(await pkijsCertificate(want, key));
        expect(ourFacts(certificate)).toMatchObject({
          serialNumber: want.serialNumber.toString(16),
          subject: [`2.5.4.3=${want.subject.CN}`],
          ca: want.profile === "ca",
          keyUsage: 1 << usageNames.indexOf("digitalSignature"),
          extendedKeyUsage: want.extendedKeyUsage,
        });
        expect(certificate.verifySignatureSync(certificate.publicKey)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });
});

describe("node-forge", () => {
  test("makes certificates and requests that we read", async () => {
    await fc.assert(
      fc.asyncProperty(wanted, async (want) => {
        const certificate = Certificate.fromPem(forgeCertificate(want));
        expect(ourFacts(certificate)).toMatchObject({
          serialNumber: want.serialNumber.toString(16),
          subject: [`2.5.4.3=${want.subject.CN}`, "2.5.4.10=Example"],
          ca: want.profile === "ca",
          keyUsage: (1 << usageNames.indexOf("digitalSignature")) | (1 << usageNames.indexOf("keyCertSign")),
        });
        expect(certificate.verifySignatureSync(certificate.publicKey)).toBe(true);
        const request = CertificateRequest.fromPem(forgeRequest(want));
        expect(await request.verify()).toBe(true);
        expect(nameFacts(request.subject)).toEqual([`2.5.4.3=${want.subject.CN}`, "2.5.4.10=Example"]);
      }),
      { numRuns: 8 },
    );
  });
});

function checkFacts(certificate: Certificate, want: Wanted): void {
  expect(ourFacts(certificate)).toMatchObject({
    serialNumber: want.serialNumber.toString(16),
    notBefore: want.notBefore.toISOString(),
    notAfter: want.notAfter.toISOString(),
    subject: nameWanted(want),
    issuer: nameWanted(want),
    ca: want.profile === "ca",
    pathLength: want.pathLength,
    keyUsage: (1 << usageNames.indexOf("digitalSignature")) | (1 << usageNames.indexOf("decipherOnly")),
    extendedKeyUsage: want.extendedKeyUsage,
    subjectAltName: want.names.length === 0 ? undefined : namesWanted(want),
  });
  const own = certificate.extension(`1.3.6.1.4.1.66666.${want.extension.arc}`);
  expect(own?.critical).toBe(want.extension.critical);
  expect(own?.value).toEqual(octetString(want.extension.value));
}

async function peculiarCertificate(want: Wanted, key: AlgorithmName): Promise<Uint8Array> {
  const { extension } = want;
  const serial = want.serialNumber.toString(16);
  const certificate = await peculiar.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial.padStart(serial.length + (serial.length % 2), "0"),
    name: jsonName(want),
    notBefore: want.notBefore,
    notAfter: want.notAfter,
    keys: keys[key],
    signingAlgorithm: algorithms[key],
    extensions: [
      new peculiar.BasicConstraintsExtension(want.profile === "ca", want.pathLength, true),
      new peculiar.KeyUsagesExtension(
        peculiar.KeyUsageFlags.digitalSignature | peculiar.KeyUsageFlags.decipherOnly,
        true,
      ),
      new peculiar.ExtendedKeyUsageExtension([...want.extendedKeyUsage]),
      ...(want.names.length === 0 ? [] : [alternativeNames(want)]),
      new peculiar.Extension(
        `1.3.6.1.4.1.66666.${extension.arc}`,
        extension.critical,
        new Uint8Array(octetString(extension.value)),
      ),
    ],
  });
  return new Uint8Array(certificate.rawData);
}

function alternativeNames(want: Wanted): InstanceType<typeof peculiar.SubjectAlternativeNameExtension> {
  const kinds = { dns: "dns", email: "email", uri: "url", ip: "ip" } as const;
  return new peculiar.SubjectAlternativeNameExtension(
    want.names.map(generalName).map((name) => {
      if (name.type in kinds) return { type: kinds[name.type as keyof typeof kinds], value: String(name.value) };
      throw new Error(`not generated: ${name.type}`);
    }),
  );
}

// It has a syntax of its own for values, with escapes: these characters do not arrive as they are.
function jsonName(want: Wanted): { [type: string]: string[] }[] {
  return [{ C: ["SE"] }, { CN: [commonName(want)] }, { "2.5.4.97": ["1"] }];
}

function nameWanted(want: Wanted): readonly string[] {
  return ["2.5.4.6=SE", `2.5.4.3=${commonName(want)}`, "2.5.4.97=1"];
}

function commonName({ subject }: Wanted): string {
  return String(subject.CN).replace(/[\\"#]/g, "_");
}

function namesWanted(want: Wanted): readonly string[] {
  return want.names.map((name) => generalNameFact(generalName(name)));
}

async function pkijsCertificate(want: Wanted, key: AlgorithmName): Promise<Uint8Array> {
  const certificate = new pkijs.Certificate();
  certificate.version = 2;
  certificate.serialNumber = Integer.fromBigInt(want.serialNumber);
  const value = new Utf8String({ value: String(want.subject.CN) });
  for (const name of [certificate.subject, certificate.issuer]) {
    name.typesAndValues.push(new pkijs.AttributeTypeAndValue({ type: "2.5.4.3", value }));
  }
  certificate.notBefore.value = new Date("2026-01-01T00:00:00Z");
  certificate.notAfter.value = new Date("2027-01-01T00:00:00Z");
  await certificate.subjectPublicKeyInfo.importKey(keys[key].publicKey);
  const extension = (extnID: string, schema: { toBER(): ArrayBuffer }): pkijs.Extension =>
    new pkijs.Extension({ extnID, critical: false, extnValue: schema.toBER() });
  certificate.extensions = [
    extension("2.5.29.19", new pkijs.BasicConstraints({ cA: want.profile === "ca" }).toSchema()),
    extension("2.5.29.15", new BitString({ valueHex: Uint8Array.of(0x80).buffer, unusedBits: 7 })),
    extension("2.5.29.37", new pkijs.ExtKeyUsage({ keyPurposes: [...want.extendedKeyUsage] }).toSchema()),
  ];
  await certificate.sign(keys[key].privateKey, "SHA-256");
  return new Uint8Array(certificate.toSchema(true).toBER());
}

function forgeCertificate(want: Wanted): string {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forgeKeys.publicKey;
  // A positive INTEGER needs a zero before a high bit.
  const serial = want.serialNumber.toString(16);
  const even = serial.padStart(serial.length + (serial.length % 2), "0");
  certificate.serialNumber = /^[89a-f]/.test(even) ? `00${even}` : even;
  certificate.validity.notBefore = new Date("2026-01-01T00:00:00Z");
  certificate.validity.notAfter = new Date("2027-01-01T00:00:00Z");
  certificate.setSubject(forgeName(want));
  certificate.setIssuer(forgeName(want));
  certificate.setExtensions([
    { name: "basicConstraints", cA: want.profile === "ca" },
    { name: "keyUsage", keyCertSign: true, digitalSignature: true },
  ]);
  certificate.sign(forgeKeys.privateKey, forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate);
}

function forgeRequest(want: Wanted): string {
  const request = forge.pki.createCertificationRequest();
  request.publicKey = forgeKeys.publicKey;
  request.setSubject(forgeName(want));
  request.sign(forgeKeys.privateKey, forge.md.sha256.create());
  return forge.pki.certificationRequestToPem(request);
}

function forgeName({ subject }: Wanted): forge.pki.CertificateField[] {
  const utf8 = forge.asn1.Type.UTF8 as unknown as forge.asn1.Class;
  return [
    { name: "commonName", value: String(subject.CN), valueTagClass: utf8 },
    { name: "organizationName", value: "Example" },
  ];
}
