import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { keyKinds } from "../test/authority.ts";
import { Openssl } from "../test/openssl.ts";
import { CertificateRequest } from "./certificate-request.ts";
import { DerReader } from "./der/reader.ts";
import { Tag } from "./der/tag.ts";
import {
  derBitString,
  derImplicit,
  derInteger,
  derNull,
  derOid,
  derSequence,
  derSet,
  derTlv,
  derUtf8String,
} from "./der/writer.ts";
import { DistinguishedName } from "./distinguished-name/distinguished-name.ts";
import { X509Error } from "./error.ts";
import { encodeBasicConstraints } from "./extensions/basic-constraints.ts";
import { type Extension, encodeExtensions } from "./extensions/extension.ts";
import { ExtensionOid } from "./extensions/oids.ts";
import { type KeyGenerationOptions, KeyPair } from "./key-pair.ts";
import { PrivateCertificate } from "./private-certificate.ts";

const openssl = new Openssl();
afterAll(() => openssl[Symbol.dispose]());

const kinds: readonly KeyGenerationOptions[] = [...keyKinds, { type: "ed448" }];
const caTrue: Extension = {
  oid: ExtensionOid.basicConstraints,
  critical: true,
  value: encodeBasicConstraints({ ca: true }),
};

describe.each(kinds)("REQ-01: a request with the key %j", (options) => {
  test("is accepted by OpenSSL, and read back", async () => {
    const keyPair = await KeyPair.generate(options);
    const request = await CertificateRequest.create({
      subject: { C: "SE", O: "Exämple ÅB", CN: "example.com" },
      subjectAltName: [
        "example.com",
        "*.example.com",
        "192.0.2.1",
        "2001:db8::1",
        "a@example.com",
        "https://example.com/",
      ],
      extensions: [caTrue],
      keyPair,
    });
    openssl.write("ours.csr", request.toPem());
    expect(openssl.must("req", "-in", "ours.csr", "-verify", "-noout")).toMatch(/verify OK/i);
    const text = openssl.must("req", "-in", "ours.csr", "-noout", "-text", "-nameopt", "utf8");
    expect(text).toContain("DNS:example.com, DNS:*.example.com, IP Address:192.0.2.1");
    expect(text).toContain("CA:TRUE");
    expect(text).toContain("Exämple ÅB");

    const read = CertificateRequest.fromPem(request.toPem());
    expect(read.equals(request)).toBe(true);
    expect(await read.verify()).toBe(true);
    expect(read.publicKey.equals(keyPair.publicKey)).toBe(true);
    expect(read.subject.toString()).toBe(request.subject.toString());
    expect(read.subjectAltName?.map(({ type }) => type)).toEqual(["dns", "dns", "ip", "ip", "email", "uri"]);
    expect(read.requestedExtensions.map(({ oid }) => oid)).toEqual([ExtensionOid.subjectAltName, caTrue.oid]);
    expect(read.signatureAlgorithm.name).toBe(keyPair.signatureAlgorithm().name);
  });
});

