// What is wrong with a PKCS #12 file, one thing at a time; and any bytes at all.

import { createHmac, pbkdf2Sync } from "node:crypto";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { Openssl } from "../../test/openssl.ts";
import { concatBytes } from "../bytes.ts";
import {
  derExplicit,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derSequence,
  derSet,
  derTlv,
  derUtf8String,
} from "../der/writer.ts";
import { X509Error } from "../error.ts";
import { PrivateCertificate } from "../private-certificate.ts";
import { readPkcs12, writePkcs12 } from "./index.ts";
import { type PfxMac, writePfx } from "./pfx.ts";
import { computeMac } from "./pkcs12-mac.ts";

const openssl = new Openssl();
afterAll(() => openssl[Symbol.dispose]());

const identity = await PrivateCertificate.selfSigned({ subjectAltName: ["a.example"] });
const pkcs8 = await identity.keyPair.toDer();
const data = "1.2.840.113549.1.7.1";
const bagOid = (number: number) => derOid(`1.2.840.113549.1.12.10.1.${number}`);

const part = (content: Uint8Array, type = data) => derSequence(derOid(type), derExplicit(0, content));
const bag = (number: number, value: Uint8Array, ...more: Uint8Array[]) =>
  derSequence(bagOid(number), derExplicit(0, value), ...more);
const certBag = bag(3, derSequence(derOid("1.2.840.113549.1.9.22.1"), derExplicit(0, derOctetString(identity.der))));
const keyBag = bag(1, pkcs8);
const attribute = (oid: string, ...values: Uint8Array[]) => derSequence(derOid(oid), derSet(...values));
const friendlyName = "1.2.840.113549.1.9.20";

/** A file whose MAC is right, whatever is inside. */
async function sealed(...parts: readonly Uint8Array[]): Promise<Uint8Array> {
  return sealedSafe(derSequence(...parts));
}

async function sealedSafe(content: Uint8Array): Promise<Uint8Array> {
  return writePfx(content, await computeMac(content, "x", 1));
}

const contents = (...bags: readonly Uint8Array[]) => part(derOctetString(derSequence(...bags)));
const macOf = (content: Uint8Array) => computeMac(content, "x", 1);

test("the parts of these tests make a good file", async () => {
  const { identities } = await readPkcs12(await sealed(contents(certBag), contents(keyBag)), "x");
  expect(identities.map(({ id }) => id)).toEqual([identity.id]);
});

test("bags in bags are opened; secrets, other certificates and unknown attributes are passed over", async () => {
  const secret = bag(5, derSequence(derOid("1.2.3"), derExplicit(0, derOctetString(new Uint8Array(3)))));
  const sdsi = bag(3, derSequence(derOid("1.2.840.113549.1.9.22.2"), derExplicit(0, derUtf8String("(sdsi)"))));
  const named = bag(1, pkcs8, derSet(attribute("1.2.3.4", derNull()), attribute(friendlyName, derUtf8String("a"))));
  const nested = bag(6, derSequence(bag(6, derSequence(certBag)), named));
  const { identities, friendlyNames } = await readPkcs12(await sealed(contents(secret, sdsi, nested)), "x");
  expect(identities.map(({ id }) => id)).toEqual([identity.id]);
  expect([...friendlyNames.values()]).toEqual(["a"]);
});

describe("the MAC comes first", () => {
  test("every changed bit of what it covers is a wrong passphrase, and nothing else", async () => {
    const file = await sealed(contents(certBag), contents(keyBag));
    const start = file.length - derSequence(certBag, keyBag).length;
    for (let at = start; at < file.length - 90; at += 7) {
      const changed = file.slice();
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      await expect(readPkcs12(changed, "x")).rejects.toMatchObject({ code: "KEY_WRONG_PASSPHRASE" });
    }
  });

  test("garbage under a MAC of another passphrase is never looked at", async () => {
    const garbage = Uint8Array.of(0x30, 0x80, 1, 2, 3);
    await expect(readPkcs12(await sealedSafe(garbage), "y")).rejects.toMatchObject({ code: "KEY_WRONG_PASSPHRASE" });
    await expect(readPkcs12(await sealedSafe(garbage), "x")).rejects.toMatchObject({ code: "DER_BAD_LENGTH" });
  });
});

