import { expect, test } from "vitest";
import { makeCertificate } from "../../test/make-certificate.ts";
import {
  AccessMethod,
  Certificate,
  CertificateRequest,
  DistinguishedName,
  generalSubtree,
  KeyPair,
  makeExtension,
  PrivateCertificate,
} from "../index.ts";

const uri = (value: string) => ({ type: "uri", value }) as const;
const all = [
  makeExtension("subjectAltName", ["a.test", "user@b.test"]),
  makeExtension("basicConstraints", { ca: true, pathLength: 2 }),
  makeExtension("keyUsage", ["keyCertSign", "cRLSign"]),
  makeExtension("extendedKeyUsage", ["1.3.6.1.5.5.7.3.1", "1.2.3.4"]),
  makeExtension("nameConstraints", { permitted: [generalSubtree("10.0.0.0/8")], excluded: [generalSubtree("b.test")] }),
  makeExtension("subjectKeyIdentifier", Uint8Array.of(0xab, 1)),
  makeExtension("authorityKeyIdentifier", {
    keyIdentifier: Uint8Array.of(1, 2),
    issuer: [{ type: "directory", value: DistinguishedName.of({ CN: "root" }) }],
    serialNumber: 7n,
  }),
  makeExtension("issuerAltName", ["http://issuer.test/"]),
  makeExtension("authorityInfoAccess", [{ method: AccessMethod.ocsp, location: uri("http://ocsp.test/") }]),
  makeExtension("subjectInfoAccess", [{ method: AccessMethod.caRepository, location: uri("http://repo.test/") }]),
  makeExtension("crlDistributionPoints", [
    ["http://crl.test/\u001b[31m"].map(uri),
    { relativeName: DistinguishedName.of({ CN: "a" }).der.slice(2), reasons: ["superseded"], crlIssuer: ["c.test"] },
  ]),
  makeExtension("freshestCrl", [["http://delta.test/"]]),
  makeExtension("certificatePolicies", ["2.5.29.32.0", "1.2.3"]),
  makeExtension("policyMappings", [{ issuerDomainPolicy: "1.2.3", subjectDomainPolicy: "1.2.4" }]),
  makeExtension("policyConstraints", { requireExplicitPolicy: 0, inhibitPolicyMapping: 1 }),
  makeExtension("inhibitAnyPolicy", 4),
  makeExtension("privateKeyUsagePeriod", { notAfter: new Date("2030-01-01T00:00:00Z") }),
  makeExtension("subjectDirectoryAttributes", [{ oid: "1.3.6.1.5.5.7.9.4", values: [Uint8Array.of(5, 0)] }]),
  makeExtension("tlsFeature", [5, 99]),
  makeExtension("signedCertificateTimestamps", [
    {
      version: "v1",
      logId: new Uint8Array(32).fill(0xcd),
      timestamp: new Date(1_700_000_000_123),
      extensions: new Uint8Array(),
      signatureAlgorithm: { hash: 4, signature: 3 },
      signature: new Uint8Array(8),
    },
    { version: "unknown", bytes: Uint8Array.of(9, 9) },
  ]),
  makeExtension("acmeIdentifier", new Uint8Array(32).fill(0xef)),
];
const lines = [
  "Subject Alternative Name: DNS:a.test, email:user@b.test",
  "Basic Constraints: CA, path length 2",
  "Key Usage: keyCertSign, cRLSign",
  "Extended Key Usage: serverAuth, 1.2.3.4",
  "Name Constraints: permitted IP Address:10.0.0.0/8; excluded DNS:b.test",
  "Subject Key Identifier: AB:01",
  "Authority Key Identifier: 01:02, certificate 7 of DirName:CN=root",
  "Issuer Alternative Name: URI:http://issuer.test/",
  "Authority Information Access: ocsp URI:http://ocsp.test/",
  "Subject Information Access: caRepository URI:http://repo.test/",
  "CRL Distribution Points: URI:http://crl.test/\\x1b[31m; " +
    "relative name #310a300806035504030c0161, reasons superseded, issuer DNS:c.test",
  "Freshest CRL: URI:http://delta.test/",
  "Certificate Policies: anyPolicy, 1.2.3",
  "Policy Mappings: 1.2.3 = 1.2.4",
  "Policy Constraints: explicit policy after 0, no mapping after 1",
  "Inhibit Any Policy: after 4",
  "Private Key Usage Period: to 2030-01-01T00:00:00Z",
  "Subject Directory Attributes: 1.3.6.1.5.5.7.9.4",
  "TLS Feature: status_request, 99",
  `Signed Certificate Timestamps: 2023-11-14T22:13:20.123Z by the log ${"cd".repeat(32)}, of an unknown version: #0909`,
  `ACME Identifier: ${"ef".repeat(32)}`,
];
const unknown = { oid: "1.2.3.4", critical: true, value: Uint8Array.of(5, 0) };

