// Sound inputs, the same in every run: everything is made of fixed numbers, and signed with Ed25519 or not at all.
// Where the machine has a store of roots, or the shared vectors are there, certificates of others come on top.

import { existsSync, readFileSync } from "node:fs";
import { Tag } from "../../src/der/tag.ts";
import {
  derBitString,
  derExplicit,
  derGeneralizedTime,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derPrintableString,
  derSequence,
  derSet,
  derTime,
  derTlv,
  derUtf8String,
} from "../../src/der/writer.ts";
import {
  AccessMethod,
  Certificate,
  CertificateRequest,
  DistinguishedName,
  type Extension,
  generalSubtree,
  issueCrl,
  KeyPair,
  makeExtension,
  OcspCertId,
  OcspRequest,
  PrivateCertificate,
} from "../../src/index.ts";
import { ed25519, makeCertificate } from "../make-certificate.ts";
import { debianRoots, hasShared, sharedJson } from "../shared.ts";

const uri = (value: string) => ({ type: "uri", value }) as const;
const directory = { type: "directory", value: DistinguishedName.of({ C: "SE", O: "Directory", CN: "Name" }) } as const;
const other = { type: "other", oid: "1.3.6.1.4.1.311.20.2.3", value: derUtf8String("user@a.test") } as const;

/** One of each extension that has a type, and one that has none. */
const everyExtension: readonly Extension[] = [
  makeExtension("subjectAltName", [
    "a.test",
    "*.b.test",
    "10.0.0.1",
    "2001:db8::1",
    "user@c.test",
    "https://d.test/",
    directory,
    other,
    { type: "registeredId", value: "1.2.3.4" },
  ]),
  makeExtension("basicConstraints", { ca: true, pathLength: 3 }),
  makeExtension("keyUsage", ["keyCertSign", "cRLSign", "decipherOnly"]),
  makeExtension("extendedKeyUsage", ["1.3.6.1.5.5.7.3.1", "2.5.29.37.0"]),
  makeExtension("nameConstraints", {
    permitted: [generalSubtree("10.0.0.0/8"), generalSubtree("a.test"), { base: directory }],
    excluded: [generalSubtree("2001:db8::/32"), generalSubtree(".b.test")],
  }),
  makeExtension("subjectKeyIdentifier", new Uint8Array(20).fill(1)),
  makeExtension("authorityKeyIdentifier", {
    keyIdentifier: new Uint8Array(20).fill(2),
    issuer: [directory],
    serialNumber: 1234567890123456789012n,
  }),
  makeExtension("issuerAltName", ["issuer.test"]),
  makeExtension("authorityInfoAccess", [
    { method: AccessMethod.ocsp, location: uri("http://ocsp.test/") },
    { method: AccessMethod.caIssuers, location: uri("http://ca.test/ca.der") },
  ]),
  makeExtension("subjectInfoAccess", [{ method: AccessMethod.caRepository, location: uri("http://repository.test/") }]),
  makeExtension("crlDistributionPoints", [
    ["http://crl.test/1.crl"],
    { relativeName: DistinguishedName.of({ CN: "a" }).der.slice(2), reasons: ["superseded"], crlIssuer: [directory] },
  ]),
  makeExtension("freshestCrl", [["http://crl.test/delta.crl"]]),
  makeExtension("certificatePolicies", [
    "2.5.29.32.0",
    {
      oid: "2.23.140.1.2.1",
      qualifiers: [{ oid: "1.3.6.1.5.5.7.2.1", value: derTlv(0x16, ascii("http://cps.test/")) }],
    },
  ]),
  makeExtension("policyMappings", [{ issuerDomainPolicy: "1.2.3", subjectDomainPolicy: "1.2.4" }]),
  makeExtension("policyConstraints", { requireExplicitPolicy: 0, inhibitPolicyMapping: 300 }),
  makeExtension("inhibitAnyPolicy", 1),
  makeExtension("privateKeyUsagePeriod", { notBefore: new Date("2020-01-01"), notAfter: new Date("2060-01-01") }),
  makeExtension("subjectDirectoryAttributes", [
    { oid: "1.3.6.1.5.5.7.9.4", values: [derPrintableString("DE"), derPrintableString("SE")] },
  ]),
  makeExtension("tlsFeature", [5, 17]),
  makeExtension("signedCertificateTimestamps", [
    {
      version: "v1",
      logId: new Uint8Array(32).fill(3),
      timestamp: new Date("2026-01-01T00:00:00.123Z"),
      extensions: Uint8Array.of(1, 2),
      signatureAlgorithm: { hash: 4, signature: 3 },
      signature: new Uint8Array(70).fill(4),
    },
    { version: "unknown", bytes: Uint8Array.of(1, 2, 3) },
  ]),
  makeExtension("acmeIdentifier", new Uint8Array(32).fill(5)),
  { oid: "1.2.3.4.5", critical: true, value: derSequence(derNull(), derOctetString(Uint8Array.of(1))) },
];

