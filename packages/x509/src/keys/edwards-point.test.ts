// Points of small order: RFC 7748 and RFC 8032 give the curves; the points of order 8 are those of the lists that libsodium
// and others refuse.

import { describe, expect, test } from "vitest";
import { fromHex } from "../bytes.ts";
import { derBitString, derOid, derSequence } from "../der/writer.ts";
import { KeyPair, PublicKey, signatureAlgorithm } from "../index.ts";

const hex = (text: string) => fromHex(text) ?? new Uint8Array(0);
const zeros = (count: number) => "00".repeat(count);
const ones = (count: number) => "ff".repeat(count);

const weak25519 = {
  identity: `01${zeros(31)}`,
  "order 2": `ec${ones(30)}7f`,
  "order 4": zeros(32),
  "order 8": "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "the other of order 8": "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  "0 as the prime": `ed${ones(30)}7f`,
  "1 as the prime and one": `ee${ones(30)}7f`,
};
const weak448 = {
  identity: `01${zeros(56)}`,
  "order 2": `fe${ones(27)}fe${ones(27)}00`,
  "order 4": zeros(57),
  "0 as the prime": `${ones(28)}fe${ones(27)}00`,
  "1 as the prime and one": `${zeros(28)}${ones(28)}00`,
};

describe.each([
  ["Ed25519", "1.3.101.112", weak25519],
  ["Ed448", "1.3.101.113", weak448],
] as const)("%s", (name, oid, points) => {
  const keyOf = (point: Uint8Array) => PublicKey.fromSpki(derSequence(derSequence(derOid(oid)), derBitString(point)));
  const algorithm = signatureAlgorithm(name);

  test.each(Object.entries(points))("%s is no key that proves anything, whatever its sign", async (_, text) => {
    for (const sign of [0, 0x80]) {
      const point = hex(text);
      const last = point.length - 1;
      point[last] = (point[last] ?? 0) | sign;
      const key = keyOf(point);
      // What libraries that take such keys take for a signature, in one of eight cases at least.
      const forged = new Uint8Array(point.length * 2);
      forged[0] = 1;
      const weak = { code: "KEY_INVALID", details: {} };
      expect(() => key.verifySync(algorithm, forged, new Uint8Array(1))).toThrow(expect.objectContaining(weak));
      await expect(key.verify(algorithm, forged, new Uint8Array(1))).rejects.toMatchObject(weak);
      await expect(key.toCryptoKey()).rejects.toMatchObject(weak);
    }
  });

  test("keys that are made are none of them", async () => {
    for (let count = 0; count < 20; count++) {
      const keyPair = await KeyPair.generate(name === "Ed25519" ? "ed25519" : "ed448");
      const data = new Uint8Array(count);
      expect(await keyPair.publicKey.verify(algorithm, await keyPair.sign(data), data)).toBe(true);
    }
  });
});
