// Whatever takes an OID, or a value in DER, refuses one that is none, and tells where it stood.

import { describe, expect, test } from "vitest";
import { newCa } from "../test/authority.ts";
import { encodeExtension } from "./asn1/index.ts";
import {
  AccessMethod,
  CertificateRequest,
  DistinguishedName,
  type ExtensionInit,
  encodeExtendedKeyUsage,
  encodeSubjectInfoAccess,
  type GeneralNameInput,
  issueCrl,
  KeyPair,
  makeExtension,
  OcspRequest,
} from "./index.ts";

const ca = await newCa();
const keyPair = await KeyPair.generate();
const leaf = await ca.issue({ keyPair, subjectAltName: ["a.example"] });
const crl = await issueCrl(ca, { crlNumber: 1, entries: [{ serialNumber: 1n }] });
const ocsp = OcspRequest.create({ certificate: leaf, issuer: ca });
const one = Uint8Array.of(5, 0);

const names = (name: GeneralNameInput) => ca.issue({ keyPair, subjectAltName: ["a.example", name] });
const make = <Name extends keyof ExtensionInit>(name: Name, value: unknown) =>
  makeExtension(name, value as ExtensionInit[Name]);

describe.each([
  "serverAuth",
  "",
  "1",
  "1.2.",
  ".1.2",
  "1.2.03",
  "3.1",
  "1.40",
  "2.999.-1",
  " 1.2.3",
  "1.2.3\n",
  `1.2${".1".repeat(127)}`,
  5,
  undefined,
  null,
  { toString: () => "1.2.3" },
])("an OID that is none: %j", (oid) => {
  const bad = oid as never;
  const extensions = [
    { oid: "1.2.3", critical: false, value: one },
    { oid: bad, critical: false, value: one },
  ];
  const uri = { type: "uri", value: "http://a.example/" } as const;
  test.each<[string, () => unknown]>([
    ["oid", () => leaf.extension(bad)],
    ["oid", () => crl.extension(bad)],
    ["oid", () => [...crl.entries][0]?.extension(bad)],
    ["oid", () => ocsp.extension(bad)],
    ["oid", () => encodeExtension({}, { oid: bad })],
    ["extensions[1].oid", () => ca.issue({ keyPair, subjectAltName: ["a.example"], extensions })],
    ["extensions[1].oid", () => ca.crossSign(ca, { extensions })],
    ["extensions[1].oid", () => CertificateRequest.create({ keyPair, extensions })],
    ["extensions[1].oid", () => issueCrl(ca, { crlNumber: 1, extensions })],
    ["entries[1].extensions[1].oid", () => issueCrl(ca, { crlNumber: 1, entries: [entry(1n), entry(2n, extensions)] })],
    ["extensions[1].oid", () => OcspRequest.create({ certificate: leaf, issuer: ca }, { extensions })],
    ["attributes[0].oid", () => CertificateRequest.create({ keyPair, attributes: [{ oid: bad, values: [one] }] })],
    ["extendedKeyUsage[1]", () => ca.issue({ keyPair, subjectAltName: ["a"], extendedKeyUsage: ["1.2.3", bad] })],
    ["extendedKeyUsage[0]", () => encodeExtendedKeyUsage([bad])],
    ["certificatePolicies[1].oid", () => make("certificatePolicies", ["1.2.3", { oid: bad }])],
    ["certificatePolicies[0].qualifiers[0].oid", () => make("certificatePolicies", [policy({ oid: bad, value: one })])],
    ["policyMappings[0].subjectDomainPolicy", () => make("policyMappings", [mapping("1.2.3", bad)])],
    ["policyMappings[0].issuerDomainPolicy", () => make("policyMappings", [mapping(bad, "1.2.3")])],
    ["authorityInfoAccess[0].method", () => make("authorityInfoAccess", [{ method: bad, location: uri }])],
    ["subjectInfoAccess[0].method", () => encodeSubjectInfoAccess([{ method: bad, location: uri }])],
    ["subjectDirectoryAttributes[0].oid", () => make("subjectDirectoryAttributes", [{ oid: bad, values: [one] }])],
    ["subjectAltName[1].oid", () => names({ type: "other", oid: bad, value: one })],
    ["subjectAltName[1].value", () => names({ type: "registeredId", value: bad })],
    ["issuerAltName[0].value", () => make("issuerAltName", [{ type: "registeredId", value: bad }])],
  ])("%s", async (argument, call) => {
    await expect((async () => call())()).rejects.toMatchObject({
      code: "ARGUMENT_INVALID",
      details: { argument, expected: expect.stringContaining("an OID, such as ") },
    });
  });
});

test.each(["1.2.", "", "serverAuth", "1.40"])("an attribute of a name has no type %j", (oid) => {
  expect(() => DistinguishedName.of({ [oid]: "a" } as never)).toThrow(
    expect.objectContaining({ code: "UNKNOWN_ATTRIBUTE", details: { attribute: oid } }),
  );
});

