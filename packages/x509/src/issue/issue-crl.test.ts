// CRLs made here and read by OpenSSL, and the other way round.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { errorCode } from "../../test/error-code.ts";
import { Openssl } from "../../test/openssl.ts";
import {
  CertificateRevocationList,
  type CrlOptions,
  DistinguishedName,
  ExtensionOid,
  encodeInvalidityDate,
  issueCrl,
  type KeyGenerationOptions,
  PrivateCertificate,
  type SignatureAlgorithmName,
} from "../index.ts";

const openssl = new Openssl();
afterAll(() => openssl[Symbol.dispose]());
const june = new Date("2026-06-01T00:00:00Z");
const other = DistinguishedName.of({ CN: "other" });

function makeCa(key?: KeyGenerationOptions): Promise<PrivateCertificate> {
  return PrivateCertificate.selfSigned({ profile: "ca", subject: { CN: "CRL CA", O: "Zoë" }, ...(key && { key }) });
}

let ca: PrivateCertificate;
beforeAll(async () => {
  ca = await makeCa();
});

describe("what is made here, OpenSSL verifies and prints", () => {
  const kinds: readonly [string, KeyGenerationOptions, SignatureAlgorithmName?][] = [
    ["P-256", { type: "ecdsa", curve: "P-256" }],
    ["P-384", { type: "ecdsa", curve: "P-384" }],
    ["P-521", { type: "ecdsa", curve: "P-521" }],
    ["RSA", { type: "rsa", bits: 2048 }],
    ["RSA with PSS", { type: "rsa", bits: 2048 }, "rsassaPss-SHA256"],
    ["Ed25519", { type: "ed25519" }],
  ];
  test.each(kinds)("%s", async (name, key, signatureAlgorithm) => {
    const issuer = await makeCa(key);
    const crl = await issueCrl(issuer, {
      crlNumber: 3,
      entries: [{ serialNumber: 0x1234n, reason: "superseded" }],
      ...(signatureAlgorithm && { signatureAlgorithm }),
    });
    expect(await crl.verifySignature(issuer.publicKey)).toBe(true);
    expect(crl.verifySignatureSync(issuer.publicKey)).toBe(true);
    expect(await crl.verifySignature((await makeCa(key)).publicKey)).toBe(false);
    openssl.write("ca.pem", issuer.toPem());
    openssl.write("made.crl", crl.toPem());
    const text = openssl.must("crl", "-in", "made.crl", "-CAfile", "ca.pem", "-verify", "-noout", "-text");
    expect(text, name).toContain("verify OK");
    expect(text).toContain("Serial Number: 1234");
    expect(text).toContain("Superseded");
  });

  test("every extension", async () => {
    const crl = await issueCrl(ca, {
      crlNumber: 2n ** 80n,
      thisUpdate: june,
      days: 1,
      deltaOf: 4,
      entries: [
        { serialNumber: 1n, reason: "keyCompromise", invalidityDate: new Date("2026-01-02T03:04:05Z") },
        { serialNumber: 2n, reason: "removeFromCRL", revocationDate: new Date("2051-01-01T00:00:00Z") },
        { serialNumber: 1n, certificateIssuer: other },
        { serialNumber: 3n, certificateIssuer: other },
        { serialNumber: 4n },
      ],
      issuingDistributionPoint: {
        fullName: ["http://a.test/a.crl"],
        indirectCRL: true,
        onlyContainsUserCerts: true,
        onlySomeReasons: ["keyCompromise", "affiliationChanged"],
      },
    });
    expect(crl.deviations).toEqual([]);
    expect(crl.nextUpdate).toEqual(new Date("2026-06-02T00:00:00Z"));
    expect([...crl.entries].map(({ extensions }) => extensions.length)).toEqual([2, 1, 1, 0, 1]);
    expect(crl.find(3n, other)?.certificateIssuer).toEqual([{ type: "directory", value: other }]);
    expect(crl.find(4n)?.serialNumber).toBe(4n);
    openssl.write("all.crl", crl.der);
    const text = openssl.must("crl", "-in", "all.crl", "-inform", "DER", "-noout", "-text");
    for (const line of [
      "X509v3 Delta CRL Indicator: critical",
      "X509v3 Issuing Distribution Point: critical",
      "URI:http://a.test/a.crl",
      "Only User Certificates",
      "Indirect CRL",
      "Key Compromise, Affiliation Changed",
      "Jan  2 03:04:05 2026 GMT",
      "Remove From CRL",
      "Revocation Date: Jan  1 00:00:00 2051 GMT",
      "X509v3 Certificate Issuer: critical",
      "DirName:/CN=other",
    ]) {
      expect(text).toContain(line);
    }
  });

  test("without entries there is no list of them; freshest CRL; `unspecified` is not written", async () => {
    const empty = await issueCrl(ca, { crlNumber: 1, freshestCrl: [["http://a.test/delta.crl"]] });
    expect([empty.entryCount, empty.deviations]).toEqual([0, []]);
    openssl.write("empty.crl", empty.toPem());
    const text = openssl.must("crl", "-in", "empty.crl", "-noout", "-text");
    expect(text).toContain("No Revoked Certificates.");
    expect(text).toContain("URI:http://a.test/delta.crl");
    const crl = await issueCrl(ca, { crlNumber: 1, entries: [{ serialNumber: 1n, reason: "unspecified" }] });
    expect(crl.find(1n)?.extensions).toEqual([]);
  });

  test("openssl verify takes it for revocation, and refuses what is listed", async () => {
    const good = await ca.issue({ subjectAltName: ["good.test"], publicKey: ca.publicKey });
    const bad = await ca.issue({ subjectAltName: ["bad.test"], publicKey: ca.publicKey });
    const crl = await issueCrl(ca, { crlNumber: 9, entries: [{ serialNumber: bad.serialNumber }] });
    openssl.write("root.pem", ca.toPem());
    openssl.write("root.crl", crl.toPem());
    openssl.write("good.pem", good.toPem());
    openssl.write("bad.pem", bad.toPem());
    const verify = ["verify", "-crl_check", "-CAfile", "root.pem", "-CRLfile", "root.crl"];
    expect(openssl.run(...verify, "good.pem").output).toContain("good.pem: OK");
    expect(openssl.run(...verify, "bad.pem").output).toContain("certificate revoked");
  });

  test("5,000 entries: more than a function takes arguments at once", async () => {
    const entries = Array.from({ length: 5000 }, (_, index) => ({ serialNumber: BigInt(index) }));
    const crl = await issueCrl(ca, { crlNumber: 1, entries });
    expect([...crl.entries].map(({ serialNumber }) => serialNumber)).toEqual(entries.map((one) => one.serialNumber));
  });
});

