import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeCertificate } from "../../test/make-certificate.ts";
import { Openssl } from "../../test/openssl.ts";
import {
  AccessMethod,
  Certificate,
  DistinguishedName,
  type Extension,
  ExtensionOid,
  KeyPair,
  makeExtension,
  PrivateCertificate,
  type SignedCertificateTimestamp,
  TlsFeature,
  X509Error,
} from "../index.ts";

const read = (...extensions: readonly Extension[]): Certificate => Certificate.fromDer(makeCertificate({ extensions }));
const argumentInvalid = expect.objectContaining({ code: "ARGUMENT_INVALID" });

describe("KEY-24: what makeExtension writes is what Certificate reads", () => {
  test("subjectInfoAccess", () => {
    const location = { type: "uri", value: "http://repository.test/" } as const;
    const extension = makeExtension("subjectInfoAccess", [{ method: AccessMethod.caRepository, location }]);
    expect(extension).toMatchObject({ oid: "1.3.6.1.5.5.7.1.11", critical: false });
    expect(read(extension).subjectInfoAccess).toEqual([{ method: AccessMethod.caRepository, location }]);
  });

  test("privateKeyUsagePeriod, with fresh Dates each time", () => {
    const period = { notBefore: new Date("1999-01-01T00:00:00Z"), notAfter: new Date("2060-06-30T12:30:59Z") };
    const certificate = read(makeExtension("privateKeyUsagePeriod", period));
    expect({ ...certificate.privateKeyUsagePeriod }).toEqual(period);
    certificate.privateKeyUsagePeriod?.notAfter?.setTime(0);
    expect(certificate.privateKeyUsagePeriod?.notAfter).toEqual(period.notAfter);
    const { notAfter } = period;
    expect({ ...read(makeExtension("privateKeyUsagePeriod", { notAfter })).privateKeyUsagePeriod }).toEqual({
      notAfter,
    });
  });

  test("subjectDirectoryAttributes, values in the order of DER", () => {
    const values = [Uint8Array.of(0x13, 2, 0x55, 0x53), Uint8Array.of(0x13, 2, 0x44, 0x45)];
    const certificate = read(makeExtension("subjectDirectoryAttributes", [{ oid: "1.3.6.1.5.5.7.9.4", values }]));
    const [attribute] = certificate.subjectDirectoryAttributes ?? [];
    expect(attribute?.oid).toBe("1.3.6.1.5.5.7.9.4");
    expect(attribute?.values).toEqual([...values].reverse());
    attribute?.values[0]?.fill(0);
    expect(attribute?.values).toEqual([...values].reverse());
  });

  test("freshestCrl and crlDistributionPoints, with every field", () => {
    const rdn = DistinguishedName.of({ CN: "a" }).der.slice(2);
    const points = [
      ["http://a.test/1.crl", "http://b.test/1.crl"],
      { relativeName: rdn, reasons: ["keyCompromise", "aACompromise"] as const },
      { crlIssuer: [{ type: "directory", value: DistinguishedName.of({ CN: "crl" }) }] as const, reasons: [] },
    ];
    for (const name of ["crlDistributionPoints", "freshestCrl"] as const) {
      const [first, second, third] = read(makeExtension(name, points))[name] ?? [];
      expect(first?.fullName?.map(({ value }) => value)).toEqual(points[0]);
      expect(second?.relativeName).toEqual(rdn);
      expect(second?.reasons).toEqual(new Set(["keyCompromise", "aACompromise"]));
      expect(third?.crlIssuer?.map(String)).toHaveLength(1);
      expect(third?.reasons).toEqual(new Set());
      second?.relativeName?.fill(0);
      expect(second?.relativeName).toEqual(rdn);
    }
  });

  test("tlsFeature and acmeIdentifier", () => {
    const hash = new Uint8Array(32).fill(9);
    const certificate = read(
      makeExtension("tlsFeature", [TlsFeature.statusRequest, TlsFeature.statusRequestV2]),
      makeExtension("acmeIdentifier", hash),
    );
    expect(certificate.tlsFeature).toEqual([5, 17]);
    expect(certificate.acmeIdentifier).toEqual(hash);
    expect(certificate.extension(ExtensionOid.acmeIdentifier)?.critical).toBe(true);
    certificate.acmeIdentifier?.fill(0);
    expect(certificate.acmeIdentifier).toEqual(hash);
    // RFC 7633 section 6: the value of must-staple.
    expect(makeExtension("tlsFeature", [5]).value).toEqual(Uint8Array.of(0x30, 3, 2, 1, 5));
  });

  test("names and policies in their shorter forms", () => {
    const certificate = read(
      makeExtension("issuerAltName", ["ca.test"]),
      makeExtension("certificatePolicies", ["2.23.140.1.2.1"]),
      makeExtension("keyUsage", ["digitalSignature"], { critical: false }),
    );
    expect(certificate.issuerAltName).toEqual([{ type: "dns", value: "ca.test" }]);
    expect(certificate.certificatePolicies).toEqual([{ oid: "2.23.140.1.2.1" }]);
    expect(certificate.extension(ExtensionOid.keyUsage)?.critical).toBe(false);
  });
});

