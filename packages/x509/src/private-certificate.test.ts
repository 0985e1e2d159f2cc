import { inspect } from "node:util";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { Openssl } from "../test/openssl.ts";
import { toHex } from "./bytes.ts";
import { Certificate } from "./certificate.ts";
import { CertificateRequest } from "./certificate-request.ts";
import { derUtf8String } from "./der/writer.ts";
import { DistinguishedName } from "./distinguished-name/distinguished-name.ts";
import { encodeBasicConstraints } from "./extensions/basic-constraints.ts";
import { ExtendedKeyUsage } from "./extensions/extended-key-usage.ts";
import { encodeKeyUsage } from "./extensions/key-usage.ts";
import { ExtensionOid } from "./extensions/oids.ts";
import type { IssueOptions, SelfSignedOptions } from "./issue/issue-options.ts";
import { type KeyGenerationOptions, KeyPair } from "./key-pair.ts";
import { PrivateCertificate } from "./private-certificate.ts";

const openssl = new Openssl();
afterAll(() => openssl[Symbol.dispose]());

const kinds: readonly KeyGenerationOptions[] = [
  { type: "rsa" },
  { type: "ecdsa" },
  { type: "ecdsa", curve: "P-384" },
  { type: "ecdsa", curve: "P-521" },
  { type: "ed25519" },
];
const day = 86_400_000;
const selfSigned = (options: SelfSignedOptions) => PrivateCertificate.selfSigned(options);
const newCa = (options: Partial<SelfSignedOptions> = {}) =>
  selfSigned({ subject: { CN: "CA" }, profile: "ca", ...options });

function verify(root: Certificate, leaf: PrivateCertificate, purpose: string, ...more: string[]): string {
  openssl.write("root.pem", root.toPem());
  openssl.write("chain.pem", leaf.fullChainPem());
  openssl.write("leaf.pem", leaf.toPem());
  const args = ["-x509_strict", "-purpose", purpose, "-CAfile", "root.pem", "-untrusted", "chain.pem"];
  return openssl.run("verify", ...args, ...more, "leaf.pem").output;
}

describe("REQ-10, REQ-11: chains that OpenSSL accepts with -x509_strict", () => {
  const mixed = kinds.map((kind, index) => [
    kind,
    kinds[(index + 1) % kinds.length] ?? kind,
    kinds[(index + 2) % kinds.length] ?? kind,
  ]);
  const same = kinds.map((kind) => [kind, kind, kind]);

  test.each([...same, ...mixed])("root %j, intermediate %j, leaf %j", async (rootKey, middleKey, leafKey) => {
    const root = await newCa({ subject: { C: "SE", O: "Exämple ÅB", CN: "Root" }, key: rootKey });
    const middle = await root.issuePrivate({ subject: { CN: "Issuing" }, profile: "intermediate", key: middleKey });
    const leaf = await middle.issuePrivate({
      subjectAltName: ["example.com", "*.example.net", "127.0.0.1", "::1"],
      profile: "peer",
      key: leafKey,
    });
    expect(leaf.chain).toEqual([middle]);
    for (const host of ["example.com", "www.example.net"]) {
      expect(verify(root, leaf, "sslserver", "-verify_hostname", host)).toBe("leaf.pem: OK\n");
    }
    for (const ip of ["127.0.0.1", "::1"])
      expect(verify(root, leaf, "sslserver", "-verify_ip", ip)).toBe("leaf.pem: OK\n");
    expect(verify(root, leaf, "sslclient")).toBe("leaf.pem: OK\n");
    expect(verify(root, leaf, "sslserver", "-verify_hostname", "example.org")).toContain("hostname mismatch");
    expect(await leaf.verifySignature(middle.publicKey)).toBe(true);
    expect(await middle.verifySignature(root.publicKey)).toBe(true);
    expect(await root.verifySignature(root.publicKey)).toBe(true);
    for (const certificate of [root, middle, leaf]) expect(certificate.deviations).toEqual([]);
  });

  test.each(["server", "client", "peer"] as const)("REQ-15: a self-signed %s", async (profile) => {
    const own = await selfSigned({ subjectAltName: ["localhost"], profile });
    const purposes = { server: ["sslserver"], client: ["sslclient"], peer: ["sslserver", "sslclient"] }[profile];
    for (const purpose of purposes) expect(verify(own, own, purpose)).toBe("leaf.pem: OK\n");
    if (profile === "client") expect(verify(own, own, "sslserver")).toContain("unsuitable certificate purpose");
  });

  test("an empty subject makes the names critical (RFC 5280 section 4.2.1.6)", async () => {
    const root = await newCa();
    const leaf = await root.issuePrivate({ subject: {}, subjectAltName: ["example.com"] });
    expect(leaf.subject.isEmpty).toBe(true);
    expect(leaf.extension(ExtensionOid.subjectAltName)?.critical).toBe(true);
    expect(verify(root, leaf, "sslserver", "-verify_hostname", "example.com")).toBe("leaf.pem: OK\n");
  });

  test("a root that OpenSSL made, with its own key identifiers", async () => {
    const subject = "/C=SE/O=Example/OU=One/OU=Two/CN=Their root/emailAddress=a@example.com";
    openssl.must(
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-keyout",
      "k.pem",
      "-subj",
      subject,
      "-addext",
      "keyUsage=critical,keyCertSign",
      "-out",
      "c.pem",
    );
    const root = await PrivateCertificate.fromPem(openssl.text("k.pem") + openssl.text("c.pem"));
    const leaf = await root.issuePrivate({ subjectAltName: ["example.com"] });
    expect(leaf.authorityKeyIdentifier?.keyIdentifier).toEqual(root.subjectKeyIdentifier);
    expect(leaf.issuer.der).toEqual(root.subject.der);
    expect(verify(root, leaf, "sslserver", "-verify_hostname", "example.com")).toBe("leaf.pem: OK\n");
  });
});

