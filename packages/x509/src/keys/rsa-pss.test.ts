import { afterAll, describe, expect, test } from "vitest";
import { Openssl } from "../../test/openssl.ts";
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
