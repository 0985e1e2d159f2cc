// Whatever nobody would read is refused: a misspelt option is a key in clear, a CRL that revokes nobody, a CA without
// limits.

import { describe, expect, test } from "vitest";
import { newCa } from "../../test/authority.ts";
import { readPkcs12, writePkcs7, writePkcs12 } from "../containers/index.ts";
import {
  Certificate,
  CertificateRequest,
  DistinguishedName,
  encodeBasicConstraints,
  generalSubtree,
  issueCrl,
  KeyPair,
  makeExtension,
  OcspCertId,
  OcspRequest,
  opensslNameHash,
  PrivateCertificate,
  X509Error,
} from "../index.ts";

const ca = await newCa();
const keyPair = await KeyPair.generate();
const leaf = await ca.issuePrivate({ subjectAltName: ["a.example"], keyPair });
const bare = Certificate.fromDer(leaf.der);
const request = await CertificateRequest.create({ keyPair, subjectAltName: ["a.example"] });
const { publicKey } = keyPair;

const noCheck = { oid: "1.3.6.1.5.5.7.48.1.5", value: Uint8Array.of(5, 0) };

/** What a caller in JavaScript may pass. */
const js = (value: unknown): never => value as never;

describe("a name that nobody reads", () => {
  test.each<[string, () => unknown]>([
    ["password", () => keyPair.toPem(js({ password: "x" }))],
    ["passPhrase", () => keyPair.toDer(js({ passPhrase: "x" }))],
    ["password", () => keyPair.toPem().then((pem) => KeyPair.fromPem(pem, js({ password: "x" })))],
    ["password", () => keyPair.toDer().then((der) => KeyPair.fromDer(der, js({ password: "x" })))],
    ["hash", () => keyPair.sign(new Uint8Array(1), js({ hash: "SHA-256" }))],
    ["includekey", () => leaf.toPem(js({ includekey: true }))],
    ["chains", () => PrivateCertificate.from(bare, keyPair, js({ chains: [ca] }))],
    ["length", () => PrivateCertificate.from(bare, keyPair, js({ length: 0 }))],
    ["chains", () => leaf.renew(bare, js({ chains: [ca] }))],
    ["publicKey", () => PrivateCertificate.selfSigned(js({ subject: { CN: "a" }, publicKey }))],
    ["publicKey", () => ca.issuePrivate(js({ subjectAltName: ["a"], publicKey }))],
    ["key", () => ca.issue(js({ subjectAltName: ["a"], publicKey, key: "rsa" }))],
    ["keyPair", () => ca.sign(request, js({ approve: () => true, keyPair }))],
    ["publicKey", () => ca.sign(request, { approve: () => js({ publicKey }) })],
    ["subject", () => ca.crossSign(ca, js({ subject: { CN: "other" } }))],
    ["entires", () => issueCrl(ca, js({ crlNumber: 1, entires: [] }))],
    ["serial", () => issueCrl(ca, js({ crlNumber: 1, entries: [{ serialNumber: 1n, serial: 1n }] }))],
    ["certs", () => writePkcs7(js({ certs: [leaf] }))],
    ["identity", () => writePkcs12(js({ identity: leaf, certificates: [ca] }), "x")],
    ["iteration", () => writePkcs12(leaf, "x", js({ iteration: 1_000_000 }))],
    ["Legacy", () => readPkcs12(new Uint8Array(1), "x", js({ Legacy: true }))],
    ["encoding", () => leaf.publicKey.spkiHash("sha-256", js({ encoding: "hex" }))],
    ["weak", () => request.assertVerified(js({ weak: true }))],
    ["Strict", () => DistinguishedName.of({ CN: "a" }, js({ Strict: false }))],
    ["Strict", () => DistinguishedName.parse("CN=a", js({ Strict: false }))],
    ["Strict", () => leaf.subject.with({ CN: "a" }, js({ Strict: false }))],
    ["sort", () => leaf.subject.inspect(js({ sort: "label" }))],
    ["Old", () => opensslNameHash(leaf.subject, js({ Old: true }))],
    ["criticl", () => ca.issue({ publicKey, extensions: js([{ ...noCheck, criticl: true }]) })],
    ["Hash", () => OcspCertId.of(leaf, ca, js({ Hash: "SHA-256" }))],
    ["Hash", () => OcspRequest.create({ certificate: leaf, issuer: ca }, js({ Hash: "SHA-256" }))],
    ["encoding", () => leaf.fingerprint("sha-256", js({ encoding: "hex" }))],
    ["pathLen", () => makeExtension("basicConstraints", js({ ca: true, pathLen: 0 }))],
    ["CA", () => encodeBasicConstraints(js({ CA: true }))],
    [
      "permited",
      () =>
        makeExtension("nameConstraints", js({ permited: [generalSubtree("a")], excluded: [generalSubtree("b.a")] })),
    ],
    ["keyid", () => makeExtension("authorityKeyIdentifier", js({ keyid: new Uint8Array(3) }))],
    ["inhibitMapping", () => makeExtension("policyConstraints", js({ requireExplicitPolicy: 0, inhibitMapping: 0 }))],
    ["reason", () => makeExtension("crlDistributionPoints", js([{ fullName: ["http://a.example/"], reason: [] }]))],
    [
      "onlyContainsUserCert",
      () =>
        issueCrl(ca, { crlNumber: 1, issuingDistributionPoint: js({ indirectCRL: true, onlyContainsUserCert: true }) }),
    ],
    ["crit", () => makeExtension("keyUsage", ["cRLSign"], js({ crit: false }))],
  ])("%s", async (name, call) => {
    await expect((async () => call())()).rejects.toMatchObject({
      code: "ARGUMENT_INVALID",
      details: {
        argument: expect.stringMatching(new RegExp(`(^|\\.)${name}$`)),
        expected: expect.stringContaining("one of"),
      },
    });
  });

  test("is told from those that are alike", async () => {
    await expect(issueCrl(ca, js({ crlNumber: 1, entires: [] }))).rejects.toThrow("entries");
  });
});

