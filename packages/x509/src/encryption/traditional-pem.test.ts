import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import { Openssl } from "../../test/openssl.ts";
import { hasShared, sharedBytes } from "../../test/shared.ts";
import { X509Error } from "../error.ts";
import { KeyPair } from "../key-pair.ts";

const openssl = new Openssl();
afterAll(() => openssl[Symbol.dispose]());

const passphrase = "pässword";
openssl.must("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "ec.pem");
openssl.must("genrsa", "-traditional", "-out", "rsa.pem", "2048");

function encrypt(tool: "ec" | "rsa", cipher: string): string {
  const traditional = tool === "rsa" ? ["-traditional"] : [];
  const args = ["-in", `${tool}.pem`, `-${cipher}`, "-passout", `pass:${passphrase}`, ...traditional];
  openssl.must(tool, ...args, "-out", "sealed.pem");
  return openssl.text("sealed.pem");
}

describe.each(["ec", "rsa"] as const)("KEY-13: what openssl %s encrypts by headers", (tool) => {
  test.each(["aes128", "aes192", "aes256", "des3"])("with %s", async (cipher) => {
    const pem = encrypt(tool, cipher);
    expect(pem).toContain("Proc-Type: 4,ENCRYPTED");
    const options = cipher === "des3" ? { passphrase, legacy: true } : { passphrase };
    const keyPair = await KeyPair.fromPem(pem, options);
    expect(keyPair.publicKey.equals((await KeyPair.fromPem(openssl.text(`${tool}.pem`))).publicKey)).toBe(true);
    const bytes = new TextEncoder().encode(passphrase);
    expect((await KeyPair.fromPem(pem, { ...options, passphrase: bytes })).publicKey.equals(keyPair.publicKey)).toBe(
      true,
    );
    await expect(KeyPair.fromPem(pem)).rejects.toMatchObject({ code: "KEY_ENCRYPTED", details: { line: 1 } });
  });

  test("a wrong passphrase is always that, also when the padding happens to be right", async () => {
    const pem = `prose\n\n${encrypt(tool, "aes256")}`;
    for (let attempt = 0; attempt < 1000; attempt++) {
      const error = await KeyPair.fromPem(pem, { passphrase: `wrong ${attempt}` }).catch((caught: unknown) => caught);
      expect(error).toMatchObject({ code: "KEY_WRONG_PASSPHRASE", details: { line: 3 } });
    }
  });
});

test("Node writes the same, with the label of PKCS #8's contents", async () => {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-384" });
  const pem = privateKey.export({ type: "sec1", format: "pem", cipher: "aes-128-cbc", passphrase }) as string;
  const theirs = createPrivateKey({ key: pem, passphrase }).export({ type: "pkcs8", format: "der" });
  expect(await (await KeyPair.fromPem(pem, { passphrase })).toDer()).toEqual(new Uint8Array(theirs));
});

test.each([
  ["Triple DES without legacy", "des3", "DES-EDE3-CBC", "{ legacy: true }"],
  ["Camellia", "camellia256", "CAMELLIA-256-CBC", "openssl pkcs8 -topk8"],
  ["ARIA", "aria128", "ARIA-128-CBC", "openssl pkcs8 -topk8"],
])("%s is refused by name", async (_, cipher, algorithm, way) => {
  await expect(KeyPair.fromPem(encrypt("ec", cipher), { passphrase })).rejects.toMatchObject({
    code: "UNSUPPORTED_ALGORITHM",
    details: { algorithm },
    message: expect.stringContaining(way),
  });
});

describe("headers that make no sense", () => {
  const pem = encrypt("ec", "aes128");
  const header = pem.match(/DEK-Info: .*/)?.[0] ?? "";
  test.each([
    ["no DEK-Info", "X-Other: 1"],
    ["no vector", "DEK-Info: AES-128-CBC"],
    ["a short vector", "DEK-Info: AES-128-CBC,0011"],
    ["a vector that is no hexadecimal", `DEK-Info: AES-128-CBC,${"x".repeat(32)}`],
    ["two vectors", `${header},00`],
    ["the vector of another cipher", header.replace("AES-128-CBC", "DES-EDE3-CBC")],
  ])("%s", async (_, other) => {
    const error = KeyPair.fromPem(pem.replace(header, other), { passphrase, legacy: true });
    await expect(error).rejects.toMatchObject({ code: "KEY_INVALID", details: { expected: expect.any(String) } });
  });

  test("a body of broken blocks", async () => {
    const [first = "", ...lines] = pem.split("\n");
    const broken = [first, ...lines.slice(0, 3), "AAAA", ...lines.slice(-2)].join("\n");
    await expect(KeyPair.fromPem(broken, { passphrase })).rejects.toMatchObject({ code: "KEY_INVALID" });
  });

  test("a passphrase that is no passphrase", async () => {
    for (const wrong of [1, null, "\ud800"]) {
      const error = await KeyPair.fromPem(pem, { passphrase: wrong as never }).catch((caught: unknown) => caught);
      expect(X509Error.is(error) && error.code).toBe("ARGUMENT_INVALID");
    }
  });
});

describe.skipIf(!hasShared)("the encrypted key of the golden files", () => {
  test("KEY-13: needs its passphrase, and never prompts", async () => {
    const pem = sharedBytes("golden/certs/key-encrypted.pem");
    await expect(KeyPair.fromPem(pem)).rejects.toMatchObject({ code: "KEY_ENCRYPTED" });
    await expect(KeyPair.fromPem(pem, { passphrase: "certainly not" })).rejects.toMatchObject({
      code: "KEY_WRONG_PASSPHRASE",
    });
  });
});
