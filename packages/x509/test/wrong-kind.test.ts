// A file of another kind, given to each loader: the error keeps its code and place, and names who reads what was given.

import { describe, expect, test } from "vitest";
import { readPkcs7, readPkcs12, writePkcs7, writePkcs12 } from "../src/containers/index.ts";
import {
  BasicCertificate,
  Certificate,
  CertificateRequest,
  CertificateRevocationList,
  issueCrl,
  KeyPair,
  OcspRequest,
  OcspResponse,
  PrivateCertificate,
  PublicKey,
  pemDecode,
  pemEncode,
  X509Error,
} from "../src/index.ts";

const ca = await PrivateCertificate.selfSigned({ subject: { CN: "CA" }, profile: "ca" });
const leaf = await ca.issuePrivate({ subjectAltName: ["a.test"] });
const rsa = await KeyPair.generate("rsa");
const request = await CertificateRequest.create({ subject: { CN: "a" }, keyPair: leaf.keyPair });
const crl = await issueCrl(ca, { crlNumber: 1 });

const keys = "KeyPair (private keys)";
const pkcs7 = "readPkcs7 of @tlskit/x509/containers";
const pkcs12 = "readPkcs12 of @tlskit/x509/containers";

/** What it is, who reads it, the DER, and its PEM label. */
const things: readonly (readonly [what: string, reader: string, der: Uint8Array, label?: string])[] = [
  ["a certificate", "Certificate", leaf.der, "CERTIFICATE"],
  ["a certificate request", "CertificateRequest", request.der, "CERTIFICATE REQUEST"],
  ["a CRL", "CertificateRevocationList", crl.der, "X509 CRL"],
  ["a public key", "PublicKey", leaf.publicKey.spki, "PUBLIC KEY"],
  ["PKCS #8", keys, await leaf.keyPair.toDer(), "PRIVATE KEY"],
  ["SEC 1", keys, await leaf.keyPair.toDer({ type: "sec1" }), "EC PRIVATE KEY"],
  ["PKCS #1", keys, await rsa.toDer({ type: "pkcs1" }), "RSA PRIVATE KEY"],
  ["encrypted PKCS #8", keys, await leaf.keyPair.toDer({ passphrase: "x" }), "ENCRYPTED PRIVATE KEY"],
  ["an OCSP request", "OcspRequest", OcspRequest.create({ certificate: leaf, issuer: ca }).der],
  ["an OCSP response", "OcspResponse", Uint8Array.of(0x30, 3, 0x0a, 1, 3)],
  ["PKCS #7", pkcs7, writePkcs7({ certificates: [leaf] }), "PKCS7"],
  ["PKCS #12", pkcs12, await writePkcs12({ identities: [leaf] }, "x"), "PKCS12"],
];

type Load = (input: never) => unknown;

const derLoaders: readonly (readonly [reader: string, Load])[] = [
  ["Certificate", Certificate.fromDer],
  ["Certificate", Certificate.parse],
  ["CertificateRequest", CertificateRequest.fromDer],
  ["CertificateRevocationList", CertificateRevocationList.fromDer],
  ["OcspRequest", OcspRequest.fromDer],
  ["OcspResponse", OcspResponse.fromDer],
  ["PublicKey", PublicKey.fromSpki],
  [keys, (der: Uint8Array) => KeyPair.fromDer(der, { passphrase: "x" })],
  [pkcs7, readPkcs7],
  [pkcs12, (der: Uint8Array) => readPkcs12(der, "x")],
];

const pemLoaders: readonly (readonly [reader: string, Load])[] = [
  ["Certificate", Certificate.fromPem],
  ["Certificate", Certificate.allFromPem],
  ["CertificateRequest", CertificateRequest.fromPem],
  ["CertificateRevocationList", CertificateRevocationList.fromPem],
  ["CertificateRevocationList", CertificateRevocationList.allFromPem],
  ["PublicKey", PublicKey.fromPem],
  [keys, (text: string) => KeyPair.fromPem(text, { passphrase: "x" })],
  [keys, async (text: string) => KeyPair.fromPemBlock(onlyBlock(text), { passphrase: "x" })],
  [pkcs7, readPkcs7],
];

