// The two backends that load here, against each other: what one signs, the other verifies.

import { createCipheriv } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { HashName } from "../digest/hash-name.ts";
import { keyAlgorithms } from "../keys/key-algorithm.ts";
import { type SignatureAlgorithmName, signatureAlgorithm } from "../signature/signature-algorithm.ts";
import type { SignatureScheme } from "../signature/signature-scheme.ts";
import type { CryptoBackend, PrivateBackend } from "./backend.ts";
import * as ofNode from "./node.ts";
import * as ofWeb from "./web.ts";

type Backend = CryptoBackend & PrivateBackend;
const node: Backend = { ...ofNode.backend, ...ofNode.privateBackend };
const web: Backend = { ...ofWeb.backend, ...ofWeb.privateBackend };

const data = new TextEncoder().encode("to be signed");
const pairs: readonly (readonly [Backend, Backend])[] = [
  [node, web],
  [web, node],
  [web, web],
];

function schemeOf(name: string): SignatureScheme {
  const { scheme } = signatureAlgorithm(name as SignatureAlgorithmName);
  if (scheme === undefined) throw new Error(`no scheme for ${name}`);
  return scheme;
}

describe.each(pairs.map(([a, b]) => [a.name, b.name, a, b] as const))("%s signs, %s verifies", (_a, _b, a, b) => {
  test.each(keyAlgorithms().map((row) => [row.label, row] as const))("%s", async (_, row) => {
    const privateKey = await a.importPrivateKey(row, await a.generateKey(row, 2048));
    const spki = await privateKey.publicKey();
    const publicKey = b.importPublicKey(row, spki);
    const names = row.type === "rsa" ? [row.signsWith, "sha512WithRSAEncryption", "rsassaPss-SHA384"] : [row.signsWith];
    for (const name of names) {
      const scheme = schemeOf(name);
      const signature = await privateKey.sign(scheme, data);
      expect(await publicKey.verify(scheme, signature, data)).toBe(true);
      expect(await publicKey.verify(scheme, signature, data.subarray(1))).toBe(false);
      for (const wrong of [new Uint8Array(), signature.subarray(1), signature.subarray(0, -1), data]) {
        expect(await publicKey.verify(scheme, wrong, data)).toBe(false);
      }
      const flipped = signature.slice();
      flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1;
      expect(await publicKey.verify(scheme, flipped, data)).toBe(false);
      if (b.synchronous) expect(publicKey.verifySync(scheme, signature, data)).toBe(true);
    }
  });
});

describe("digests", () => {
  const hashes: readonly HashName[] = ["MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"];
  test.each(hashes)("%s is the same everywhere", (hash) => {
    for (const length of [0, 1, 55, 56, 64, 119, 1000]) {
      const bytes = new Uint8Array(length).fill(length);
      expect(web.digest(hash, bytes)).toEqual(node.digest(hash, bytes));
    }
  });
});

describe("random bytes", () => {
  test.each([node, web])("of any length, never the same", (backend) => {
    const seen = new Set<string>();
    for (const length of [16, 20, 300, 512, 513, 1000]) {
      for (let round = 0; round < 40; round++) {
        const bytes = backend.randomBytes(length);
        expect(bytes.length).toBe(length);
        expect(Object.getPrototypeOf(bytes)).toBe(Uint8Array.prototype);
        seen.add(bytes.subarray(0, 16).join());
      }
    }
    expect(seen.size).toBe(6 * 40);
  });
});

test("what the web cannot do at once, it says", () => {
  const [row] = keyAlgorithms();
  if (row === undefined) throw new Error("empty table");
  const key = web.importPublicKey(row, new Uint8Array());
  expect(() => key.verifySync(schemeOf(row.signsWith), new Uint8Array(), data)).toThrow(
    expect.objectContaining({ code: "CRYPTO_NOT_SYNCHRONOUS", details: { algorithm: "RSA" } }),
  );
});

test.each([node, web])("a broken key is KEY_INVALID", async (backend) => {
  for (const row of keyAlgorithms()) {
    const verify = async () =>
      backend.importPublicKey(row, Uint8Array.of(0x30, 0)).verify(schemeOf(row.signsWith), data, data);
    // An ECDSA signature that is no DER is false before the key is looked at.
    if (row.curve !== undefined && backend === web) continue;
    await expect(verify()).rejects.toMatchObject({ code: "KEY_INVALID" });
  }
});

describe("Triple DES, for old files", () => {
  const [key, iv] = [new Uint8Array(24).map((_, index) => index * 9), new Uint8Array(8).fill(7)];

  test("Node opens it; wrong padding is no error", () => {
    const cipher = createCipheriv("des-ede3-cbc", key, iv);
    const sealed = new Uint8Array(Buffer.concat([cipher.update(data), cipher.final()]));
    expect(node.decryptTripleDes(key, iv, sealed)).toEqual(data);
    expect(node.decryptTripleDes(key, iv, sealed.subarray(0, 8))).toBeUndefined();
  });

  test("the web does not have it, and says so", () => {
    expect(() => web.decryptTripleDes(key, iv, data)).toThrow(
      expect.objectContaining({ code: "UNSUPPORTED_ALGORITHM", details: { algorithm: "DES-EDE3-CBC" } }),
    );
  });
});
