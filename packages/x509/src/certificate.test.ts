import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import {
  type CertificateParts,
  ed25519,
  extension,
  generalizedTime,
  makeCertificate,
  utcTime,
} from "../test/make-certificate.ts";
import { concatBytes } from "./bytes.ts";
import {
  derBitString,
  derBoolean,
  derExplicit,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derSequence,
  derTime,
  derTlv,
} from "./der/writer.ts";
import {
  Certificate,
  DistinguishedName,
  encodeAltName,
  encodeBasicConstraints,
  pemEncode,
  X509Error,
} from "./index.ts";

const plain = makeCertificate();
const basic = extension("2.5.29.19", encodeBasicConstraints({ ca: true }), true);

describe("loading", () => {
  test("KEY-01: from DER, PEM, and whichever it is", () => {
    const pem = pemEncode("CERTIFICATE", plain);
    for (const certificate of [
      Certificate.fromDer(plain),
      Certificate.fromPem(pem),
      Certificate.fromPem(new TextEncoder().encode(pem)),
      Certificate.fromPem(pemEncode("X509 CERTIFICATE", plain)),
      Certificate.parse(plain),
      Certificate.parse(Buffer.from(plain)),
      Certificate.parse(pem),
      Certificate.parse(`0 prose\n${pem}`),
      Certificate.parse(new TextEncoder().encode(`0 prose\n${pem}`)),
      ...Certificate.allFromPem(pem + pem),
    ]) {
      expect(certificate.der).toEqual(plain);
      expect(certificate.toPem()).toBe(pem);
    }
  });

  test("KEY-02: one certificate is exactly one; keys beside it do not count", () => {
    const pem = pemEncode("CERTIFICATE", plain);
    const key = pemEncode("PRIVATE KEY", Uint8Array.of(5, 0));
    expect(Certificate.fromPem(key + pem).der).toEqual(plain);
    expect(() => Certificate.fromPem(`\n${pem}${pem}${pem}`)).toThrow(
      expect.objectContaining({
        code: "PEM_MULTIPLE_BLOCKS",
        details: { line: 2 + pem.split("\n").length - 1, label: "CERTIFICATE", count: 3 },
      }),
    );
    expect(() => Certificate.fromPem(`x\n${key}`)).toThrow(
      expect.objectContaining({
        code: "PEM_WRONG_LABEL",
        details: { line: 2, label: "PRIVATE KEY", expected: "CERTIFICATE" },
      }),
    );
    for (const empty of ["", "prose", new Uint8Array(0)]) {
      expect(() => Certificate.fromPem(empty)).toThrow(expect.objectContaining({ code: "PEM_NO_BLOCK" }));
      expect(() => Certificate.allFromPem(empty)).toThrow(expect.objectContaining({ code: "PEM_NO_BLOCK" }));
    }
  });

  test.each(["Subject: a root\n\n", "MIC-Info: RSA-MD5,RSA,\n  AAAA\n\n", "Subject: no empty line\n"])(
    "headers before the body are passed over: %j",
    (headers) => {
      const bare = pemEncode("CERTIFICATE", plain);
      const pem = bare.replace("-----\n", `-----\n${headers}`);
      expect(Certificate.allFromPem(pem + pem).map(({ der }) => der)).toEqual([plain, plain]);
      const [leaf, ...more]: [Certificate, ...Certificate[]] = Certificate.allFromPem(pem);
      expect([leaf.der, more]).toEqual([plain, []]);
      const [, firstLine = ""] = bare.split("\n");
      expect(() => Certificate.fromPem(pem.replace(firstLine, firstLine.replace("M", "_")))).toThrow(
        expect.objectContaining({
          code: "PEM_BAD_BASE64",
          details: expect.objectContaining({ line: headers.split("\n").length + 1, column: 1 }),
        }),
      );
    },
  );

  test("KEY-01: trailing bytes, truncation and garbage are refused", () => {
    expect(() => Certificate.fromDer(concatBytes(plain, Uint8Array.of(0)))).toThrow(
      expect.objectContaining({
        code: "DER_TRAILING_DATA",
        details: expect.objectContaining({ offset: plain.length }),
      }),
    );
    for (let length = 0; length < plain.length; length++) {
      expect(() => Certificate.fromDer(plain.subarray(0, length))).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/^DER_/) }),
      );
    }
    expect(() => Certificate.fromDer(new TextEncoder().encode("garbage"))).toThrow(X509Error);
  });

  test.each([null, undefined, 7, {}, [], "text", new ArrayBuffer(4), new Uint16Array(4)])("no bytes: %j", (value) => {
    expect(() => Certificate.fromDer(value as never)).toThrow(expect.objectContaining({ code: "ARGUMENT_INVALID" }));
    if (typeof value !== "string") {
      expect(() => Certificate.fromPem(value as never)).toThrow(expect.objectContaining({ code: "ARGUMENT_INVALID" }));
    }
  });

  test("what the caller does with its bytes afterwards changes nothing", () => {
    for (const own of [plain.slice(), Buffer.from(plain), new Uint8Array([0, ...plain]).subarray(1)]) {
      const certificate = Certificate.fromDer(own);
      own.fill(0);
      expect(certificate.der).toEqual(plain);
      certificate.der.fill(0);
      certificate.tbsCertificate.fill(0);
      certificate.signature.fill(0);
      certificate.publicKey.spki.fill(0);
      certificate.signatureAlgorithm.der.fill(0);
      certificate.subject.der.fill(0);
      expect(certificate.der).toEqual(plain);
      expect(certificate.id).toBe(Certificate.fromDer(plain).id);
    }
  });
});

