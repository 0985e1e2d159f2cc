import { describe, expect, test } from "vitest";
import { derExplicit, derInteger, derNull, derOid, derSequence, derTlv } from "../der/writer.ts";
import { readSignatureAlgorithm, type SignatureAlgorithmName, signatureAlgorithm } from "./signature-algorithm.ts";

const signing: readonly SignatureAlgorithmName[] = [
  "sha256WithRSAEncryption",
  "sha384WithRSAEncryption",
  "sha512WithRSAEncryption",
  "rsassaPss-SHA256",
  "rsassaPss-SHA384",
  "rsassaPss-SHA512",
  "ecdsa-with-SHA256",
  "ecdsa-with-SHA384",
  "ecdsa-with-SHA512",
  "Ed25519",
  "Ed448",
  "ML-DSA-44",
  "ML-DSA-65",
  "ML-DSA-87",
];

const rsaSha256 = derOid("1.2.840.113549.1.1.11");
const ecdsaSha256 = derOid("1.2.840.10045.4.3.2");
const ed25519 = derOid("1.3.101.112");
const pss = derOid("1.2.840.113549.1.1.10");
const sha256 = derSequence(derOid("2.16.840.1.101.3.4.2.1"), derNull());
const sha384 = derSequence(derOid("2.16.840.1.101.3.4.2.2"), derNull());
const mgf1 = (hash: Uint8Array) => derSequence(derOid("1.2.840.113549.1.1.8"), hash);

describe("the table of signature algorithms", () => {
  test.each(signing)("%s is read as it is written", (name) => {
    const written = signatureAlgorithm(name);
    const read = readSignatureAlgorithm(written.der);
    expect(read).toEqual(written);
    expect(read.name).toBe(name);
    expect(read.weak).toBe(false);
    expect(read.unsupported).toBeUndefined();
  });

  test.each([
    ["RSA with NULL", derSequence(rsaSha256, derNull()), true],
    ["RSA without parameters, as some issuers write it", derSequence(rsaSha256), true],
    ["RSA with other parameters", derSequence(rsaSha256, derSequence()), false],
    ["ECDSA without parameters", derSequence(ecdsaSha256), true],
    ["ECDSA with NULL (RFC 5758 section 3.2 forbids it)", derSequence(ecdsaSha256, derNull()), false],
    ["Ed25519 without parameters", derSequence(ed25519), true],
    ["Ed25519 with NULL (RFC 8410 section 3 forbids it)", derSequence(ed25519, derNull()), false],
  ])("%s", (_, der, supported) => {
    const algorithm = readSignatureAlgorithm(der);
    expect(algorithm.unsupported === undefined).toBe(supported);
    expect(algorithm.scheme === undefined).toBe(!supported);
  });

  test.each([
    ["1.2.840.113549.1.1.5", "sha1WithRSAEncryption", true],
    ["1.2.840.10045.4.1", "ecdsa-with-SHA1", true],
    ["1.2.840.113549.1.1.4", "md5WithRSAEncryption", false],
    ["1.2.840.113549.1.1.2", "md2WithRSAEncryption", false],
  ])("%s (%s) is weak", (oid, name, supported) => {
    const algorithm = readSignatureAlgorithm(derSequence(derOid(oid)));
    expect(algorithm).toMatchObject({ oid, name, weak: true });
    expect(algorithm.unsupported === undefined).toBe(supported);
  });

  test.each([
    ["1.2.840.113549.1.1.16", "sha512-256WithRSAEncryption", "rsa"],
    ["2.16.840.1.101.3.4.3.10", "ecdsa-with-SHA3-256", "ecdsa"],
    ["2.16.840.1.101.3.4.3.14", "RSA-SHA3-256", "rsa"],
  ])("%s, which nothing here computes, is named %s", (oid, name, keyType) => {
    const algorithm = readSignatureAlgorithm(derSequence(derOid(oid)));
    expect(algorithm).toMatchObject({ oid, name, keyType, weak: false, unsupported: "it is not implemented" });
    expect(() => signatureAlgorithm(name as never)).toThrow(expect.objectContaining({ code: "UNSUPPORTED_ALGORITHM" }));
  });

  test("an unknown algorithm is described, and says that it is unsupported", () => {
    const der = derSequence(derOid("1.2.3.4"), derNull());
    expect(readSignatureAlgorithm(der)).toMatchObject({
      oid: "1.2.3.4",
      name: "1.2.3.4",
      keyType: "unknown",
      unsupported: "unknown algorithm",
    });
  });

  test("bytes after the algorithm are refused", () => {
    const der = Uint8Array.of(...derSequence(ed25519), 5, 0);
    expect(() => readSignatureAlgorithm(der)).toThrow(expect.objectContaining({ code: "DER_TRAILING_DATA" }));
  });

  test("der is a copy: changing it changes nothing", () => {
    const algorithm = signatureAlgorithm("Ed25519");
    algorithm.der.fill(0);
    expect(readSignatureAlgorithm(algorithm.der).name).toBe("Ed25519");
  });

  test.each([
    ["sha1WithRSAEncryption", "ALGORITHM_WEAK"],
    ["md5WithRSAEncryption", "ALGORITHM_WEAK"],
    ["ecdsa-with-SHA1", "ALGORITHM_WEAK"],
    ["sha224WithRSAEncryption", "UNSUPPORTED_ALGORITHM"],
    ["nonsense", "UNSUPPORTED_ALGORITHM"],
  ])("REQ-02: nothing is signed with %s", (name, code) => {
    expect(() => signatureAlgorithm(name as never)).toThrow(expect.objectContaining({ code }));
  });
});

