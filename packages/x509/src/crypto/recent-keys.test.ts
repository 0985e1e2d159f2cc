import { describe, expect, test } from "vitest";
import { PublicKey, signatureAlgorithm } from "../index.ts";
import type { NativePublicKey } from "./backend.ts";
import { RecentKeys } from "./recent-keys.ts";

const key = (): NativePublicKey => ({ verify: async () => false, verifySync: () => false });

describe("recent keys", () => {
  test("one id, one key", () => {
    const keys = new RecentKeys();
    const first = keys.get("a", key);
    expect(keys.get("a", key)).toBe(first);
    expect(keys.get("b", key)).not.toBe(first);
    expect(keys.size).toBe(2);
  });

  test("bounded: the one that was not used for the longest time goes", () => {
    const keys = new RecentKeys();
    const kept = keys.get("kept", key);
    const gone = keys.get("gone", key);
    for (let index = 0; index < 1_000; index++) {
      keys.get(`other ${index}`, key);
      expect(keys.get("kept", key)).toBe(kept);
    }
    expect(keys.size).toBe(128);
    expect(keys.get("gone", key)).not.toBe(gone);
  });

  test("what is larger than keys are is not kept", () => {
    const keys = new RecentKeys();
    const large = "a".repeat(8193);
    expect(keys.get(large, key)).not.toBe(keys.get(large, key));
    expect(keys.size).toBe(0);
  });

  test("what cannot be made is not kept", () => {
    const keys = new RecentKeys();
    const fail = (): never => {
      throw new Error("no");
    };
    expect(() => keys.get("a", fail)).toThrow("no");
    expect(keys.size).toBe(0);
  });

  test("keys that differ in their last byte are two keys", async () => {
    const pair = (await import("node:crypto")).generateKeyPairSync("ed25519");
    const { sign } = await import("node:crypto");
    const spki = pair.publicKey.export({ type: "spki", format: "der" });
    const data = Uint8Array.of(1, 2, 3);
    const signature = sign(null, data, pair.privateKey);
    const other = new Uint8Array(spki);
    other[other.length - 1] = (other.at(-1) ?? 0) ^ 1;
    const ed25519 = signatureAlgorithm("Ed25519");
    expect(PublicKey.fromSpki(spki).verifySync(ed25519, signature, data)).toBe(true);
    expect(PublicKey.fromSpki(other).verifySync(ed25519, signature, data)).toBe(false);
    expect(PublicKey.fromSpki(spki).verifySync(ed25519, signature, data)).toBe(true);
  });
});