describe("requests that OpenSSL made", () => {
  const subject = "/C=SE/O=Example/CN=example.com";

  test.each([
    ["RSA", ["-newkey", "rsa:2048"], "sha256WithRSAEncryption"],
    [
      "RSASSA-PSS",
      ["-newkey", "rsa:2048", "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32"],
      "rsassaPss-SHA256",
    ],
    ["ECDSA", ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384", "-sha384"], "ecdsa-with-SHA384"],
    ["Ed25519", ["-newkey", "ed25519"], "Ed25519"],
  ])("REQ-03: %s", async (_, args, algorithm) => {
    const san = ["-addext", "subjectAltName=DNS:example.com,IP:192.0.2.1"];
    openssl.must(
      "req",
      "-new",
      ...args,
      "-nodes",
      "-keyout",
      "key.pem",
      "-subj",
      subject,
      ...san,
      "-out",
      "theirs.csr",
    );
    const request = await CertificateRequest.parseVerified(openssl.text("theirs.csr"));
    expect(request.signatureAlgorithm.name).toBe(algorithm);
    expect(request.subject.toString()).toBe("CN=example.com,O=Example,C=SE");
    expect(request.subjectAltName).toMatchObject([
      { type: "dns", value: "example.com" },
      { type: "ip", value: "192.0.2.1" },
    ]);
    expect(request.toPem()).toBe(openssl.text("theirs.csr"));
    openssl.must("req", "-in", "theirs.csr", "-outform", "DER", "-out", "theirs.der");
    expect(CertificateRequest.parse(openssl.read("theirs.der")).equals(request)).toBe(true);
  });

  test("REQ-04: attributes beside the extensions, such as a challenge password", () => {
    openssl.write(
      "attributes.cnf",
      "[req]\ndistinguished_name=dn\nattributes=attrs\nprompt=no\n[dn]\nCN=x\n[attrs]\nchallengePassword=secret\n",
    );
    openssl.must(
      "req",
      "-new",
      "-newkey",
      "ed25519",
      "-nodes",
      "-keyout",
      "key.pem",
      "-config",
      "attributes.cnf",
      "-out",
      "a.csr",
    );
    const request = CertificateRequest.fromPem(openssl.text("a.csr"));
    expect(request.attributes.map(({ name }) => name)).toEqual(["challengePassword"]);
    expect(request.requestedExtensions).toEqual([]);
    expect(request.subjectAltName).toBeUndefined();
  });

  test.each([
    ["text", [derUtf8String("sésame")], "sésame"],
    ["two of them", [derUtf8String("a"), derUtf8String("b")], undefined],
    ["no text", [derInteger(1)], undefined],
    ["damaged text", [derTlv(Tag.utf8String, Uint8Array.of(0xff))], undefined],
  ])("a challenge password that is %s", async (_, values, expected) => {
    const attributes = [{ oid: "1.2.840.113549.1.9.7", values }];
    const keyPair = await KeyPair.generate();
    const request = await CertificateRequest.create({ keyPair, subject: { CN: "a" }, attributes });
    expect(CertificateRequest.fromDer(request.der).challengePassword).toBe(expected);
  });

  test("REQ-06: a SHA-1 signature is refused unless asked for; MD5 always", async () => {
    const make = (digest: string) => {
      openssl.must(
        "req",
        "-new",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "key.pem",
        "-subj",
        "/CN=x",
        digest,
        "-out",
        "weak.csr",
      );
      return openssl.text("weak.csr");
    };
    const sha1 = make("-sha1");
    await expect(CertificateRequest.parseVerified(sha1)).rejects.toMatchObject({
      code: "ALGORITHM_WEAK",
      details: { algorithm: "sha1WithRSAEncryption" },
    });
    expect((await CertificateRequest.parseVerified(sha1, { allowWeakHash: true })).subject.CN).toBe("x");
    const ca = await PrivateCertificate.selfSigned({ subject: { CN: "CA" }, profile: "ca" });
    await expect(ca.sign(sha1, { approve: () => true })).rejects.toMatchObject({ code: "ALGORITHM_WEAK" });
    expect((await ca.sign(sha1, { approve: () => true, allowWeakHash: true })).subject.CN).toBe("x");
    await expect(CertificateRequest.parseVerified(make("-md5"), { allowWeakHash: true })).rejects.toMatchObject({
      code: "UNSUPPORTED_ALGORITHM",
    });
  });

  test("the older label", () => {
    openssl.must(
      "req",
      "-new",
      "-newhdr",
      "-newkey",
      "ed25519",
      "-nodes",
      "-keyout",
      "key.pem",
      "-subj",
      "/CN=x",
      "-out",
      "old.csr",
    );
    expect(openssl.text("old.csr")).toContain("NEW CERTIFICATE REQUEST");
    expect(CertificateRequest.fromPem(openssl.text("old.csr")).subject.CN).toBe("x");
  });
});

describe("REQ-03: a signature that is not by the key", () => {
  test("is found out", async () => {
    const request = await CertificateRequest.create({ subject: { CN: "x" }, keyPair: await KeyPair.generate() });
    const other = await KeyPair.generate();
    const signed = new DerReader(request.der).enter(Tag.sequence, "a request").raw();
    const forged = derSequence(signed, other.signatureAlgorithm().der, derBitString(await other.sign(signed)));
    const read = CertificateRequest.fromDer(forged);
    expect(await read.verify()).toBe(false);
    await expect(CertificateRequest.parseVerified(forged)).rejects.toMatchObject({
      code: "REQUEST_SIGNATURE_INVALID",
      details: { subject: "CN=x" },
    });
    const ca = await PrivateCertificate.selfSigned({ subject: { CN: "CA" }, profile: "ca" });
    let asked = false;
    const approve = () => {
      asked = true;
      return true;
    };
    await expect(ca.sign(read, { approve })).rejects.toMatchObject({ code: "REQUEST_SIGNATURE_INVALID" });
    expect(asked).toBe(false);
  });
});

describe("REQ-05: what is no request", async () => {
  const keyPair = await KeyPair.generate({ type: "ed25519" });
  const name = DistinguishedName.of({ CN: "x" }).der;
  const { spki } = keyPair.publicKey;
  const algorithm = keyPair.signatureAlgorithm().der;
  const signature = derBitString(new Uint8Array(64));
  const request = (...parts: readonly Uint8Array[]) => derSequence(derSequence(...parts), algorithm, signature);
  const attributes = (...list: readonly Uint8Array[]) => derImplicit(0, derSet(...list));
  const asking = (...values: readonly Uint8Array[]) => derSequence(derOid("1.2.840.113549.1.9.14"), derSet(...values));
  const version = derInteger(0);

  test.each([
    ["a certificate", (await PrivateCertificate.selfSigned({ subjectAltName: ["x"] })).der, "REQUEST_INVALID"],
    ["nothing", new Uint8Array(), "DER_TRUNCATED"],
    ["bytes after it", Uint8Array.of(...request(version, name, spki, attributes()), 0), "DER_TRAILING_DATA"],
    ["version 1", request(derInteger(1), name, spki, attributes()), "REQUEST_INVALID"],
    ["no subject", request(version, spki, attributes()), "NAME_INVALID"],
    ["no key", request(version, name, attributes()), "REQUEST_INVALID"],
    [
      "an attribute without values",
      request(version, name, spki, attributes(derSequence(derOid("1.2.3"), derSet()))),
      "REQUEST_INVALID",
    ],
    ["something after the attributes", request(version, name, spki, attributes(), derNull()), "REQUEST_INVALID"],
    [
      "two lists of extensions",
      request(version, name, spki, attributes(asking(encodeExtensions([caTrue]), encodeExtensions([caTrue])))),
      "REQUEST_INVALID",
    ],
    [
      "two requests for extensions",
      request(version, name, spki, attributes(asking(encodeExtensions([caTrue])), asking(derSequence()))),
      "REQUEST_INVALID",
    ],
    [
      "an extension twice",
      request(version, name, spki, attributes(asking(encodeExtensions([caTrue, caTrue])))),
      "EXTENSION_DUPLICATE",
    ],
    [
      "extensions that are none",
      request(version, name, spki, attributes(asking(derSequence(derNull())))),
      "REQUEST_INVALID",
    ],
    [
      "a signature of odd bits",
      derSequence(derSequence(version, name, spki, attributes()), algorithm, derBitString(new Uint8Array(64), 1)),
      "REQUEST_INVALID",
    ],
  ])("%s: %#", (_, der, code) => {
    expect(() => CertificateRequest.fromDer(der)).toThrow(expect.objectContaining({ code }));
  });

  test("no attributes at all, and an empty list of extensions, are read", () => {
    expect(CertificateRequest.fromDer(request(version, name, spki)).attributes).toEqual([]);
    const empty = CertificateRequest.fromDer(request(version, name, spki, attributes(asking(derSequence()))));
    expect(empty.requestedExtensions).toEqual([]);
  });

  test("whatever bytes come, the error is ours", async () => {
    const { der } = await CertificateRequest.create({ subject: { CN: "x" }, subjectAltName: ["x"], keyPair });
    fc.assert(
      fc.property(fc.nat(), fc.nat(255), fc.nat(), (at, byte, cut) => {
        const changed = der.slice(0, cut % 8 === 0 ? cut % der.length : der.length);
        if (changed.length > 0) changed[at % changed.length] = byte;
        try {
          CertificateRequest.fromDer(changed).inspect();
        } catch (error) {
          expect(X509Error.is(error)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe("making and printing", () => {
  test("without a subject the first name becomes the CN; without any name both are empty", async () => {
    const keyPair = await KeyPair.generate();
    const named = await CertificateRequest.create({ subjectAltName: ["example.com", "www.example.com"], keyPair });
    expect(named.subject.toString()).toBe("CN=example.com");
    const bare = await CertificateRequest.create({ keyPair });
    expect(bare.subject.isEmpty).toBe(true);
    expect(bare.attributes).toEqual([]);
    openssl.write("bare.csr", bare.toPem());
    expect(openssl.must("req", "-in", "bare.csr", "-verify", "-noout")).toMatch(/verify OK/i);
  });

  test("the same extension twice is refused", async () => {
    const keyPair = await KeyPair.generate();
    await expect(CertificateRequest.create({ keyPair, extensions: [caTrue, caTrue] })).rejects.toMatchObject({
      code: "ARGUMENT_INVALID",
      details: { argument: "extensions" },
    });
  });

  test("options that types would have caught", async () => {
    const keyPair = await KeyPair.generate();
    for (const [options, argument] of [
      [{ keyPair, san: ["x"] }, "san"],
      [{ keyPair, subjectAltName: "x" }, "subjectAltName"],
      [{ subject: { CN: "x" } }, "keyPair"],
    ] as const) {
      await expect(CertificateRequest.create(options as never)).rejects.toMatchObject({ details: { argument } });
    }
    expect(() => CertificateRequest.parse(1 as never)).toThrow(expect.objectContaining({ code: "ARGUMENT_INVALID" }));
  });

  test("REQ-04: inspect, toString and JSON; control characters are escaped", async () => {
    const keyPair = await KeyPair.generate();
    const request = await CertificateRequest.create({
      subject: { CN: "evil\u001b[31m" },
      subjectAltName: ["a.example"],
      keyPair,
    });
    for (const text of [request.inspect(), String(request)]) expect(text).not.toContain("\u001b");
    expect(request.inspect()).toContain("DNS:a.example");
    expect(request.inspect()).toContain(keyPair.publicKey.inspect());
    expect(JSON.parse(JSON.stringify(request))).toEqual({
      subject: request.subject.toString(),
      subjectAltName: ["DNS:a.example"],
      publicKey: { ...keyPair.publicKey.toJSON() },
    });
  });

  test("REQ-16: a certificate makes the request for its successor", async () => {
    const own = await PrivateCertificate.selfSigned({
      subject: { CN: "x", O: "y" },
      subjectAltName: ["x.example", "10.0.0.1"],
    });
    const request = await own.createRequest();
    expect(await request.verify()).toBe(true);
    expect(request.subject.equals(own.subject)).toBe(true);
    expect(request.subjectAltName).toEqual(own.subjectAltName);
    expect(request.publicKey.equals(own.publicKey)).toBe(true);
  });
});