describe("the outside", async () => {
  const content = derSequence(contents(certBag));
  const mac = await macOf(content);
  const [, , macData] = splitSequence(writePfx(content, mac));
  const safe = part(derOctetString(content));
  const pfx = (...parts: readonly (Uint8Array | undefined)[]) =>
    derSequence(...parts.map((one) => one ?? new Uint8Array(0)));

  test.each([
    ["nothing", new Uint8Array(0), "DER_TRUNCATED"],
    ["text", new TextEncoder().encode("-----BEGIN PKCS12-----"), "DER_TRUNCATED"],
    ["a certificate", identity.der, "DER_UNEXPECTED_TAG"],
    ["version 2", pfx(derInteger(2), safe, macData), "CONTAINER_INVALID"],
    ["no content", pfx(derInteger(3)), "DER_TRUNCATED"],
    ["no MAC", pfx(derInteger(3), safe), "CONTAINER_INVALID"],
    ["a signature", pfx(derInteger(3), part(derNull(), "1.2.840.113549.1.7.2")), "UNSUPPORTED_ALGORITHM"],
    ["another type", pfx(derInteger(3), part(derNull(), "1.2.840.113549.1.7.3"), macData), "CONTAINER_INVALID"],
    ["content that is no OCTET STRING", pfx(derInteger(3), part(derNull()), macData), "DER_UNEXPECTED_TAG"],
    ["something after the MAC", pfx(derInteger(3), safe, macData, derNull()), "DER_TRAILING_DATA"],
    ["something after the file", concatBytes(pfx(derInteger(3), safe, macData), derNull()), "DER_TRAILING_DATA"],
    [
      "an indefinite length",
      concatBytes(Uint8Array.of(0x30, 0x80), derInteger(3), Uint8Array.of(0, 0)),
      "DER_BAD_LENGTH",
    ],
  ])("%s", async (_, file, code) => {
    const error = await readPkcs12(file, "x").catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code });
    if (code.startsWith("DER_")) expect(error).toMatchObject({ details: { offset: expect.any(Number) } });
  });

  test("more than the reader takes", async () => {
    const huge = new Uint8Array(0x1000001);
    await expect(readPkcs12(huge, "x")).rejects.toMatchObject({ code: "DER_LIMIT_EXCEEDED" });
    const many = contents(...Array.from({ length: 401 }, () => bag(1, derNull())));
    await expect(readPkcs12(await sealed(many), "x")).rejects.toMatchObject({ code: "DER_LIMIT_EXCEEDED" });
    const secrets = contents(...Array.from({ length: 401 }, () => bag(5, derNull())));
    await expect(readPkcs12(await sealed(secrets), "x")).rejects.toMatchObject({ details: { limit: 400 } });
    const parts = await sealed(...Array.from({ length: 401 }, () => contents()));
    await expect(readPkcs12(parts, "x")).rejects.toMatchObject({ details: { limit: 400 } });
    const content = derSequence(contents(certBag));
    const salty = writePfx(content, { ...(await macOf(content)), salt: new Uint8Array(1025) });
    await expect(readPkcs12(salty, "x")).rejects.toMatchObject({ code: "DER_LIMIT_EXCEEDED" });
    let deep = derSequence(certBag);
    for (let level = 0; level < 20; level++) deep = derSequence(bag(6, deep));
    const nested = await sealed(part(derOctetString(deep)));
    await expect(readPkcs12(nested, "x")).rejects.toMatchObject({ code: "DER_LIMIT_EXCEEDED" });
  });
});