describe("what is no certificate", () => {
  test.each<[string, CertificateParts]>([
    ["version 4", { version: derExplicit(0, derInteger(3)) }],
    ["version -1", { version: derExplicit(0, derInteger(-1)) }],
    ["version 256", { version: derExplicit(0, derInteger(256)) }],
    ["a version with something after it", { version: derTlv(0xa0, derInteger(2), derNull()) }],
    ["an empty version", { version: derTlv(0xa0) }],
    ["a serial number that is no INTEGER", { serial: derNull() }],
    ["an algorithm that is no SEQUENCE", { innerAlgorithm: derNull() }],
    ["an empty algorithm", { innerAlgorithm: derSequence() }],
    ["an algorithm without an OID", { outerAlgorithm: derSequence(derNull()) }],
    ["an algorithm with two parameters", { outerAlgorithm: derSequence(derOid("1.2.3"), derNull(), derNull()) }],
    ["an issuer that is no Name", { issuer: derSequence(derNull()) }],
    ["a subject that is no Name", { subject: derTlv(0x31) }],
    ["a validity with one time", { validity: derSequence(derTime(new Date(0))) }],
    ["a validity with three times", { validity: derSequence(...[0, 1, 2].map((ms) => derTime(new Date(ms)))) }],
    ["a validity of other things", { validity: derSequence(derNull(), derNull()) }],
    ["a key that is no SEQUENCE", { publicKey: derNull() }],
    ["a key that is no BIT STRING", { publicKey: derSequence(ed25519, derOctetString(new Uint8Array(32))) }],
    ["a key with something after it", { publicKey: derSequence(ed25519, derBitString(new Uint8Array(32)), derNull()) }],
    ["a unique identifier in version 1", { version: null, uniqueIds: [derTlv(0x81, Uint8Array.of(0))] }],
    [
      "unique identifiers in another order",
      { uniqueIds: [derTlv(0x82, Uint8Array.of(0)), derTlv(0x81, Uint8Array.of(0))] },
    ],
    ["extensions in version 1", { version: null, extensions: [basic] }],
    ["extensions in version 2", { version: derExplicit(0, derInteger(1)), extensions: [basic] }],
    ["no extension in the list", { extensions: [] }],
    ["an extension that is no SEQUENCE", { extensions: [derNull()] }],
    ["an extension without a value", { extensions: [derSequence(derOid("1.2.3"))] }],
    [
      "an extension with critical twice",
      {
        extensions: [
          derSequence(derOid("1.2.3"), derBoolean(true), derBoolean(true), derOctetString(Uint8Array.of(5, 0))),
        ],
      },
    ],
    [
      "an extension with something after it",
      { extensions: [derSequence(derOid("1.2.3"), derOctetString(Uint8Array.of(5, 0)), derNull())] },
    ],
    ["something after the extensions", { extensions: [basic], afterExtensions: derNull() }],
    ["something after the signature", { afterSignature: derNull() }],
    ["a signature that is no BIT STRING", { signature: derOctetString(new Uint8Array(64)) }],
    ["a signature that is no whole number of octets", { signature: derBitString(Uint8Array.of(0x80), 4) }],
  ])("%s", (_, parts) => {
    expect(() => Certificate.fromDer(makeCertificate(parts))).toThrow(
      expect.objectContaining({
        code: "CERTIFICATE_INVALID",
        details: expect.objectContaining({ offset: expect.any(Number) }),
      }),
    );
  });

  test.each<[string, CertificateParts, string]>([
    ["a padded serial number", { serial: derTlv(0x02, Uint8Array.of(0, 1)) }, "DER_BAD_VALUE"],
    ["a serial number of 300 octets", { serial: derInteger(2n ** 2400n) }, "DER_LIMIT_EXCEEDED"],
    ["an empty serial number", { serial: derTlv(0x02) }, "DER_BAD_VALUE"],
    [
      "a time without seconds",
      { validity: derSequence(utcTime("2601010000Z"), utcTime("2701010000Z")) },
      "DER_BAD_VALUE",
    ],
    [
      "a time with a fraction",
      { validity: derSequence(generalizedTime("20260101000000.5Z"), utcTime("270101000000Z")) },
      "DER_BAD_VALUE",
    ],
    [
      "a day that does not exist",
      { validity: derSequence(utcTime("260230000000Z"), utcTime("270101000000Z")) },
      "DER_BAD_VALUE",
    ],
    ["a unique identifier with bad padding", { uniqueIds: [derTlv(0x81, Uint8Array.of(1, 0xff))] }, "DER_BAD_VALUE"],
    [
      "critical as 01",
      { extensions: [derSequence(derOid("1.2.3"), derTlv(1, Uint8Array.of(1)), derOctetString(derNull()))] },
      "DER_BAD_VALUE",
    ],
  ])("%s is no DER", (_, parts, code) => {
    expect(() => Certificate.fromDer(makeCertificate(parts))).toThrow(expect.objectContaining({ code }));
  });

  test.each([2, 40, 2000])("the same extension twice among %d", (count) => {
    const others = Array.from({ length: count - 1 }, (_, index) => extension(`1.2.3.${index}`, derNull()));
    const der = makeCertificate({ extensions: [...others, extension("1.2.3.0", derNull())] });
    expect(() => Certificate.fromDer(der)).toThrow(
      expect.objectContaining({ code: "EXTENSION_DUPLICATE", details: expect.objectContaining({ oid: "1.2.3.0" }) }),
    );
    expect(Certificate.fromDer(makeCertificate({ extensions: others })).extensions).toHaveLength(count - 1);
  });

  test("more extensions than anybody has", () => {
    const extensions = Array.from({ length: 4097 }, (_, index) => extension(`1.2.3.${index}`, derNull()));
    expect(Certificate.fromDer(makeCertificate({ extensions: extensions.slice(1) })).extensions).toHaveLength(4096);
    expect(() => Certificate.fromDer(makeCertificate({ extensions }))).toThrow(
      expect.objectContaining({
        code: "DER_LIMIT_EXCEEDED",
        details: expect.objectContaining({ limit: 4096, expected: "at most 4096 extensions" }),
      }),
    );
  });

  test("an OID that begins like another is another", () => {
    const der = makeCertificate({ extensions: [extension("1.2.3", derNull()), extension("1.2.3.4", derNull())] });
    expect(Certificate.fromDer(der).extension("1.2.3.4")?.name).toBeUndefined();
  });
});

