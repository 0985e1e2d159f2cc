// Key pairs of every kind: they sign, come out in every encoding and in again, and are never printed with their secret.

import { createPrivateKey } from "node:crypto";
import { inspect } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { Openssl } from "../test/openssl.ts";
import { toHex } from "./bytes.ts";
import { type KeyGenerationOptions, KeyPair, type PrivateKeyEncoding, pemDecode } from "./index.ts";

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

test("KEY-14: a key bound to RSASSA-PSS is not written in a form that forgets it", async () => {
  openssl.must("genpkey", "-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048", "-out", "bound.pem");
  const keyPair = await KeyPair.fromPem(openssl.text("bound.pem"));
  expect(await keyPair.toPem()).toBe(openssl.text("bound.pem"));
  await expect(keyPair.toDer({ type: "pkcs1" })).rejects.toMatchObject({ details: { argument: "type" } });
  await expect(keyPair.toJwk()).rejects.toMatchObject({ code: "UNSUPPORTED_ALGORITHM" });
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