describe("the inside", () => {
  const enveloped = part(derSequence(), "1.2.840.113549.1.7.3");
  const encrypted = (info: Uint8Array) => part(derSequence(derInteger(0), info), "1.2.840.113549.1.7.6");
  const unknownCipher = derSequence(derOid("1.2.3"));
  test.each([
    ["nothing at all", derNull(), "DER_UNEXPECTED_TAG"],
    ["encryption for a public key", derSequence(enveloped), "UNSUPPORTED_ALGORITHM"],
    [
      "an unknown cipher",
      derSequence(encrypted(derSequence(derOid(data), unknownCipher, derTlv(0x80)))),
      "UNSUPPORTED_ALGORITHM",
    ],
    [
      "encrypted content in pieces",
      derSequence(encrypted(derSequence(derOid(data), unknownCipher, derTlv(0xa0)))),
      "DER_UNEXPECTED_TAG",
    ],
    [
      "encrypted content of another type",
      derSequence(encrypted(derSequence(derOid("1.2.3"), unknownCipher))),
      "CONTAINER_INVALID",
    ],
    ["contents that are no SEQUENCE", derSequence(part(derOctetString(derNull()))), "DER_UNEXPECTED_TAG"],
    ["a bag without a value", derSequence(contents(derSequence(bagOid(1)))), "DER_TRUNCATED"],
    [
      "a bag of two values",
      derSequence(contents(derSequence(bagOid(1), derTlv(0xa0, pkcs8, pkcs8)))),
      "DER_TRAILING_DATA",
    ],
    ["a key that is none", derSequence(contents(bag(1, derSequence()))), "CONTAINER_INVALID"],
    ["an encrypted key that is none", derSequence(contents(bag(2, derSequence()))), "DER_BAD_VALUE"],
    [
      "a certificate that is none",
      derSequence(
        contents(bag(3, derSequence(derOid("1.2.840.113549.1.9.22.1"), derExplicit(0, derOctetString(derSequence()))))),
      ),
      "CERTIFICATE_INVALID",
    ],
    [
      "a name that is no text",
      derSequence(contents(bag(1, pkcs8, derSet(attribute(friendlyName, derNull()))))),
      "DER_BAD_VALUE",
    ],
    [
      "an identifier that is no OCTET STRING",
      derSequence(contents(bag(1, pkcs8, derSet(attribute("1.2.840.113549.1.9.21", derNull()))))),
      "DER_UNEXPECTED_TAG",
    ],
    ["BER inside", derSequence(part(derOctetString(Uint8Array.of(0x30, 0x80, 0, 0)))), "DER_BAD_LENGTH"],
  ])("%s", async (_, safe, code) => {
    await expect(readPkcs12(await sealedSafe(safe), "x")).rejects.toMatchObject({ code });
  });

  test("offsets count from the start of the file", async () => {
    const file = await sealed(contents(certBag), part(derNull()));
    const error = (await readPkcs12(file, "x").catch((caught: unknown) => caught)) as X509Error<"DER_UNEXPECTED_TAG">;
    // The NULL in place of an OCTET STRING.
    expect([...file.subarray(error.details.offset, error.details.offset + 2)]).toEqual([5, 0]);
  });
});

