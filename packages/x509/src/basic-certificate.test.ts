// BasicCertificate says what Certificate says, and refuses what Certificate refuses.

import { inspect } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import {
  BasicCertificate,
  BasicName,
  Certificate,
  DistinguishedName,
  generalName,
  PrivateCertificate,
  X509Error,
} from "./index.ts";

let identity: PrivateCertificate;
beforeAll(async () => {
  identity = await PrivateCertificate.selfSigned({
    subject: { C: "SE", O: "Exämple, AB", CN: "a.example", emailAddress: "a@example.com" },
    subjectAltName: ["a.example", "192.0.2.1", "2001:db8::1", "mailto:a@example.com", "a@example.com"],
  });
});

describe("what is read", () => {
  test("is what Certificate reads", () => {
    const basic = BasicCertificate.fromPem(identity.toPem());
    const full = Certificate.fromPem(identity.toPem());
    const fields = [
      ...(["version", "serialNumber", "notBefore", "notAfter", "signatureAlgorithmOid"] as const),
      ...(["signature", "tbsCertificate", "subjectPublicKeyInfo", "der", "basicConstraints", "keyUsage"] as const),
      ...(["extendedKeyUsage", "subjectAltName"] as const),
    ];
    for (const field of fields) expect([field, basic[field]]).toEqual([field, full[field]]);
    expect(basic.subjectPublicKeyInfo).toEqual(full.publicKey.spki);
    expect(basic.signatureAlgorithmOid).toBe(full.signatureAlgorithm.oid);
    expect(basic.isValidAt(new Date())).toBe(true);
    expect(basic.equals(full)).toBe(true);
    expect(`${basic}`).toBe(`${full}`);
  });

  test("names can be read, and are names", () => {
    const { subject, issuer } = BasicCertificate.fromDer(identity.der);
    expect(subject).toBeInstanceOf(BasicName);
    expect(subject).not.toBeInstanceOf(DistinguishedName);
    expect([subject.CN, subject.O, subject.C, subject.emailAddress, subject.OU]).toEqual([
      ...["a.example", "Exämple, AB", "SE", "a@example.com", undefined],
    ]);
    expect(issuer.toString()).toBe(identity.issuer.toString());
    expect(issuer.rdns).toEqual(identity.issuer.rdns);
    expect(JSON.stringify({ subject })).toBe(JSON.stringify({ subject: identity.subject }));
    expect(inspect(subject)).toBe(inspect(identity.subject));
  });

  test("a Certificate is one, with more", () => {
    const full = Certificate.parse(identity.der);
    expect(full).toBeInstanceOf(BasicCertificate);
    expect(full.subject).toBeInstanceOf(DistinguishedName);
  });

  test.each(["fromDer", "fromPem", "allFromPem", "parse"] as const)("%s refuses what Certificate refuses", (load) => {
    for (const input of ["", identity.toPem().replace("MII", "M!I"), identity.der.slice(1), new Uint8Array(0)]) {
      const code = (type: typeof BasicCertificate): string => {
        try {
          type[load](input as never);
        } catch (error) {
          return X509Error.is(error) ? `${error.code} ${error.message}` : String(error);
        }
        return "taken";
      };
      expect(code(BasicCertificate)).toBe(code(Certificate));
      expect(code(BasicCertificate)).toMatch(/^[A-Z0-9_]+ /);
    }
  });
});

describe("whoever decides by a certificate", () => {
  class Lying extends Certificate {
    static of(certificate: Certificate): Lying {
      return new Lying(certificate);
    }
    override get basicConstraints(): { readonly ca: boolean } {
      return { ca: true };
    }
  }

  test("can ask for one that says what its DER says", () => {
    const certificate = Certificate.fromDer(identity.der);
    expect(Certificate.genuine(certificate)).toBe(certificate);
    const lying = Lying.of(certificate);
    expect(lying.basicConstraints.ca).toBe(true);
    expect(Certificate.genuine(lying).basicConstraints?.ca).toBe(false);
    const patched = Object.defineProperty(Certificate.fromDer(identity.der), "serialNumber", { value: 1n });
    expect(Certificate.genuine(patched).serialNumber).toBe(identity.serialNumber);
    expect(Certificate.genuine(identity).equals(certificate)).toBe(true);
  });

  test.each([[undefined], [{}], [Object.create(Certificate.prototype)]])("is told of what is none: %o", (value) => {
    expect(() => Certificate.genuine(value as never)).toThrow(expect.objectContaining({ code: "ARGUMENT_INVALID" }));
  });
});

test("console.log shows the bytes of a name, not a getter", () => {
  expect(inspect(generalName("127.0.0.1"))).toBe(
    "{\n  type: 'ip',\n  value: '127.0.0.1',\n  bytes: Uint8Array(4) [ 127, 0, 0, 1 ]\n}",
  );
  expect(inspect(identity.signatureAlgorithm)).not.toContain("[Getter]");
  expect(inspect(identity.subjectAltName)).not.toContain("[Getter]");
});
