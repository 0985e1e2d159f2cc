// Public JSON Web Keys, against the examples of the RFCs, node:crypto and WebCrypto.

import { createPublicKey } from "node:crypto";
import { describe, expect, test } from "vitest";
import { derBitString, derOid, derSequence } from "../der/writer.ts";
import { type KeyGenerationOptions, KeyPair } from "../key-pair.ts";
import { PublicKey } from "../public-key.ts";

const kinds: readonly (readonly [label: string, options: KeyGenerationOptions, members: readonly string[]])[] = [
  ["RSA", { type: "rsa" }, ["kty", "n", "e"]],
  ["P-256", { type: "ecdsa", curve: "P-256" }, ["kty", "crv", "x", "y"]],
  ["P-384", { type: "ecdsa", curve: "P-384" }, ["kty", "crv", "x", "y"]],
  ["P-521", { type: "ecdsa", curve: "P-521" }, ["kty", "crv", "x", "y"]],
  ["Ed25519", { type: "ed25519" }, ["kty", "crv", "x"]],
  ["Ed448", { type: "ed448" }, ["kty", "crv", "x"]],
  ["ML-DSA-44", { type: "ml-dsa-44" }, ["kty", "alg", "pub"]],
  ["ML-DSA-65", { type: "ml-dsa-65" }, ["kty", "alg", "pub"]],
  ["ML-DSA-87", { type: "ml-dsa-87" }, ["kty", "alg", "pub"]],
];

describe.each(kinds)("%s", (_, options, members) => {
  test("has the members of its kind and no others; the private JWK has the same, and more", async () => {
    const keyPair = await KeyPair.generate(options);
    const jwk = await keyPair.publicKey.toJwk();
    expect(Object.keys(jwk)).toEqual(members);
    expect(await keyPair.toJwk()).toMatchObject({ ...jwk });
  });

  test("is what Node writes, and is read by it and by us", async () => {
    const { publicKey } = await KeyPair.generate(options);
    const jwk = await publicKey.toJwk();
    expect(createPublicKey(publicKey.toPem()).export({ format: "jwk" })).toEqual(jwk);
    const theirs = createPublicKey({ key: { ...jwk }, format: "jwk" });
    expect(new Uint8Array(theirs.export({ type: "spki", format: "der" }))).toEqual(publicKey.spki);
    const again = await PublicKey.fromJwk(JSON.parse(JSON.stringify({ ...jwk, kid: "1", use: "sig", key_ops: [] })));
    expect(again.equals(publicKey)).toBe(true);
  });

  test("a private key in place of a public one is refused, and not shown", async () => {
    const jwk = await (await KeyPair.generate(options)).toJwk();
    const error = await PublicKey.fromJwk(jwk).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "KEY_INVALID", message: expect.stringContaining("KeyPair.fromJwk") });
    expect(JSON.stringify(error)).not.toContain(jwk.d ?? jwk.priv);
  });

  test("a public key in place of a private one: the error says who reads it", async () => {
    const jwk = await (await KeyPair.generate(options)).publicKey.toJwk();
    const message = expect.stringContaining("PublicKey.fromJwk");
    await expect(KeyPair.fromJwk(jwk)).rejects.toMatchObject({ code: "KEY_INVALID", message });
  });
});

test("bits that are left over at the end of base64url are refused: a key has one text", async () => {
  const keyPair = await KeyPair.generate("ed25519");
  const jwk = await keyPair.toJwk();
  // 32 octets take 43 characters, the last of which has two bits too many.
  const last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const spoilt = (text = "") => text.slice(0, -1) + last[last.indexOf(text.slice(-1)) + 1];
  const message = expect.stringContaining("bits left over in the member");
  const { d: _, ...half } = jwk;
  await expect(PublicKey.fromJwk({ ...half, x: spoilt(jwk.x) })).rejects.toMatchObject({
    code: "KEY_INVALID",
    message,
  });
  await expect(KeyPair.fromJwk({ ...jwk, d: spoilt(jwk.d) })).rejects.toMatchObject({ code: "KEY_INVALID", message });
});