describe("signedCertificateTimestamps", () => {
  const v1: SignedCertificateTimestamp = {
    version: "v1",
    logId: new Uint8Array(32).fill(0xaa),
    timestamp: new Date("2026-02-03T04:05:06.789Z"),
    extensions: new Uint8Array(),
    signatureAlgorithm: { hash: 4, signature: 3 },
    signature: Uint8Array.of(0x30, 2, 5, 0),
  };
  const unknown: SignedCertificateTimestamp = { version: "unknown", bytes: Uint8Array.of(1, 2, 3) };

  test("the layout of RFC 6962 section 3.3", () => {
    const { value } = makeExtension("signedCertificateTimestamps", [v1]);
    expect(Buffer.from(value).toString("hex")).toBe(
      `04370035003300${"aa".repeat(32)}0000019c21acec6500000403000430020500`,
    );
  });

  test("known and unknown versions, and bytes that are fresh each time", () => {
    const certificate = read(makeExtension("signedCertificateTimestamps", [v1, unknown]));
    const [first, second] = certificate.signedCertificateTimestamps ?? [];
    expect({ ...first }).toEqual(v1);
    expect({ ...second }).toEqual(unknown);
    if (first?.version === "v1") first.logId.fill(0);
    expect({ ...certificate.signedCertificateTimestamps?.[0] }).toEqual(v1);
  });

  test("any list comes back", () => {
    const bytes = (maxLength: number) => fc.uint8Array({ maxLength });
    const one = fc.oneof(
      fc.record({
        version: fc.constant("v1" as const),
        logId: fc.uint8Array({ minLength: 32, maxLength: 32 }),
        timestamp: fc.date({ min: new Date(0), noInvalidDate: true }),
        extensions: bytes(20),
        signatureAlgorithm: fc.record({ hash: fc.nat(255), signature: fc.nat(255) }),
        signature: bytes(80),
      }),
      bytes(30).map((rest) => ({ version: "unknown" as const, bytes: Uint8Array.of(7, ...rest) })),
    );
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 5 }), (list) => {
        const again = read(makeExtension("signedCertificateTimestamps", list)).signedCertificateTimestamps;
        expect(again?.map((item) => ({ ...item }))).toEqual(list);
      }),
      { numRuns: 200 },
    );
  });

  test("what cannot be written is refused", () => {
    const { bytes } = { bytes: new Uint8Array(66_000) };
    for (const list of [
      [],
      [{ ...v1, logId: new Uint8Array(31) }],
      [{ ...v1, timestamp: new Date(Number.NaN) }],
      [{ ...v1, timestamp: new Date(-1) }],
      [{ ...v1, signature: bytes }],
      [{ version: "unknown" as const, bytes: new Uint8Array() }],
      [{ version: "unknown" as const, bytes: Uint8Array.of(0, 1) }],
    ]) {
      expect(() => makeExtension("signedCertificateTimestamps", list)).toThrow(argumentInvalid);
    }
  });
});

test.each<[string, () => unknown]>([
  ["an unknown name", () => makeExtension("toString" as "keyUsage", [])],
  ["no description", () => makeExtension("subjectInfoAccess", [])],
  ["a period without ends", () => makeExtension("privateKeyUsagePeriod", {})],
  [
    "a period that ends first",
    () => makeExtension("privateKeyUsagePeriod", { notBefore: new Date(1e12), notAfter: new Date(0) }),
  ],
  ["a period without a time", () => makeExtension("privateKeyUsagePeriod", { notAfter: new Date(Number.NaN) })],
  ["no directory attribute", () => makeExtension("subjectDirectoryAttributes", [])],
  [
    "a directory attribute without values",
    () => makeExtension("subjectDirectoryAttributes", [{ oid: "1.2.3", values: [] }]),
  ],
  ["a TLS feature beyond 65535", () => makeExtension("tlsFeature", [65_536])],
  ["an ACME identifier of another size", () => makeExtension("acmeIdentifier", new Uint8Array(31))],
  ["no point", () => makeExtension("freshestCrl", [])],
  ["a point with nothing but reasons", () => makeExtension("crlDistributionPoints", [{ reasons: ["superseded"] }])],
  [
    "a point with two names",
    () =>
      makeExtension("crlDistributionPoints", [{ fullName: ["http://a.test/"], relativeName: Uint8Array.of(0x31, 0) }]),
  ],
  [
    "a reason that nobody defined",
    () => makeExtension("crlDistributionPoints", [{ fullName: ["http://a.test/"], reasons: ["boredom" as "unused"] }]),
  ],
])("%s is not written", (_, make) => {
  expect(make).toThrow(argumentInvalid);
});

