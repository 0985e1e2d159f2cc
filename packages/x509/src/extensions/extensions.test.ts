import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { makeCertificate } from "../../test/make-certificate.ts";
import { fromHex, toHex } from "../bytes.ts";
import { X509Error } from "../error.ts";
import {
  AccessMethod,
  Certificate,
  DistinguishedName,
  ExtendedKeyUsage,
  type Extension,
  ExtensionOid,
  encodeAltName,
  encodeAuthorityInfoAccess,
  encodeAuthorityKeyIdentifier,
  encodeBasicConstraints,
  encodeCertificatePolicies,
  encodeCrlDistributionPoints,
  encodeExtendedKeyUsage,
  encodeInhibitAnyPolicy,
  encodeKeyUsage,
  encodeNameConstraints,
  encodePolicyConstraints,
  encodePolicyMappings,
  encodeSubjectKeyIdentifier,
  formatGeneralName,
  generalName,
  generalSubtree,
} from "../index.ts";

type Name = keyof typeof ExtensionOid;

function withExtension(name: Name, value: Uint8Array | string, critical = false): Certificate {
  const bytes = typeof value === "string" ? fromHex(value.replaceAll(" ", "")) : value;
  if (bytes === undefined) throw new Error(`not hex: ${value}`);
  return Certificate.fromDer(makeCertificate({ extensions: [{ oid: ExtensionOid[name], critical, value: bytes }] }));
}

const keyId = Uint8Array.of(1, 2, 3, 4);

