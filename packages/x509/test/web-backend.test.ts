// The whole of making on the backend of browsers: nothing here may reach node:crypto.

import { afterAll, expect, test, vi } from "vitest";
import { backend } from "#crypto";
import { CertificateRequest, type KeyGenerationOptions, KeyPair, PrivateCertificate, PublicKey } from "../src/index.ts";
import { Openssl } from "./openssl.ts";

vi.mock("#crypto", () => import("../src/crypto/web.ts"));
vi.mock("node:crypto", () => {
  throw new Error("node:crypto is not there in a browser");
});

const openssl = new Openssl();
afterAll(() => openssl[Symbol.dispose]());

test("this is the backend of browsers", () => {
  expect(backend.name).toBe("web");
});

test.each<KeyGenerationOptions>([
  { type: "rsa" },
  { type: "ecdsa" },
  { type: "ecdsa", curve: "P-384" },
  { type: "ecdsa", curve: "P-521" },
  { type: "ed25519" },
])("a chain with keys of the kind %j", async (key) => {
  const root = await PrivateCertificate.selfSigned({ subject: { CN: "Root" }, profile: "ca", key });
  const middle = await root.issuePrivate({ subject: { CN: "Middle" }, profile: "intermediate", key });
  const keyPair = await KeyPair.generate(key);
  const request = await CertificateRequest.create({ subjectAltName: ["localhost"], keyPair });
  const leaf = await middle.sign(request.toPem(), { approve: () => true });
  expect(await leaf.verifySignature(middle.publicKey)).toBe(true);
  expect(await leaf.verifySignature(root.publicKey)).toBe(false);
  expect(() => leaf.verifySignatureSync(middle.publicKey)).toThrow(
    expect.objectContaining({ code: "CRYPTO_NOT_SYNCHRONOUS" }),
  );
  const files = { root: root.toPem(), chain: middle.toPem(), leaf: leaf.toPem() };
  expect(openssl.verify(files, "-purpose", "sslserver", "-verify_hostname", "localhost")).toBe("leaf.pem: OK\n");

  const pem = await keyPair.toPem({ passphrase: "secret" });
  const again = await KeyPair.fromPem(pem, { passphrase: "secret" });
  expect(await again.toPem()).toBe(await keyPair.toPem());
  expect((await KeyPair.fromJwk(await again.toJwk())).publicKey.equals(keyPair.publicKey)).toBe(true);
  openssl.write("key.pem", await again.toPem());
  expect(openssl.must("pkey", "-in", "key.pem", "-pubout")).toBe(keyPair.publicKey.toPem());
});

test.each(["rsa", "ecdsa", "ed25519"] as const)(
  "%s: what is signed, and the signature, count as they were given",
  async (type) => {
    const keyPair = await KeyPair.generate(type);
    const algorithm = keyPair.signatureAlgorithm();
    const data = new Uint8Array(100).fill(7);
    const given = data.slice();
    const signing = keyPair.sign(given);
    given.fill(0);
    const signature = await signing;
    const [copy, signed] = [signature.slice(), data.slice()];
    // Of another object, whose key is not imported yet.
    const verifying = PublicKey.fromSpki(keyPair.publicKey.spki).verify(algorithm, copy, signed);
    copy.fill(0);
    signed.fill(0);
    expect(await verifying).toBe(true);
  },
);