test("OpenSSL prints every extension as it was meant", async () => {
  const keyPair = await KeyPair.generate();
  const certificate = await PrivateCertificate.selfSigned({
    keyPair,
    subjectAltName: ["example.test"],
    extensions: [
      makeExtension("tlsFeature", [5, 17]),
      makeExtension("acmeIdentifier", new Uint8Array(32).fill(0xab)),
      makeExtension("privateKeyUsagePeriod", {
        notBefore: new Date("2026-01-01T00:00:00Z"),
        notAfter: new Date("2060-01-01T00:00:00Z"),
      }),
      makeExtension("subjectInfoAccess", [
        { method: AccessMethod.caRepository, location: { type: "uri", value: "http://repository.test/" } },
      ]),
      makeExtension("issuerAltName", ["ca@example.test"]),
      makeExtension("freshestCrl", [["http://delta.test/1.crl"]]),
      makeExtension("crlDistributionPoints", [
        {
          fullName: ["http://full.test/1.crl"],
          reasons: ["keyCompromise", "superseded"],
          crlIssuer: [{ type: "directory", value: DistinguishedName.of({ CN: "crl" }) }],
        },
      ]),
      makeExtension("policyMappings", [{ issuerDomainPolicy: "1.2.3", subjectDomainPolicy: "1.2.4" }]),
      makeExtension("policyConstraints", { requireExplicitPolicy: 1, inhibitPolicyMapping: 2 }),
      makeExtension("inhibitAnyPolicy", 3),
      makeExtension("signedCertificateTimestamps", [
        {
          version: "v1",
          logId: new Uint8Array(32).fill(0xcd),
          timestamp: new Date("2026-02-03T04:05:06.789Z"),
          extensions: new Uint8Array(),
          signatureAlgorithm: { hash: 4, signature: 3 },
          signature: Uint8Array.of(0x30, 6, 2, 1, 1, 2, 1, 2),
        },
      ]),
    ],
  });
  using openssl = new Openssl();
  openssl.write("c.pem", certificate.toPem());
  const text = openssl.must("x509", "-in", "c.pem", "-noout", "-text");
  for (const expected of [
    /TLS Feature:\s+status_request, status_request_v2/,
    /Private Key Usage Period:\s+Not Before: Jan {2}1 00:00:00 2026 GMT, Not After: Jan {2}1 00:00:00 2060 GMT/,
    /Subject Information Access:\s+CA Repository - URI:http:\/\/repository.test\//,
    /Issuer Alternative Name:\s+email:ca@example.test/,
    /Freshest CRL:\s+Full Name:\s+URI:http:\/\/delta.test\/1.crl/,
    /Reasons:\s+Key Compromise, Superseded\s+CRL Issuer:\s+DirName: ?CN ?= ?crl/,
    /Policy Mappings: critical\s+1.2.3:1.2.4/,
    /Policy Constraints: critical\s+Require Explicit Policy:1, Inhibit Policy Mapping:2/,
    /Inhibit Any Policy: critical\s+3/,
    /Version\s*: v1 \(0x0\)\s+Log ID\s*: CD:CD/,
    /Timestamp\s*: Feb {2}3 04:05:06.789 2026 GMT/,
    /ecdsa-with-SHA256/,
  ]) {
    expect(text).toMatch(expected);
  }
});

test("a value that cannot be read says so with the name of its extension", () => {
  const certificate = read({ oid: ExtensionOid.tlsFeature, critical: false, value: Uint8Array.of(5, 0) });
  try {
    certificate.tlsFeature;
    expect.unreachable();
  } catch (error) {
    if (!X509Error.is(error) || error.code !== "EXTENSION_INVALID") throw error;
    expect(error.details).toMatchObject({ oid: ExtensionOid.tlsFeature, name: "tlsFeature" });
  }
});
