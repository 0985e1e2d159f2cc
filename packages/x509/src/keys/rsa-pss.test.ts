import { afterAll, describe, expect, test } from "vitest";
import { Openssl } from "../../test/openssl.ts";
import {
  derBitString,
  derExplicit,
  derImplicit,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derSequence,
} from "../der/writer.ts";
import type { KeyGenerationOptions } from "../key-pair.ts";
import { KeyPair } from "../key-pair.ts";
import { PrivateCertificate } from "../private-certificate.ts";

const openssl = new Openssl();
afterAll(() => openssl[Symbol.dispose]());

const message = new TextEncoder().encode("a message");

describe.each<[string, KeyGenerationOptions & { type: "rsa-pss" }, string]>([
  ["any hash", { type: "rsa-pss" }, "rsassaPss-SHA256"],
  ["SHA-256", { type: "rsa-pss", hash: "SHA-256" }, "rsassaPss-SHA256"],
  ["SHA-384", { type: "rsa-pss", hash: "SHA-384", bits: 3072 }, "rsassaPss-SHA384"],
  ["SHA-512", { type: "rsa-pss", hash: "SHA-512" }, "rsassaPss-SHA512"],
])("KEY-15: RSASSA-PSS with %s", (_, options, algorithm) => {
  const made = KeyPair.generate(options);

  test("signs as it is bound to, and OpenSSL agrees", async () => {
    const keyPair = await made;
    expect(keyPair.publicKey.type).toBe("rsa-pss");
    expect(keyPair.publicKey.bits).toBe(options.bits ?? 2048);
    expect(keyPair.publicKey.pss?.hash).toBe(options.hash);
    expect(keyPair.signatureAlgorithm().name).toBe(algorithm);
    const signature = await keyPair.sign(message);
    expect(await keyPair.publicKey.verify(keyPair.signatureAlgorithm(), signature, message)).toBe(true);
    openssl.write("message", message);
    openssl.write("signature", signature);
    openssl.write("public.pem", keyPair.publicKey.toPem());
    const hash = algorithm.replace("rsassaPss-", "").toLowerCase();
    const padding = ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest"];
    const verify = ["dgst", `-${hash}`, ...padding, "-verify", "public.pem", "-signature", "signature", "message"];
    expect(openssl.must(...verify)).toContain("Verified OK");
    await expect(keyPair.sign(message, { algorithm: "sha256WithRSAEncryption" })).rejects.toMatchObject({
      code: "ARGUMENT_INVALID",
    });
  });

  test("KEY-14: out as PKCS #8 and in again, encrypted or not", async () => {
    const keyPair = await made;
    openssl.write("key.pem", await keyPair.toPem());
    expect(openssl.must("pkey", "-in", "key.pem", "-pubout")).toBe(keyPair.publicKey.toPem());
    const again = await KeyPair.fromPem(await keyPair.toPem({ passphrase: "x" }), { passphrase: "x" });
    expect(again.publicKey.equals(keyPair.publicKey)).toBe(true);
    expect(await again.toDer()).toEqual(await keyPair.toDer());
  });

  test("KEY-14: encodings that would lose the binding are refused", async () => {
    const keyPair = await made;
    await expect(keyPair.toDer({ type: "pkcs1" })).rejects.toMatchObject({ details: { argument: "type" } });
    await expect(keyPair.toJwk()).rejects.toMatchObject({
      code: "UNSUPPORTED_ALGORITHM",
      details: { algorithm: "JWK of a key bound to RSASSA-PSS" },
    });
  });

  test("certifies, and OpenSSL accepts the chain", async () => {
    const ca = await PrivateCertificate.selfSigned({ subject: { CN: "CA" }, profile: "ca", keyPair: await made });
    const leaf = await ca.issuePrivate({ subjectAltName: ["localhost"], key: options });
    openssl.write("ca.pem", ca.toPem());
    openssl.write("leaf.pem", leaf.toPem());
    expect(openssl.must("verify", "-x509_strict", "-CAfile", "ca.pem", "leaf.pem")).toBe("leaf.pem: OK\n");
  });
});

