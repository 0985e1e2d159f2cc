// Nobody can change what a value says by changing what it gave: bytes, Dates and sets are fresh copies, and the rest is
// frozen. By reflection, so that a new getter, method, class or function is looked at, too.

import { Certificate as AsnCertificate, BasicConstraints, Name } from "@peculiar/asn1-x509";
import { describe, expect, test } from "vitest";
import * as asn1 from "../src/asn1/index.ts";
import * as compat from "../src/compat/index.ts";
import * as containers from "../src/containers/index.ts";
import * as x509 from "../src/index.ts";
import { certificates, crls, ocspRequests, ocspResponses, privateKeys, publicKeys, requests } from "./fuzz/seeds.ts";
import { type Calls, lookAt, namesOf, vandalise } from "./vandal.ts";

const ca = await x509.PrivateCertificate.selfSigned({ subject: { CN: "CA" }, profile: "ca" });
const keyPair = await x509.KeyPair.generate();
const leaf = await ca.issuePrivate({ subjectAltName: ["a.example", "10.0.0.1"], keyPair });
const target = { certificate: leaf, issuer: ca };
const p12 = await containers.writePkcs12({ identities: [leaf], certificates: [ca] }, "x", { iterations: 2048 });
const pem = leaf.toPem() + (await keyPair.toPem()) + keyPair.publicKey.toPem();
const signature = await keyPair.sign(new Uint8Array(1));
const asBytes = { format: "bytes" };
const extensionNames = Object.keys(x509.ExtensionOid);
const oids = Object.values(x509.ExtensionOid);

const calls: Calls = {
  arguments: {
    extension: oids.map((oid) => [oid]),
    requestedExtension: extensionNames.map((name) => [name]),
    fingerprint: [["sha-256", asBytes], []],
    spkiHash: [["sha-256", asBytes], []],
    get: [["CN"]],
    getAll: [["CN"]],
    with: [[{ CN: "other" }]],
    find: [[1n], [leaf.serialNumber]],
    responsesFor: [[leaf, ca]],
    isValidAt: [[new Date(0)]],
    equals: [[ca]],
    equalsUnordered: [[ca.subject]],
    isWithin: [[ca.subject]],
    matches: [[leaf, ca]],
    verifySignature: [[ca.publicKey]],
    verifySignatureSync: [[ca.publicKey]],
    verify: [[keyPair.signatureAlgorithm(), signature, new Uint8Array(1)], []],
    verifySync: [[keyPair.signatureAlgorithm(), signature, new Uint8Array(1)]],
    signatureAlgorithm: [[]],
    withParametersOf: [[keyPair.publicKey]],
    toPem: [[], [{ includeKey: true }]],
    toDer: [[], [{ type: "sec1" }]],
  },
  // Keys of WebCrypto say nothing; the others make something new, signed or random, each time.
  skipped: new Set(["toCryptoKey", "sign", "issue", "issuePrivate", "crossSign", "createRequest", "renew", "load"]),
};

// The roots of a system are all alike to this test.
const some = certificates.slice(0, 12);

const specimens: Readonly<Record<string, readonly object[]>> = {
  certificate: [...some.map((der) => x509.Certificate.fromDer(der)), x509.Certificate.fromDer(leaf.der)],
  "basic certificate": some.map((der) => x509.BasicCertificate.fromDer(der)),
  "private certificate": [leaf, ca],
  request: requests.map((der) => x509.CertificateRequest.fromDer(der)),
  "revocation list": crls.map((der) => x509.CertificateRevocationList.fromDer(der)),
  "request to OCSP": [
    ...ocspRequests.map((der) => x509.OcspRequest.fromDer(der)),
    x509.OcspRequest.create(target, { nonce: new Uint8Array(16) }),
  ],
  "response of OCSP": ocspResponses.map((der) => x509.OcspResponse.fromDer(der)),
  "id of OCSP": [x509.OcspCertId.of(leaf, ca)],
  "public key": publicKeys.map((der) => x509.PublicKey.fromSpki(der)),
  "key pair": [
    keyPair,
    ...(await Promise.all(privateKeys.map((der) => x509.KeyPair.fromDer(der).catch(() => keyPair)))),
  ],
  name: [ca.subject, x509.DistinguishedName.of({ CN: ["a", "b"], O: "c" })],
  "basic name": [x509.BasicCertificate.fromDer(leaf.der).subject],
};

