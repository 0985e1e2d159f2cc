import { createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import { inspect } from "node:util";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { Openssl } from "../test/openssl.ts";
import { concatBytes, fromHex, toHex } from "./bytes.ts";
import { derInteger, derNull, derOctetString, derOid, derSequence } from "./der/writer.ts";
import { TlsKitError, X509Error } from "./error.ts";
import { type KeyGenerationOptions, KeyPair, type PrivateKeyEncoding } from "./key-pair.ts";
import { pemDecode, pemEncode } from "./pem.ts";
import { PublicKey } from "./public-key.ts";

const openssl = new Openssl();
afterAll(() => openssl[Symbol.dispose]());

const message = new TextEncoder().encode("a message");

const generated: readonly (readonly [string, KeyGenerationOptions, readonly PrivateKeyEncoding[], boolean])[] = [
  ["2048-bit RSA", { type: "rsa" }, ["pkcs8", "pkcs1"], true],
  ["3072-bit RSA", { type: "rsa", bits: 3072 }, ["pkcs8", "pkcs1"], true],
  ["ECDSA P-256", { type: "ecdsa" }, ["pkcs8", "sec1"], true],
  ["ECDSA P-384", { type: "ecdsa", curve: "P-384" }, ["pkcs8", "sec1"], true],
  ["ECDSA P-521", { type: "ecdsa", curve: "P-521" }, ["pkcs8", "sec1"], true],
  ["Ed25519", { type: "ed25519" }, ["pkcs8"], true],
  ["Ed448", { type: "ed448" }, ["pkcs8"], true],
  ["ML-DSA-44", { type: "ml-dsa-44" }, ["pkcs8"], false],
  ["ML-DSA-65", { type: "ml-dsa-65" }, ["pkcs8"], false],
  ["ML-DSA-87", { type: "ml-dsa-87" }, ["pkcs8"], false],
];

describe.each(generated)("%s", (label, options, encodings, opensslHasIt) => {
  const made = KeyPair.generate(options);

  test("KEY-15: generated, signs, and its public half verifies", async () => {
    const keyPair = await made;
    expect(keyPair.publicKey.label).toBe(label);
    const signature = await keyPair.sign(message);
    expect(await keyPair.publicKey.verify(keyPair.signatureAlgorithm(), signature, message)).toBe(true);
    expect(await keyPair.publicKey.verify(keyPair.signatureAlgorithm(), signature, message.subarray(1))).toBe(false);
  });

  test.each(encodings)("KEY-13, KEY-14: out as %s and in again, DER and PEM", async (type) => {
    const keyPair = await made;
    const der = await keyPair.toDer({ type });
    const pem = await keyPair.toPem({ type });
    expect(pemDecode(pem).map(({ bytes }) => toHex(bytes))).toEqual([toHex(der)]);
    for (const again of [await KeyPair.fromDer(der), await KeyPair.fromPem(pem)]) {
      expect(again.publicKey.equals(keyPair.publicKey)).toBe(true);
      expect(await again.toDer({ type })).toEqual(der);
    }
    if (!opensslHasIt) return;
    openssl.write("key.pem", pem);
    openssl.must("pkey", "-in", "key.pem", "-check", "-noout");
    expect(openssl.must("pkey", "-in", "key.pem", "-pubout")).toBe(keyPair.publicKey.toPem());
  });

  test("KEY-14: as JWK and back", async () => {
    const keyPair = await made;
    const jwk = await keyPair.toJwk();
    expect(Object.values(jwk).every((value) => typeof value === "string")).toBe(true);
    const again = await KeyPair.fromJwk(JSON.parse(JSON.stringify(jwk)));
    expect(await again.toDer()).toEqual(await keyPair.toDer());
    const theirs = createPrivateKey({ key: Buffer.from(await keyPair.toDer()), format: "der", type: "pkcs8" });
    expect(theirs.export({ format: "jwk" })).toEqual(jwk);
  });

  test("KEY-16: inspect names the algorithm", async () => {
    const keyPair = await made;
    expect(keyPair.inspect()).toBe(`${label} Key Pair with Hash: ${keyPair.publicKey.spkiHash()}`);
  });

  test("KEY-17: printing, JSON and structured cloning never carry the secret", async () => {
    const keyPair = await made;
    const secret = toHex((await keyPair.toDer()).slice(-24));
    const jwk = await keyPair.toJwk();
    const secrets = [secret, String(jwk.d ?? jwk.priv)];
    const shown = [
      inspect(keyPair, { depth: 9, showHidden: true }),
      inspect({ nested: [keyPair] }, { depth: 9, showHidden: true, getters: true }),
      String(keyPair),
      JSON.stringify(keyPair),
      keyPair.inspect(),
    ];
    for (const text of shown) {
      for (const one of secrets) expect(text).not.toContain(one);
      expect(text).toContain(keyPair.publicKey.spkiHash());
    }
    expect(JSON.parse(JSON.stringify(keyPair)).privateKey).toBe("[redacted]");
    expect(Reflect.ownKeys(keyPair)).toEqual([]);
    expect(structuredClone(keyPair)).toEqual({});
  });
});

test("KEY-15: a kind alone is made as its default size", async () => {
  for (const [kind, label] of [
    ["ed25519", "Ed25519"],
    ["ecdsa", "ECDSA P-256"],
    ["rsa-pss", "2048-bit RSASSA-PSS"],
  ] as const) {
    expect((await KeyPair.generate(kind)).publicKey.label).toBe(label);
  }
});

describe("KEY-15: what is not made", () => {
  test.each([512, 1024, 2040])("RSA of %i bits is KEY_WEAK", async (bits) => {
    await expect(KeyPair.generate({ type: "rsa", bits })).rejects.toMatchObject({
      code: "KEY_WEAK",
      details: { type: "rsa", bits, minimum: 2048 },
    });
  });

  test.each([
    [{ type: "rsa", bits: 2049 }, "bits"],
    [{ type: "rsa", bits: 20_000 }, "bits"],
    [{ type: "rsa", bits: Number.NaN }, "bits"],
    [{ type: "rsa", bits: "4096" }, "bits"],
    [{ type: "ecdsa", curve: "secp256k1" }, "curve"],
    [{ type: "dsa" }, "type"],
    [{ type: "rsa-pss", hash: "SHA-1" }, "hash"],
    [{ type: "rsa-pss", bits: 2049 }, "bits"],
    [{}, "type"],
    ["dsa", "type"],
    ["__proto__", "type"],
  ])("%j: ARGUMENT_INVALID names %s", async (options, argument) => {
    await expect(KeyPair.generate(options as KeyGenerationOptions)).rejects.toMatchObject({
      code: "ARGUMENT_INVALID",
      details: { argument },
    });
  });
});

describe("KEY-13: keys that OpenSSL wrote", () => {
  const kinds = [
    ["rsa", ["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]],
    ["p256", ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]],
    ["p384", ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"]],
    ["p521", ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"]],
    ["ed25519", ["genpkey", "-algorithm", "ED25519"]],
    ["pss", ["genpkey", "-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"]],
    [
      "pss-bound",
      [
        "genpkey",
        "-algorithm",
        "RSA-PSS",
        "-pkeyopt",
        "rsa_pss_keygen_md:sha384",
        "-pkeyopt",
        "rsa_pss_keygen_mgf1_md:sha384",
        "-pkeyopt",
        "rsa_pss_keygen_saltlen:48",
      ],
    ],
  ] as const;

  test.each(kinds)("%s, in every form", async (name, args) => {
    openssl.must(...args, "-out", "theirs.pem");
    const publicPem = openssl.must("pkey", "-in", "theirs.pem", "-pubout");
    openssl.must("pkcs8", "-topk8", "-nocrypt", "-in", "theirs.pem", "-outform", "DER", "-out", "theirs.der");
    const forms = [openssl.text("theirs.pem")];
    if (!name.startsWith("pss") && name !== "ed25519") {
      openssl.must("pkey", "-in", "theirs.pem", "-traditional", "-out", "traditional.pem");
      forms.push(openssl.text("traditional.pem"));
    }
    for (const pem of forms) {
      const keyPair = await KeyPair.fromPem(pem);
      expect(keyPair.publicKey.toPem()).toBe(publicPem);
      expect(await keyPair.toDer()).toEqual(new Uint8Array(openssl.read("theirs.der")));
      const signature = await keyPair.sign(message);
      openssl.write("message", message);
      openssl.write("signature", signature);
      const algorithm = keyPair.signatureAlgorithm();
      const digest = algorithm.hash === undefined ? [] : ["-digest", algorithm.hash.replace("-", "").toLowerCase()];
      openssl.write("public.pem", publicPem);
      const verify = ["pkeyutl", "-verify", "-rawin", "-in", "message", "-sigfile", "signature", "-pubin", "-inkey"];
      openssl.must(...verify, "public.pem", ...digest);
    }
  });

  test("the curve parameters that `openssl ecparam -genkey` writes first are passed over", async () => {
    openssl.must("ecparam", "-name", "prime256v1", "-genkey", "-out", "ecparam.pem");
    expect(openssl.text("ecparam.pem")).toContain("BEGIN EC PARAMETERS");
    expect((await KeyPair.fromPem(openssl.text("ecparam.pem"))).publicKey.curve).toBe("P-256");
  });

  test("a compressed public half is compared, not refused", async () => {
    openssl.must(
      "ecparam",
      "-name",
      "secp384r1",
      "-genkey",
      "-conv_form",
      "compressed",
      "-noout",
      "-out",
      "compressed.pem",
    );
    expect((await KeyPair.fromPem(openssl.text("compressed.pem"))).publicKey.curve).toBe("P-384");
  });

  test("an unusable curve is named", async () => {
    openssl.must("ecparam", "-name", "secp256k1", "-genkey", "-noout", "-out", "k1.pem");
    await expect(KeyPair.fromPem(openssl.text("k1.pem"))).rejects.toMatchObject({
      code: "UNSUPPORTED_ALGORITHM",
      details: { algorithm: "the curve secp256k1" },
    });
  });

  test("explicit curve parameters are refused (CVE-2020-0601)", async () => {
    openssl.must(
      "ecparam",
      "-name",
      "prime256v1",
      "-genkey",
      "-param_enc",
      "explicit",
      "-noout",
      "-out",
      "explicit.pem",
    );
    await expect(KeyPair.fromPem(openssl.text("explicit.pem"))).rejects.toMatchObject({
      code: "UNSUPPORTED_ALGORITHM",
    });
  });

  test("keys that only agree on secrets are refused by name", async () => {
    for (const name of ["X25519", "X448"]) {
      openssl.must("genpkey", "-algorithm", name, "-out", "agree.pem");
      await expect(KeyPair.fromPem(openssl.text("agree.pem"))).rejects.toMatchObject({
        code: "UNSUPPORTED_ALGORITHM",
        message: expect.stringContaining(name),
      });
      openssl.must("pkey", "-in", "agree.pem", "-pubout", "-out", "agree.pub");
      expect(PublicKey.fromPem(openssl.text("agree.pub")).inspect()).toMatch(
        new RegExp(String.raw`^${name} \(1\.3\.101`),
      );
    }
  });

  test("keys of more than two primes, DSA keys and other blocks are refused by name", async () => {
    openssl.must(
      "genpkey",
      "-algorithm",
      "RSA",
      "-pkeyopt",
      "rsa_keygen_bits:2048",
      "-pkeyopt",
      "rsa_keygen_primes:3",
      "-out",
      "three.pem",
    );
    await expect(KeyPair.fromPem(openssl.text("three.pem"))).rejects.toMatchObject({
      details: { algorithm: "RSA keys with more than two primes" },
    });
    for (const label of ["DSA PRIVATE KEY", "OPENSSH PRIVATE KEY"]) {
      await expect(KeyPair.fromPem(pemEncode(label, derSequence()))).rejects.toMatchObject({
        code: "UNSUPPORTED_ALGORITHM",
        details: { algorithm: `keys in a ${label} block` },
      });
    }
    await expect(KeyPair.fromPem(pemEncode("CERTIFICATE", derSequence()))).rejects.toMatchObject({
      code: "PEM_WRONG_LABEL",
    });
    const one = openssl.text("three.pem");
    await expect(KeyPair.fromPem(one + one)).rejects.toMatchObject({ code: "PEM_MULTIPLE_BLOCKS" });
  });
});

test("KEY-14: a key bound to RSASSA-PSS is not written in a form that forgets it", async () => {
  openssl.must("genpkey", "-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048", "-out", "bound.pem");
  const keyPair = await KeyPair.fromPem(openssl.text("bound.pem"));
  expect(await keyPair.toPem()).toBe(openssl.text("bound.pem"));
  await expect(keyPair.toDer({ type: "pkcs1" })).rejects.toMatchObject({ details: { argument: "type" } });
  await expect(keyPair.toJwk()).rejects.toMatchObject({ code: "UNSUPPORTED_ALGORITHM" });
});

describe("KEY-13: encrypted keys", () => {
  openssl.must("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "plain.pem");
  const passphrase = "pässword";

  function encrypt(...args: string[]): string {
    openssl.must(
      "pkcs8",
      "-topk8",
      "-in",
      "plain.pem",
      "-passout",
      `pass:${passphrase}`,
      "-out",
      "sealed.pem",
      ...args,
    );
    return openssl.text("sealed.pem");
  }

  test.each([
    ["AES-128", ["-v2", "aes-128-cbc"]],
    ["AES-192", ["-v2", "aes-192-cbc"]],
    ["AES-256", ["-v2", "aes-256-cbc"]],
    ["HMAC-SHA-1", ["-v2", "aes-256-cbc", "-v2prf", "hmacWithSHA1"]],
    ["HMAC-SHA-384", ["-v2", "aes-256-cbc", "-v2prf", "hmacWithSHA384"]],
    ["HMAC-SHA-512, 100,000 iterations", ["-v2", "aes-256-cbc", "-v2prf", "hmacWithSHA512", "-iter", "100000"]],
  ])("%s", async (_, args) => {
    const pem = encrypt(...args);
    const plain = await KeyPair.fromPem(openssl.text("plain.pem"));
    const keyPair = await KeyPair.fromPem(pem, { passphrase });
    expect(keyPair.publicKey.equals(plain.publicKey)).toBe(true);
    const bytes = new TextEncoder().encode(passphrase);
    expect((await KeyPair.fromPem(pem, { passphrase: bytes })).publicKey.equals(plain.publicKey)).toBe(true);
    await expect(KeyPair.fromPem(pem)).rejects.toMatchObject({ code: "KEY_ENCRYPTED", details: { line: 1 } });
    const [block] = pemDecode(pem);
    await expect(KeyPair.fromDer(block?.bytes ?? new Uint8Array())).rejects.toMatchObject({ code: "KEY_ENCRYPTED" });
  });

  test("a wrong passphrase is always KEY_WRONG_PASSPHRASE, also when the padding happens to be right", async () => {
    const pem = encrypt("-v2", "aes-256-cbc", "-iter", "1");
    for (let attempt = 0; attempt < 600; attempt++) {
      const error = await KeyPair.fromPem(pem, { passphrase: `wrong ${attempt}` }).catch((caught: unknown) => caught);
      expect(error).toMatchObject({ code: "KEY_WRONG_PASSPHRASE", message: expect.stringContaining("on line 1") });
      expect(JSON.stringify(error) + String(error)).not.toContain(`wrong ${attempt}`);
    }
  });

  test("ours, read by OpenSSL", async () => {
    const keyPair = await KeyPair.generate();
    openssl.write("ours.pem", await keyPair.toPem({ passphrase }));
    expect(openssl.text("ours.pem")).toContain("BEGIN ENCRYPTED PRIVATE KEY");
    expect(openssl.must("pkey", "-in", "ours.pem", "-passin", `pass:${passphrase}`, "-pubout")).toBe(
      keyPair.publicKey.toPem(),
    );
    const again = await KeyPair.fromPem(openssl.text("ours.pem"), { passphrase });
    expect(again.publicKey.equals(keyPair.publicKey)).toBe(true);
    const asn1 = openssl.must("asn1parse", "-in", "ours.pem");
    for (const expected of ["PBES2", "PBKDF2", "hmacWithSHA256", "aes-256-cbc", "0927C0"])
      expect(asn1).toContain(expected);
  });

  test("an empty passphrase is a passphrase", async () => {
    const keyPair = await KeyPair.generate();
    const pem = await keyPair.toPem({ passphrase: "" });
    expect((await KeyPair.fromPem(pem, { passphrase: "" })).publicKey.equals(keyPair.publicKey)).toBe(true);
    await expect(KeyPair.fromPem(pem)).rejects.toMatchObject({ code: "KEY_ENCRYPTED" });
  });

  test.each([
    ["scrypt", ["-scrypt"], "scrypt", "openssl pkcs8 -topk8"],
    ["DES-EDE3-CBC", ["-v2", "des3"], "DES-EDE3-CBC", "{ legacy: true }"],
    ["PKCS #12 with 3DES", ["-v1", "PBE-SHA1-3DES"], "pbeWithSHAAnd3-KeyTripleDES-CBC", "{ legacy: true }"],
    ["RC2", ["-v1", "PBE-SHA1-RC2-128", "-provider", "legacy", "-provider", "default"], "pbeWithSHAAnd128BitRC2-CBC"],
    ["AES in another mode", ["-v2", "aes-256-cfb"], "AES-256-CFB"],
    ["HMAC-MD5", ["-v2", "aes256", "-v2prf", "hmacWithMD5"], "HMAC-MD5"],
    ["DES", ["-v1", "PBE-MD5-DES", "-provider", "legacy", "-provider", "default"], "pbeWithMD5AndDES-CBC"],
  ])("%s is refused by name and OID", async (_, args, algorithm, way = "openssl pkcs8 -topk8") => {
    const pem = encrypt(...args);
    await expect(KeyPair.fromPem(pem, { passphrase })).rejects.toMatchObject({
      code: "UNSUPPORTED_ALGORITHM",
      details: { algorithm, oid: expect.stringMatching(/^[12]\.[\d.]+$/) },
      message: expect.stringContaining(way),
    });
    await expect(KeyPair.fromPem(pem)).rejects.toMatchObject({ code: "KEY_ENCRYPTED" });
  });

  test.each([
    ["DES-EDE3-CBC", ["-v2", "des3"]],
    ["DES-EDE3-CBC, HMAC-SHA-1", ["-v2", "des3", "-v2prf", "hmacWithSHA1"]],
    ["PKCS #12 with 3DES", ["-v1", "PBE-SHA1-3DES"]],
    ["PKCS #12 with 3DES, one iteration", ["-v1", "PBE-SHA1-3DES", "-iter", "1"]],
  ])("%s is read with legacy: true", async (_, args) => {
    const pem = encrypt(...args);
    const plain = await KeyPair.fromPem(openssl.text("plain.pem"));
    const keyPair = await KeyPair.fromPem(pem, { passphrase, legacy: true });
    expect(keyPair.publicKey.equals(plain.publicKey)).toBe(true);
    for (let attempt = 0; attempt < 20; attempt++) {
      await expect(KeyPair.fromPem(pem, { passphrase: `wrong ${attempt}`, legacy: true })).rejects.toMatchObject({
        code: "KEY_WRONG_PASSPHRASE",
        details: { line: 1 },
      });
    }
  });

  test("millions of iterations too many are refused before they cost anything", async () => {
    const keyPair = await KeyPair.generate();
    const hex = toHex(await keyPair.toDer({ passphrase }));
    const der = fromHex(hex.replace("02030927c0", "02037fffff"));
    await expect(KeyPair.fromDer(der ?? new Uint8Array(), { passphrase })).rejects.toMatchObject({
      code: "KEY_INVALID",
      details: { expected: "1 to 5000000 iterations of key derivation in all" },
    });
  });

  test("encodings that cannot be encrypted are refused", async () => {
    const keyPair = await KeyPair.generate();
    await expect(keyPair.toPem({ type: "sec1", passphrase })).rejects.toMatchObject({
      details: { argument: "passphrase" },
    });
    await expect(keyPair.toPem({ type: "pkcs1" })).rejects.toMatchObject({ details: { argument: "type" } });
    await expect(keyPair.toPem({ type: "pem" as never })).rejects.toMatchObject({ details: { argument: "type" } });
    const ed25519 = await KeyPair.generate({ type: "ed25519" });
    await expect(ed25519.toDer({ type: "sec1" })).rejects.toMatchObject({ details: { argument: "type" } });
  });
});

describe("both halves belong together", () => {
  test.each(["P-256", "P-384", "P-521"])("%s: a foreign public half is refused", async (namedCurve) => {
    const der = (key: ReturnType<typeof generateKeyPairSync>["privateKey"]) =>
      new Uint8Array((key as never as { export(o: object): Buffer }).export({ type: "pkcs8", format: "der" }));
    const [one, two] = [0, 1].map(() => der(generateKeyPairSync("ec", { namedCurve }).privateKey as never));
    if (one === undefined || two === undefined) throw new Error("no keys");
    const point = { "P-256": 65, "P-384": 97, "P-521": 133 }[namedCurve] ?? 0;
    const mixed = concatBytes(one.subarray(0, -point), two.subarray(-point));
    // Node takes it, and its public half is the foreign one.
    const theirs = createPublicKey(
      createPrivateKey({ key: Buffer.from(mixed), format: "der", type: "pkcs8" }) as never,
    );
    expect(Buffer.from(theirs.export({ type: "spki", format: "der" })).subarray(-point)).toEqual(
      Buffer.from(two.subarray(-point)),
    );
    await expect(KeyPair.fromDer(mixed)).rejects.toMatchObject({ code: "KEY_INVALID" });
  });

  test("a foreign public half in a JWK is refused", async () => {
    for (const options of [{ type: "ecdsa" }, { type: "ed25519" }, { type: "ml-dsa-44" }] as const) {
      const one = await (await KeyPair.generate(options)).toJwk();
      const two = await (await KeyPair.generate(options)).toJwk();
      const { x, y, pub } = two;
      const mixed = {
        ...one,
        ...(x !== undefined && { x }),
        ...(y !== undefined && { y }),
        ...(pub !== undefined && { pub }),
      };
      await expect(KeyPair.fromJwk(mixed)).rejects.toMatchObject({ code: "KEY_INVALID" });
    }
  });

  test.each(["n", "e", "d", "p", "q", "dp", "dq", "qi"] as const)("RSA with a wrong %s is refused", async (field) => {
    const jwk = await (await KeyPair.generate({ type: "rsa" })).toJwk();
    const bytes = Buffer.from(String(jwk[field]), "base64url");
    // Keep it odd and of the same length, so that only arithmetic can tell.
    const middle = bytes.length >> 1;
    bytes[middle] = (bytes[middle] ?? 0) ^ 0x10;
    const broken = { ...jwk, [field]: bytes.toString("base64url") };
    await expect(KeyPair.fromJwk(broken)).rejects.toMatchObject({ code: "KEY_INVALID" });
  });

  test("an RSA key may have its primes in any order, and d reduced or not", async () => {
    const { n, e, d, p, q, dp, dq } = await (await KeyPair.generate({ type: "rsa" })).toJwk();
    const big = (text: unknown) => BigInt(`0x${Buffer.from(String(text), "base64url").toString("hex")}`);
    const [P, Q] = [big(p), big(q)];
    const inverse = modularInverse(P, Q);
    const swapped = derSequence(...[0n, big(n), big(e), big(d), Q, P, big(dq), big(dp), inverse].map(derInteger));
    expect((await KeyPair.fromDer(swapped)).publicKey.bits).toBe(2048);
    const phi = (P - 1n) * (Q - 1n);
    const other = modularInverse(big(e), phi);
    const byPhi = derSequence(...[0n, big(n), big(e), other, Q, P, big(dq), big(dp), inverse].map(derInteger));
    expect((await KeyPair.fromDer(byPhi)).publicKey.bits).toBe(2048);
  });
});

describe("private keys that are none", () => {
  const p256 = derSequence(derOid("1.2.840.10045.2.1"), derOid("1.2.840.10045.3.1.7"));
  const wrap = (algorithm: Uint8Array, inner: Uint8Array, version = 0) =>
    derSequence(derInteger(version), algorithm, derOctetString(inner));
  const sec1 = (scalar: Uint8Array, version = 1) => derSequence(derInteger(version), derOctetString(scalar));
  const ed25519 = derSequence(derOid("1.3.101.112"));

  test.each([
    ["nothing", new Uint8Array(), "DER_TRUNCATED"],
    ["an empty SEQUENCE", derSequence(), "DER_TRUNCATED"],
    ["a public key", derSequence(ed25519, derOctetString(new Uint8Array(4))), "KEY_ENCRYPTED"],
    ["a number alone", derSequence(derInteger(0)), "KEY_INVALID"],
    ["PKCS #8 version 2", wrap(ed25519, derOctetString(new Uint8Array(32)), 2), "KEY_INVALID"],
    ["an Ed25519 key of 31 bytes", wrap(ed25519, derOctetString(new Uint8Array(31))), "KEY_INVALID"],
    [
      "an Ed25519 key with parameters",
      wrap(derSequence(derOid("1.3.101.112"), derNull()), derOctetString(new Uint8Array(32))),
      "DER_TRAILING_DATA",
    ],
    ["an EC key of 33 bytes", wrap(p256, sec1(new Uint8Array(33).fill(1))), "KEY_INVALID"],
    ["an EC key of no bytes", wrap(p256, sec1(new Uint8Array())), "KEY_INVALID"],
    ["the EC key 0", wrap(p256, sec1(new Uint8Array(32))), "KEY_INVALID"],
    ["an EC key above the order", wrap(p256, sec1(new Uint8Array(32).fill(0xff))), "KEY_INVALID"],
    ["SEC 1 version 2", wrap(p256, sec1(new Uint8Array(32).fill(1), 2)), "KEY_INVALID"],
    ["SEC 1 without a curve", sec1(new Uint8Array(32).fill(1)), "KEY_INVALID"],
    ["an unknown algorithm", wrap(derSequence(derOid("1.2.3")), new Uint8Array(3)), "UNSUPPORTED_ALGORITHM"],
    ["BER", fromHex("3080020100000000") ?? new Uint8Array(), "DER_BAD_LENGTH"],
  ])("%s", async (_, der, code) => {
    await expect(KeyPair.fromDer(der)).rejects.toMatchObject({ code });
  });

  test("an EC key whose leading zeros were dropped is read (old writers did so)", async () => {
    const scalar = new Uint8Array(32);
    scalar[31] = 5;
    const full = await KeyPair.fromDer(wrap(p256, sec1(scalar)));
    const short = await KeyPair.fromDer(wrap(p256, sec1(Uint8Array.of(5))));
    expect(short.publicKey.equals(full.publicKey)).toBe(true);
    expect(await short.toDer()).toEqual(await full.toDer());
  });

  test.each([
    [null, "KEY_INVALID"],
    [{}, "UNSUPPORTED_ALGORITHM"],
    [{ kty: "oct", k: "AAAA" }, "UNSUPPORTED_ALGORITHM"],
    [{ kty: "EC", crv: "secp256k1" }, "UNSUPPORTED_ALGORITHM"],
    [{ kty: "EC", crv: "P-256", x: "AA", y: "AA", d: "AA" }, "KEY_INVALID"],
    [{ kty: "EC", crv: "P-256" }, "KEY_INVALID"],
    [{ kty: "OKP", crv: "X25519" }, "UNSUPPORTED_ALGORITHM"],
    [{ kty: "OKP", crv: "Ed25519", x: "A=", d: "A" }, "KEY_INVALID"],
    [{ kty: "RSA", n: "AQAB", e: "AQAB" }, "KEY_INVALID"],
    [{ kty: "RSA", oth: [] }, "KEY_INVALID"],
  ])("the JWK %j", async (jwk, code) => {
    await expect(KeyPair.fromJwk(jwk as never)).rejects.toMatchObject({ code });
  });

  test("whatever bytes come, the error is ours", async () => {
    const seeds = await Promise.all(
      [{ type: "ecdsa" }, { type: "ed25519" }].map(async (options) =>
        (await KeyPair.generate(options as never)).toDer(),
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...seeds), fc.nat(), fc.nat(255), fc.nat(), async (der, at, byte, cut) => {
        const changed = der.slice(0, cut % 8 === 0 ? cut % der.length : der.length);
        if (changed.length > 0) changed[at % changed.length] = byte;
        const result = await KeyPair.fromDer(changed).catch((error: unknown) => error);
        if (result instanceof KeyPair) return;
        expect(X509Error.is(result)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test("what is no text, no bytes and no passphrase", async () => {
    const code = "ARGUMENT_INVALID";
    const sealed = await (await KeyPair.generate()).toPem({ passphrase: "x" });
    await expect(KeyPair.fromDer("text" as never)).rejects.toMatchObject({ code });
    await expect(KeyPair.fromPem(undefined as never)).rejects.toMatchObject({ code });
    await expect(KeyPair.fromPem(sealed, { passphrase: 1 as never })).rejects.toMatchObject({ code });
    await expect((await KeyPair.generate()).toPem({ passphrase: null as never })).rejects.toMatchObject({ code });
  });

  test("an error never quotes the key", async () => {
    const keyPair = await KeyPair.generate();
    const jwk = await keyPair.toJwk();
    const error = await KeyPair.fromJwk({ ...jwk, x: jwk.y }).catch((caught: unknown) => caught);
    expect(TlsKitError.is(error)).toBe(true);
    expect(inspect(error, { depth: 9 })).not.toContain(String(jwk.d));
  });
});

describe("choosing the algorithm of a signature", () => {
  test("RSA can sign with PSS and other hashes", async () => {
    const keyPair = await KeyPair.generate({ type: "rsa" });
    for (const algorithm of ["sha384WithRSAEncryption", "rsassaPss-SHA256", "rsassaPss-SHA512"] as const) {
      const signature = await keyPair.sign(message, { algorithm });
      expect(await keyPair.publicKey.verify(keyPair.signatureAlgorithm(algorithm), signature, message)).toBe(true);
      expect(await keyPair.publicKey.verify(keyPair.signatureAlgorithm(), signature, message)).toBe(false);
    }
  });

  test("an algorithm of another key is refused, and the right one named", async () => {
    const keyPair = await KeyPair.generate();
    await expect(keyPair.sign(message, { algorithm: "Ed25519" })).rejects.toMatchObject({
      code: "ARGUMENT_INVALID",
      details: { argument: "algorithm", expected: "an algorithm for ecdsa keys, as ecdsa-with-SHA256" },
    });
    await expect(keyPair.sign(message, { algorithm: "ecdsa-with-SHA1" as never })).rejects.toMatchObject({
      code: "ALGORITHM_WEAK",
    });
  });
});

function modularInverse(value: bigint, modulus: bigint): bigint {
  let [r0, r1, s0, s1] = [modulus, value % modulus, 0n, 1n];
  while (r1 !== 0n) {
    const quotient = r0 / r1;
    [r0, r1] = [r1, r0 - quotient * r1];
    [s0, s1] = [s1, s0 - quotient * s1];
  }
  return ((s0 % modulus) + modulus) % modulus;
}
