// Constructors that only the types hide: in JavaScript people call them. None of them shares the bytes it is given, nor
// makes an object that its loaders would not make.

import { describe, expect, test } from "vitest";
import * as x509 from "../src/index.ts";

const ca = await x509.PrivateCertificate.selfSigned({ subject: { CN: "CA" }, profile: "ca" });
const other = await x509.KeyPair.generate();
const request = await x509.CertificateRequest.create({ subject: { CN: "a" }, keyPair: other });
const crl = await x509.issueCrl(ca, { crlNumber: 1 });

type Constructor = new (...args: readonly unknown[]) => object;

const ofBytes: readonly (readonly [name: string, Constructor, Uint8Array])[] = [
  ["BasicCertificate", x509.BasicCertificate as never, ca.der],
  ["Certificate", x509.Certificate as never, ca.der],
  ["CertificateRequest", x509.CertificateRequest as never, request.der],
  ["CertificateRevocationList", x509.CertificateRevocationList as never, crl.der],
  ["OcspRequest", x509.OcspRequest as never, x509.OcspRequest.create({ certificate: ca, issuer: ca }).der],
  ["OcspResponse", x509.OcspResponse as never, Uint8Array.of(0x30, 3, 0x0a, 1, 3)],
  ["OcspCertId", x509.OcspCertId as never, x509.OcspCertId.of(ca, ca).der],
  ["DistinguishedName", x509.DistinguishedName as never, ca.subject.der],
  ["PublicKey", x509.PublicKey as never, ca.publicKey.spki],
];

describe.each(ofBytes)("new %s", (_, Class, der) => {
  test("copies the bytes", () => {
    const given = der.slice();
    const made = new Class(given) as { readonly der?: Uint8Array; readonly spki?: Uint8Array };
    given.fill(0);
    expect(made.der ?? made.spki).toEqual(der);
  });

  test.each<[string, unknown]>([
    ["nothing", undefined],
    ["text", ca.toPem()],
    ["an object", { CN: "a" }],
    ["an array", [...der]],
  ])("refuses %s", (_what, given) => {
    expect(() => new Class(given)).toThrow(expect.objectContaining({ code: "ARGUMENT_INVALID" }));
  });

  test("refuses what its loaders refuse", () => {
    for (const bytes of [new Uint8Array(), der.subarray(1), Uint8Array.of(...der, 0)]) {
      let caught: unknown;
      try {
        new Class(bytes);
      } catch (error) {
        caught = error;
      }
      // An OcspCertId has no loader: it stands inside of a message that was checked.
      if (Class !== (x509.OcspCertId as unknown) || bytes.length < der.length)
        expect(x509.X509Error.is(caught)).toBe(true);
    }
  });
});

test("a subclass of Certificate has bytes of its own, too", () => {
  class Counted extends x509.Certificate {
    constructor(der: Uint8Array) {
      super(der);
    }
  }
  const given = ca.der;
  const counted = new Counted(given);
  given.fill(0);
  expect(counted.subject.CN).toBe("CA");
});

test("new KeyPair says how key pairs are made", () => {
  const KeyPair = x509.KeyPair as unknown as Constructor;
  for (const args of [[], [ca.toPem()], [{}]]) {
    expect(() => new KeyPair(...args)).toThrow(
      expect.objectContaining({ code: "ARGUMENT_INVALID", message: expect.stringContaining("KeyPair.fromPem") }),
    );
  }
});

test("KEY-18: new PrivateCertificate compares the keys, as PrivateCertificate.from does", () => {
  const Private = x509.PrivateCertificate as unknown as Constructor;
  const certificate = x509.Certificate.fromDer(ca.der);
  expect(() => new Private(certificate, other)).toThrow(expect.objectContaining({ code: "KEY_MISMATCH" }));
  expect(() => new Private(certificate)).toThrow(expect.objectContaining({ code: "ARGUMENT_INVALID" }));
  expect(() => new Private(ca.der, other)).toThrow(expect.objectContaining({ code: "ARGUMENT_INVALID" }));
  expect((new Private(certificate, ca.keyPair) as x509.PrivateCertificate).chain).toEqual([]);
});