describe("REQ-11: the issuer's name is copied byte for byte", () => {
  test("whatever it is", async () => {
    const keyPair = await KeyPair.generate();
    const text = fc
      .string({ minLength: 1, maxLength: 20, unit: "grapheme" })
      .filter((one) => one.trim() !== "" && one.isWellFormed());
    const fields = fc.record(
      { O: text, OU: fc.array(text, { minLength: 1, maxLength: 3 }), CN: text, "2.5.4.97": text },
      { requiredKeys: ["CN"] },
    );
    await fc.assert(
      fc.asyncProperty(fields, async (subject) => {
        const ca = await newCa({ subject: DistinguishedName.of(subject), keyPair });
        const leaf = await ca.issue({ publicKey: keyPair.publicKey, subjectAltName: ["x"] });
        expect(leaf.issuer.der).toEqual(ca.subject.der);
      }),
      { numRuns: 50 },
    );
  });
});

describe("REQ-10: what the profiles say", () => {
  const extensions = (certificate: Certificate) =>
    certificate.extensions.map(({ name, critical }) => `${name}${critical ? " critical" : ""}`);

  test("a root", async () => {
    const ca = await newCa();
    expect(extensions(ca)).toEqual(["subjectKeyIdentifier", "basicConstraints critical", "keyUsage critical"]);
    expect(ca.basicConstraints).toEqual({ ca: true });
    expect([...(ca.keyUsage ?? [])]).toEqual(["keyCertSign", "cRLSign"]);
    expect(ca.version).toBe(3);
  });

  test("an intermediate", async () => {
    const ca = await newCa();
    const middle = await ca.issuePrivate({ subject: { CN: "I" }, profile: "intermediate" });
    expect(extensions(middle)).toEqual([
      "subjectKeyIdentifier",
      "authorityKeyIdentifier",
      "basicConstraints critical",
      "keyUsage critical",
    ]);
    expect(middle.basicConstraints).toEqual({ ca: true, pathLength: 0 });
    expect(middle.authorityKeyIdentifier?.keyIdentifier).toEqual(ca.subjectKeyIdentifier);
  });

  test.each([
    [{ type: "rsa" }, ["digitalSignature", "keyEncipherment"]],
    [{ type: "ecdsa" }, ["digitalSignature"]],
    [{ type: "ed25519" }, ["digitalSignature"]],
  ] as const)("a leaf with the key %j", async (key, usage) => {
    const leaf = await (await newCa()).issuePrivate({ subjectAltName: ["x.example"], key });
    expect(extensions(leaf)).toEqual([
      "subjectKeyIdentifier",
      "authorityKeyIdentifier",
      "basicConstraints critical",
      "keyUsage critical",
      "extKeyUsage",
      "subjectAltName",
    ]);
    expect([...(leaf.keyUsage ?? [])]).toEqual(usage);
    expect(leaf.extendedKeyUsage).toEqual([ExtendedKeyUsage.serverAuth]);
    expect(leaf.basicConstraints).toEqual({ ca: false });
    expect(leaf.subject.toString()).toBe("CN=x.example");
  });

  test("the caller's extensions take the place of the profile's; others are added", async () => {
    const more = { oid: "1.2.3.4", critical: false, value: derUtf8String("hello") };
    const usage = { oid: ExtensionOid.keyUsage, critical: false, value: encodeKeyUsage(["keyAgreement"]) };
    const leaf = await (await newCa()).issuePrivate({ subjectAltName: ["x"], extensions: [more, usage] });
    expect(leaf.extension("1.2.3.4")?.value).toEqual(more.value);
    expect([...(leaf.keyUsage ?? [])]).toEqual(["keyAgreement"]);
    expect(leaf.extension(ExtensionOid.keyUsage)?.critical).toBe(false);
    await expect(newCa({ extensions: [more, more] })).rejects.toMatchObject({ details: { argument: "extensions" } });
  });

  test("key usage and purposes by option; an empty list leaves the purposes out", async () => {
    const ca = await newCa();
    const signer = await ca.issuePrivate({
      subject: { CN: "code" },
      keyUsage: ["digitalSignature", "nonRepudiation"],
      extendedKeyUsage: [ExtendedKeyUsage.codeSigning],
    });
    expect([...(signer.keyUsage ?? [])]).toEqual(["digitalSignature", "nonRepudiation"]);
    expect(signer.extendedKeyUsage).toEqual([ExtendedKeyUsage.codeSigning]);
    const any = await ca.issuePrivate({ subject: { CN: "any" }, extendedKeyUsage: [] });
    expect(any.extendedKeyUsage).toBeUndefined();
  });

  test("another signature algorithm than the key's default", async () => {
    const ca = await newCa({ key: { type: "rsa" } });
    const leaf = await ca.issuePrivate({ subjectAltName: ["x.example"], signatureAlgorithm: "rsassaPss-SHA384" });
    expect(leaf.signatureAlgorithm.name).toBe("rsassaPss-SHA384");
    expect(verify(ca, leaf, "sslserver", "-verify_hostname", "x.example")).toBe("leaf.pem: OK\n");
    await expect(newCa({ signatureAlgorithm: "sha1WithRSAEncryption" as never })).rejects.toMatchObject({
      code: "ALGORITHM_WEAK",
    });
  });
});