describe.each(Object.entries(specimens))("%s", (_, all) => {
  test.each(all.map((one, index) => [index, one] as const))("%i", async (_index, one) => {
    const before = await lookAt(one, calls);
    expect(await vandalise(one, calls)).toBeGreaterThan(0);
    expect(await lookAt(one, calls)).toBe(before);
  });
});

// A reader is a cursor over bytes of the caller's, which are read where they are; an error is his who caught it.
const isExempt = (value: unknown): boolean =>
  [x509.DerReader, x509.TlsKitError, x509.X509Error].includes(value as never);

test("every class has a specimen, and every method that needs arguments has some", () => {
  const all = Object.values(specimens).flat();
  const classes = Object.values({ ...x509, ...asn1, ...compat, ...containers }).filter(
    (value) => typeof value === "function" && Object.getOwnPropertyDescriptor(value, "prototype")?.writable === false,
  );
  const without = classes.filter((one) => !isExempt(one) && !all.some((value) => value instanceof (one as never)));
  expect(without.map((one) => Reflect.get(one, "name"))).toEqual([]);
  const unknown = all.flatMap((value) =>
    namesOf(value).filter((name) => {
      const found: unknown =
        name in value && Object.getOwnPropertyDescriptor(Object.getPrototypeOf(value), name)?.value;
      return typeof found === "function" && found.length > 0 && !(name in calls.arguments) && !calls.skipped.has(name);
    }),
  );
  expect([...new Set(unknown)]).toEqual([]);
});

/** For each function of the package, a call: whoever spoils the answer does not spoil the next one. */
const functions: Readonly<Record<string, () => unknown>> = {
  digest: () => x509.digest("SHA-256", leaf.der),
  escapeControls: () => x509.escapeControls("a"),
  formatGeneralName: () => x509.formatGeneralName({ type: "dns", value: "a" }),
  generalName: () => x509.generalName("10.0.0.1"),
  generalSubtree: () => x509.generalSubtree("10.0.0.0/8"),
  opensslNameHash: () => x509.opensslNameHash(ca.subject),
  parseAny: () => x509.parseAny(pem),
  pemDecode: () => x509.pemDecode(pem),
  pemEncode: () => x509.pemEncode("CERTIFICATE", leaf.der),
  readExtensionValue: () => x509.readExtensionValue("keyUsage", Uint8Array.of(3, 2, 1, 6)),
  readSignatureAlgorithm: () => x509.readSignatureAlgorithm(leaf.signatureAlgorithm.der),
  signatureAlgorithm: () => x509.signatureAlgorithm("ecdsa-with-SHA256"),
  makeExtension: () => x509.makeExtension("extendedKeyUsage", [x509.ExtendedKeyUsage.serverAuth]),
  encodeAcmeIdentifier: () => x509.encodeAcmeIdentifier(new Uint8Array(32)),
  encodeAltName: () => x509.encodeAltName(["a.example", "10.0.0.1"]),
  encodeAuthorityInfoAccess: () => x509.encodeAuthorityInfoAccess([{ method: "1.2.3", location: "a.example" }]),
  encodeAuthorityKeyIdentifier: () => x509.encodeAuthorityKeyIdentifier({ keyIdentifier: new Uint8Array(3) }),
  encodeBasicConstraints: () => x509.encodeBasicConstraints({ ca: true }),
  encodeCertificateIssuer: () => x509.encodeCertificateIssuer([{ type: "directory", value: ca.subject }]),
  encodeCertificatePolicies: () => x509.encodeCertificatePolicies(["1.2.3"]),
  encodeCrlDistributionPoints: () => x509.encodeCrlDistributionPoints(["http://a.example/"]),
  encodeCrlNumber: () => x509.encodeCrlNumber(5n),
  encodeDeltaCrlIndicator: () => x509.encodeDeltaCrlIndicator(5n),
  encodeExtendedKeyUsage: () => x509.encodeExtendedKeyUsage(["1.2.3"]),
  encodeFreshestCrl: () => x509.encodeFreshestCrl(["http://a.example/"]),
  encodeInhibitAnyPolicy: () => x509.encodeInhibitAnyPolicy(1),
  encodeInvalidityDate: () => x509.encodeInvalidityDate(new Date(0)),
  encodeIssuingDistributionPoint: () => x509.encodeIssuingDistributionPoint({ indirectCRL: true }),
  encodeKeyUsage: () => x509.encodeKeyUsage(["cRLSign"]),
  encodeNameConstraints: () => x509.encodeNameConstraints({ permitted: ["a.example"] }),
  encodePolicyConstraints: () => x509.encodePolicyConstraints({ requireExplicitPolicy: 0 }),
  encodePolicyMappings: () => x509.encodePolicyMappings([{ issuerDomainPolicy: "1.2", subjectDomainPolicy: "1.3" }]),
  encodePrivateKeyUsagePeriod: () => x509.encodePrivateKeyUsagePeriod({ notBefore: new Date(0) }),
  encodeReasonCode: () => x509.encodeReasonCode("superseded"),
  encodeSignedCertificateTimestamps: () =>
    x509.encodeSignedCertificateTimestamps([{ version: "unknown", bytes: Uint8Array.of(1) }]),
  encodeSubjectDirectoryAttributes: () =>
    x509.encodeSubjectDirectoryAttributes([{ oid: "1.2.3", values: [Uint8Array.of(5, 0)] }]),
  encodeSubjectInfoAccess: () => x509.encodeSubjectInfoAccess([{ method: "1.2.3", location: "a.example" }]),
  encodeSubjectKeyIdentifier: () => x509.encodeSubjectKeyIdentifier(new Uint8Array(3)),
  encodeTlsFeature: () => x509.encodeTlsFeature([5]),
  toSchema: () => asn1.toSchema(leaf.subject, Name),
  fromSchema: () => asn1.fromSchema(asn1.toSchema(leaf, AsnCertificate)),
  decodeExtension: () => asn1.decodeExtension(leaf.extension(x509.ExtensionOid.basicConstraints), BasicConstraints),
  encodeExtension: () => asn1.encodeExtension(new BasicConstraints({ cA: true }), { oid: "2.5.29.19" }),
  inspect: () => compat.inspect(leaf),
  inspectKeyPair: () => compat.inspectKeyPair(keyPair),
  inspectName: () => compat.inspectName(ca.subject),
  inspectPublicKey: () => compat.inspectPublicKey(keyPair.publicKey),
  keyHash: () => compat.keyHash(keyPair.publicKey),
  representation: () => compat.representation(leaf),
  certificatesFromPkcs7: () => containers.certificatesFromPkcs7(containers.writePkcs7({ certificates: [leaf] })),
  readPkcs7: () => containers.readPkcs7(containers.writePkcs7({ certificates: [leaf], crls: [...crls] })),
  writePkcs7: () => containers.writePkcs7({ certificates: [leaf] }),
  readPkcs12: () => containers.readPkcs12(p12, "x"),
  decryptPkcs8: () => containers.decryptPkcs8(encrypted, "x"),
};
const encrypted = await containers.encryptPkcs8(await keyPair.toDer(), "x");
// Random, or signed, each time.
const random = new Set(["issueCrl", "encryptPkcs8", "writePkcs12"]);

