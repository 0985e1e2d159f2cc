import { AsnConvert, AsnProp, AsnPropTypes, AsnType, AsnTypeTypes, OctetString } from "@peculiar/asn1-schema";
import {
  Certificate as AsnCertificate,
  AuthorityKeyIdentifier,
  BasicConstraints,
  CertificatePolicies,
  ExtendedKeyUsage,
  KeyUsage,
  Name,
  NameConstraints,
  SubjectAlternativeName,
  SubjectPublicKeyInfo,
} from "@peculiar/asn1-x509";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CertificateRequest } from "../certificate-request.ts";
import { derNull, derSequence, derUtf8String } from "../der/writer.ts";
import { DistinguishedName } from "../distinguished-name/distinguished-name.ts";
import { encodeBasicConstraints } from "../extensions/basic-constraints.ts";
import { encodeNameConstraints, generalSubtree } from "../extensions/name-constraints.ts";
import { ExtensionOid } from "../extensions/oids.ts";
import { PrivateCertificate } from "../private-certificate.ts";
import { PublicKey } from "../public-key.ts";
import { decodeExtension, encodeExtension, fromSchema, toSchema } from "./index.ts";

// Greeting ::= SEQUENCE { text UTF8String, times INTEGER OPTIONAL, secret OCTET STRING OPTIONAL }
class Greeting {
  text: string = "";
  declare times?: number;
  declare secret?: OctetString;
}
AsnType({ type: AsnTypeTypes.Sequence })(Greeting);
AsnProp({ type: AsnPropTypes.Utf8String })(Greeting.prototype, "text");
AsnProp({ type: AsnPropTypes.Integer, optional: true })(Greeting.prototype, "times");
AsnProp({ type: OctetString, optional: true })(Greeting.prototype, "secret");

// CertificationRequest ::= SEQUENCE { certificationRequestInfo ANY, signatureAlgorithm ANY, signature BIT STRING }
class CertificationRequest {
  certificationRequestInfo: ArrayBuffer = new ArrayBuffer(0);
  signatureAlgorithm: ArrayBuffer = new ArrayBuffer(0);
  signature: ArrayBuffer = new ArrayBuffer(0);
}
AsnType({ type: AsnTypeTypes.Sequence })(CertificationRequest);
AsnProp({ type: AsnPropTypes.Any })(CertificationRequest.prototype, "certificationRequestInfo");
AsnProp({ type: AsnPropTypes.Any })(CertificationRequest.prototype, "signatureAlgorithm");
AsnProp({ type: AsnPropTypes.BitString })(CertificationRequest.prototype, "signature");

const oid = "1.3.6.1.4.1.99999.1";

function greeting(text: string, times?: number): Greeting {
  return Object.assign(new Greeting(), { text }, times === undefined ? {} : { times });
}

describe("an extension of one's own", () => {
  test("goes into a certificate and comes out again", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "grapheme" }),
        // The library returns larger integers as text.
        fc.option(fc.nat(2 ** 23 - 1), { nil: undefined }),
        async (text, times) => {
          const value = greeting(text.toWellFormed(), times);
          const extension = encodeExtension(value, { oid, critical: true });
          const certificate = await PrivateCertificate.selfSigned({ subjectAltName: ["x"], extensions: [extension] });
          const found = certificate.extension(oid);
          expect(found?.critical).toBe(true);
          expect(decodeExtension(found, Greeting)).toEqual(value);
        },
      ),
      { numRuns: 25 },
    );
  });

  test("is strict where the library is not", () => {
    const { value } = encodeExtension(greeting("hello"), { oid });
    const extension = (bytes: Uint8Array) => ({ oid, critical: false, value: bytes });
    const trailing = Uint8Array.of(...value, 0);
    // The library alone passes over the byte.
    expect(AsnConvert.parse(trailing, Greeting)).toEqual(greeting("hello"));
    expect(() => decodeExtension(extension(trailing), Greeting)).toThrow(
      expect.objectContaining({ code: "DER_TRAILING_DATA" }),
    );
    const indefinite = Uint8Array.of(0x30, 0x80, ...value.subarray(2), 0, 0);
    expect(() => decodeExtension(extension(indefinite), Greeting)).toThrow(
      expect.objectContaining({ code: "DER_BAD_LENGTH" }),
    );
  });

  test.each([
    ["another type", derNull()],
    ["another field", derSequence(derNull())],
    ["a field too many", derSequence(derUtf8String("x"), derNull())],
  ])("%s than the schema says is DER_BAD_VALUE, with the library's reason as the cause", (_, value) => {
    expect(() => decodeExtension({ oid, critical: false, value }, Greeting)).toThrow(
      expect.objectContaining({ code: "DER_BAD_VALUE", cause: expect.any(Error) }),
    );
  });

  test("a class without a schema, a missing extension and a wrong OID are named", () => {
    class Undescribed {}
    const { value } = encodeExtension(greeting("hello"), { oid });
    const code = "ARGUMENT_INVALID";
    const details = (argument: string) =>
      expect.objectContaining({ code, details: expect.objectContaining({ argument }) });
    expect(() => decodeExtension({ oid, critical: false, value }, Undescribed)).toThrow(details("schema"));
    expect(() => decodeExtension(undefined, Greeting)).toThrow(details("extension"));
    expect(() => encodeExtension(new Undescribed(), { oid })).toThrow(details("value"));
    expect(() => encodeExtension(greeting("x"), { oid: "1.x" })).toThrow(details("oid"));
  });
});