describe("REQ-12: serial numbers", () => {
  test("16 random octets, positive, all different", async () => {
    const keyPair = await KeyPair.generate();
    const serials = await Promise.all(
      Array.from({ length: 100 }, async () => (await newCa({ keyPair })).serialNumberHex),
    );
    for (const serial of serials) expect(serial).toMatch(/^[4-7][0-9a-f]{31}$/);
    expect(new Set(serials).size).toBe(100);
  });

  test.each([1n, 127n, 128n, (1n << 159n) - 1n])("%i is written as it is", async (serialNumber) => {
    const ca = await newCa({ serialNumber });
    expect(ca.serialNumber).toBe(serialNumber);
    expect(ca.deviations).toEqual([]);
  });

  test.each([0n, -1n, 1n << 159n, 1, "1", true, null])("%s is refused", async (serialNumber) => {
    await expect(newCa({ serialNumber: serialNumber as never })).rejects.toMatchObject({
      code: "SERIAL_INVALID",
      details: { serialNumber: String(serialNumber) },
    });
  });
});

describe("REQ-13: validity", () => {
  test("by default from five minutes ago, for 90 days, 5 years or 10 years", async () => {
    const now = Date.now();
    const ca = await newCa();
    const middle = await ca.issuePrivate({ subject: { CN: "I" }, profile: "intermediate" });
    const leaf = await middle.issuePrivate({ subjectAltName: ["x"] });
    for (const [certificate, days] of [
      [ca, 3650],
      [middle, 1825],
      [leaf, 90],
    ] as const) {
      expect(Math.abs(certificate.notBefore.getTime() - (now - 300_000))).toBeLessThan(30_000);
      expect(Math.abs(certificate.notAfter.getTime() - (now + days * day))).toBeLessThan(30_000);
    }
  });

  test("a default lies within the validity of the issuer; an explicit end may lie after it", async () => {
    const ca = await newCa({ days: 10 });
    const leaf = await ca.issuePrivate({ subjectAltName: ["x"] });
    expect(leaf.notAfter).toEqual(ca.notAfter);
    expect(leaf.notBefore.getTime()).toBeGreaterThanOrEqual(ca.notBefore.getTime());
    const longer = await ca.issuePrivate({ subjectAltName: ["x"], days: 20 });
    expect(longer.notAfter.getTime()).toBeGreaterThan(ca.notAfter.getTime());
  });

  test.each([
    ["1950-01-01T00:00:00Z", "2049-12-31T23:59:59Z", ["UTCTIME", "UTCTIME"]],
    ["2049-12-31T23:59:59Z", "2050-01-01T00:00:00Z", ["UTCTIME", "GENERALIZEDTIME"]],
    ["2050-01-01T00:00:00Z", "9999-12-31T23:59:59Z", ["GENERALIZEDTIME", "GENERALIZEDTIME"]],
  ])("%s to %s: UTCTime up to 2049, GeneralizedTime from 2050", async (notBefore, notAfter, types) => {
    const ca = await newCa({ notBefore: new Date(notBefore), notAfter: new Date(notAfter) });
    expect(ca.notBefore).toEqual(new Date(notBefore));
    expect(ca.notAfter).toEqual(new Date(notAfter));
    openssl.write("ca.pem", ca.toPem());
    const found = openssl.must("asn1parse", "-in", "ca.pem").match(/UTCTIME|GENERALIZEDTIME/g);
    expect(found).toEqual(types);
  });

  const at = (text: string) => new Date(text);
  test.each([
    ["an end before the start", { notBefore: at("2030-01-02"), notAfter: at("2030-01-01") }],
    ["no time at all", { notBefore: at("2030-01-01"), notAfter: at("2030-01-01") }],
    ["less than a second", { notBefore: at("2030-01-01T00:00:00.1Z"), notAfter: at("2030-01-01T00:00:00.9Z") }],
    ["an end in the past", { notAfter: at("2020-01-01") }],
    ["no days", { days: 0 }],
    ["negative days", { days: -1 }],
    ["days without a number", { days: Number.NaN }],
    ["days without an end", { days: Number.POSITIVE_INFINITY }],
    ["10^11 seconds and more", { days: 4_000_000 }],
    ["an invalid date", { notAfter: at("nonsense") }],
    ["the year 10000", { notAfter: new Date(253_402_300_800_000) }],
    ["the year 1949", { notBefore: at("1949-12-31") }],
  ])("%s is refused", async (_, validity) => {
    await expect(newCa(validity)).rejects.toMatchObject({ code: "VALIDITY_INVALID" });
  });

  test("days and an end contradict each other", async () => {
    await expect(newCa({ days: 1, notAfter: at("2040-01-01") })).rejects.toMatchObject({
      details: { argument: "days" },
    });
  });
});