describe("reading", () => {
  test("KEY-05: serial numbers of any size and sign", () => {
    const serial = (value: bigint) => Certificate.fromDer(makeCertificate({ serial: derInteger(value) }));
    expect(serial(2n ** 200n).serialNumber).toBe(2n ** 200n);
    expect(serial(255n).serialNumberHex).toBe("ff");
    expect(serial(256n).serialNumberHex).toBe("0100");
    expect(serial(0n).serialNumberHex).toBe("00");
    expect(serial(-1n).serialNumberHex).toBe("-01");
  });

  test("KEY-24: versions, times, signature, extensions", () => {
    expect(
      [null, derExplicit(0, derInteger(1)), derExplicit(0, derInteger(2))].map(
        (version) => Certificate.fromDer(makeCertificate({ version })).version,
      ),
    ).toEqual([1, 2, 3]);
    const certificate = Certificate.fromDer(makeCertificate({ extensions: [basic, extension("1.2.3", derNull())] }));
    expect([certificate.notBefore, certificate.notAfter]).toEqual([new Date("2026-01-01"), new Date("2027-01-01")]);
    expect(certificate.signature).toEqual(new Uint8Array(64));
    expect(certificate.signatureAlgorithm.oid).toBe("1.3.101.112");
    expect(certificate.extensions.map(({ oid, name, critical, value }) => [oid, name, critical, value])).toEqual([
      ["2.5.29.19", "basicConstraints", true, Uint8Array.of(0x30, 3, 1, 1, 0xff)],
      ["1.2.3", undefined, false, Uint8Array.of(5, 0)],
    ]);
    expect(certificate.extension("1.2.3")?.critical).toBe(false);
    expect(certificate.extension("1.2")).toBeUndefined();
  });

  test("KEY-24: isValidAt includes both ends", () => {
    const certificate = Certificate.fromDer(plain);
    const at = (text: string) => certificate.isValidAt(new Date(text));
    expect(["2025-12-31T23:59:59Z", "2026-01-01", "2027-01-01", "2027-01-01T00:00:01Z"].map(at)).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(certificate.isValidAt(new Date(Number.NaN))).toBe(false);
  });

  test("KEY-06: fingerprints", () => {
    const certificate = Certificate.fromDer(plain);
    expect(certificate.fingerprint()).toMatch(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(certificate.fingerprint("sha-256", { format: "hex" })).toBe(certificate.id);
    expect(certificate.fingerprint("sha-1", { format: "bytes" })).toHaveLength(20);
    expect(certificate.fingerprint("sha-384", { format: "base64" })).toHaveLength(64);
    expect(() => certificate.fingerprint("md5" as never)).toThrow(
      expect.objectContaining({ code: "ARGUMENT_INVALID" }),
    );
    expect(() => certificate.fingerprint("sha-256", { format: "x" as never })).toThrow(
      expect.objectContaining({ code: "ARGUMENT_INVALID" }),
    );
  });

  test("KEY-08: as text, in a log, as JSON", () => {
    const named = Certificate.fromDer(
      makeCertificate({
        subject: DistinguishedName.of({ CN: 'a" issuer="b' }).der,
        issuer: DistinguishedName.of({ O: "x", C: "SE" }).der,
      }),
    );
    expect(named.toString()).toBe('<Certificate subject="a\\" issuer=\\"b" issuer="C=SE,O=x">');
    expect(inspect(named)).toBe(named.toString());
    expect(`${named}`).toBe(named.toString());
    expect(named.toJSON()).toEqual({
      subject: 'CN=a\\" issuer=\\"b'.replace("issuer=", "issuer="),
      issuer: "C=SE,O=x",
      serialNumber: "01",
      notBefore: "2026-01-01T00:00:00Z",
      notAfter: "2027-01-01T00:00:00Z",
      sha256: named.id,
    });
  });

  test("KEY-09: equality is that of the DER; ids are keys of a Map", () => {
    const [a, b] = [Certificate.fromDer(plain), Certificate.fromDer(plain)];
    const other = Certificate.fromDer(makeCertificate({ serial: derInteger(2) }));
    expect([a.equals(b), a.equals(other), a.id === b.id, a.id === other.id]).toEqual([true, false, true, false]);
  });

  test("self-issued by RFC 5280 names", () => {
    const certificate = (subject: string) =>
      Certificate.fromDer(makeCertificate({ subject: DistinguishedName.parse(subject).der }));
    expect(certificate("CN=TEST").isSelfIssued).toBe(true);
    expect(certificate("CN=other").isSelfIssued).toBe(false);
  });

  test("KEY-07: the print-out", () => {
    const certificate = Certificate.fromDer(
      makeCertificate({
        extensions: [
          basic,
          extension("2.5.29.17", encodeAltName(["a.test", "10.0.0.1"])),
          extension("2.5.29.37", derNull()),
        ],
      }),
    );
    expect(certificate.inspect().split("\n")).toEqual([
      "Certificate For Subject:",
      "               Common Name: test",
      "",
      "Issuer:",
      "               Common Name: test",
      "",
      "Serial Number: 1 (01)",
      "Not Before: 2026-01-01T00:00:00Z",
      "Not After: 2027-01-01T00:00:00Z",
      "Subject Alternative Name: DNS:a.test, IP Address:10.0.0.1",
      "Basic Constraints: CA",
      expect.stringContaining("Extended Key Usage: (EXTENSION_INVALID: "),
      "Critical Extensions: basicConstraints",
      "Signature Algorithm: Ed25519",
      `Digest (SHA-256): ${certificate.fingerprint()}`,
      expect.stringContaining(certificate.publicKey.spkiHash()),
    ]);
  });
});