test("KEY-07 KEY-24: every extension has its line, in whatever order they stand", () => {
  const critical =
    "Critical Extensions: 1.2.3.4, acmeIdentifier, inhibitAnyPolicy, policyConstraints, policyMappings, " +
    "nameConstraints, keyUsage, basicConstraints";
  const extensions = [unknown, ...all.toReversed()];
  const text = Certificate.fromDer(makeCertificate({ extensions })).inspect().split("\n");
  const start = text.indexOf("Not After: 2027-01-01T00:00:00Z") + 1;
  expect(text.slice(start, start + lines.length + 2)).toEqual([...lines, "Other Extensions: 1.2.3.4", critical]);
});

test("REQ-04: a request prints the extensions and attributes that it asks for, and no password", async () => {
  const request = await CertificateRequest.create({
    subject: { CN: "a" },
    keyPair: await KeyPair.generate(),
    extensions: [...all, unknown],
    challengePassword: "open sesame",
    attributes: [{ oid: "1.2.840.113549.1.9.2", values: [Uint8Array.of(0x16, 1, 0x61)] }],
  });
  const text = request.inspect();
  for (const line of lines) expect(text.split("\n")).toContain(line);
  expect(text).toContain("Other Extensions: 1.2.3.4");
  expect(text).toMatch(/^Attributes: (?=.*unstructuredName)(?=.*challengePassword)(?=.*extensionRequest)/m);
  expect(text).not.toContain("sesame");
  expect(request.challengePassword).toBe("open sesame");
  expect(request.requestedExtension("tlsFeature")).toEqual([5, 99]);
  expect(request.requestedExtension("inhibitAnyPolicy")).toBe(4);
});

test("KEY-17: JSON is stable, and of a private key only the public half", async () => {
  const certificate = Certificate.fromDer(makeCertificate({ extensions: all.slice(0, 2) }));
  expect(JSON.stringify(certificate)).toBe(
    '{"subject":"CN=test","issuer":"CN=test","serialNumber":"01","notBefore":"2026-01-01T00:00:00Z",' +
      '"notAfter":"2027-01-01T00:00:00Z","subjectAltName":["DNS:a.test","email:user@b.test"],' +
      `"sha256":"${certificate.id}"}`,
  );
  const own = await PrivateCertificate.selfSigned({ subject: { CN: "a" } });
  expect(Object.keys(JSON.parse(JSON.stringify(own)))).toEqual([
    "subject",
    "issuer",
    "serialNumber",
    "notBefore",
    "notAfter",
    "sha256",
  ]);
  const { publicKey } = own.keyPair;
  const keyJson = `{"type":"ecdsa","bits":256,"curve":"P-256","spkiSha256":"${publicKey.spkiHash()}"}`;
  expect(JSON.stringify(publicKey)).toBe(keyJson);
  expect(JSON.stringify(own.keyPair)).toBe(`{"publicKey":${keyJson},"privateKey":"[redacted]"}`);
  const request = await own.createRequest();
  expect(JSON.stringify(request)).toBe(`{"subject":"CN=a","publicKey":${keyJson}}`);
});