describe("REQ-18: who may not sign", () => {
  const code = "NOT_A_CA";

  test("a server, an expired path length, a CA without keyCertSign; force does it anyway", async () => {
    const server = await selfSigned({ subjectAltName: ["x"] });
    const root = await newCa();
    const middle = await root.issuePrivate({ subject: { CN: "I" }, profile: "intermediate" });
    const noSign = await newCa({ keyUsage: ["cRLSign"] });
    const leaf = { subjectAltName: ["y"] };
    const ca = { subject: { CN: "J" }, profile: "intermediate" } as const;
    for (const [issuer, options] of [
      [server, leaf],
      [noSign, leaf],
      [middle, ca],
    ] as const) {
      await expect(issuer.issuePrivate(options)).rejects.toMatchObject({
        code,
        details: { subject: issuer.subject.toString(), reason: expect.any(String) },
      });
      expect((await issuer.issuePrivate({ ...options, force: true })).issuer.equals(issuer.subject)).toBe(true);
    }
  });

  test("path lengths shrink on the way down", async () => {
    const root = await newCa({ pathLength: 2 });
    await expect(
      root.issuePrivate({ subject: { CN: "I" }, profile: "intermediate", pathLength: 2 }),
    ).rejects.toMatchObject({ code });
    const middle = await root.issuePrivate({ subject: { CN: "I" }, profile: "intermediate", pathLength: "unlimited" });
    expect(middle.basicConstraints).toEqual({ ca: true, pathLength: 1 });
    const last = await middle.issuePrivate({ subject: { CN: "J" }, profile: "intermediate" });
    expect(last.basicConstraints).toEqual({ ca: true, pathLength: 0 });
    const leaf = await last.issuePrivate({ subjectAltName: ["x.example"] });
    expect(leaf.chain).toEqual([last, middle]);
    expect(verify(root, leaf, "sslserver", "-verify_hostname", "x.example")).toBe("leaf.pem: OK\n");
  });

  test("a short RSA key, of the issuer or of the subject, is refused", async () => {
    openssl.must("genrsa", "-out", "short.pem", "1024");
    const short = await KeyPair.fromPem(openssl.text("short.pem"));
    await expect(newCa({ keyPair: short })).rejects.toMatchObject({
      code: "KEY_WEAK",
      details: { bits: 1024, minimum: 2048 },
    });
    const forced = await newCa({ keyPair: short, force: true });
    expect(forced.publicKey.bits).toBe(1024);
    const options: IssueOptions = { publicKey: short.publicKey, subjectAltName: ["x"] };
    await expect((await newCa()).issue(options)).rejects.toMatchObject({ code: "KEY_WEAK" });
    expect((await (await newCa()).issue({ ...options, force: true })).publicKey.bits).toBe(1024);
  });

  test.each([
    ["no name at all", {}, "subject"],
    ["a CA without a subject", { profile: "ca", subjectAltName: ["x"], subject: {} }, "subject"],
    ["an unknown profile", { profile: "root", subjectAltName: ["x"] }, "profile"],
    ["an intermediate that signs itself", { profile: "intermediate", subject: { CN: "x" } }, "profile"],
    ["a path length of a server", { subjectAltName: ["x"], pathLength: 1 }, "pathLength"],
    ["a negative path length", { profile: "ca", subject: { CN: "x" }, pathLength: -1 }, "pathLength"],
  ])("%s", async (_, options, argument) => {
    await expect(selfSigned(options as SelfSignedOptions)).rejects.toMatchObject({
      code: "ARGUMENT_INVALID",
      details: { argument },
    });
  });

  test.each([
    ["a misspelt option", { san: ["x"] }, "san"],
    ["names that are no array", { subjectAltName: "localhost" }, "subjectAltName"],
    ["a date as text", { subjectAltName: ["x"], notAfter: "2030-01-01" }, "notAfter"],
    ["days as text", { subjectAltName: ["x"], days: "90" }, "days"],
    ["a key and what key to make", { subjectAltName: ["x"], keyPair: {}, key: {} }, "keyPair"],
    ["a key that is none", { subjectAltName: ["x"], keyPair: {} }, "keyPair"],
    ["a purpose that is no array", { subjectAltName: ["x"], extendedKeyUsage: "1.3.6" }, "extendedKeyUsage"],
    ["a purpose that is no OID", { subjectAltName: ["x"], extendedKeyUsage: ["serverAuth"] }, "oid"],
    ["a usage that does not exist", { subjectAltName: ["x"], keyUsage: ["sign"] }, "keyUsage"],
  ])("%s, which types would have caught", async (_, options, argument) => {
    const expected = { code: "ARGUMENT_INVALID", details: { argument } };
    await expect(selfSigned(options as never)).rejects.toMatchObject(expected);
    await expect((await newCa()).issuePrivate(options as never)).rejects.toMatchObject(expected);
  });

  test("a public key that is none, and a chain that is no array", async () => {
    const ca = await newCa();
    const options = { subjectAltName: ["x"], publicKey: ca } as never;
    await expect(ca.issue(options)).rejects.toMatchObject({ details: { argument: "publicKey" } });
    expect(() => PrivateCertificate.from(ca, ca.keyPair, { chain: ca as never })).toThrow(
      expect.objectContaining({ details: { argument: "chain", expected: "an array" } }),
    );
  });

  test("issue without a key", async () => {
    const ca = await newCa();
    await expect(ca.issue({ subjectAltName: ["x"] } as never)).rejects.toMatchObject({
      details: { argument: "publicKey" },
    });
    await expect(ca.issuePrivate({ subject: { CN: "x" }, profile: "ca" as never })).rejects.toMatchObject({
      details: { argument: "profile" },
    });
  });
});