test.each([
  [{ name: "ECDSA", namedCurve: "P-256" }],
  [{ name: "ECDSA", namedCurve: "P-384" }],
  [{ name: "ECDSA", namedCurve: "P-521" }],
  [{ name: "Ed25519" }],
  [{ name: "RSASSA-PKCS1-v1_5", hash: "SHA-256", modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) }],
  [{ name: "RSA-PSS", hash: "SHA-384", modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) }],
])("WebCrypto's, both ways: %j", async (algorithm) => {
  const usages = ["sign", "verify"] as const;
  const keys = (await crypto.subtle.generateKey(algorithm, true, [...usages])) as CryptoKeyPair;
  const theirs = await crypto.subtle.exportKey("jwk", keys.publicKey);
  const publicKey = await PublicKey.fromJwk(theirs);
  expect(publicKey.spki).toEqual(new Uint8Array(await crypto.subtle.exportKey("spki", keys.publicKey)));
  const { ext: _ext, key_ops: _ops, alg: _alg, ...members } = theirs;
  const ours = await publicKey.toJwk();
  expect(ours).toEqual(members);
  const again = await crypto.subtle.importKey("jwk", ours, algorithm, true, ["verify"]);
  expect(new Uint8Array(await crypto.subtle.exportKey("spki", again))).toEqual(publicKey.spki);
  const keyPair = await KeyPair.fromJwk(await crypto.subtle.exportKey("jwk", keys.privateKey));
  expect(keyPair.publicKey.equals(publicKey)).toBe(true);
});

test.each([
  [
    "RFC 7517 appendix A.1, EC",
    {
      kty: "EC",
      crv: "P-256",
      x: "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
      y: "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
    },
  ],
  [
    "RFC 7517 appendix A.1, RSA",
    {
      kty: "RSA",
      n:
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n" +
        "3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0z" +
        "gdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-c" +
        "sFCur-kEgU8awapJzKnqDKgw",
      e: "AQAB",
    },
  ],
  ["RFC 8037 appendix A.2", { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" }],
])("the example of %s", async (_, jwk) => {
  const key = await PublicKey.fromJwk(jwk);
  expect(await key.toJwk()).toEqual(jwk);
  expect(createPublicKey({ key: jwk, format: "jwk" }).export({ type: "spki", format: "pem" })).toBe(key.toPem());
});

describe("refused", () => {
  const ed25519 = { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" };

  test.each<[string, unknown, string]>([
    ["nothing", undefined, "KEY_INVALID"],
    ["no kty", {}, "UNSUPPORTED_ALGORITHM"],
    ["a symmetric key", { kty: "oct", k: "AAAA" }, "UNSUPPORTED_ALGORITHM"],
    ["a key for key agreement", { ...ed25519, crv: "X25519" }, "UNSUPPORTED_ALGORITHM"],
    ["a curve that is not used", { kty: "EC", crv: "secp256k1", x: "AA", y: "AA" }, "UNSUPPORTED_ALGORITHM"],
    ["an inherited member", Object.create(ed25519), "UNSUPPORTED_ALGORITHM"],
    ["too short a key", { ...ed25519, x: "11qY" }, "KEY_INVALID"],
    ["base64 with padding", { ...ed25519, x: `${ed25519.x}=` }, "KEY_INVALID"],
    ["base64 with + and /", { ...ed25519, x: ed25519.x.replace("_", "/") }, "KEY_INVALID"],
    ["a coordinate too short", { kty: "EC", crv: "P-256", x: "AAAA", y: "AAAA" }, "KEY_INVALID"],
    ["an even modulus", { kty: "RSA", n: "AQAC", e: "AQAB" }, "KEY_INVALID"],
    ["no exponent", { kty: "RSA", n: "AQAB" }, "KEY_INVALID"],
    ["an unknown alg of AKP", { kty: "AKP", alg: "ML-DSA-1", pub: "AAAA" }, "UNSUPPORTED_ALGORITHM"],
  ])("%s", async (_, jwk, code) => {
    await expect(PublicKey.fromJwk(jwk as never)).rejects.toMatchObject({ code });
  });

  test.each<[string, Promise<PublicKey>]>([
    ["2048-bit RSASSA-PSS", KeyPair.generate("rsa-pss").then(({ publicKey }) => publicKey)],
    ["X25519 (1.3.101.110)", Promise.resolve(unknownKey("1.3.101.110"))],
  ])("to write %s", async (label, key) => {
    const details = { algorithm: `JWK of ${label}` };
    await expect((await key).toJwk()).rejects.toMatchObject({ code: "UNSUPPORTED_ALGORITHM", details });
  });

  test("to write the compressed form of a point", async () => {
    const { publicKey } = await KeyPair.generate();
    const point = publicKey.keyBytes;
    const compressed = Uint8Array.of(2 + ((point.at(-1) ?? 0) & 1), ...point.subarray(1, 33));
    const algorithm = derSequence(derOid("1.2.840.10045.2.1"), derOid("1.2.840.10045.3.1.7"));
    const key = PublicKey.fromSpki(derSequence(algorithm, derBitString(compressed)));
    await expect(key.toJwk()).rejects.toMatchObject({ code: "UNSUPPORTED_ALGORITHM" });
  });
});

function unknownKey(oid: string): PublicKey {
  return PublicKey.fromSpki(derSequence(derSequence(derOid(oid)), derBitString(new Uint8Array(32))));
}