test("every function has a call", () => {
  const all = Object.entries({ ...x509, ...asn1, ...compat, ...containers }).filter(
    ([, value]) =>
      typeof value === "function" && Object.getOwnPropertyDescriptor(value, "prototype")?.writable !== false,
  );
  const without = all.filter(([name]) => !(name in functions) && !random.has(name));
  expect(without.map(([name]) => name)).toEqual([]);
});

test.each(Object.entries(functions))("the answer of %s is the caller's own", async (_, call) => {
  const before = await lookAt(await call(), calls);
  await vandalise(await call(), calls);
  expect(await lookAt(await call(), calls)).toBe(before);
});

test.each(Object.entries(x509).filter(([, value]) => typeof value === "object"))(
  "the constants of %s are frozen",
  (_, constants) => {
    expect(Object.isFrozen(constants)).toBe(true);
  },
);

test("bytes, Dates and lists that were given are copied", async () => {
  const der = leaf.der;
  const given = [x509.Certificate.fromDer(der), x509.BasicCertificate.fromDer(der)];
  const before = await lookAt(given, calls);
  der.fill(0);
  expect(await lookAt(given, calls)).toBe(before);
  const value = x509.encodeTlsFeature([5]);
  const extensions = [{ oid: x509.ExtensionOid.tlsFeature, critical: false, value }];
  const notAfter = new Date(Date.now() + 3_600_000);
  const made = ca.issue({ keyPair, subjectAltName: ["a.example"], extensions, notAfter });
  value.fill(0);
  notAfter.setTime(0);
  extensions.length = 0;
  expect((await made).tlsFeature).toEqual([5]);
});