test("KEY-15: below 2048 bits is KEY_WEAK", async () => {
  await expect(KeyPair.generate({ type: "rsa-pss", bits: 1024 })).rejects.toMatchObject({
    code: "KEY_WEAK",
    details: { type: "rsa-pss", bits: 1024 },
  });
});

test("an algorithm that the key is not bound to is refused, and not used for signatures that nobody accepts", async () => {
  const keyPair = await KeyPair.generate({ type: "rsa-pss", hash: "SHA-384" });
  await expect(keyPair.sign(message, { algorithm: "rsassaPss-SHA256" })).rejects.toMatchObject({
    code: "ARGUMENT_INVALID",
    details: { argument: "algorithm", expected: "an algorithm for such keys, as rsassaPss-SHA384" },
  });
  const unbound = await KeyPair.generate("rsa-pss");
  const signature = await unbound.sign(message, { algorithm: "rsassaPss-SHA512" });
  const algorithm = unbound.signatureAlgorithm("rsassaPss-SHA512");
  expect(await unbound.publicKey.verify(algorithm, signature, message)).toBe(true);
});

describe("the algorithm of a private key", async () => {
  const hash = derSequence(derOid("2.16.840.1.101.3.4.2.1"), derNull());
  const mask = derSequence(derOid("1.2.840.113549.1.1.8"), hash);
  const bound = (salt: number) =>
    derSequence(derExplicit(0, hash), derExplicit(1, mask), derExplicit(2, derInteger(salt)));
  const pkcs1 = await (await KeyPair.generate("rsa")).toDer({ type: "pkcs1" });
  const pkcs8 = (oid: string, ...parameters: Uint8Array[]) =>
    derSequence(derInteger(0), derSequence(derOid(oid), ...parameters), derOctetString(pkcs1));
  const [rsa, pss] = ["1.2.840.113549.1.1.1", "1.2.840.113549.1.1.10"] as const;

  test.each([
    ["RSA with NULL", pkcs8(rsa, derNull())],
    ["RSA without parameters", pkcs8(rsa)],
    ["RSASSA-PSS without parameters", pkcs8(pss)],
    ["RSASSA-PSS with a salt of 32 bytes", pkcs8(pss, bound(32))],
  ])("%s is read", async (_, der) => {
    expect((await KeyPair.fromDer(der)).publicKey.bits).toBe(2048);
  });

  test.each([
    ["RSA with two parameters", pkcs8(rsa, derNull(), derNull()), "DER_TRAILING_DATA"],
    ["RSA with an OID", pkcs8(rsa, derOid("1.2.3")), "DER_UNEXPECTED_TAG"],
    ["RSASSA-PSS with NULL", pkcs8(pss, derNull()), "DER_UNEXPECTED_TAG"],
    ["RSASSA-PSS with two parameters", pkcs8(pss, bound(32), derNull()), "DER_TRAILING_DATA"],
    ["RSASSA-PSS with two hashes", pkcs8(pss, derSequence(derExplicit(0, hash))), "UNSUPPORTED_ALGORITHM"],
  ])("%s is refused", async (_, der, code) => {
    await expect(KeyPair.fromDer(der)).rejects.toMatchObject({ code });
  });

  test("a public half beside an RSA key has to be that of the key", async () => {
    const { publicKey } = await KeyPair.fromDer(pkcs8(rsa));
    const other = (await KeyPair.generate("rsa")).publicKey;
    const beside = (key: Uint8Array) =>
      derSequence(derInteger(1), derSequence(derOid(rsa)), derOctetString(pkcs1), derImplicit(1, derBitString(key)));
    expect((await KeyPair.fromDer(beside(publicKey.keyBytes))).publicKey.equals(publicKey)).toBe(true);
    await expect(KeyPair.fromDer(beside(other.keyBytes))).rejects.toMatchObject({ code: "KEY_INVALID" });
  });

  test("a key that demands more salt than our algorithms have does not sign", async () => {
    const keyPair = await KeyPair.fromDer(pkcs8(pss, bound(33)));
    await expect(keyPair.sign(message)).rejects.toMatchObject({ code: "UNSUPPORTED_ALGORITHM" });
  });
});