describe.each<[string, unknown]>([
  ["text", "text"],
  ["nothing", undefined],
  ["no bytes", new Uint8Array()],
  ["bytes of a text", new TextEncoder().encode("user@example.com")],
  ["two elements", Uint8Array.of(5, 0, 5, 0)],
  ["a long length", Uint8Array.of(4, 0x81, 1, 0)],
])("a value that is not one element in DER: %s", (_, value) => {
  const bad = value as never;
  test.each<[string, () => unknown]>([
    ["subjectAltName[1].value", () => names({ type: "other", oid: "1.2.3", value: bad })],
    ["certificatePolicies[0].qualifiers[0].value", () => make("certificatePolicies", [policy(qualifier(bad))])],
    ["subjectDirectoryAttributes[0].values[1]", () => make("subjectDirectoryAttributes", [attribute(one, bad)])],
    ["attributes[0].values[1]", () => CertificateRequest.create({ keyPair, attributes: [attribute(one, bad)] })],
    ["crlDistributionPoints[0].relativeName", () => make("crlDistributionPoints", [{ relativeName: bad ?? null }])],
    ["freshestCrl[0].relativeName", () => issueCrl(ca, { crlNumber: 1, freshestCrl: [{ relativeName: bad ?? null }] })],
    [
      "issuingDistributionPoint.relativeName",
      () => issueCrl(ca, { crlNumber: 1, issuingDistributionPoint: { relativeName: bad ?? null } }),
    ],
  ])("%s", async (argument, call) => {
    await expect((async () => call())()).rejects.toMatchObject({ code: "ARGUMENT_INVALID", details: { argument } });
  });
});

describe("the place of a name that is none", () => {
  const bad = "not a name";
  test.each<[string, () => unknown]>([
    ["subjectAltName[1]", () => names(bad)],
    ["issuerAltName[0]", () => make("issuerAltName", [bad])],
    ["authorityInfoAccess[0].location", () => make("authorityInfoAccess", [{ method: "1.2.3", location: bad }])],
    ["crlDistributionPoints[1].fullName[0]", () => make("crlDistributionPoints", ["http://a.example/", bad])],
    ["crlDistributionPoints[0].crlIssuer[0]", () => make("crlDistributionPoints", [{ crlIssuer: [bad] }])],
    ["freshestCrl[0].fullName[1]", () => make("freshestCrl", [["http://a.example/", bad]])],
    [
      "issuingDistributionPoint.fullName[0]",
      () => issueCrl(ca, { crlNumber: 1, issuingDistributionPoint: { fullName: [bad] } }),
    ],
    ["nameConstraints.excluded[1]", () => make("nameConstraints", { excluded: ["b.example", bad] })],
    ["nameConstraints.permitted[0]", () => make("nameConstraints", { permitted: ["10.0.0.0/33"] })],
    ["nameConstraints.permitted[0]", () => make("nameConstraints", { permitted: ["*.example.com"] })],
    ["nameConstraints.permitted[0]", () => make("nameConstraints", { permitted: ["https://example.com/"] })],
    ["authorityKeyIdentifier.issuer[0]", () => make("authorityKeyIdentifier", { issuer: [bad], serialNumber: 1n })],
  ])("%s", async (argument, call) => {
    await expect((async () => call())()).rejects.toMatchObject({ code: "ARGUMENT_INVALID", details: { argument } });
  });
});

test("names may be text wherever they are written", async () => {
  const certificate = await ca.issue({
    profile: "intermediate",
    subject: { CN: "below" },
    keyPair,
    extensions: [
      makeExtension("authorityInfoAccess", [{ method: AccessMethod.ocsp, location: "http://ocsp.example/" }]),
      makeExtension("crlDistributionPoints", ["http://crl.example/1.crl"]),
      makeExtension("nameConstraints", { permitted: ["example.com", ".example.org", "10.0.0.0/8", "::1"] }),
    ],
  });
  expect(certificate.authorityInfoAccess).toEqual([
    { method: AccessMethod.ocsp, location: { type: "uri", value: "http://ocsp.example/" } },
  ]);
  expect(certificate.crlDistributionPoints).toEqual([
    { fullName: [{ type: "uri", value: "http://crl.example/1.crl" }] },
  ]);
  expect(certificate.nameConstraints?.permitted?.map(({ base }) => base.value)).toEqual([
    "example.com",
    ".example.org",
    "10.0.0.0/8",
    "::1/128",
  ]);
});

function entry(serialNumber: bigint, extensions: Parameters<typeof ca.issue>[0]["extensions"] = []) {
  return { serialNumber, extensions };
}

function policy(...qualifiers: readonly unknown[]): unknown {
  return { oid: "1.2.3", qualifiers };
}

function qualifier(value: never): unknown {
  return { oid: "1.3.6.1.5.5.7.2.1", value };
}

function mapping(issuerDomainPolicy: string, subjectDomainPolicy: string): unknown {
  return { issuerDomainPolicy, subjectDomainPolicy };
}

function attribute(...values: readonly Uint8Array[]): { readonly oid: string; readonly values: readonly Uint8Array[] } {
  return { oid: "1.2.3", values };
}
