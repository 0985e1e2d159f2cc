// An option that is undefined is as if left out, everywhere; but a passphrase that is none is refused.

import { type EveryUndefined, type LeftOutTrial, undefinedMistakes } from "@tlskit/cases";
import { describe, expect, test } from "vitest";
import { encodeExtension } from "../src/asn1/index.ts";
import {
  decryptPkcs8,
  type Pkcs7Input,
  type Pkcs12Input,
  type ReadPkcs12Options,
  readPkcs12,
  type WritePkcs12Options,
  writePkcs7,
  writePkcs12,
} from "../src/containers/index.ts";
import * as x509 from "../src/index.ts";

const { Certificate, CertificateRequest, DistinguishedName, KeyPair, OcspCertId, OcspRequest, PrivateCertificate } =
  x509;
const day = new Date("2031-01-01T00:00:00Z");
const ca = await PrivateCertificate.selfSigned({ subject: { CN: "CA" }, profile: "ca" });
const leaf = await ca.issuePrivate({ subjectAltName: ["localhost"] });
const { keyPair, publicKey } = leaf;
const request = await CertificateRequest.create({ subject: { CN: "a" }, keyPair });
const encrypted = await keyPair.toPem({ passphrase: "x" });
const encryptedDer = await keyPair.toDer({ passphrase: "x" });
const p12 = await writePkcs12(leaf, "x", { iterations: 2048 });

/** What a certificate says that is not drawn by lot. */
const told = (certificate: x509.Certificate): unknown => [
  certificate.subject.toString(),
  certificate.signatureAlgorithm.name,
  Math.round((Number(certificate.notAfter) - Number(certificate.notBefore)) / 86_400_000),
  certificate.extensions.map(({ oid, critical }) => [oid, critical]),
  certificate.basicConstraints,
  [...(certificate.keyUsage ?? [])],
  certificate.extendedKeyUsage,
];

const newCertificate: EveryUndefined<x509.NewCertificateOptions> = {
  subject: undefined,
  subjectAltName: undefined,
  notBefore: undefined,
  notAfter: undefined,
  days: undefined,
  serialNumber: undefined,
  pathLength: undefined,
  keyUsage: undefined,
  extendedKeyUsage: undefined,
  extensions: undefined,
  signatureAlgorithm: undefined,
  force: undefined,
};
const selfSigned: EveryUndefined<x509.SelfSignedOptions> = {
  ...newCertificate,
  profile: undefined,
  keyPair: undefined,
  key: undefined,
};
const issue: EveryUndefined<x509.IssueOptions> = {
  ...newCertificate,
  profile: undefined,
  keyPair: undefined,
  publicKey: undefined,
};
const issueCommon: EveryUndefined<x509.IssueCommonOptions> = { ...newCertificate, profile: undefined };
const issuePrivate: EveryUndefined<x509.IssuePrivateOptions> = { ...issueCommon, keyPair: undefined, key: undefined };
const { profile: _, subject: __, ...crossSigned } = issueCommon;
const crossSign: EveryUndefined<x509.CrossSignOptions> = crossSigned;
const verifyRequest: EveryUndefined<x509.RequestVerifyOptions> = { allowWeakHash: undefined };
const sign: EveryUndefined<x509.SignRequestOptions> = { ...issueCommon, ...verifyRequest };
const createRequest: EveryUndefined<x509.CertificateRequestOptions> = {
  subject: undefined,
  subjectAltName: undefined,
  extensions: undefined,
  attributes: undefined,
  challengePassword: undefined,
  signatureAlgorithm: undefined,
};
const crl: EveryUndefined<x509.CrlOptions> = {
  entries: undefined,
  thisUpdate: undefined,
  nextUpdate: undefined,
  days: undefined,
  deltaOf: undefined,
  issuingDistributionPoint: undefined,
  freshestCrl: undefined,
  extensions: undefined,
  signatureAlgorithm: undefined,
  force: undefined,
};
const crlEntry: EveryUndefined<x509.CrlEntryInput> = {
  revocationDate: undefined,
  reason: undefined,
  invalidityDate: undefined,
  certificateIssuer: undefined,
  extensions: undefined,
};
const generate: EveryUndefined<x509.KeyGenerationOptions> = { curve: undefined, bits: undefined, hash: undefined };
const exporting: EveryUndefined<x509.KeyExportOptions, "passphrase"> = { type: undefined };
const loading: EveryUndefined<x509.KeyLoadOptions> = { passphrase: undefined, legacy: undefined };
const signer: EveryUndefined<x509.Signer> = { signatureAlgorithm: undefined, dsaEncoding: undefined };
const name: EveryUndefined<x509.NameOptions> = { strict: undefined };
const ocsp: EveryUndefined<x509.OcspRequestOptions> = { hash: undefined, nonce: undefined, extensions: undefined };
const point: EveryUndefined<x509.DistributionPointFields> = {
  fullName: undefined,
  relativeName: undefined,
  reasons: undefined,
  crlIssuer: undefined,
};
const issuingPoint: EveryUndefined<x509.IssuingDistributionPointInput> = {
  fullName: undefined,
  relativeName: undefined,
  onlyContainsUserCerts: undefined,
  onlyContainsCACerts: undefined,
  onlyContainsAttributeCerts: undefined,
  indirectCRL: undefined,
  onlySomeReasons: undefined,
};
const keyIdentifier: EveryUndefined<x509.AuthorityKeyIdentifierInput> = {
  keyIdentifier: undefined,
  issuer: undefined,
  serialNumber: undefined,
};
const basic: EveryUndefined<x509.BasicConstraintsInput> = { pathLength: undefined };
const policy: EveryUndefined<x509.PolicyInformationInput> = { qualifiers: undefined };
const policyLimits: EveryUndefined<x509.PolicyConstraintsInput> = {
  requireExplicitPolicy: undefined,
  inhibitPolicyMapping: undefined,
};
const usagePeriod: EveryUndefined<x509.PrivateKeyUsagePeriodInput> = { notBefore: undefined, notAfter: undefined };
const nameConstraints: EveryUndefined<x509.NameConstraintsInput> = { permitted: undefined, excluded: undefined };
const reading: EveryUndefined<ReadPkcs12Options> = {
  legacy: undefined,
  maxIterations: undefined,
  insecurelyAllowMissingMac: undefined,
};
const writing: EveryUndefined<WritePkcs12Options> = { iterations: undefined };
const contents: EveryUndefined<Pkcs12Input> = {
  identities: undefined,
  certificates: undefined,
  keyPairs: undefined,
  crls: undefined,
  friendlyNames: undefined,
  localKeyIds: undefined,
};
const bundle: EveryUndefined<Pkcs7Input> = { certificates: undefined, crls: undefined };

