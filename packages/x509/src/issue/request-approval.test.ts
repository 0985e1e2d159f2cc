// Requests that are signed: who decides, and what of a request is taken over.

import { afterAll, describe, expect, test } from "vitest";
import { newCa, opensslVerify } from "../../test/authority.ts";
import { Openssl } from "../../test/openssl.ts";
import { derUtf8String } from "../der/writer.ts";
import {
  CertificateRequest,
  ExtendedKeyUsage,
  ExtensionOid,
  encodeBasicConstraints,
  KeyPair,
  PrivateCertificate,
} from "../index.ts";

const openssl = new Openssl();
afterAll(() => openssl[Symbol.dispose]());

describe("REQ-07, REQ-08: signing requests", async () => {
  const keyPair = await KeyPair.generate();
  const wantsCa = { oid: ExtensionOid.basicConstraints, critical: true, value: encodeBasicConstraints({ ca: true }) };
  const request = await CertificateRequest.create({
    subject: { O: "Example", CN: "example.com" },
    subjectAltName: ["example.com", "10.0.0.1"],
    extensions: [wantsCa, { oid: "1.2.3.4", critical: false, value: derUtf8String("hello") }],
    keyPair,
  });
  const ca = await newCa();

  test.each([
    ["true", () => true],
    ["a promise of true", () => Promise.resolve(true)],
    ["no changes", () => ({})],
  ])("%s: subject, names and key as requested, and nothing else", async (_, approve) => {
    for (const input of [request, request.toPem(), request.der]) {
      const certificate = await ca.sign(input, { approve, days: 7 });
      expect(certificate.subject.equals(request.subject)).toBe(true);
      expect(certificate.subjectAltName).toEqual(request.subjectAltName);
      expect(certificate.publicKey.equals(keyPair.publicKey)).toBe(true);
      expect(certificate.basicConstraints).toEqual({ ca: false });
      expect(certificate.extension("1.2.3.4")).toBeUndefined();
      const leaf = PrivateCertificate.from(certificate, keyPair);
      expect(opensslVerify(openssl, ca, leaf, "sslserver", "-verify_hostname", "example.com")).toBe("leaf.pem: OK\n");
    }
  });

  test.each([
    ["false", () => false],
    ["undefined", () => undefined],
    ["null", () => null],
    ["a promise of false", () => Promise.resolve(false)],
    ["text", () => "yes" as never],
    ["a number", () => 1 as never],
  ])("%s: rejected", async (_, approve) => {
    await expect(ca.sign(request, { approve })).rejects.toMatchObject({
      code: "REQUEST_REJECTED",
      details: { subject: "CN=example.com,O=Example" },
    });
  });

  test("what approve throws comes out as it is", async () => {
    const error = new RangeError("no");
    await expect(
      ca.sign(request, {
        approve: () => {
          throw error;
        },
      }),
    ).rejects.toBe(error);
    await expect(ca.sign(request, { approve: () => Promise.reject(error) })).rejects.toBe(error);
  });

  test("the answer may change what is issued, and copy extensions by name", async () => {
    const certificate = await ca.sign(request, {
      approve: ({ requestedExtensions }) => ({
        subject: { CN: "changed" },
        profile: "client",
        extensions: requestedExtensions.filter(({ oid }) => oid === "1.2.3.4"),
      }),
    });
    expect(certificate.subject.toString()).toBe("CN=changed");
    expect(certificate.extendedKeyUsage).toEqual([ExtendedKeyUsage.clientAuth]);
    expect(certificate.extension("1.2.3.4")).toBeDefined();
    expect(certificate.basicConstraints?.ca).toBe(false);
    expect(certificate.publicKey.equals(keyPair.publicKey)).toBe(true);
  });

  test.each(["evil.example\0.example.org", "a b.example.org", "*.*.example.org", "a..example.org", "10.0.0.1"])(
    "%j is no DNS name: rejected, unless the answer has the names",
    async (value) => {
      const odd = await CertificateRequest.create({ subjectAltName: [{ type: "dns", value }], keyPair });
      const rejected = { code: "REQUEST_REJECTED", details: { reason: expect.stringContaining("is no DNS name") } };
      await expect(ca.sign(odd, { approve: () => true })).rejects.toMatchObject(rejected);
      await expect(ca.sign(odd, { approve: () => ({ subject: { CN: "x" } }) })).rejects.toMatchObject(rejected);
      const approve = () => ({ subjectAltName: ["good.example"] });
      expect((await ca.sign(odd, { approve })).subjectAltName).toEqual([{ type: "dns", value: "good.example" }]);
    },
  );

  test.each(["a.example", "*.example", "A_b.example", "xn--bcher-kva.example", "localhost"])(
    "%s is one",
    async (value) => {
      const asked = await CertificateRequest.create({ subjectAltName: [{ type: "dns", value }], keyPair });
      expect((await ca.sign(asked, { approve: () => true })).subjectAltName).toEqual([{ type: "dns", value }]);
    },
  );

  test("nobody decides: refused", async () => {
    for (const options of [[{}], [undefined], []]) {
      const signed = ca.sign(request, ...(options as [never]));
      await expect(signed).rejects.toMatchObject({ code: "ARGUMENT_INVALID", details: { argument: "approve" } });
    }
  });

  test("REQ-17: two keys sign each other's requests", async () => {
    const [a, b] = [await newCa({ subject: { CN: "A" } }), await newCa({ subject: { CN: "B" } })];
    const approve = () => true;
    const aByB = await b.sign(await a.createRequest(), { approve });
    const bByA = await a.sign(await b.createRequest(), { approve });
    expect(await aByB.verifySignature(b.publicKey)).toBe(true);
    expect(await bByA.verifySignature(a.publicKey)).toBe(true);
    expect(opensslVerify(openssl, b, PrivateCertificate.from(aByB, a.keyPair), "sslserver")).toBe("leaf.pem: OK\n");
    expect(opensslVerify(openssl, a, PrivateCertificate.from(bByA, b.keyPair), "sslserver")).toBe("leaf.pem: OK\n");
  });
});