const day = { notBefore: new Date("2026-01-01"), notAfter: new Date("2036-01-01") };
const odd = DistinguishedName.fromDer(
  derSequence(
    derSet(
      attribute("2.5.4.3", derUtf8String("Zoë \u{1f600}")),
      attribute("2.5.4.10", derPrintableString("O+,=\u0020")),
    ),
    derSet(attribute("2.5.4.11", derTlv(0x1e, Uint8Array.of(0, 0x61, 0x20, 0xac)))),
    derSet(attribute("2.5.4.12", derTlv(0x1c, Uint8Array.of(0, 1, 0xf6, 0)))),
    derSet(attribute("2.5.4.13", derTlv(0x14, Uint8Array.of(0x61, 0xe9)))),
    derSet(attribute("2.5.4.5", derTlv(0x12, ascii("123")))),
    derSet(attribute("1.2.3", derSequence(derNull()))),
    derSet(attribute("0.9.2342.19200300.100.1.25", derTlv(0x16, ascii("test")))),
  ),
);

/** Private keys in each encoding; their numbers are chosen, and protect nothing. */
export const privateKeys: readonly Uint8Array[] = [
  pkcs8([derOid("1.3.101.112")], derOctetString(new Uint8Array(32).fill(7))),
  pkcs8([derOid("1.3.101.113")], derOctetString(new Uint8Array(57).fill(7))),
  pkcs8([derOid("1.2.840.10045.2.1"), derOid("1.2.840.10045.3.1.7")], sec1(32)),
  pkcs8([derOid("1.2.840.10045.2.1"), derOid("1.3.132.0.34")], sec1(48)),
  sec1(66, "1.3.132.0.35"),
  new Uint8Array(readFileSync(new URL("rsa-private-key.der", import.meta.url))),
  new Uint8Array(readFileSync(new URL("encrypted-private-key.der", import.meta.url))),
];
const [ed25519Der = new Uint8Array(0), , p256Der = new Uint8Array(0), , , rsaDer = new Uint8Array(0)] = privateKeys;
const keyPair: KeyPair = await KeyPair.fromDer(ed25519Der);
const ca = await PrivateCertificate.selfSigned({
  ...day,
  keyPair,
  subject: odd,
  profile: "ca",
  serialNumber: 2n ** 150n,
});

/** Public keys of each kind. */
export const publicKeys: readonly Uint8Array[] = [
  ...(await Promise.all([ed25519Der, p256Der, rsaDer].map(async (der) => (await KeyPair.fromDer(der)).publicKey.spki))),
  derSequence(derSequence(derOid("2.16.840.1.101.3.4.3.17")), derBitString(new Uint8Array(1312).fill(1))),
  derSequence(derSequence(derOid("1.2.3"), derNull()), derBitString(new Uint8Array(10))),
];
const issued = await ca.issue({
  ...day,
  keyPair: await KeyPair.fromDer(rsaDer),
  serialNumber: 1n,
  subjectAltName: ["a.test", "127.0.0.1"],
});

/** Certificates. */
export const certificates: readonly Uint8Array[] = [
  ca.der,
  issued.der,
  makeCertificate({ extensions: everyExtension, subject: odd.der }),
  makeCertificate({ version: null }),
  makeCertificate({
    version: derExplicit(0, derInteger(1)),
    uniqueIds: [derTlv(0x81, Uint8Array.of(0, 1)), derTlv(0x82, Uint8Array.of(3, 8))],
    validity: derSequence(derTime(new Date("1950-01-01")), derTime(new Date("9999-12-31T23:59:59Z"))),
    serial: derInteger(-5),
  }),
  ...(existsSync(debianRoots) ? Certificate.allFromPem(readFileSync(debianRoots)).map(({ der }) => der) : []),
  ...limboLeaves(),
];

const plain = await CertificateRequest.create({ keyPair, subject: odd });
const full = await CertificateRequest.create({
  keyPair,
  subject: { CN: "full" },
  extensions: everyExtension,
  challengePassword: "sesame",
  attributes: [{ oid: "1.2.840.113549.1.9.2", values: [derPrintableString("a"), derUtf8String("b")] }],
});

/** Certificate requests. */
export const requests: readonly Uint8Array[] = [plain.der, full.der];