describe("work is bounded before it is done", () => {
  const content = derSequence(contents(certBag));
  const claim = async (iterations: number) => writePfx(content, { ...(await macOf(content)), iterations });

  test.each([5_000_001, 0x7fffffff])("%i iterations of the MAC", async (iterations) => {
    await expect(readPkcs12(await claim(iterations), "x")).rejects.toMatchObject({
      code: "KEY_INVALID",
      details: { expected: "1 to 5000000 iterations of key derivation in all" },
    });
  });

  test("none, and fewer than none", async () => {
    await expect(readPkcs12(await claim(0), "x")).rejects.toMatchObject({ code: "KEY_INVALID" });
    await expect(readPkcs12(await claim(-1), "x")).rejects.toMatchObject({ code: "DER_BAD_VALUE" });
  });

  test("all derivations of a file together", async () => {
    const file = await writePkcs12(identity, "x", { iterations: 2048 });
    expect((await readPkcs12(file, "x", { maxIterations: 3 * 2048 })).identities.length).toBe(1);
    await expect(readPkcs12(file, "x", { maxIterations: 3 * 2048 - 1 })).rejects.toMatchObject({ code: "KEY_INVALID" });
    for (const maxIterations of [0, -1, 1.5, Number.NaN, "9" as never]) {
      await expect(readPkcs12(file, "x", { maxIterations })).rejects.toMatchObject({
        code: "ARGUMENT_INVALID",
        details: { argument: "maxIterations" },
      });
    }
  });

  test("old encryption counts three times", async () => {
    openssl.write("key.pem", await identity.keyPair.toPem());
    openssl.write("leaf.pem", identity.toPem());
    const old = ["-legacy", "-keypbe", "PBE-SHA1-3DES", "-certpbe", "NONE", "-macalg", "sha1", "-iter", "100"];
    openssl.must(
      "pkcs12",
      "-export",
      "-inkey",
      "key.pem",
      "-in",
      "leaf.pem",
      ...old,
      "-passout",
      "pass:x",
      "-out",
      "old.p12",
    );
    const read = (maxIterations: number) => readPkcs12(openssl.read("old.p12"), "x", { legacy: true, maxIterations });
    expect((await read(400)).identities.length).toBe(1);
    await expect(read(399)).rejects.toMatchObject({ code: "KEY_INVALID" });
  });
});

test("a hundred private keys are read, and others get their turn meanwhile; more are refused", async () => {
  let turns = 0;
  const counting = setInterval(() => turns++);
  const file = (count: number) => sealed(contents(certBag, ...Array.from({ length: count }, () => keyBag)));
  expect((await readPkcs12(await file(100), "x")).identities).not.toEqual([]);
  clearInterval(counting);
  expect(turns).toBeGreaterThan(1);
  await expect(readPkcs12(await file(101), "x")).rejects.toMatchObject({
    code: "DER_LIMIT_EXCEEDED",
    details: { limit: 100, offset: expect.any(Number) },
  });
});

describe("PBMAC1 (RFC 9579)", () => {
  const content = derSequence(contents(certBag), contents(keyBag));
  const hmac = { sha1: 7, sha256: 9, sha384: 10, sha512: 11 } as const;
  const identifier = (hash: keyof typeof hmac) => derSequence(derOid(`1.2.840.113549.2.${hmac[hash]}`), derNull());

  /** By Node's functions, not ours. */
  function pbmac1(prf: keyof typeof hmac, hash: keyof typeof hmac, length: number | undefined): Uint8Array {
    const salt = new Uint8Array(8).fill(1);
    const key = pbkdf2Sync("pässwörd", salt, 10, length ?? 32, prf);
    const keyLength = length === undefined ? [] : [derInteger(length)];
    const parameters = derSequence(derOctetString(salt), derInteger(10), ...keyLength, identifier(prf));
    const derivation = derSequence(derOid("1.2.840.113549.1.5.12"), parameters);
    const mac: PfxMac = {
      algorithm: "1.2.840.113549.1.5.14",
      digest: new Uint8Array(createHmac(hash, key).update(content).digest()),
      salt: new TextEncoder().encode("NOT USED"),
      iterations: 1,
    };
    const file = splitSequence(writePfx(content, mac));
    const algorithm = derSequence(derOid(mac.algorithm), derSequence(derivation, identifier(hash)));
    const macData = derSequence(derSequence(algorithm, derOctetString(mac.digest)), derOctetString(mac.salt));
    return derSequence(...file.slice(0, 2), macData);
  }

  test.each([
    ["sha256", "sha256", 32],
    ["sha512", "sha256", 32],
    ["sha512", "sha512", 64],
    ["sha384", "sha384", 48],
    ["sha256", "sha256", 20],
  ] as const)("%s, %s, %i bytes", async (prf, hash, length) => {
    const file = pbmac1(prf, hash, length);
    expect((await readPkcs12(file, "pässwörd")).identities.length).toBe(1);
    await expect(readPkcs12(file, "password")).rejects.toMatchObject({ code: "KEY_WRONG_PASSPHRASE" });
  });

  test.each([
    ["no key length", "sha256", "sha256", undefined, "KEY_INVALID"],
    ["a short key", "sha256", "sha256", 19, "KEY_INVALID"],
    ["a huge key", "sha256", "sha256", 1 << 20, "KEY_INVALID"],
    ["SHA-1", "sha256", "sha1", 20, "UNSUPPORTED_ALGORITHM"],
  ] as const)("%s is refused", async (_, prf, hash, length, code) => {
    await expect(readPkcs12(pbmac1(prf, hash, length), "pässwörd")).rejects.toMatchObject({ code });
  });
});

