import { afterAll, describe, expect, test } from "vitest";
import { Openssl } from "../test/openssl.ts";
import { derBitString, derInteger, derNull, derOid, derSequence } from "./der/writer.ts";
import { PublicKey } from "./public-key.ts";
import { readSignatureAlgorithm, signatureAlgorithm } from "./signature/signature-algorithm.ts";

const openssl = new Openssl();
afterAll(() => openssl[Symbol.dispose]());

const message = new TextEncoder().encode("a message");
openssl.write("message", message);

const kinds = [
  [
    "rsa-2048",
    ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
    { type: "rsa", bits: 2048, label: "2048-bit RSA" },
  ],
  ["p256", ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"], { type: "ecdsa", curve: "P-256", bits: 256 }],
  ["p384", ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"], { type: "ecdsa", curve: "P-384", bits: 384 }],
  ["p521", ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"], { type: "ecdsa", curve: "P-521", bits: 521 }],
  ["ed25519", ["-algorithm", "ED25519"], { type: "ed25519", label: "Ed25519" }],
  ["ed448", ["-algorithm", "ED448"], { type: "ed448", label: "Ed448" }],
  ["pss-any", ["-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"], { type: "rsa-pss", bits: 2048 }],
  [
    "pss-sha384",
    [
      "-algorithm",
      "RSA-PSS",
      "-pkeyopt",
      "rsa_keygen_bits:2048",
      "-pkeyopt",
      "rsa_pss_keygen_md:sha384",
      "-pkeyopt",
      "rsa_pss_keygen_mgf1_md:sha384",
      "-pkeyopt",
      "rsa_pss_keygen_saltlen:20",
    ],
    { type: "rsa-pss", bits: 2048, pss: { hash: "SHA-384", saltLength: 20 } },
  ],
] as const;

function makeKey(name: string, args: readonly string[]): PublicKey {
  openssl.must("genpkey", ...args, "-out", `${name}.pem`);
  openssl.must("pkey", "-in", `${name}.pem`, "-pubout", "-out", `${name}.pub`);
  return PublicKey.fromPem(openssl.text(`${name}.pub`));
}

const keys = new Map(kinds.map(([name, args]) => [name as string, makeKey(name, args)]));

function key(name: string): PublicKey {
  const found = keys.get(name);
  if (found === undefined) throw new Error(`no key ${name}`);
  return found;
}

function opensslSign(name: string, ...args: string[]): Uint8Array {
  openssl.must("pkeyutl", "-sign", "-rawin", "-in", "message", "-inkey", `${name}.pem`, "-out", "signature", ...args);
  return openssl.read("signature");
}

describe("KEY-10: reading what OpenSSL wrote", () => {
  test.each(kinds)("%s", (name, _, expected) => {
    const read = key(name);
    expect(read).toMatchObject(expected);
    expect(PublicKey.fromSpki(read.spki).equals(read)).toBe(true);
    expect(PublicKey.fromPem(read.toPem()).toPem()).toBe(openssl.text(`${name}.pub`));
  });

  test("PKCS #1, the older form of RSA keys", () => {
    openssl.must("rsa", "-in", "rsa-2048.pem", "-RSAPublicKey_out", "-out", "pkcs1.pub");
    expect(PublicKey.fromPem(openssl.text("pkcs1.pub")).equals(key("rsa-2048"))).toBe(true);
  });

  test("a Buffer that the caller changes afterwards changes nothing", () => {
    const buffer = Buffer.from(key("p256").spki);
    const read = PublicKey.fromSpki(buffer);
    buffer.fill(0);
    expect(read.equals(key("p256"))).toBe(true);
  });
});

describe("verifying what OpenSSL signed", () => {
  test.each([
    ["rsa-2048", "sha256WithRSAEncryption", ["-digest", "sha256"]],
    ["rsa-2048", "sha384WithRSAEncryption", ["-digest", "sha384"]],
    ["rsa-2048", "sha512WithRSAEncryption", ["-digest", "sha512"]],
    [
      "rsa-2048",
      "rsassaPss-SHA256",
      ["-digest", "sha256", "-pkeyopt", "rsa_padding_mode:pss", "-pkeyopt", "rsa_pss_saltlen:32"],
    ],
    ["pss-any", "rsassaPss-SHA512", ["-digest", "sha512", "-pkeyopt", "rsa_pss_saltlen:64"]],
    ["pss-sha384", "rsassaPss-SHA384", ["-digest", "sha384", "-pkeyopt", "rsa_pss_saltlen:48"]],
    ["p256", "ecdsa-with-SHA256", ["-digest", "sha256"]],
    ["p256", "ecdsa-with-SHA512", ["-digest", "sha512"]],
    ["p384", "ecdsa-with-SHA384", ["-digest", "sha384"]],
    ["p521", "ecdsa-with-SHA512", ["-digest", "sha512"]],
    ["ed25519", "Ed25519", []],
    ["ed448", "Ed448", []],
  ] as const)("%s with %s", async (name, algorithmName, args) => {
    const signature = opensslSign(name, ...args);
    const algorithm = signatureAlgorithm(algorithmName);
    expect(await key(name).verify(algorithm, signature, message)).toBe(true);
    expect(key(name).verifySync(algorithm, signature, message)).toBe(true);
    expect(await key(name).verify(algorithm, signature, message.subarray(1))).toBe(false);
    expect(await key(name).verify(algorithm, signature.subarray(1), message)).toBe(false);
  });

  test("SHA-1 signatures verify, and are marked weak", async () => {
    const algorithm = readSignatureAlgorithm(derSequence(derOid("1.2.840.113549.1.1.5"), derNull()));
    expect(algorithm.weak).toBe(true);
    expect(await key("rsa-2048").verify(algorithm, opensslSign("rsa-2048", "-digest", "sha1"), message)).toBe(true);
  });

  test("MD5 signatures are not even computed", async () => {
    const algorithm = readSignatureAlgorithm(derSequence(derOid("1.2.840.113549.1.1.4"), derNull()));
    const signature = opensslSign("rsa-2048", "-digest", "md5");
    await expect(key("rsa-2048").verify(algorithm, signature, message)).rejects.toMatchObject({
      code: "UNSUPPORTED_ALGORITHM",
      details: { algorithm: "md5WithRSAEncryption", oid: "1.2.840.113549.1.1.4" },
    });
  });

  test("a signature of another kind of key is false, not an exception", async () => {
    const signature = opensslSign("p256", "-digest", "sha256");
    for (const [name, other] of keys) {
      if (!name.startsWith("p"))
        expect(other.verifySync(signatureAlgorithm("ecdsa-with-SHA256"), signature, message)).toBe(false);
    }
    expect(key("p384").verifySync(signatureAlgorithm("ecdsa-with-SHA256"), signature, message)).toBe(false);
  });
});

describe("keys bound to RSASSA-PSS (RFC 4055)", () => {
  test("no PKCS #1 v1.5 signature, though the numbers would allow it", () => {
    const plain = PublicKey.fromSpki(
      derSequence(derSequence(derOid("1.2.840.113549.1.1.1"), derNull()), derBitString(key("pss-any").keyBytes)),
    );
    expect(plain.type).toBe("rsa");
    const signature = opensslSign("pss-any", "-digest", "sha256", "-pkeyopt", "rsa_pss_saltlen:32");
    expect(plain.verifySync(signatureAlgorithm("rsassaPss-SHA256"), signature, message)).toBe(true);
    expect(key("pss-any").verifySync(signatureAlgorithm("sha256WithRSAEncryption"), signature, message)).toBe(false);
  });

  test("no other hash, and no shorter salt, than the key allows", () => {
    const bound = key("pss-sha384");
    const unbound = PublicKey.fromSpki(
      derSequence(derSequence(derOid("1.2.840.113549.1.1.10")), derBitString(bound.keyBytes)),
    );
    expect(unbound.pss).toBeUndefined();
    const sha384 = opensslSign("pss-sha384", "-digest", "sha384", "-pkeyopt", "rsa_pss_saltlen:48");
    expect(bound.verifySync(signatureAlgorithm("rsassaPss-SHA384"), sha384, message)).toBe(true);
    expect(unbound.verifySync(signatureAlgorithm("rsassaPss-SHA384"), sha384, message)).toBe(true);
    expect(bound.verifySync(signatureAlgorithm("rsassaPss-SHA256"), sha384, message)).toBe(false);
  });
});

describe("keys that are none", () => {
  const rsa = (modulus: bigint, exponent: bigint, parameters: readonly Uint8Array[] = [derNull()]) =>
    derSequence(
      derSequence(derOid("1.2.840.113549.1.1.1"), ...parameters),
      derBitString(derSequence(derInteger(modulus), derInteger(exponent))),
    );
  const ec = (point: Uint8Array, curve: Uint8Array = derOid("1.2.840.10045.3.1.7")) =>
    derSequence(derSequence(derOid("1.2.840.10045.2.1"), curve), derBitString(point));
  const modulus = (1n << 2047n) + 1n;

  test.each([
    ["an even modulus", rsa(modulus + 1n, 65537n)],
    ["a negative modulus", rsa(-modulus, 65537n)],
    ["the exponent 1", rsa(modulus, 1n)],
    ["an even exponent", rsa(modulus, 65538n)],
    ["an exponent of 34 bits", rsa(modulus, (1n << 33n) + 1n)],
    ["a point without coordinates", ec(Uint8Array.of(4))],
    ["the point at infinity", ec(Uint8Array.of(0))],
    ["a hybrid point", ec(new Uint8Array(65).fill(6))],
    ["a point too long", ec(new Uint8Array(66).fill(4))],
    ["an Ed25519 key too short", derSequence(derSequence(derOid("1.3.101.112")), derBitString(new Uint8Array(31)))],
    ["bits that are no octets", derSequence(derSequence(derOid("1.3.101.112")), derBitString(new Uint8Array(32), 1))],
  ])("%s: KEY_INVALID, with the offset", (_, spki) => {
    expect(() => PublicKey.fromSpki(spki)).toThrow(
      expect.objectContaining({
        code: "KEY_INVALID",
        details: expect.objectContaining({ offset: expect.any(Number) }),
      }),
    );
  });

  test.each([
    ["RSA without NULL", rsa(modulus, 65537n, []), "DER_TRUNCATED"],
    [
      "Ed25519 with NULL",
      derSequence(derSequence(derOid("1.3.101.112"), derNull()), derBitString(new Uint8Array(32))),
      "DER_TRAILING_DATA",
    ],
    [
      "two parameters of an unknown algorithm",
      derSequence(derSequence(derOid("1.2.3"), derNull(), derNull()), derBitString(new Uint8Array(32))),
      "DER_TRAILING_DATA",
    ],
    [
      "two parameters of a curve that is not given by name",
      derSequence(
        derSequence(derOid("1.2.840.10045.2.1"), derNull(), derNull()),
        derBitString(new Uint8Array(65).fill(4)),
      ),
      "DER_TRAILING_DATA",
    ],
    ["a byte at the end", Uint8Array.of(...rsa(modulus, 65537n), 0), "DER_TRAILING_DATA"],
  ])("%s: %#", (_, spki, code) => {
    expect(() => PublicKey.fromSpki(spki)).toThrow(expect.objectContaining({ code }));
  });

  test("a point that is not on its curve is found out on first use", async () => {
    const off = PublicKey.fromSpki(ec(new Uint8Array(65).fill(4)));
    const algorithm = signatureAlgorithm("ecdsa-with-SHA256");
    await expect(off.verify(algorithm, opensslSign("p256", "-digest", "sha256"), message)).rejects.toMatchObject({
      code: "KEY_INVALID",
    });
  });

  test.each([
    [
      "an unknown algorithm",
      derSequence(derSequence(derOid("1.2.3.4")), derBitString(new Uint8Array(3))),
      "unknown",
      undefined,
    ],
    ["secp256k1", ec(new Uint8Array(65).fill(4), derOid("1.3.132.0.10")), "ecdsa", "secp256k1"],
    ["explicit curve parameters", ec(new Uint8Array(65).fill(4), derSequence(derInteger(1))), "ecdsa", undefined],
    ["RSA of 16,385 bits", rsa((1n << 16384n) + 1n, 65537n), "rsa", undefined],
  ])("%s can be read and printed; only its use fails", async (_, spki, type, curve) => {
    const read = PublicKey.fromSpki(spki);
    expect(read.type).toBe(type);
    expect(read.curve).toBe(curve);
    expect(read.inspect()).toContain(read.spkiHash());
    const algorithm = signatureAlgorithm(type === "rsa" ? "sha256WithRSAEncryption" : "ecdsa-with-SHA256");
    await expect(read.verify(algorithm, new Uint8Array(8), message)).rejects.toMatchObject({
      code: "UNSUPPORTED_ALGORITHM",
    });
    await expect(read.toCryptoKey()).rejects.toMatchObject({ code: "UNSUPPORTED_ALGORITHM" });
  });

  test("a certificate is not a public key", () => {
    const pem = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";
    expect(() => PublicKey.fromPem(pem)).toThrow(expect.objectContaining({ code: "PEM_WRONG_LABEL" }));
    expect(() => PublicKey.fromPem("prose")).toThrow(expect.objectContaining({ code: "PEM_NO_BLOCK" }));
  });
});

describe("printing and comparing", () => {
  test("KEY-11: the hash of the SubjectPublicKeyInfo in every format", () => {
    openssl.must("pkey", "-pubin", "-in", "p256.pub", "-outform", "DER", "-out", "p256.der");
    const hex = openssl.must("dgst", "-sha256", "-r", "p256.der").slice(0, 64);
    const read = key("p256");
    expect(read.spkiHash()).toBe(hex);
    expect(Buffer.from(read.spkiHash("sha-256", { format: "bytes" })).toString("hex")).toBe(hex);
    expect(read.spkiHash("sha-256", { format: "pin" })).toBe(`sha256/${Buffer.from(hex, "hex").toString("base64")}`);
    expect(read.spkiHash("sha-1", { format: "colon" })).toMatch(/^([0-9A-F]{2}:){19}[0-9A-F]{2}$/);
    expect(() => read.spkiHash("md5" as never)).toThrow(expect.objectContaining({ code: "ARGUMENT_INVALID" }));
  });

  test("KEY-12: equality is that of the bytes", () => {
    expect(key("p256").equals(PublicKey.fromSpki(key("p256").spki))).toBe(true);
    expect(key("p256").equals(key("p384"))).toBe(false);
    expect(key("ed25519").equals(key("ed448"))).toBe(false);
  });

  test("KEY-12: one line for people", () => {
    expect(key("rsa-2048").inspect()).toMatch(/^2048-bit RSA Public Key with Hash: [0-9a-f]{64}$/);
    expect(key("p521").inspect()).toMatch(/^ECDSA P-521 Public Key with Hash: /);
    expect(JSON.parse(JSON.stringify(key("p521")))).toEqual({
      type: "ecdsa",
      bits: 521,
      curve: "P-521",
      spkiSha256: key("p521").spkiHash(),
    });
  });

  test.each(["rsa-2048", "p256", "p521", "ed25519", "pss-sha384"])("%s as a CryptoKey", async (name) => {
    const algorithm = name === "pss-sha384" ? signatureAlgorithm("rsassaPss-SHA384") : undefined;
    const cryptoKey = await key(name).toCryptoKey(algorithm);
    expect(cryptoKey.type).toBe("public");
    expect(cryptoKey.usages).toEqual(["verify"]);
  });
});
