// Private keys under a passphrase: OpenSSL's read here, ours read there, and the encryptions that are refused.

import { afterAll, describe, expect, test } from "vitest";
import { Openssl } from "../../test/openssl.ts";
import { fromHex, toHex } from "../bytes.ts";
import { KeyPair, pemDecode } from "../index.ts";

const openssl = new Openssl();
afterAll(() => openssl[Symbol.dispose]());

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