test("what OpenSSL makes, we read", async () => {
  openssl.write("ca.pem", ca.toPem());
  openssl.write("ca.key", await ca.keyPair.toPem());
  openssl.write(
    "index.txt",
    [
      "R\t351231000000Z\t250102030405Z,keyCompromise\t1001\tunknown\t/CN=a",
      "R\t351231000000Z\t250102030406Z,CACompromise\t1002\tunknown\t/CN=b",
      "R\t351231000000Z\t250102030407Z,keyTime,20240102030405Z\t1003\tunknown\t/CN=c",
      "R\t351231000000Z\t250102030408Z\tF1004F1004F1004F1004\tunknown\t/CN=d",
      "V\t351231000000Z\t\t1005\tunknown\t/CN=e",
      "",
    ].join("\n"),
  );
  openssl.write("number", "1F\n");
  openssl.write(
    "ca.cnf",
    `[ca]
default_ca = own
[own]
database = index.txt
crlnumber = number
default_md = sha256
default_crl_days = 3
crl_extensions = ext
[ext]
authorityKeyIdentifier = keyid:always
issuingDistributionPoint = critical,@idp
freshestCRL = URI:http://a.test/d.crl
[idp]
fullname = URI:http://a.test/a.crl
onlyuser = TRUE
onlysomereasons = keyCompromise,CACompromise
`,
  );
  openssl.must("ca", "-gencrl", "-config", "ca.cnf", "-cert", "ca.pem", "-keyfile", "ca.key", "-out", "theirs.crl");
  const crl = CertificateRevocationList.parse(openssl.read("theirs.crl"));
  expect(crl.deviations).toEqual([]);
  expect(await crl.verifySignature(ca.publicKey)).toBe(true);
  expect(crl.issuer.equals(ca.subject)).toBe(true);
  expect(crl.crlNumber).toBe(0x1fn);
  expect(crl.authorityKeyIdentifier?.keyIdentifier).toEqual(ca.subjectKeyIdentifier);
  expect(crl.issuingDistributionPoint).toMatchObject({
    fullName: [{ type: "uri", value: "http://a.test/a.crl" }],
    onlyContainsUserCerts: true,
    onlySomeReasons: new Set(["keyCompromise", "cACompromise"]),
  });
  expect(crl.freshestCrl?.[0]?.fullName).toEqual([{ type: "uri", value: "http://a.test/d.crl" }]);
  expect((crl.nextUpdate?.getTime() ?? 0) - crl.thisUpdate.getTime()).toBe(3 * 86_400_000);
  expect(crl.entryCount).toBe(4);
  expect(crl.find(0x1001n)).toMatchObject({
    reason: "keyCompromise",
    revocationDate: new Date("2025-01-02T03:04:05Z"),
  });
  expect(crl.find(0x1002n)?.reason).toBe("cACompromise");
  expect(crl.find(0x1003n)).toMatchObject({
    reason: "keyCompromise",
    invalidityDate: new Date("2024-01-02T03:04:05Z"),
  });
  expect(crl.find(0xf1004f1004f1004f1004n)?.reason).toBeUndefined();
  expect(crl.find(0x1005n)).toBeUndefined();
});