describe("the objects of @peculiar/asn1-x509", async () => {
  const ca = await PrivateCertificate.selfSigned({
    subject: { C: "SE", O: "Exämple", CN: "CA" },
    profile: "ca",
    pathLength: 3,
  });
  const leaf = await ca.issuePrivate({
    subjectAltName: ["example.com", "10.0.0.1", "a@example.com", "https://example.com/"],
    profile: "peer",
    extensions: [
      {
        oid: ExtensionOid.nameConstraints,
        critical: true,
        value: encodeNameConstraints({
          permitted: [generalSubtree("example.com")],
          excluded: [generalSubtree("10.0.0.0/8")],
        }),
      },
    ],
  });

  test.each([
    ["a CA", ca],
    ["a leaf", leaf],
  ])("%s goes there and back without a changed byte", async (_, certificate) => {
    const asn = toSchema(certificate, AsnCertificate);
    expect(new Uint8Array(asn.tbsCertificate.serialNumber)).toEqual(
      Uint8Array.from(certificate.serialNumberHex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)),
    );
    const back = fromSchema(asn);
    expect(back.equals(certificate)).toBe(true);
    expect(await back.verifySignature(ca.publicKey)).toBe(true);
  });

  test("both read every extension the same way", () => {
    const read = <T>(name: keyof typeof ExtensionOid, schema: new () => T) =>
      decodeExtension(leaf.extension(ExtensionOid[name]), schema);
    expect(read("basicConstraints", BasicConstraints).cA).toBe(false);
    expect(decodeExtension(ca.extension(ExtensionOid.basicConstraints), BasicConstraints)).toMatchObject({
      cA: true,
      pathLenConstraint: 3,
    });
    expect(read("keyUsage", KeyUsage).toJSON()).toEqual([...(leaf.keyUsage ?? [])]);
    expect([...read("extendedKeyUsage", ExtendedKeyUsage)]).toEqual(leaf.extendedKeyUsage);
    const names = [...read("subjectAltName", SubjectAlternativeName)];
    expect(
      names.map((name) => name.dNSName ?? name.iPAddress ?? name.rfc822Name ?? name.uniformResourceIdentifier),
    ).toEqual(leaf.subjectAltName?.map(({ value }) => value));
    const authority = read("authorityKeyIdentifier", AuthorityKeyIdentifier);
    expect(new Uint8Array(authority.keyIdentifier?.buffer ?? new ArrayBuffer(0))).toEqual(
      leaf.authorityKeyIdentifier?.keyIdentifier,
    );
    const constraints = read("nameConstraints", NameConstraints);
    expect([...(constraints.permittedSubtrees ?? [])].map(({ base }) => base.dNSName)).toEqual(["example.com"]);
  });

  test("names, requests and extensions go there and back, too", async () => {
    const name = DistinguishedName.parse("CN=ä+OU=b,DC=example,C=AT");
    const asnName = toSchema(name, Name);
    expect(asnName.length).toBe(3);
    const back = fromSchema(asnName, DistinguishedName);
    expect(back.der).toEqual(name.der);
    const issuer = fromSchema(toSchema(leaf, AsnCertificate).tbsCertificate.issuer, DistinguishedName);
    expect(issuer.equals(ca.subject)).toBe(true);

    const request = await leaf.createRequest();
    const again = fromSchema(toSchema(request, CertificationRequest), CertificateRequest);
    expect(again.equals(request)).toBe(true);
    expect(await again.verify()).toBe(true);

    const constraints = new BasicConstraints({ cA: true, pathLenConstraint: 2 });
    const extension = encodeExtension(constraints, { oid: ExtensionOid.basicConstraints, critical: true });
    expect(extension.name).toBe("basicConstraints");
    expect(extension.value).toEqual(encodeBasicConstraints({ ca: true, pathLength: 2 }));

    const spki = toSchema({ der: leaf.publicKey.spki }, SubjectPublicKeyInfo);
    expect(new Uint8Array(spki.subjectPublicKey)).toEqual(leaf.publicKey.keyBytes);
    expect(fromSchema(spki, { fromDer: PublicKey.fromSpki }).equals(leaf.publicKey)).toBe(true);
  });

  test("a certificate that was changed there is checked as strictly as any other", () => {
    const asn = toSchema(leaf, AsnCertificate);
    asn.signatureValue = new ArrayBuffer(3);
    expect(fromSchema(asn).signature.length).toBe(3);
    expect(() => fromSchema(greeting("no certificate"))).toThrow(
      expect.objectContaining({ code: "CERTIFICATE_INVALID" }),
    );
    expect(() => toSchema(leaf, CertificatePolicies)).toThrow(expect.objectContaining({ code: "DER_BAD_VALUE" }));
  });
});
