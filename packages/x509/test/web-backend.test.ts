// The whole of making on the backend of browsers: nothing here may reach node:crypto.

import { afterAll, expect, test, vi } from "vitest";
import { backend } from "#crypto";
import { CertificateRequest, type KeyGenerationOptions, KeyPair, PrivateCertificate } from "../src/index.ts";
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
