// What is given in a key's place, and what is misspelt, must not end in a misleading answer or a weaker key.
import { expect, test } from "vitest";
import {
  CertificateRequest,
  DistinguishedName,
  generalName,
  KeyPair,
  PrivateCertificate,
  TlsKitError,
} from "../index.ts";

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

// A file in the place of a name is a likely mistake, and errors end in logs.
const pem = await keyPair.toPem();
const base64 = pem.replace(/-----.*-----|\n/g, "");
test.each([
  ["the kind of a new key", (key: never) => KeyPair.generate(key)],
  ["its type", (type: never) => KeyPair.generate({ type })],
  ["its curve", (curve: never) => KeyPair.generate({ type: "ecdsa", curve })],
  ["the key of a certificate", (key: never) => PrivateCertificate.selfSigned({ subject: { CN: "a" }, key })],
  ["its profile", (profile: never) => PrivateCertificate.selfSigned({ subject: { CN: "a" }, profile })],
  ["its serial number", (serialNumber: never) => PrivateCertificate.selfSigned({ subject: { CN: "a" }, serialNumber })],
  ["its names", (name: never) => PrivateCertificate.selfSigned({ subjectAltName: [name] })],
  ["an algorithm", (algorithm: never) => keyPair.sign(new Uint8Array(1), { algorithm })],
  ["a kind of JWK", (kty: never) => KeyPair.fromJwk({ kty })],
  ["a name", async (text: never) => generalName(text)],
  ["a distinguished name", async (text: never) => DistinguishedName.parse(`CN=a;${text}`)],
  ["an attribute", async (name: never) => DistinguishedName.of({ [name]: "a" })],
])("a private key in the place of %s is not quoted", async (_, use: (key: never) => Promise<unknown>) => {
  for (const key of [pem, base64]) {
    const error = await use(key as never).catch((thrown: unknown) => thrown);
    if (!TlsKitError.is(error)) throw error;
    expect(error.message + JSON.stringify(error)).not.toContain(base64.slice(60, 90));
    expect(error.message.length).toBeLessThan(500);
  }
});
