// The public half is computed from the private one: a file that pairs a key with another's is refused.

import { createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { concatBytes } from "../bytes.ts";
import { derInteger, derSequence } from "../der/writer.ts";
import { KeyPair } from "../index.ts";

describe("both halves belong together", () => {
  test.each(["P-256", "P-384", "P-521"])("%s: a foreign public half is refused", async (namedCurve) => {
    const der = (key: ReturnType<typeof generateKeyPairSync>["privateKey"]) =>
      new Uint8Array((key as never as { export(o: object): Buffer }).export({ type: "pkcs8", format: "der" }));
    const [one, two] = [0, 1].map(() => der(generateKeyPairSync("ec", { namedCurve }).privateKey as never));
    if (one === undefined || two === undefined) throw new Error("no keys");
    const point = { "P-256": 65, "P-384": 97, "P-521": 133 }[namedCurve] ?? 0;
    const mixed = concatBytes(one.subarray(0, -point), two.subarray(-point));
    // Node takes it, and its public half is the foreign one.
    const theirs = createPublicKey(
      createPrivateKey({ key: Buffer.from(mixed), format: "der", type: "pkcs8" }) as never,
    );
    expect(Buffer.from(theirs.export({ type: "spki", format: "der" })).subarray(-point)).toEqual(
      Buffer.from(two.subarray(-point)),
    );
    await expect(KeyPair.fromDer(mixed)).rejects.toMatchObject({ code: "KEY_INVALID" });
  });

  test("a foreign public half in a JWK is refused", async () => {
    for (const options of [{ type: "ecdsa" }, { type: "ed25519" }, { type: "ml-dsa-44" }] as const) {
      const one = await (await KeyPair.generate(options)).toJwk();
      const two = await (await KeyPair.generate(options)).toJwk();
      const { x, y, pub } = two;
      const mixed = {
        ...one,
        ...(x !== undefined && { x }),
        ...(y !== undefined && { y }),
        ...(pub !== undefined && { pub }),
      };
      await expect(KeyPair.fromJwk(mixed)).rejects.toMatchObject({ code: "KEY_INVALID" });
    }
  });

  test.each(["n", "e", "d", "p", "q", "dp", "dq", "qi"] as const)("RSA with a wrong %s is refused", async (field) => {
    const jwk = await (await KeyPair.generate({ type: "rsa" })).toJwk();
    const bytes = Buffer.from(String(jwk[field]), "base64url");
    // Keep it odd and of the same length, so that only arithmetic can tell.
    const middle = bytes.length >> 1;
    bytes[middle] = (bytes[middle] ?? 0) ^ 0x10;
    const broken = { ...jwk, [field]: bytes.toString("base64url") };
    await expect(KeyPair.fromJwk(broken)).rejects.toMatchObject({ code: "KEY_INVALID" });
  });

  test("an RSA key may have its primes in any order, and d reduced or not", async () => {
    const { n, e, d, p, q, dp, dq } = await (await KeyPair.generate({ type: "rsa" })).toJwk();
    const big = (text: unknown) => BigInt(`0x${Buffer.from(String(text), "base64url").toString("hex")}`);
    const [P, Q] = [big(p), big(q)];
    const inverse = modularInverse(P, Q);
    const swapped = derSequence(...[0n, big(n), big(e), big(d), Q, P, big(dq), big(dp), inverse].map(derInteger));
    expect((await KeyPair.fromDer(swapped)).publicKey.bits).toBe(2048);
    const phi = (P - 1n) * (Q - 1n);
    const other = modularInverse(big(e), phi);
    const byPhi = derSequence(...[0n, big(n), big(e), other, Q, P, big(dq), big(dp), inverse].map(derInteger));
    expect((await KeyPair.fromDer(byPhi)).publicKey.bits).toBe(2048);
  });
});

function modularInverse(value: bigint, modulus: bigint): bigint {
  let [r0, r1, s0, s1] = [modulus, value % modulus, 0n, 1n];
  while (r1 !== 0n) {
    const quotient = r0 / r1;
    [r0, r1] = [r1, r0 - quotient * r1];
    [s0, s1] = [s1, s0 - quotient * s1];
  }
  return ((s0 % modulus) + modulus) % modulus;
}