describe("KEY-24: what is written is read", () => {
  test("basicConstraints", () => {
    for (const value of [{ ca: false }, { ca: true }, { ca: true, pathLength: 0 }, { ca: true, pathLength: 300 }]) {
      expect(withExtension("basicConstraints", encodeBasicConstraints(value)).basicConstraints).toEqual(value);
    }
  });

  test("keyUsage, each bit and all", () => {
    const all = [
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
    for (const usages of [...all.map((usage) => [usage]), all, [all[5], all[0]]]) {
      const certificate = withExtension("keyUsage", encodeKeyUsage(usages));
      expect([...(certificate.keyUsage ?? [])].sort()).toEqual([...usages].sort());
      expect(certificate.deviations).toEqual([]);
    }
    expect(toHex(encodeKeyUsage(["keyCertSign", "cRLSign"]))).toBe("03020106");
  });

  test("extendedKeyUsage", () => {
    const purposes = [ExtendedKeyUsage.serverAuth, ExtendedKeyUsage.anyExtendedKeyUsage, "1.2.3"];
    expect(withExtension("extendedKeyUsage", encodeExtendedKeyUsage(purposes)).extendedKeyUsage).toEqual(purposes);
  });

  test("key identifiers", () => {
    const subject = withExtension("subjectKeyIdentifier", encodeSubjectKeyIdentifier(keyId));
    expect(subject.subjectKeyIdentifier).toEqual(keyId);
    subject.subjectKeyIdentifier?.fill(0);
    expect(subject.subjectKeyIdentifier).toEqual(keyId);
    const issuer = [{ type: "directory", value: DistinguishedName.of({ CN: "a" }) }] as const;
    for (const value of [
      {},
      { keyIdentifier: keyId },
      { issuer, serialNumber: -5n },
      { keyIdentifier: keyId, issuer, serialNumber: 2n ** 80n },
    ]) {
      const { authorityKeyIdentifier: read } = withExtension(
        "authorityKeyIdentifier",
        encodeAuthorityKeyIdentifier(value),
      );
      expect(read?.keyIdentifier).toEqual(value.keyIdentifier);
      expect(read?.serialNumber).toBe(value.serialNumber);
      expect(read?.issuer?.map(formatGeneralName)).toEqual(value.issuer?.map(formatGeneralName));
      read?.keyIdentifier?.fill(0);
      expect(read?.keyIdentifier).toEqual(value.keyIdentifier);
    }
  });

  test("alternative names", () => {
    const texts = ["example.com", "10.0.0.1", "a@b.example", "https://c.example/"];
    for (const name of ["subjectAltName", "issuerAltName"] as const) {
      expect(withExtension(name, encodeAltName(texts))[name]?.map(({ value }) => value)).toEqual(texts);
    }
  });

  test("nameConstraints", () => {
    const texts = [
      "example.com",
      ".example.com",
      "10.0.0.0/8",
      "2001:db8::/32",
      "10.1.2.3",
      "a@b.example",
      "0.0.0.0/0",
      "192.168.1.129/25",
    ];
    const constraints = { permitted: texts.map(generalSubtree), excluded: [generalSubtree("b.example")] };
    const { nameConstraints } = withExtension("nameConstraints", encodeNameConstraints(constraints));
    expect(nameConstraints?.permitted?.map(({ base }) => base.value)).toEqual([
      "example.com",
      ".example.com",
      "10.0.0.0/8",
      "2001:db8::/32",
      "10.1.2.3/32",
      "a@b.example",
      "0.0.0.0/0",
      "192.168.1.128/25",
    ]);
    expect(nameConstraints?.excluded?.map(({ base }) => base)).toEqual([{ type: "dns", value: "b.example" }]);
    const [, , network] = nameConstraints?.permitted ?? [];
    expect(network?.base.type === "ip" && network.base.bytes).toEqual(Uint8Array.of(10, 0, 0, 0, 255, 0, 0, 0));
  });

  test("authorityInfoAccess", () => {
    const value = [{ method: AccessMethod.ocsp, location: generalName("http://ocsp.example/") }];
    expect(withExtension("authorityInfoAccess", encodeAuthorityInfoAccess(value)).authorityInfoAccess).toEqual(value);
  });

  test("crlDistributionPoints", () => {
    const certificate = withExtension(
      "crlDistributionPoints",
      encodeCrlDistributionPoints([["http://a.example/"], ["http://b.example/"]]),
    );
    expect(certificate.crlDistributionPoints?.map(({ fullName }) => fullName?.map(({ value }) => value))).toEqual([
      ["http://a.example/"],
      ["http://b.example/"],
    ]);
    const all = withExtension(
      "crlDistributionPoints",
      "30 1e 30 1c a0 0c a1 0a 30 08 06 03 55 04 03 0c 01 61 81 02 01 82 a2 08 82 06 63 2e 74 65 73 74",
    );
    expect(all.crlDistributionPoints).toMatchObject([
      {
        relativeName: Uint8Array.of(0x31, 10, 0x30, 8, 6, 3, 0x55, 4, 3, 12, 1, 0x61),
        reasons: new Set(["unused", "certificateHold"]),
        crlIssuer: [{ value: "c.test" }],
      },
    ]);
  });

  test("policies", () => {
    const policies = withExtension(
      "certificatePolicies",
      encodeCertificatePolicies([
        "2.5.29.32.0",
        { oid: "1.2.3", qualifiers: [{ oid: "1.2.4", value: Uint8Array.of(5, 0) }] },
      ]),
    );
    expect(policies.certificatePolicies).toEqual([
      { oid: "2.5.29.32.0" },
      { oid: "1.2.3", qualifiers: [{ oid: "1.2.4", value: Uint8Array.of(5, 0) }] },
    ]);
    const mapping = [{ issuerDomainPolicy: "1.2.3", subjectDomainPolicy: "1.2.4" }];
    expect(withExtension("policyMappings", encodePolicyMappings(mapping)).policyMappings).toEqual(mapping);
    for (const value of [
      { requireExplicitPolicy: 0 },
      { inhibitPolicyMapping: 3 },
      { requireExplicitPolicy: 200, inhibitPolicyMapping: 0 },
    ]) {
      expect(withExtension("policyConstraints", encodePolicyConstraints(value)).policyConstraints).toEqual(value);
    }
    expect(withExtension("inhibitAnyPolicy", encodeInhibitAnyPolicy(2)).inhibitAnyPolicy).toBe(2);
  });

  test("absent extensions are undefined", () => {
    const certificate = Certificate.fromDer(makeCertificate());
    expect([
      certificate.subjectAltName,
      certificate.keyUsage,
      certificate.basicConstraints,
      certificate.nameConstraints,
    ]).toEqual([undefined, undefined, undefined, undefined]);
    expect(certificate.extensions).toEqual([]);
  });
});

test("OpenSSL reads what is written", () => {
  const extension = (name: Name, value: Uint8Array, critical = false): Extension => ({
    oid: ExtensionOid[name],
    critical,
    value,
  });
  const der = makeCertificate({
    extensions: [
      extension("basicConstraints", encodeBasicConstraints({ ca: true, pathLength: 3 }), true),
      extension("keyUsage", encodeKeyUsage(["keyCertSign", "decipherOnly"]), true),
      extension("extendedKeyUsage", encodeExtendedKeyUsage([ExtendedKeyUsage.serverAuth])),
      extension("subjectAltName", encodeAltName(["*.example.com", "2001:db8::1", "a@b.example"])),
      extension(
        "nameConstraints",
        encodeNameConstraints({ permitted: [generalSubtree("example.com"), generalSubtree("10.0.0.0/8")] }),
        true,
      ),
      extension("authorityKeyIdentifier", encodeAuthorityKeyIdentifier({ keyIdentifier: keyId })),
      extension("subjectKeyIdentifier", encodeSubjectKeyIdentifier(keyId)),
      extension(
        "authorityInfoAccess",
        encodeAuthorityInfoAccess([{ method: AccessMethod.caIssuers, location: generalName("http://ca.example/") }]),
      ),
      extension("crlDistributionPoints", encodeCrlDistributionPoints([["http://crl.example/"]])),
      extension("certificatePolicies", encodeCertificatePolicies(["2.5.29.32.0"])),
      extension("policyConstraints", encodePolicyConstraints({ requireExplicitPolicy: 1 }), true),
      extension(
        "policyMappings",
        encodePolicyMappings([{ issuerDomainPolicy: "1.2.3", subjectDomainPolicy: "1.2.4" }]),
      ),
      extension("inhibitAnyPolicy", encodeInhibitAnyPolicy(4), true),
    ],
  });
  const text = execFileSync("openssl", ["x509", "-inform", "DER", "-noout", "-text"], { input: der, encoding: "utf8" });
  for (const line of [
    "CA:TRUE, pathlen:3",
    "Certificate Sign, Decipher Only",
    "TLS Web Server Authentication",
    "DNS:*.example.com, IP Address:2001:DB8:0:0:0:0:0:1, email:a@b.example",
    "DNS:example.com",
    "IP:10.0.0.0/255.0.0.0",
    "01:02:03:04",
    "CA Issuers - URI:http://ca.example/",
    "URI:http://crl.example/",
    "Policy: X509v3 Any Policy",
    "Require Explicit Policy:1",
    "1.2.3:1.2.4",
    "X509v3 Inhibit Any Policy: critical",
  ]) {
    expect(text).toContain(line);
  }
});

describe("what is malformed throws when it is read, and not before", () => {
  test.each<[Name, string, string]>([
    ["basicConstraints", "no SEQUENCE", "05 00"],
    ["basicConstraints", "a negative path length", "30 06 01 01 ff 02 01 ff"],
    ["basicConstraints", "a huge path length", "30 0a 01 01 ff 02 05 01 00 00 00 00"],
    ["basicConstraints", "something after the path length", "30 08 01 01 ff 02 01 00 05 00"],
    ["basicConstraints", "BOOLEAN 01", "30 03 01 01 01"],
    ["basicConstraints", "trailing bytes", "30 00 05 00"],
    ["basicConstraints", "nothing", ""],
    ["keyUsage", "an OCTET STRING", "04 01 80"],
    ["keyUsage", "unused bits that are set", "03 02 07 ff"],
    ["extendedKeyUsage", "an empty list", "30 00"],
    ["extendedKeyUsage", "no OID", "30 02 05 00"],
    ["subjectKeyIdentifier", "an INTEGER", "02 01 2a"],
    ["authorityKeyIdentifier", "an issuer without a serial number", "30 05 a1 03 82 01 61"],
    ["authorityKeyIdentifier", "a serial number without an issuer", "30 03 82 01 05"],
    ["authorityKeyIdentifier", "fields in another order", "30 06 82 01 05 80 01 05"],
    ["authorityKeyIdentifier", "a padded serial number", "30 09 a1 03 82 01 61 82 02 00 05"],
    [
      "authorityKeyIdentifier",
      "a serial number that takes seconds to print",
      `30 82 01 0a a1 03 82 01 61 82 82 01 01 ${"77 ".repeat(257)}`,
    ],
    ["subjectAltName", "an empty list", "30 00"],
    ["subjectAltName", "an IP address of three octets", "30 05 87 03 01 02 03"],
    ["subjectAltName", "a DNS name beyond ASCII", "30 04 82 02 c3 a9"],
    ["subjectAltName", "indefinite length", "30 80 82 01 61 00 00"],
    ["nameConstraints", "nothing constrained", "30 00"],
    ["nameConstraints", "an empty list", "30 02 a0 00"],
    ["nameConstraints", "a minimum of 1", "30 0a a0 08 30 06 82 01 61 80 01 01"],
    ["nameConstraints", "a maximum", "30 0a a0 08 30 06 82 01 61 81 01 05"],
    ["nameConstraints", "an address without a mask", "30 0a a0 08 30 06 87 04 0a 00 00 00"],
    ["nameConstraints", "a mask with holes", "30 0e a0 0c 30 0a 87 08 0a 00 00 00 ff 00 ff 00"],
    ["authorityInfoAccess", "an empty list", "30 00"],
    ["authorityInfoAccess", "a method without a location", "30 06 30 04 06 02 2a 03"],
    ["crlDistributionPoints", "a point with nothing", "30 02 30 00"],
    ["crlDistributionPoints", "a point with reasons only", "30 06 30 04 81 02 01 82"],
    ["crlDistributionPoints", "a relative name that is none", "30 0c 30 0a a0 08 a1 06 30 04 06 02 2a 03"],
    ["crlDistributionPoints", "a reason that nobody defined", "30 0c 30 0a 81 03 06 00 40 a2 03 82 01 61"],
    ["crlDistributionPoints", "reasons with zero bits at their end", "30 0b 30 09 81 02 00 80 a2 03 82 01 61"],
    ["freshestCrl", "an empty list", "30 00"],
    ["subjectInfoAccess", "an empty list", "30 00"],
    ["privateKeyUsagePeriod", "neither end", "30 00"],
    ["privateKeyUsagePeriod", "a UTCTime", "30 0f 80 0d 32 36 30 31 30 31 30 30 30 30 30 30 5a"],
    ["subjectDirectoryAttributes", "an attribute without a value", "30 08 30 06 06 02 2a 03 31 00"],
    ["subjectDirectoryAttributes", "values out of order", "30 0c 30 0a 06 02 2a 03 31 04 05 00 01 00"],
    ["tlsFeature", "a number beyond 65535", "30 05 02 03 01 00 00"],
    ["tlsFeature", "a negative number", "30 03 02 01 ff"],
    ["acmeIdentifier", "31 octets", `04 1f ${"00 ".repeat(31)}`],
    ["signedCertificateTimestamps", "an empty list", "04 02 00 00"],
    ["signedCertificateTimestamps", "an empty timestamp", "04 04 00 02 00 00"],
    ["signedCertificateTimestamps", "a list that ends early", "04 05 00 02 00 01 01"],
    ["signedCertificateTimestamps", "a timestamp that ends early", "04 06 00 04 00 03 00 01"],
    [
      "signedCertificateTimestamps",
      "a time that no Date holds",
      `04 37 00 35 00 33 00 ${"00 ".repeat(32)} ff ff ff ff ff ff ff ff 00 00 04 03 00 04 30 02 05 00`,
    ],
    ["certificatePolicies", "an empty list", "30 00"],
    ["certificatePolicies", "a policy twice", "30 0c 30 04 06 02 2a 03 30 04 06 02 2a 03"],
    ["certificatePolicies", "empty qualifiers", "30 08 30 06 06 02 2a 03 30 00"],
    ["policyConstraints", "nothing constrained", "30 00"],
    ["policyConstraints", "a negative number", "30 03 80 01 ff"],
    ["policyMappings", "an empty list", "30 00"],
    ["inhibitAnyPolicy", "a negative number", "02 01 ff"],
  ])("%s: %s", (name, _, hex) => {
    const certificate = withExtension(name, hex);
    try {
      expect(certificate[name as "subjectAltName"]).toBe("nothing that can be read");
    } catch (error) {
      if (!X509Error.is(error) || error.code !== "EXTENSION_INVALID") throw error;
      expect(error.details.oid).toBe(ExtensionOid[name]);
      expect(X509Error.is(error.cause)).toBe(true);
      // The offset is in the certificate, at or after the extension.
      const at = Buffer.from(certificate.der).indexOf(Buffer.from(certificate.extensions[0]?.value ?? []));
      expect(error.details.offset).toBeGreaterThanOrEqual(at);
      expect(error.details.offset).toBeLessThanOrEqual(certificate.der.length);
    }
    // The rest of the certificate can still be read and printed.
    expect(certificate.extensions).toHaveLength(1);
    expect(certificate.inspect()).toContain("Serial Number: 1");
    expect(() => certificate.deviations).not.toThrow();
  });
});

test.each<[string, () => unknown]>([
  ["a path length without a CA", () => encodeBasicConstraints({ ca: false, pathLength: 1 })],
  ["a path length that is no integer", () => encodeBasicConstraints({ ca: true, pathLength: 0.5 })],
  ["a negative path length", () => encodeBasicConstraints({ ca: true, pathLength: -1 })],
  ["no key usage", () => encodeKeyUsage([])],
  ["an unknown key usage", () => encodeKeyUsage(["nope" as never])],
  ["no purpose", () => encodeExtendedKeyUsage([])],
  ["a purpose that is no OID", () => encodeExtendedKeyUsage(["serverAuth"])],
  ["no name", () => encodeAltName([])],
  ["no subtree", () => encodeNameConstraints({ permitted: [] })],
  ["a network that is none", () => generalSubtree("10.0.0.0/33")],
  ["no access", () => encodeAuthorityInfoAccess([])],
  ["no distribution point", () => encodeCrlDistributionPoints([])],
  ["a policy twice", () => encodeCertificatePolicies(["1.2.3", "1.2.3"])],
  ["no policy constraint", () => encodePolicyConstraints({})],
  ["no mapping", () => encodePolicyMappings([])],
  ["a negative number of certificates", () => encodeInhibitAnyPolicy(-1)],
])("%s is not written", (_, write) => {
  expect(write).toThrow(expect.objectContaining({ code: "ARGUMENT_INVALID" }));
});