describe.each(things.map(([what, ...rest]) => [what, rest] as const))(
  "KEY-01 REQ-03: %s",
  (_, [reader, der, label]) => {
    test.each(derLoaders)("in DER, given to %s", async (loader, load) => {
      const error = await refusal(() => load(der as never));
      if (loader === reader) {
        expect(error).toBeUndefined();
        return;
      }
      expect(error?.message).toMatch(new RegExp(`: this is for ${reader.replaceAll(/[()]/g, "\\$&")}$`));
      expect(error?.details).toHaveProperty("expected");
      expect(error?.details).toHaveProperty("offset", expect.any(Number));
    });

    if (label !== undefined)
      test.each(pemLoaders)("in PEM, given to %s", async (loader, load) => {
        const error = await refusal(() => load(pemEncode(label, der) as never));
        if (loader === reader) {
          expect(error).toBeUndefined();
          return;
        }
        expect(error).toMatchObject({ code: "PEM_WRONG_LABEL", details: { line: 1, label } });
        expect(error?.message).toContain(`: this is for ${reader}`);
      });
  },
);

test("the code and the details are those of the small reader, which has no room for the hint", async () => {
  for (const [, reader, der] of things) {
    if (reader === "Certificate") continue;
    const ours = await refusal(() => Certificate.fromDer(der));
    const basic = await refusal(() => BasicCertificate.fromDer(der));
    expect([ours?.code, ours?.details]).toEqual([basic?.code, basic?.details]);
    expect(Object.hasOwn(ours ?? {}, "cause")).toBe(false);
    expect(ours?.message.startsWith(basic?.message ?? "?")).toBe(true);
  }
});

test("what is nothing known, or damaged, gets no hint", async () => {
  for (const der of [Uint8Array.of(0x30, 0), Uint8Array.of(5, 0), leaf.der.subarray(0, 99), new Uint8Array()]) {
    expect((await refusal(() => Certificate.fromDer(der)))?.message).not.toContain("this is for");
  }
});

test("a certificate under the label of another thing, and the other way round", async () => {
  const text = pemEncode("CERTIFICATE", request.der);
  expect((await refusal(() => Certificate.fromPem(text)))?.message).toMatch(/this is for CertificateRequest$/);
  const other = pemEncode("PRIVATE KEY", leaf.der);
  expect((await refusal(() => KeyPair.fromPem(other)))?.message).toMatch(/this is for Certificate$/);
});

test("KEY-13: errors about the label of a key list the labels that would do", async () => {
  const expected = "PRIVATE KEY or ENCRYPTED PRIVATE KEY or RSA PRIVATE KEY or EC PRIVATE KEY";
  const openssh = pemEncode("OPENSSH PRIVATE KEY", new Uint8Array(3));
  expect((await refusal(() => KeyPair.fromPem(openssh)))?.message).toContain(`expected ${expected}`);
  const details = { line: 1, label: "CERTIFICATE", expected };
  expect(await refusal(() => KeyPair.fromPem(leaf.toPem()))).toMatchObject({ details });
  expect(await refusal(() => KeyPair.fromPemBlock(onlyBlock(leaf.toPem())))).toMatchObject({ details });
  for (const load of [PublicKey.fromPem, (text: string) => PublicKey.fromPemBlock(onlyBlock(text))]) {
    const error = await refusal(() => load(leaf.toPem()));
    expect(error).toMatchObject({ code: "PEM_WRONG_LABEL", details: { expected: "PUBLIC KEY or RSA PUBLIC KEY" } });
  }
});

async function refusal(load: () => unknown): Promise<X509Error | undefined> {
  try {
    await load();
    return undefined;
  } catch (error) {
    if (!X509Error.is(error)) throw error;
    return error;
  }
}

function onlyBlock(text: string) {
  const [block] = pemDecode(text);
  if (block === undefined) throw new Error("no block");
  return block;
}
