// A certificate with its key and chain: put together, loaded, written out, and never printed with its secret.

import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newCa } from "../test/authority.ts";
import { toHex } from "./bytes.ts";
import { Certificate, KeyPair, PrivateCertificate } from "./index.ts";

describe("KEY-18, KEY-19, KEY-21: certificates and their keys", async () => {
  const root = await newCa({ subject: { CN: "Root" } });
  const middle = await root.issuePrivate({ subject: { CN: "Middle" }, profile: "intermediate", pathLength: 1 });
  const last = await middle.issuePrivate({ subject: { CN: "Last" }, profile: "intermediate" });
  const leaf = await last.issuePrivate({ subjectAltName: ["x.example"] });
  const keyPem = await leaf.keyPair.toPem();

  test("KEY-18: a foreign key is refused", async () => {
    const other = await KeyPair.generate();
    const details = { certificateKey: leaf.publicKey.spkiHash(), privateKey: other.publicKey.spkiHash() };
    expect(() => PrivateCertificate.from(leaf, other)).toThrow(
      expect.objectContaining({ code: "KEY_MISMATCH", details }),
    );
    await expect(PrivateCertificate.fromPem((await other.toPem()) + leaf.toPem())).rejects.toMatchObject({
      code: "KEY_MISMATCH",
    });
    expect(() => leaf.renew(root)).toThrow(expect.objectContaining({ code: "KEY_MISMATCH" }));
  });

  test("KEY-19: one text, in any order, gives the chain leaf first", async () => {
    const blocks = [keyPem, leaf.toPem(), last.toPem(), middle.toPem(), root.toPem()];
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(blocks, { minLength: 5 }), async (shuffled) => {
        const loaded = await PrivateCertificate.fromPem(`prose\n${shuffled.join("\r\n")}`);
        expect(loaded.equals(leaf)).toBe(true);
        expect(loaded.chain.map(({ subject }) => subject.CN)).toEqual(["Last", "Middle", "Root"]);
        expect(loaded.fullChainPem()).toBe(blocks.slice(1).join(""));
      }),
      { numRuns: 30 },
    );
  });

  test("KEY-19: certificates that do not belong stay, after those that do; the leaf is not repeated", async () => {
    const stranger = await newCa({ subject: { CN: "Stranger" } });
    const text = [stranger.toPem(), leaf.toPem(), last.toPem(), keyPem, leaf.toPem()].join("");
    const loaded = await PrivateCertificate.fromPem(text);
    expect(loaded.chain.map(({ subject }) => subject.CN)).toEqual(["Last", "Stranger"]);
  });

  test.each([
    ["no key", leaf.toPem(), "PEM_WRONG_LABEL"],
    ["no certificate", keyPem, "PEM_WRONG_LABEL"],
    ["two keys", keyPem + keyPem + leaf.toPem(), "PEM_MULTIPLE_BLOCKS"],
    ["nothing", "prose", "PEM_NO_BLOCK"],
  ])("KEY-19: %s is named", async (_, text, code) => {
    await expect(PrivateCertificate.fromPem(text)).rejects.toMatchObject({ code });
  });

  test("KEY-19: with an encrypted key", async () => {
    const text = leaf.fullChainPem() + (await leaf.keyPair.toPem({ passphrase: "secret" }));
    expect((await PrivateCertificate.fromPem(text, { passphrase: "secret" })).equals(leaf)).toBe(true);
    const line = text.split("\n").findIndex((one) => one.includes("ENCRYPTED")) + 1;
    await expect(PrivateCertificate.fromPem(text)).rejects.toMatchObject({ code: "KEY_ENCRYPTED", details: { line } });
  });

  test("KEY-21: a new certificate for the same key", async () => {
    const renewed = leaf.renew(await last.sign(await leaf.createRequest(), { approve: () => true }));
    expect(renewed.keyPair).toBe(leaf.keyPair);
    expect(renewed.chain).toEqual(leaf.chain);
    expect(renewed.subjectAltName).toEqual(leaf.subjectAltName);
    expect(renewed.serialNumber).not.toBe(leaf.serialNumber);
  });

  test("KEY-09: it is a certificate, equal to the one without the key", () => {
    const plain = Certificate.fromDer(leaf.der);
    expect(leaf).toBeInstanceOf(Certificate);
    expect(leaf.equals(plain)).toBe(true);
    expect(plain.equals(leaf)).toBe(true);
    expect(leaf.id).toBe(plain.id);
  });

  test("the chain of an identity has no root", () => {
    expect(leaf.chain).toEqual([last, middle]);
    expect(leaf.fullChainPem()).toBe(leaf.toPem() + last.toPem() + middle.toPem());
    expect(() => (leaf.chain as Certificate[]).push(root)).toThrow(TypeError);
  });

  test("KEY-20: the key is written only where it is asked for", async () => {
    expect(leaf.toPem()).toBe(Certificate.fromDer(leaf.der).toPem());
    expect(leaf.toPem({ includeKey: false })).toBe(leaf.toPem());
    expect(await leaf.toPem({ includeKey: true })).toBe(leaf.toPem() + keyPem);
    const sealed = await leaf.toPem({ includeKey: true, passphrase: "secret" });
    expect(sealed).toContain("BEGIN ENCRYPTED PRIVATE KEY");
    const again = await PrivateCertificate.fromPem(sealed, { passphrase: "secret" });
    expect(again.equals(leaf)).toBe(true);
    expect(again.keyPair.publicKey.equals(leaf.publicKey)).toBe(true);
    expect(() => leaf.toPem({ passphrase: "secret" } as never)).toThrow(
      expect.objectContaining({
        code: "ARGUMENT_INVALID",
        details: expect.objectContaining({ argument: "passphrase" }),
      }),
    );
  });

  test("KEY-20: nothing that is printed or copied carries the key", async () => {
    const secret = toHex((await leaf.keyPair.toDer()).slice(36, 60));
    const base64 = keyPem.split("\n")[1] ?? "";
    const scalar = String((await leaf.keyPair.toJwk()).d);
    const shown = [
      inspect(leaf, { depth: 9, showHidden: true, getters: true }),
      inspect({ leaf }, { depth: 9, showHidden: true }),
      leaf.inspect(),
      String(leaf),
      JSON.stringify(leaf),
      leaf.toPem(),
      leaf.fullChainPem(),
    ];
    for (const text of shown) for (const one of [secret, base64, scalar]) expect(text).not.toContain(one);
    expect(String(leaf)).toBe('<PrivateCertificate subject="x.example" key="ECDSA P-256">');
    expect(leaf.inspect()).toContain(leaf.keyPair.inspect());
    expect(structuredClone(leaf)).toEqual({});
  });
});

test("what stands in the place of a key or a certificate is named", async () => {
  const own = await PrivateCertificate.selfSigned({ subject: { CN: "own" } });
  const from = (certificate: unknown, key: unknown) => () =>
    PrivateCertificate.from(certificate as Certificate, key as KeyPair);
  const bare = Certificate.fromDer(own.der);
  expect(from(bare, bare)).toThrow("keyPair makes no sense: expected a KeyPair, not an object of type Certificate");
  expect(from(bare, own.publicKey)).toThrow("not an object of type PublicKey");
  expect(from(bare, await own.keyPair.toPem())).toThrow("expected a KeyPair, not PEM text");
  expect(from(own.keyPair, own.keyPair)).toThrow("certificate makes no sense: expected a Certificate, not an object");
  expect(from(bare, undefined)).toThrow("not undefined");
});