const asn1 = { toSchema: () => ({}) };
const names = { subjectAltName: ["localhost"] };
const fullName = ["http://a.example"];
const trials: readonly LeftOutTrial[] = [
  {
    label: "PrivateCertificate.selfSigned",
    every: selfSigned,
    given: names,
    call: async (one) => told(await PrivateCertificate.selfSigned(one)),
  },
  { label: "issue", every: issue, given: { ...names, publicKey }, call: async (one) => told(await ca.issue(one)) },
  { label: "issuePrivate", every: issuePrivate, given: names, call: async (one) => told(await ca.issuePrivate(one)) },
  { label: "crossSign", every: crossSign, call: async (one) => told(await ca.crossSign(ca, one)) },
  {
    label: "sign",
    every: sign,
    given: { approve: () => true },
    call: async (one) => told(await ca.sign(request, one)),
  },
  {
    label: "what approve answers",
    every: issueCommon,
    call: async (one) => told(await ca.sign(request, { approve: () => one })),
  },
  {
    label: "PrivateCertificate.from",
    every: { chain: undefined },
    call: (one) => PrivateCertificate.from(leaf, keyPair, one).chain.length,
  },
  { label: "renew", every: { chain: undefined }, call: (one) => leaf.renew(leaf, one).chain.length },
  { label: "PrivateCertificate.toPem", every: { includeKey: undefined }, call: (one) => leaf.toPem(one) },
  { label: "KeyPair.generate", every: generate, given: { type: "ecdsa" }, call: label },
  { label: "KeyPair.generate, rsa-pss", every: generate, given: { type: "rsa-pss" }, call: label },
  { label: "KeyPair.toPem", every: exporting, call: (one) => keyPair.toPem(one) },
  { label: "KeyPair.toDer", every: exporting, call: (one) => keyPair.toDer(one) },
  {
    label: "KeyPair.fromPem",
    every: loading,
    given: { passphrase: "x" },
    call: async (one) => (await KeyPair.fromPem(encrypted, one)).inspect(),
  },
  {
    label: "KeyPair.fromDer",
    every: loading,
    given: { passphrase: "x" },
    call: async (one) => (await KeyPair.fromDer(encryptedDer, one)).inspect(),
  },
  {
    label: "PrivateCertificate.fromPem",
    every: loading,
    given: { passphrase: "x" },
    call: async (one) => (await PrivateCertificate.fromPem(leaf.toPem() + encrypted, one)).toString(),
  },
  {
    label: "KeyPair.fromSigner",
    every: signer,
    given: { publicKey, sign: () => new Uint8Array() },
    call: (one) => KeyPair.fromSigner(one).signatureAlgorithm().name,
  },
  {
    label: "KeyPair.sign",
    every: { algorithm: undefined },
    call: async (one) => typeof (await keyPair.sign(new Uint8Array(3), one)),
  },
  { label: "spkiHash", every: { format: undefined }, call: (one) => publicKey.spkiHash("sha-256", one) },
  { label: "fingerprint", every: { format: undefined }, call: (one) => leaf.fingerprint("sha-256", one) },
  {
    label: "CertificateRequest.create",
    every: createRequest,
    given: { keyPair, ...names },
    call: async (one) => {
      const made = await CertificateRequest.create(one);
      return [made.subject.toString(), made.attributes.map(({ oid }) => oid), made.signatureAlgorithm.name];
    },
  },
  { label: "assertVerified", every: verifyRequest, call: (one) => request.assertVerified(one) },
  {
    label: "issueCrl",
    every: crl,
    given: { crlNumber: 1 },
    call: async (one) => {
      const { extensions, entryCount, nextUpdate, thisUpdate } = await x509.issueCrl(ca, one);
      return [extensions.map(({ oid }) => oid), entryCount, Number(nextUpdate) - Number(thisUpdate)];
    },
  },
  {
    label: "issueCrl, an entry",
    every: crlEntry,
    given: { serialNumber: 1n },
    call: async (one) => {
      const list = await x509.issueCrl(ca, { crlNumber: 1, thisUpdate: day, entries: [one] });
      return list.find(1n);
    },
  },
  {
    label: "OcspRequest.create",
    every: ocsp,
    call: (one) => OcspRequest.create({ certificate: leaf, issuer: ca }, one).extensions.map(({ oid }) => oid),
  },
  { label: "OcspCertId.of", every: { hash: undefined }, call: (one) => OcspCertId.of(leaf, ca, one).der },
  { label: "DistinguishedName.of", every: name, call: (one) => DistinguishedName.of({ C: "long" }, one) },
  { label: "DistinguishedName.of, fields", every: { CN: undefined, O: undefined }, call: (one) => nameOf(one) },
  { label: "DistinguishedName.parse", every: name, call: (one) => DistinguishedName.parse("C=long", one) },
  { label: "with, changes", every: { CN: undefined }, call: (one) => leaf.subject.with(one).toString() },
  { label: "with", every: name, call: (one) => leaf.subject.with({ C: "long" }, one) },
  { label: "inspect", every: { order: undefined }, call: (one) => leaf.subject.inspect(one) },
  { label: "opensslNameHash", every: { old: undefined }, call: (one) => x509.opensslNameHash(leaf.subject, one) },
  {
    label: "makeExtension",
    every: { critical: undefined },
    call: (one) => x509.makeExtension("keyUsage", ["digitalSignature"], one).critical,
  },
  { label: "encodeBasicConstraints", every: basic, given: { ca: true }, call: x509.encodeBasicConstraints },
  { label: "encodePolicyConstraints", every: policyLimits, call: x509.encodePolicyConstraints },
  { label: "encodePrivateKeyUsagePeriod", every: usagePeriod, call: x509.encodePrivateKeyUsagePeriod },
  { label: "encodeAuthorityKeyIdentifier", every: keyIdentifier, call: x509.encodeAuthorityKeyIdentifier },
  { label: "encodeNameConstraints", every: nameConstraints, call: x509.encodeNameConstraints },
  {
    label: "encodeCertificatePolicies",
    every: policy,
    given: { oid: "2.23.140.1.2.1" },
    call: (one) => x509.encodeCertificatePolicies([one]),
  },
  {
    label: "encodeCrlDistributionPoints",
    every: point,
    given: { fullName },
    call: (one) => x509.encodeCrlDistributionPoints([one]),
  },
  {
    label: "encodeIssuingDistributionPoint",
    every: issuingPoint,
    given: { onlyContainsUserCerts: true },
    call: x509.encodeIssuingDistributionPoint,
  },
  {
    label: "encodeExtension",
    every: { critical: undefined },
    given: { oid: "1.2.3" },
    call: (one) => encodeExtension(asn1, one),
  },
  {
    label: "decryptPkcs8",
    every: { legacy: undefined, maxIterations: undefined },
    call: (one) => decryptPkcs8(encryptedDer, "x", one),
  },
  { label: "readPkcs12", every: reading, call: async (one) => (await readPkcs12(p12, "x", one)).identities.length },
  { label: "writePkcs12", every: writing, call: async (one) => (await writePkcs12(leaf, "x", one)).length > 0 },
  {
    label: "writePkcs12, contents",
    every: contents,
    given: { certificates: [ca] },
    call: async (one) => (await writePkcs12(one, "x", { iterations: 2048 })).length,
  },
  { label: "writePkcs7", every: bundle, given: { certificates: [Certificate.fromDer(ca.der)] }, call: writePkcs7 },
];

async function label(options: never): Promise<string> {
  return (await KeyPair.generate(options)).publicKey.label;
}

function nameOf(fields: x509.NameFields): string {
  return DistinguishedName.of(fields).toString();
}

test.each(trials)("$label: undefined is as if left out", async (trial) => {
  expect(await undefinedMistakes(trial)).toEqual([]);
});

describe("a passphrase that nobody has set writes no key in clear", () => {
  const unset = { passphrase: undefined } as never;
  const details = expect.objectContaining({ argument: "passphrase" });
  const refused = { code: "ARGUMENT_INVALID", details };
  test("KeyPair.toPem", () => expect(keyPair.toPem(unset)).rejects.toMatchObject(refused));
  test("KeyPair.toDer", () => expect(keyPair.toDer(unset)).rejects.toMatchObject(refused));
  test("PrivateCertificate.toPem", () => {
    const options = { includeKey: true, passphrase: undefined } as never;
    expect(() => leaf.toPem(options)).toThrow(expect.objectContaining(refused));
    expect(() => leaf.toPem(unset)).toThrow(expect.objectContaining(refused));
  });
});