const crl = await issueCrl(ca, {
  thisUpdate: day.notBefore,
  nextUpdate: day.notAfter,
  crlNumber: 5n,
  entries: [
    { serialNumber: 1n, revocationDate: day.notBefore, reason: "keyCompromise" },
    { serialNumber: 2n ** 120n, revocationDate: day.notBefore, invalidityDate: day.notBefore },
  ],
  issuingDistributionPoint: { fullName: ["http://crl.test/1.crl"], onlyContainsUserCerts: true },
});

const delta = await issueCrl(ca, {
  thisUpdate: day.notBefore,
  nextUpdate: day.notAfter,
  crlNumber: 6n,
  deltaOf: 5n,
  entries: [
    { serialNumber: 1n, reason: "removeFromCRL" },
    { serialNumber: 3n, certificateIssuer: odd },
  ],
  issuingDistributionPoint: { indirectCRL: true, onlySomeReasons: ["keyCompromise", "superseded"] },
  extensions: [makeExtension("issuerAltName", ["issuer.test", directory])],
});
const base = await issueCrl(ca, {
  thisUpdate: day.notBefore,
  nextUpdate: day.notAfter,
  crlNumber: 7n,
  freshestCrl: [["http://crl.test/delta.crl"]],
});

/** Certificate revocation lists. */
export const crls: readonly Uint8Array[] = [crl.der, delta.der, base.der];

/** OCSP requests. */
export const ocspRequests: readonly Uint8Array[] = [
  OcspRequest.create({ certificate: issued, issuer: ca }, { nonce: false }).der,
  OcspRequest.create(
    [
      { certificate: issued, issuer: ca },
      { certificate: ca, issuer: ca },
    ],
    { hash: "SHA-256", nonce: new Uint8Array(16).fill(1), extensions: [makeExtension("tlsFeature", [5])] },
  ).der,
];

/** OCSP responses; nobody signed them. */
export const ocspResponses: readonly Uint8Array[] = [
  derSequence(derTlv(Tag.enumerated, Uint8Array.of(6))),
  ocspResponse(derExplicit(1, odd.der), derTlv(0x80)),
  ocspResponse(
    derExplicit(2, derOctetString(new Uint8Array(20).fill(1))),
    derTlv(0xa1, derGeneralizedTime(day.notBefore), derExplicit(0, derTlv(Tag.enumerated, Uint8Array.of(1)))),
  ),
];

/** Names. */
export const names: readonly Uint8Array[] = [
  odd.der,
  DistinguishedName.of({}).der,
  DistinguishedName.of({ C: "SE", O: "Example", OU: ["one", "two"], CN: "a.test", emailAddress: "a@b.test" }).der,
];

/** Names as text. */
export const nameTexts: readonly Uint8Array[] = [
  ...names.map((der) => DistinguishedName.fromDer(der).toString()),
  "CN=Steve Kille,O=Isode Limited,C=GB",
  "CN=Before\\0dAfter,O=Test\\, Inc.+OU=x\\+y,1.3.6.1.4.1.1466.0=#04024869",
  " cn = \\ a\\  , o=\\#b\\22 ",
].map((text) => new TextEncoder().encode(text));

function ocspResponse(responder: Uint8Array, status: Uint8Array): Uint8Array {
  const certId = OcspCertId.of(issued, ca, { hash: "SHA-1" }).der;
  const next = derExplicit(0, derGeneralizedTime(day.notAfter));
  const data = derSequence(
    responder,
    derGeneralizedTime(day.notBefore),
    derSequence(derSequence(certId, status, derGeneralizedTime(day.notBefore), next)),
  );
  const basic = derSequence(data, ed25519, derBitString(new Uint8Array(64)), derExplicit(0, derSequence(issued.der)));
  const body = derSequence(derOid("1.3.6.1.5.5.7.48.1.1"), derOctetString(basic));
  return derSequence(derTlv(Tag.enumerated, Uint8Array.of(0)), derExplicit(0, body));
}

function attribute(oid: string, value: Uint8Array): Uint8Array {
  return derSequence(derOid(oid), value);
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function pkcs8(algorithm: readonly Uint8Array[], inner: Uint8Array): Uint8Array {
  return derSequence(derInteger(0), derSequence(...algorithm), derOctetString(inner));
}

function sec1(width: number, curve?: string): Uint8Array {
  const scalar = new Uint8Array(width);
  scalar[width - 1] = 7;
  return derSequence(
    derInteger(1),
    derOctetString(scalar),
    ...(curve === undefined ? [] : [derExplicit(0, derOid(curve))]),
  );
}

function limboLeaves(): Uint8Array[] {
  if (!hasShared) return [];
  const { testcases } = sharedJson<{ testcases: { peer_certificate: string }[] }>("vectors/limbo-dev-core.json.gz");
  return testcases.flatMap(({ peer_certificate }) => {
    try {
      return [Certificate.fromPem(peer_certificate).der];
    } catch {
      return [];
    }
  });
}