describe("whatever bytes come, the error is ours", async () => {
  const safes = [
    derSequence(contents(certBag), contents(keyBag)),
    derSequence(contents(bag(6, derSequence(certBag, keyBag)))),
  ];
  const files = [await writePkcs12(identity, "x", { iterations: 2048 }), ...(await Promise.all(safes.map(sealedSafe)))];
  const edit = fc.record({ at: fc.nat(), byte: fc.nat(255), kind: fc.constantFrom("set", "cut", "insert", "flip") });

  function edited(input: Uint8Array, edits: readonly { at: number; byte: number; kind: string }[]): Uint8Array {
    let bytes: Uint8Array = input.slice();
    for (const { at, byte, kind } of edits) {
      const index = bytes.length === 0 ? 0 : at % bytes.length;
      if (kind === "cut") bytes = bytes.slice(0, index);
      else if (kind === "insert")
        bytes = concatBytes(bytes.subarray(0, index), Uint8Array.of(byte), bytes.subarray(index));
      else if (bytes.length > 0) bytes[index] = kind === "flip" ? (bytes[index] ?? 0) ^ (1 << (byte % 8)) : byte;
    }
    return bytes;
  }

  async function check(file: Uint8Array): Promise<void> {
    const result = await readPkcs12(file, "x", {
      legacy: true,
      maxIterations: 7000,
      insecurelyAllowMissingMac: true,
    }).catch((error: unknown) => error);
    if (result instanceof Error) expect(X509Error.is(result) ? "ours" : String(result)).toBe("ours");
  }

  test("a file with a few bytes changed", async () => {
    const edits = fc.array(edit, { minLength: 1, maxLength: 3 });
    const property = fc.asyncProperty(fc.constantFrom(...files), edits, (file, list) => check(edited(file, list)));
    await fc.assert(property, { numRuns: 1500 });
  });

  test("contents with a few bytes changed, under a MAC that is right", async () => {
    const edits = fc.array(edit, { minLength: 1, maxLength: 3 });
    const property = fc.asyncProperty(fc.constantFrom(...safes), edits, async (safe, list) =>
      check(await sealedSafe(edited(safe, list))),
    );
    await fc.assert(property, { numRuns: 1500 });
  });

  test("any bytes", async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), check), { numRuns: 500 });
  });
});

/** The elements of a SEQUENCE whose header is of four bytes at most. */
function splitSequence(der: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = [];
  const header = (at: number) => ((der[at + 1] ?? 0) < 0x80 ? 2 : 2 + ((der[at + 1] ?? 0) & 0x7f));
  const length = (at: number) =>
    header(at) === 2
      ? (der[at + 1] ?? 0)
      : der.subarray(at + 2, at + header(at)).reduce((sum, byte) => sum * 256 + byte, 0);
  for (let at = header(0); at < der.length; ) {
    const end = at + header(at) + length(at);
    found.push(der.subarray(at, end));
    at = end;
  }
  return found;
}
