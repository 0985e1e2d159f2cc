// What is no private key, in DER or as a JWK: refused with an error of ours, which does not quote it.

import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromHex } from "../bytes.ts";
import { derInteger, derNull, derOctetString, derOid, derSequence } from "../der/writer.ts";
import { KeyPair, TlsKitError, X509Error } from "../index.ts";

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
