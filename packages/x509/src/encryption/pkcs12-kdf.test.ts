import { afterAll, describe, expect, test } from "vitest";
import { Openssl } from "../../test/openssl.ts";
import { fromHex, toHex } from "../bytes.ts";
import { backend } from "../crypto/node.ts";
import { bmpPassphrase, derivePkcs12, pkcs12Blocks } from "./pkcs12-kdf.ts";

const openssl = new Openssl();
afterAll(() => openssl[Symbol.dispose]());

const ids = { key: 1, iv: 2, mac: 3 } as const;

describe.each(["SHA-1", "SHA-256", "SHA-384", "SHA-512"] as const)("with %s, as OpenSSL derives it", (hash) => {
  test.each([
    ["a", 8, 1, "key", 24],
    ["pässwörd 🔑", 16, 3, "key", 8],
    ["longer than one block of any hash ".repeat(9), 200, 2, "iv", 200],
    ["x", 64, 1000, "mac", 64],
    ["", 20, 5, "mac", 20],
  ] as const)(
    "%j, a salt of %i bytes, %i iterations, %s, %i bytes",
    async (text, saltBytes, iterations, purpose, length) => {
      const salt = Uint8Array.from({ length: saltBytes }, (_, index) => (index * 37 + 255) & 0xff);
      const secret = bmpPassphrase(text);
      const derived = await derivePkcs12(secret, purpose, { hash, salt, iterations }, length, backend);
      const options = [
        `digest:${hash.replace("-", "")}`,
        `hexpass:${toHex(secret)}`,
        `hexsalt:${toHex(salt)}`,
        `iter:${iterations}`,
        `id:${ids[purpose]}`,
      ].flatMap((option) => ["-kdfopt", option]);
      const theirs = openssl.must("kdf", "-keylen", String(length), ...options, "PKCS12KDF");
      expect(toHex(derived)).toBe(theirs.trim().replaceAll(":", "").toLowerCase());
    },
  );
});

test("more iterations than one turn of the event loop takes", async () => {
  const salt = fromHex("e241f01650dbeae4") ?? new Uint8Array(0);
  let turns = 0;
  const timer = setInterval(() => turns++);
  const derived = await derivePkcs12(
    bmpPassphrase("123456"),
    "mac",
    { hash: "SHA-256", salt, iterations: 50_000 },
    32,
    backend,
  );
  clearInterval(timer);
  const options = [
    "digest:SHA256",
    "hexpass:0031003200330034003500360000",
    "hexsalt:e241f01650dbeae4",
    "iter:50000",
    "id:3",
  ];
  const theirs = openssl.must("kdf", "-keylen", "32", ...options.flatMap((one) => ["-kdfopt", one]), "PKCS12KDF");
  expect(toHex(derived)).toBe(theirs.trim().replaceAll(":", "").toLowerCase());
  expect(turns).toBeGreaterThan(0);
});

test("the passphrase as text and as its UTF-8 are the same", () => {
  expect(toHex(bmpPassphrase("ä🔑"))).toBe("00e4d83ddd110000");
  expect(bmpPassphrase(new TextEncoder().encode("ä🔑"))).toEqual(bmpPassphrase("ä🔑"));
  expect(() => bmpPassphrase(Uint8Array.of(0xff))).toThrow(expect.objectContaining({ code: "ARGUMENT_INVALID" }));
});

test("the work of a derivation is counted in whole digests", () => {
  expect([pkcs12Blocks("SHA-1", 24), pkcs12Blocks("SHA-1", 8), pkcs12Blocks("SHA-256", 32)]).toEqual([2, 1, 1]);
});