describe("REQ-07, REQ-08: signing requests", async () => {
  const keyPair = await KeyPair.generate();
  const wantsCa = { oid: ExtensionOid.basicConstraints, critical: true, value: encodeBasicConstraints({ ca: true }) };
  const request = await CertificateRequest.create({
    subject: { O: "Example", CN: "example.com" },
    subjectAltName: ["example.com", "10.0.0.1"],
    extensions: [wantsCa, { oid: "1.2.3.4", critical: false, value: derUtf8String("hello") }],
    keyPair,
  });
  const ca = await newCa();

  test.each([
    ["true", () => true],
    ["a promise of true", () => Promise.resolve(true)],
    ["no changes", () => ({})],
  ])("%s: subject, names and key as requested, and nothing else", async (_, approve) => {
    for (const input of [request, request.toPem(), request.der]) {
      const certificate = await ca.sign(input, { approve, days: 7 });
      expect(certificate.subject.equals(request.subject)).toBe(true);
      expect(certificate.subjectAltName).toEqual(request.subjectAltName);
      expect(certificate.publicKey.equals(keyPair.publicKey)).toBe(true);
      expect(certificate.basicConstraints).toEqual({ ca: false });
      expect(certificate.extension("1.2.3.4")).toBeUndefined();
      const leaf = PrivateCertificate.from(certificate, keyPair);
      expect(verify(ca, leaf, "sslserver", "-verify_hostname", "example.com")).toBe("leaf.pem: OK\n");
    }
  });

  test.each([
    ["false", () => false],
    ["undefined", () => undefined],
    ["null", () => null],
    ["a promise of false", () => Promise.resolve(false)],
    ["text", () => "yes" as never],
    ["a number", () => 1 as never],
  ])("%s: rejected", async (_, approve) => {
    await expect(ca.sign(request, { approve })).rejects.toMatchObject({
      code: "REQUEST_REJECTED",
      details: { subject: "CN=example.com,O=Example" },
    });
  });

  test("what approve throws comes out as it is", async () => {
    const error = new RangeError("no");
    await expect(
      ca.sign(request, {
        approve: () => {
          throw error;
        },
      }),
    ).rejects.toBe(error);
    await expect(ca.sign(request, { approve: () => Promise.reject(error) })).rejects.toBe(error);
  });

  test("the answer may change what is issued, and copy extensions by name", async () => {
    const certificate = await ca.sign(request, {
      approve: ({ requestedExtensions }) => ({
        subject: { CN: "changed" },
        profile: "client",
        extensions: requestedExtensions.filter(({ oid }) => oid === "1.2.3.4"),
      }),
    });
    expect(certificate.subject.toString()).toBe("CN=changed");
    expect(certificate.extendedKeyUsage).toEqual([ExtendedKeyUsage.clientAuth]);
    expect(certificate.extension("1.2.3.4")).toBeDefined();
    expect(certificate.basicConstraints?.ca).toBe(false);
    expect(certificate.publicKey.equals(keyPair.publicKey)).toBe(true);
  });

  test("nobody decides: refused", async () => {
    for (const options of [[{}], [undefined], []]) {
      const signed = ca.sign(request, ...(options as [never]));
      await expect(signed).rejects.toMatchObject({ code: "ARGUMENT_INVALID", details: { argument: "approve" } });
    }
  });

  test("REQ-17: two keys sign each other's requests", async () => {
    const [a, b] = [await newCa({ subject: { CN: "A" } }), await newCa({ subject: { CN: "B" } })];
    const approve = () => true;
    const aByB = await b.sign(await a.createRequest(), { approve });
    const bByA = await a.sign(await b.createRequest(), { approve });
    expect(await aByB.verifySignature(b.publicKey)).toBe(true);
    expect(await bByA.verifySignature(a.publicKey)).toBe(true);
    expect(verify(b, PrivateCertificate.from(aByB, a.keyPair), "sslserver")).toBe("leaf.pem: OK\n");
    expect(verify(a, PrivateCertificate.from(bByA, b.keyPair), "sslserver")).toBe("leaf.pem: OK\n");
  });
});