describe("what is refused", () => {
  const invalidity = { oid: ExtensionOid.invalidityDate, critical: false, value: encodeInvalidityDate(june) };
  const number = { oid: ExtensionOid.crlNumber, critical: false, value: Uint8Array.of(2, 1, 1) };
  test.each<[string, Partial<CrlOptions>, string]>([
    ["no CRL number", { crlNumber: undefined as never }, "ARGUMENT_INVALID"],
    ["a negative CRL number", { crlNumber: -1n }, "ARGUMENT_INVALID"],
    ["a fraction of a CRL number", { crlNumber: 1.5 }, "ARGUMENT_INVALID"],
    ["a CRL number of 21 octets", { crlNumber: 1n << 160n }, "ARGUMENT_INVALID"],
    ["a delta of itself", { deltaOf: 5 }, "ARGUMENT_INVALID"],
    ["a delta with a freshest CRL", { deltaOf: 4, freshestCrl: [["http://a.test/"]] }, "ARGUMENT_INVALID"],
    ["days and nextUpdate", { days: 1, nextUpdate: june }, "ARGUMENT_INVALID"],
    ["a next update that is none", { days: 0 }, "VALIDITY_INVALID"],
    ["a next update before this one", { thisUpdate: new Date("2026-06-02"), nextUpdate: june }, "VALIDITY_INVALID"],
    ["no date", { thisUpdate: new Date(Number.NaN) }, "VALIDITY_INVALID"],
    ["a serial number that is no bigint", { entries: [{ serialNumber: 1 as never }] }, "SERIAL_INVALID"],
    ["a serial number of 21 octets", { entries: [{ serialNumber: 1n << 159n }] }, "SERIAL_INVALID"],
    ["a certificate twice", { entries: [{ serialNumber: 1n }, { serialNumber: 1n }] }, "ARGUMENT_INVALID"],
    ["an unknown reason", { entries: [{ serialNumber: 1n, reason: "boredom" as never }] }, "ARGUMENT_INVALID"],
    [
      "removeFromCRL in a complete CRL",
      { entries: [{ serialNumber: 1n, reason: "removeFromCRL" }] },
      "ARGUMENT_INVALID",
    ],
    [
      "another issuer in a direct CRL",
      { entries: [{ serialNumber: 1n, certificateIssuer: other }] },
      "ARGUMENT_INVALID",
    ],
    ["an extension that is a field", { entries: [{ serialNumber: 1n, extensions: [invalidity] }] }, "ARGUMENT_INVALID"],
    ["an extension of the list that is a field", { extensions: [number] }, "ARGUMENT_INVALID"],
    ["an empty distribution point", { issuingDistributionPoint: {} }, "ARGUMENT_INVALID"],
    ["a distribution point without a name", { issuingDistributionPoint: { fullName: [] } }, "ARGUMENT_INVALID"],
    [
      "users and CAs only",
      { issuingDistributionPoint: { onlyContainsUserCerts: true, onlyContainsCACerts: true } },
      "ARGUMENT_INVALID",
    ],
    ["a weak hash", { signatureAlgorithm: "ecdsa-with-SHA1" as never }, "ALGORITHM_WEAK"],
  ])("%s", async (_, options, expected) => {
    await expect(issueCrl(ca, { crlNumber: 5, ...options })).rejects.toThrow(errorCode(expected));
  });

  test("an issuer that may not sign CRLs, unless it is forced", async () => {
    const leaf = await ca.issuePrivate({ subjectAltName: ["a.test"] });
    await expect(issueCrl(leaf, { crlNumber: 1 })).rejects.toThrow(errorCode("NOT_A_CA"));
    expect(await (await issueCrl(leaf, { crlNumber: 1, force: true })).verifySignature(leaf.publicKey)).toBe(true);
    const issuer = await ca.issuePrivate({ subject: { CN: "CRL issuer" }, keyUsage: ["cRLSign"] });
    expect((await issueCrl(issuer, { crlNumber: 1 })).issuer.CN).toBe("CRL issuer");
  });
});
