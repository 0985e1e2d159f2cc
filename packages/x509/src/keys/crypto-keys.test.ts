// Key pairs of WebCrypto, with private keys that it shows and that it does not.

import { describe, expect, test } from "vitest";
import { CertificateRequest, KeyPair, PrivateCertificate } from "../index.ts";

const ecdsa: EcKeyGenParams = { name: "ECDSA", namedCurve: "P-384" };
const rsa = { modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };
const kinds: readonly (readonly [string, EcKeyGenParams | RsaHashedKeyGenParams | Algorithm, string])[] = [
  ["ECDSA", ecdsa, "ecdsa-with-SHA384"],
  ["RSA", { ...rsa, name: "RSASSA-PKCS1-v1_5", hash: "SHA-384" }, "sha384WithRSAEncryption"],
  ["RSA-PSS", { ...rsa, name: "RSA-PSS", hash: "SHA-512" }, "rsassaPss-SHA512"],
  ["Ed25519", { name: "Ed25519" }, "Ed25519"],
];

describe.each(kinds)("%s", (_, algorithm, name) => {
  test("a key that cannot be exported makes a certificate and a request", async () => {
    const keys = await generate(algorithm, false);
    const keyPair = await KeyPair.fromCryptoKeys(keys);
    const certificate = await PrivateCertificate.selfSigned({ keyPair, subjectAltName: ["a.test"] });
    expect(certificate.signatureAlgorithm.name).toBe(name);
    expect(await certificate.verifySignature(keyPair.publicKey)).toBe(true);
    const request = await CertificateRequest.create({ keyPair, subject: { CN: "a device" } });
    expect(await request.verify()).toBe(true);
    await expect(keyPair.toPem()).rejects.toMatchObject({ code: "KEY_NOT_EXTRACTABLE" });
  });

  test("a key that can be exported is read as any other", async () => {
    const keys = await generate(algorithm, true);
    const keyPair = await KeyPair.fromCryptoKeys(keys);
    const spki = new Uint8Array(await crypto.subtle.exportKey("spki", keys.publicKey));
    expect(keyPair.publicKey.spki).toEqual(spki);
    expect(await keyPair.toPem()).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    const certificate = await PrivateCertificate.selfSigned({ keyPair, subjectAltName: ["a.test"] });
    expect(certificate.signatureAlgorithm.name).toBe(name);
    expect(await certificate.verifySignature(keyPair.publicKey)).toBe(true);
  });
});

test.each([true, false])("halves that do not belong together (extractable: %s)", async (extractable) => {
  const { privateKey } = await generate(ecdsa, extractable);
  const { publicKey } = await generate(ecdsa, extractable);
  const signing = KeyPair.fromCryptoKeys({ privateKey, publicKey }).then((keyPair) => keyPair.sign(new Uint8Array(1)));
  await expect(signing).rejects.toMatchObject({ code: "KEY_MISMATCH" });
});

test("keys that do not sign", async () => {
  const agreement = (await crypto.subtle.generateKey({ name: "X25519" }, false, ["deriveBits"])) as CryptoKeyPair;
  const weak = await generate({ ...rsa, name: "RSASSA-PKCS1-v1_5", hash: "SHA-1" }, false);
  const { privateKey, publicKey } = await generate(ecdsa, false);
  const hidden = await crypto.subtle.importKey("jwk", await crypto.subtle.exportKey("jwk", publicKey), ecdsa, false, [
    "verify",
  ]);
  const refusals: readonly (readonly [unknown, string, string | undefined])[] = [
    [agreement, "ARGUMENT_INVALID", "keys.privateKey"],
    [weak, "UNSUPPORTED_ALGORITHM", undefined],
    [{ privateKey, publicKey: hidden }, "ARGUMENT_INVALID", "keys.publicKey"],
    [{ privateKey: publicKey, publicKey }, "ARGUMENT_INVALID", "keys.privateKey"],
    [{ privateKey }, "ARGUMENT_INVALID", "keys.publicKey"],
    [privateKey, "ARGUMENT_INVALID", "keys.privateKey"],
    [undefined, "ARGUMENT_INVALID", "keys"],
  ];
  for (const [keys, code, argument] of refusals) {
    const details = argument === undefined ? {} : { argument };
    await expect(KeyPair.fromCryptoKeys(keys as CryptoKeyPair)).rejects.toMatchObject({ code, details });
  }
});

async function generate(
  algorithm: EcKeyGenParams | RsaHashedKeyGenParams | Algorithm,
  extractable: boolean,
): Promise<CryptoKeyPair> {
  return (await crypto.subtle.generateKey(algorithm, extractable, ["sign", "verify"])) as CryptoKeyPair;
}