describe("KEY-18, KEY-19, KEY-21: certificates and their keys", async () => {
  const root = await newCa({ subject: { CN: "Root" } });
  const middle = await root.issuePrivate({ subject: { CN: "Middle" }, profile: "intermediate", pathLength: 1 });
  const last = await middle.issuePrivate({ subject: { CN: "Last" }, profile: "intermediate" });
  const leaf = await last.issuePrivate({ subjectAltName: ["x.example"] });
  const keyPem = await leaf.keyPair.toPem();

  test("KEY-18: a foreign key is refused", async () => {
    const other = await KeyPair.generate();
    const details = { certificateKey: leaf.publicKey.spkiHash(), privateKey: other.publicKey.spkiHash() };
    expect(() => PrivateCertificate.from(leaf, other)).toThrow(
      expect.objectContaining({ code: "KEY_MISMATCH", details }),
    );
    await expect(PrivateCertificate.fromPem((await other.toPem()) + leaf.toPem())).rejects.toMatchObject({
      code: "KEY_MISMATCH",
    });
    expect(() => leaf.renew(root)).toThrow(expect.objectContaining({ code: "KEY_MISMATCH" }));
  });

  test("KEY-19: one text, in any order, gives the chain leaf first", async () => {
    const blocks = [keyPem, leaf.toPem(), last.toPem(), middle.toPem(), root.toPem()];
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(blocks, { minLength: 5 }), async (shuffled) => {
        const loaded = await PrivateCertificate.fromPem(`prose\n${shuffled.join("\r\n")}`);
        expect(loaded.equals(leaf)).toBe(true);
        expect(loaded.chain.map(({ subject }) => subject.CN)).toEqual(["Last", "Middle", "Root"]);
        expect(loaded.fullChainPem()).toBe(blocks.slice(1).join(""));
      }),
      { numRuns: 30 },
    );
  });

  test("KEY-19: certificates that do not belong stay, after those that do; the leaf is not repeated", async () => {
    const stranger = await newCa({ subject: { CN: "Stranger" } });
    const text = [stranger.toPem(), leaf.toPem(), last.toPem(), keyPem, leaf.toPem()].join("");
    const loaded = await PrivateCertificate.fromPem(text);
    expect(loaded.chain.map(({ subject }) => subject.CN)).toEqual(["Last", "Stranger"]);
  });

  test.each([
    ["no key", leaf.toPem(), "PEM_WRONG_LABEL"],
    ["no certificate", keyPem, "PEM_WRONG_LABEL"],
    ["two keys", keyPem + keyPem + leaf.toPem(), "PEM_MULTIPLE_BLOCKS"],
    ["nothing", "prose", "PEM_NO_BLOCK"],
  ])("KEY-19: %s is named", async (_, text, code) => {
    await expect(PrivateCertificate.fromPem(text)).rejects.toMatchObject({ code });
  });

  test("KEY-19: with an encrypted key", async () => {
    const text = leaf.fullChainPem() + (await leaf.keyPair.toPem({ passphrase: "secret" }));
    expect((await PrivateCertificate.fromPem(text, { passphrase: "secret" })).equals(leaf)).toBe(true);
    const line = text.split("\n").findIndex((one) => one.includes("ENCRYPTED")) + 1;
    await expect(PrivateCertificate.fromPem(text)).rejects.toMatchObject({ code: "KEY_ENCRYPTED", details: { line } });
  });

  test("KEY-21: a new certificate for the same key", async () => {
    const renewed = leaf.renew(await last.sign(await leaf.createRequest(), { approve: () => true }));
    expect(renewed.keyPair).toBe(leaf.keyPair);
    expect(renewed.chain).toEqual(leaf.chain);
    expect(renewed.subjectAltName).toEqual(leaf.subjectAltName);
    expect(renewed.serialNumber).not.toBe(leaf.serialNumber);
  });

  test("KEY-09: it is a certificate, equal to the one without the key", () => {
    const plain = Certificate.fromDer(leaf.der);
    expect(leaf).toBeInstanceOf(Certificate);
    expect(leaf.equals(plain)).toBe(true);
    expect(plain.equals(leaf)).toBe(true);
    expect(leaf.id).toBe(plain.id);
  });

  test("the chain of an identity has no root", () => {
    expect(leaf.chain).toEqual([last, middle]);
    expect(leaf.fullChainPem()).toBe(leaf.toPem() + last.toPem() + middle.toPem());
    expect(() => (leaf.chain as Certificate[]).push(root)).toThrow(TypeError);
  });

  test("KEY-20: the key is written only where it is asked for", async () => {
    expect(leaf.toPem()).toBe(Certificate.fromDer(leaf.der).toPem());
    expect(leaf.toPem({ includeKey: false })).toBe(leaf.toPem());
    expect(await leaf.toPem({ includeKey: true })).toBe(leaf.toPem() + keyPem);
    const sealed = await leaf.toPem({ includeKey: true, passphrase: "secret" });
    expect(sealed).toContain("BEGIN ENCRYPTED PRIVATE KEY");
    const again = await PrivateCertificate.fromPem(sealed, { passphrase: "secret" });
    expect(again.equals(leaf)).toBe(true);
    expect(again.keyPair.publicKey.equals(leaf.publicKey)).toBe(true);
    expect(() => leaf.toPem({ passphrase: "secret" } as never)).toThrow(
      expect.objectContaining({
        code: "ARGUMENT_INVALID",
        details: expect.objectContaining({ argument: "passphrase" }),
      }),
    );
  });

  test("KEY-20: nothing that is printed or copied carries the key", async () => {
    const secret = toHex((await leaf.keyPair.toDer()).slice(36, 60));
    const base64 = keyPem.split("\n")[1] ?? "";
    const scalar = String((await leaf.keyPair.toJwk()).d);
    const shown = [
      inspect(leaf, { depth: 9, showHidden: true, getters: true }),
      inspect({ leaf }, { depth: 9, showHidden: true }),
      leaf.inspect(),
      String(leaf),
      JSON.stringify(leaf),
      leaf.toPem(),
      leaf.fullChainPem(),
    ];
    for (const text of shown) for (const one of [secret, base64, scalar]) expect(text).not.toContain(one);
    expect(String(leaf)).toBe('<PrivateCertificate subject="x.example" key="ECDSA P-256">');
    expect(leaf.inspect()).toContain(leaf.keyPair.inspect());
    expect(structuredClone(leaf)).toEqual({});
  });
});

test("what stands in the place of a key or a certificate is named", async () => {
  const own = await selfSigned({ subject: { CN: "own" } });
  const from = (certificate: unknown, key: unknown) => () =>
    PrivateCertificate.from(certificate as Certificate, key as KeyPair);
  const bare = Certificate.fromDer(own.der);
  expect(from(bare, bare)).toThrow("keyPair makes no sense: expected a KeyPair, not an object of type Certificate");
  expect(from(bare, own.publicKey)).toThrow("not an object of type PublicKey");
  expect(from(bare, await own.keyPair.toPem())).toThrow("expected a KeyPair, not PEM text");
  expect(from(own.keyPair, own.keyPair)).toThrow("certificate makes no sense: expected a Certificate, not an object");
  expect(from(bare, undefined)).toThrow("not undefined");
});