describe("RSASSA-PSS parameters (RFC 4055 section 3.1)", () => {
  const salt = (length: number) => derExplicit(2, derInteger(length));

  test.each([
    ["all defaults: SHA-1", derSequence(), { hash: "SHA-1", saltLength: 20 }],
    [
      "SHA-256 with an unusual salt",
      derSequence(derExplicit(0, sha256), derExplicit(1, mgf1(sha256)), salt(10)),
      { hash: "SHA-256", saltLength: 10 },
    ],
    [
      "hash identifiers without NULL",
      derSequence(
        derExplicit(0, derSequence(derOid("2.16.840.1.101.3.4.2.1"))),
        derExplicit(1, mgf1(derSequence(derOid("2.16.840.1.101.3.4.2.1")))),
        salt(32),
      ),
      { hash: "SHA-256", saltLength: 32 },
    ],
  ])("%s", (_, parameters, expected) => {
    const algorithm = readSignatureAlgorithm(derSequence(pss, parameters));
    expect(algorithm.pss).toEqual(expected);
    expect(algorithm.weak).toBe(expected.hash === "SHA-1");
    expect(algorithm.unsupported).toBeUndefined();
  });

  test.each([
    ["absent", undefined],
    ["NULL", derNull()],
    ["two hashes", derSequence(derExplicit(0, sha256), derExplicit(1, mgf1(sha384)), salt(32))],
    ["a mask of the default hash", derSequence(derExplicit(0, sha256), salt(32))],
    ["an unknown mask function", derSequence(derExplicit(0, sha256), derExplicit(1, sha256), salt(32))],
    ["an unknown hash", derSequence(derExplicit(0, derSequence(derOid("1.2.3"))), salt(32))],
    ["a negative salt", derSequence(derExplicit(0, sha256), derExplicit(1, mgf1(sha256)), salt(-1))],
    ["a huge salt", derSequence(derExplicit(0, sha256), derExplicit(1, mgf1(sha256)), salt(100_000))],
    ["another trailer", derSequence(derExplicit(3, derInteger(2)))],
    ["an encoded default", derSequence(derExplicit(3, derInteger(1)))],
    ["fields in the wrong order", derSequence(salt(32), derExplicit(0, sha256), derExplicit(1, mgf1(sha256)))],
    ["something after the fields", derSequence(derExplicit(4, derInteger(1)))],
    ["two elements in a field", derSequence(derTlv(0xa2, derInteger(32), derNull()))],
  ])("%s: unsupported", (_, parameters) => {
    const algorithm = readSignatureAlgorithm(derSequence(pss, ...(parameters === undefined ? [] : [parameters])));
    expect(algorithm.scheme).toBeUndefined();
    expect(algorithm.unsupported).toEqual(expect.any(String));
    expect(algorithm.pss).toBeUndefined();
  });
});