describe("what cannot be meant", () => {
  test.each<[string, () => unknown]>([
    ["publicKey", () => ca.issue(js({ subjectAltName: ["a"], publicKey, keyPair }))],
    ["force", () => ca.issue(js({ subjectAltName: ["a"], publicKey, force: "yes" }))],
    ["identities[0]", () => writePkcs12({ identities: [js(bare)] }, "x")],
    ["certificates[0]", () => writePkcs7({ certificates: [js(leaf.toPem())] })],
    ["subject", () => ca.issue(js({ subject: "CN=a", publicKey }))],
    ["oid", () => leaf.extension("subjectAltName")],
    ["oid", () => issueCrl(ca, { crlNumber: 1 }).then((crl) => crl.extension("crlNumber"))],
    ["oid", () => OcspRequest.create({ certificate: leaf, issuer: ca }).extension("ocspNonce")],
    ["subject", () => ca.issue(js({ subject: new Map([["CN", "a"]]), publicKey }))],
    ["fields", () => DistinguishedName.of(js(new Map([["CN", "a"]])))],
    ["fields", () => DistinguishedName.of(js(leaf.subject))],
    ["options", () => PrivateCertificate.from(bare, keyPair, js([ca]))],
    ["contents", () => writePkcs7(js([leaf]))],
    ["strict", () => DistinguishedName.of({ C: "SWE" }, js({ strict: 0 }))],
    ["order", () => leaf.subject.inspect(js({ order: "encodd" }))],
    ["critical", () => makeExtension("keyUsage", ["cRLSign"], js({ critical: "no" }))],
    ["extensions[0].critical", () => ca.issue({ publicKey, extensions: js([{ ...noCheck, critical: "no" }]) })],
    [
      "issuingDistributionPoint.indirectCRL",
      () => issueCrl(ca, { crlNumber: 1, issuingDistributionPoint: js({ indirectCRL: "no" }) }),
    ],
  ])("%s", async (argument, call) => {
    await expect((async () => call())()).rejects.toMatchObject({ code: "ARGUMENT_INVALID", details: { argument } });
  });
});

describe("options are taken as they are when the function is called", () => {
  const names = (certificate: Certificate) =>
    certificate.subjectAltName?.map((name) => (name.type === "dns" ? name.value : name));

  test("one object may be used again at once", async () => {
    const options = { subjectAltName: ["first.example"], notAfter: new Date("2090-01-01") };
    for (const make of [PrivateCertificate.selfSigned, ca.issuePrivate.bind(ca)]) {
      options.subjectAltName = ["first.example"];
      const first = make(options);
      options.subjectAltName = ["second.example"];
      const second = make(options);
      options.subjectAltName.push("third.example");
      options.notAfter.setUTCFullYear(2091);
      expect(names(await first)).toEqual(["first.example"]);
      expect(names(await second)).toEqual(["second.example"]);
      expect((await first).notAfter).toEqual(new Date("2090-01-01"));
      options.notAfter.setUTCFullYear(2090);
    }
  });

  test("a request is signed with the options of the call", async () => {
    const options = { approve: () => true, subjectAltName: ["first.example"] };
    const first = ca.sign(request, options);
    options.subjectAltName = ["second.example"];
    expect(names(await first)).toEqual(["first.example"]);
  });

  const inherited = ["force", "profile"].flatMap((name) => [true, false].map((enumerable) => ({ name, enumerable })));
  test.each(inherited)("what $name all objects inherit does not count, enumerable: $enumerable", async (one) => {
    const { name, enumerable } = one;
    Object.defineProperty(Object.prototype, name, {
      value: name === "force" ? true : "intermediate",
      configurable: true,
      enumerable,
    });
    const code = (call: () => Promise<unknown>): Promise<unknown> =>
      call().then(
        () => undefined,
        (error: unknown) => (X509Error.is(error) ? error.code : error),
      );
    // No expectation inside: what they are made of inherits it, too.
    const codes: unknown[] = [];
    try {
      codes.push(await code(() => leaf.issue({ publicKey, subjectAltName: ["x"] })));
      codes.push(await code(() => ca.issuePrivate({ subjectAltName: ["x"] })));
    } finally {
      Reflect.deleteProperty(Object.prototype, name);
    }
    expect(codes).toEqual(["NOT_A_CA", undefined]);
  });
});
