import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { Openssl } from "../../test/openssl.ts";
import { Certificate } from "../certificate.ts";
import { derExplicit, derInteger, derOctetString, derOid, derSequence, derSet, derTlv } from "../der/writer.ts";
import { X509Error } from "../error.ts";
import { KeyPair } from "../key-pair.ts";
import { pemEncode } from "../pem/pem.ts";
import { PrivateCertificate } from "../private-certificate.ts";
import { certificatesFromPkcs7, decryptPkcs8, encryptPkcs8, readPkcs7, writePkcs7 } from "./index.ts";

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

  test("what we write, OpenSSL and we read, in our order", () => {
    const der = writePkcs7({ certificates: [leaf, ca] });
    expect(readPkcs7(der).certificates.map(({ id }) => id)).toEqual([leaf.id, ca.id]);
    openssl.write("ours.p7b", der);
    openssl.write("ours.pem", pemEncode("PKCS7", der));
    for (const args of [
      ["-inform", "DER", "-in", "ours.p7b"],
      ["-in", "ours.pem"],
    ]) {
      const printed = openssl.must("pkcs7", ...args, "-print_certs");
      expect(Certificate.allFromPem(printed).map(({ id }) => id)).toEqual([leaf.id, ca.id]);
    }
    openssl.write("chain.pem", leaf.toPem() + ca.toPem());
    openssl.must("crl2pkcs7", "-nocrl", "-certfile", "chain.pem", "-outform", "DER", "-out", "theirs.p7b");
    expect(readPkcs7(openssl.read("theirs.p7b")).certificates.map(({ id }) => id)).toEqual([leaf.id, ca.id]);
    expect(readPkcs7(writePkcs7({}))).toEqual({ certificates: [], crls: [] });
  });

  test("CRLs go both ways as their DER", async () => {
    openssl.write("ca.pem", ca.toPem());
    openssl.write("ca.key", await ca.keyPair.toPem());
    openssl.write("index.txt", "");
    openssl.write("ca.cnf", "[ca]\ndefault_ca=own\n[own]\ndatabase=index.txt\ndefault_md=sha256\ndefault_crl_days=9\n");
    openssl.must("ca", "-config", "ca.cnf", "-gencrl", "-cert", "ca.pem", "-keyfile", "ca.key", "-out", "crl.pem");
    openssl.must("crl2pkcs7", "-in", "crl.pem", "-certfile", "ca.pem", "-outform", "DER", "-out", "crl.p7b");
    const read = readPkcs7(openssl.read("crl.p7b"));
    const [crl] = read.crls;
    if (crl === undefined) throw new Error("no CRL");
    expect(pemEncode("X509 CRL", crl)).toBe(openssl.text("crl.pem"));
    for (const crls of [[crl], [{ der: crl }]]) {
      openssl.write("ours.p7b", writePkcs7({ certificates: read.certificates, crls }));
      const printed = openssl.must("pkcs7", "-inform", "DER", "-in", "ours.p7b", "-print_certs");
      expect(printed).toContain("BEGIN X509 CRL");
      expect(readPkcs7(openssl.read("ours.p7b"))).toEqual(read);
    }
    expect(() => writePkcs7({ crls: [Uint8Array.of(0x30, 0x80, 0, 0)] })).toThrow(
      expect.objectContaining({ code: "DER_BAD_LENGTH" }),
    );
  });

  test("a bundle with bytes changed gives its contents, or an error of ours", () => {
    const der = writePkcs7({ certificates: [leaf, ca], crls: [derSequence(derInteger(1))] });
    const change = fc.array(fc.tuple(fc.nat(der.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(change, fc.nat(der.length), fc.boolean(), (changes, length, cut) => {
        const bytes = cut ? der.slice(0, length) : der.slice();
        for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
        try {
          readPkcs7(bytes);
        } catch (error) {
          expect(X509Error.is(error)).toBe(true);
        }
      }),
      { numRuns: 3000 },
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
    for (const wrong of [undefined, 1]) {
      await expect(encryptPkcs8(pkcs8, wrong as never)).rejects.toMatchObject({ code: "ARGUMENT_INVALID" });
    }
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

  test.each([
    ["Triple DES in PBES2", ["-v2", "des3"], "DES-EDE3-CBC"],
    ["Triple DES of PKCS #12", ["-v1", "PBE-SHA1-3DES"], "pbeWithSHAAnd3-KeyTripleDES-CBC"],
  ])("%s: with legacy: true only", async (_, args, algorithm) => {
    openssl.write("plain.der", pkcs8);
    const files = ["-inform", "DER", "-in", "plain.der", "-passout", "pass:secret", "-out", "old.pem"];
    openssl.must("pkcs8", "-topk8", ...files, ...args);
    const pem = openssl.text("old.pem");
    expect(await decryptPkcs8(pem, "secret", { legacy: true })).toEqual(pkcs8);
    await expect(decryptPkcs8(pem, "secret")).rejects.toMatchObject({ details: { algorithm } });
    await expect(decryptPkcs8(pem, "wrong", { legacy: true })).rejects.toMatchObject({
      code: "KEY_WRONG_PASSPHRASE",
      details: { line: 1 },
    });
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
