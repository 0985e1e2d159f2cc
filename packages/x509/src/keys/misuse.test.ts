// What is given in a key's place, and what is misspelt, must not end in a misleading answer or a weaker key.
import { expect, test } from "vitest";
import { CertificateRequest, KeyPair, PrivateCertificate } from "../index.ts";

const keyPair = await KeyPair.generate();
const certificate = await PrivateCertificate.selfSigned({ subjectAltName: ["localhost"], keyPair });
const request = await CertificateRequest.create({ subject: { CN: "a" }, keyPair });

test.each([
  ["a certificate", certificate.der],
  ["a request", request.der],
  ["a public key", keyPair.publicKey.spki],
])("%s in a key's place is not called encrypted", async (_, der) => {
  await expect(KeyPair.fromDer(der)).rejects.not.toMatchObject({ code: "KEY_ENCRYPTED" });
  await expect(KeyPair.fromDer(der)).rejects.toMatchObject({ name: "X509Error" });
});

test.each([
  [{ type: "rsa", size: 4096 }, "size"],
  [{ type: "rsa", modulusLength: 4096 }, "modulusLength"],
  [{ type: "ecdsa", namedCurve: "P-384" }, "namedCurve"],
  [{ type: "ed25519", bits: 1 }, "bits"],
])("a misspelt option is refused: %j", async (options, argument) => {
  await expect(KeyPair.generate(options as never)).rejects.toMatchObject({
    code: "ARGUMENT_INVALID",
    details: { argument },
  });
});
