import { afterAll, describe, expect, test } from "vitest";
import { Openssl } from "../../test/openssl.ts";
import { derExplicit, derInteger, derOctetString, derOid, derSequence, derSet, derTlv } from "../der/writer.ts";
import { KeyPair } from "../key-pair.ts";
import { pemEncode } from "../pem.ts";
import { PrivateCertificate } from "../private-certificate.ts";
import { certificatesFromPkcs7, decryptPkcs8, encryptPkcs8 } from "./index.ts";

const openssl = new Openssl();
afterAll(() => openssl[Symbol.dispose]());

describe("PKCS #7", async () => {
  const ca = await PrivateCertificate.selfSigned({ subject: { CN: "CA" }, profile: "ca" });
  const leaf = await ca.issuePrivate({ subjectAltName: ["example.com"] });

  test("a bundle from OpenSSL, in DER and PEM", () => {
    openssl.write("chain.pem", leaf.toPem() + ca.toPem());
    for (const form of ["PEM", "DER"]) {
      openssl.must("crl2pkcs7", "-nocrl", "-certfile", "chain.pem", "-outform", form, "-out", "chain.p7b");
      const read = certificatesFromPkcs7(openssl.read("chain.p7b"));
      expect(read.map(({ id }) => id)).toEqual([leaf.id, ca.id]);
    }
    const text = openssl.must("crl2pkcs7", "-nocrl", "-certfile", "chain.pem");
    expect(certificatesFromPkcs7(text).length).toBe(2);
  });

  test("a signed message carries its certificates, too", async () => {
    openssl.write("ca.pem", ca.toPem());
    openssl.write("ca.key", await ca.keyPair.toPem());
    openssl.write("message", "hello");
    const cms = ["cms", "-sign", "-binary", "-nodetach", "-in", "message", "-signer", "ca.pem", "-inkey", "ca.key"];
    openssl.must(...cms, "-outform", "DER", "-out", "signed.p7m");
    expect(certificatesFromPkcs7(openssl.read("signed.p7m")).map(({ id }) => id)).toEqual([ca.id]);
    openssl.must(...cms, "-outform", "PEM", "-out", "signed.pem");
    expect(openssl.text("signed.pem")).toContain("BEGIN CMS");
    expect(certificatesFromPkcs7(openssl.text("signed.pem")).map(({ id }) => id)).toEqual([ca.id]);
    // Streaming writes BER with indefinite lengths.
    openssl.must(...cms, "-stream", "-outform", "DER", "-out", "stream.p7m");
    expect(() => certificatesFromPkcs7(openssl.read("stream.p7m"))).toThrow(
      expect.objectContaining({
        code: "DER_BAD_LENGTH",
        details: expect.objectContaining({ offset: expect.any(Number) }),
      }),
    );
  });

  const signedData = (...parts: readonly Uint8Array[]) =>
    derSequence(derOid("1.2.840.113549.1.7.2"), derExplicit(0, derSequence(...parts)));
  const head = [derInteger(1), derSet(), derSequence(derOid("1.2.840.113549.1.7.1"))] as const;

  test("a bundle without certificates is an empty list; other forms of certificates are passed over", () => {
    expect(certificatesFromPkcs7(signedData(...head, derSet()))).toEqual([]);
    const certificates = derTlv(0xa0, derTlv(0xa1, derInteger(1)), ca.der, derTlv(0xa3, derInteger(1)));
    const revocations = derTlv(0xa1);
    expect(certificatesFromPkcs7(signedData(...head, certificates, revocations, derSet())).map(({ id }) => id)).toEqual(
      [ca.id],
    );
  });

  test.each([
    [
      "encrypted data",
      derSequence(derOid("1.2.840.113549.1.7.6"), derExplicit(0, derSequence())),
      "UNSUPPORTED_ALGORITHM",
    ],
    ["a certificate", ca.der, "DER_UNEXPECTED_TAG"],
    ["no signerInfos", signedData(...head), "DER_TRUNCATED"],
    ["something after signerInfos", signedData(...head, derSet(), derSet()), "DER_TRAILING_DATA"],
    ["what is no certificate", signedData(...head, derTlv(0xa0, derSequence()), derSet()), "CERTIFICATE_INVALID"],
    ["the wrong block", new TextEncoder().encode(ca.toPem()), "PEM_WRONG_LABEL"],
  ])("%s is refused", (_, input, code) => {
    expect(() => certificatesFromPkcs7(input)).toThrow(expect.objectContaining({ code }));
  });
});

describe("encrypted PKCS #8", async () => {
  const keyPair = await KeyPair.generate();
  const pkcs8 = await keyPair.toDer();

  test("there and back, DER and PEM", async () => {
    const sealed = await encryptPkcs8(pkcs8, "pässword");
    expect(await decryptPkcs8(sealed, "pässword")).toEqual(pkcs8);
    expect(await decryptPkcs8(pemEncode("ENCRYPTED PRIVATE KEY", sealed), "pässword")).toEqual(pkcs8);
    await expect(decryptPkcs8(sealed, "password")).rejects.toMatchObject({ code: "KEY_WRONG_PASSPHRASE" });
    // Salt and initialisation vector are new each time.
    expect(await encryptPkcs8(pkcs8, "pässword")).not.toEqual(sealed);
  });

  test("OpenSSL decrypts it", async () => {
    openssl.write("sealed.der", await encryptPkcs8(pkcs8, "secret"));
    openssl.must(
      "pkcs8",
      "-inform",
      "DER",
      "-in",
      "sealed.der",
      "-passin",
      "pass:secret",
      "-outform",
      "DER",
      "-out",
      "plain.der",
    );
    // OpenSSL writes the traditional form here.
    expect(new Uint8Array(openssl.read("plain.der"))).toEqual(await keyPair.toDer({ type: "sec1" }));
  });

  test("only a private key is encrypted, and only an encrypted one decrypted", async () => {
    for (const wrong of [keyPair.publicKey.spki, derSequence(), derOctetString(pkcs8)]) {
      await expect(encryptPkcs8(wrong, "x")).rejects.toMatchObject({ code: "KEY_INVALID" });
    }
    await expect(encryptPkcs8(new Uint8Array(), "x")).rejects.toMatchObject({ code: "DER_TRUNCATED" });
    await expect(decryptPkcs8(pkcs8, "x")).rejects.toMatchObject({ code: "DER_BAD_VALUE" });
    await expect(decryptPkcs8(await keyPair.toPem(), "x")).rejects.toMatchObject({ code: "PEM_WRONG_LABEL" });
  });
});
