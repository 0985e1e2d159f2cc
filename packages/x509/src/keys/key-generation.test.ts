// Which keys are made, by default and on demand, and which are not.

import { describe, expect, test } from "vitest";
import { type KeyGenerationOptions, KeyPair } from "../index.ts";

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
    ["EC", "type makes no sense: expected one of ecdsa, rsa, rsa-pss, ed25519, ed448, ml-dsa-44"],
    [{ type: "ecdsa", curve: "prime256v1" }, "curve makes no sense: expected one of P-256, P-384, P-521"],
  ])("%j: what could be meant is told", async (options, message) => {
    await expect(KeyPair.generate(options as KeyGenerationOptions)).rejects.toThrow(message);
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
