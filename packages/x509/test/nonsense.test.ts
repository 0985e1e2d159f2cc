// What no compiler would let through: every public function, with every kind of nonsense in place of each argument and
// each option, succeeds or throws an error of ours, which names the argument.

import { exportedFunctions, methodsOf, rightArguments } from "@tlskit/cases";
import { describe, expect, test } from "vitest";
import * as asn1 from "../src/asn1/index.ts";
import * as compat from "../src/compat/index.ts";
import * as containers from "../src/containers/index.ts";
import * as x509 from "../src/index.ts";

const ca = await x509.PrivateCertificate.selfSigned({ subject: { CN: "CA" }, profile: "ca" });
const leaf = await ca.issuePrivate({ subjectAltName: ["localhost"] });
const { keyPair, publicKey } = leaf;
const request = await x509.CertificateRequest.create({ subject: { CN: "a" }, keyPair });
const crl = await x509.issueCrl(ca, { crlNumber: 1 });
const ocspRequest = x509.OcspRequest.create({ certificate: leaf, issuer: ca });
const jwk = await keyPair.toJwk();
const publicJwk = await publicKey.toJwk();

const nonsense: readonly unknown[] = [
  ...[undefined, null, 1, Number.NaN, true, "nonsense", Symbol("s"), 1n, () => 1],
  ...[{}, [], [null], [undefined], [1], [{}], new Map(), new Date(Number.NaN), new Date(), new Uint8Array(3)],
  ...[leaf, leaf.subject, publicKey, Object.create(x509.Certificate.prototype), Object.create(null)],
  ...[new Proxy({}, {}), new Proxy(leaf, {}), new Proxy(publicKey, {}), [new Proxy(leaf, {})]],
];

/** Calls with each of them, and returns what went wrong in another way than it should. */
async function mistakes(call: (value: never) => unknown): Promise<string[]> {
  const found: string[] = [];
  for (const [index, value] of nonsense.entries()) {
    try {
      await call(value as never);
    } catch (error) {
      const isOurs = x509.X509Error.is(error);
      const isNamed = isOurs && (error.code !== "ARGUMENT_INVALID" || error.details.argument !== "");
      if (!isNamed) found.push(`${index}: ${error}`);
    }
  }
  return found;
}

/** Arguments that are right, by the name of the function, so that the one after them is looked at. */
const right: Readonly<Record<string, readonly unknown[]>> = {
  allFromPem: [leaf.toPem()],
  create: [{ certificate: leaf, issuer: ca }],
  crossSign: [ca],
  decryptPkcs8: [await keyPair.toPem({ passphrase: "x" })],
  digest: ["SHA-256"],
  encodeExtension: [{}],
  equals: [leaf],
  find: [1n],
  fromDer: [await keyPair.toDer()],
  fromPem: [leaf.toPem() + (await keyPair.toPem())],
  fromSchema: [{}],
  fingerprint: ["sha-256"],
  issueCrl: [ca],
  makeExtension: ["keyUsage", ["digitalSignature"]],
  matches: [leaf],
  of: [{ CN: "a" }],
  parse: ["CN=a"],
  pemEncode: ["CERTIFICATE"],
  readPkcs12: [new Uint8Array(9)],
  renew: [leaf],
  sign: [request],
  spkiHash: ["sha-256"],
  toSchema: [leaf],
  verify: [leaf.signatureAlgorithm, leaf.signature],
  verifySync: [leaf.signatureAlgorithm, leaf.signature],
  with: [{ CN: "a" }],
  writePkcs12: [{ identities: [leaf] }],
};

// What only this package calls, with what it has checked.
const internal: ReadonlySet<string> = new Set(
  [
    "fromOwn",
    "fromChecked",
    "fromCheckedView",
    "viewOf",
    "byteLengthOf",
    "cacheOf",
    "outlineOf",
    "hasOneName",
    "read",
    "firstValue",
  ].concat("isAbout"),
);

const { DN: _, ...exported } = x509;
const [certId] = ocspRequest.requests.map((one) => one.certId);
const callables = [
  ...exportedFunctions({ x509: exported, compat, containers, asn1 }),
  ...methodsOf({
    certificate: x509.Certificate.fromDer(leaf.der),
    ...{ leaf, keyPair, publicKey, request, crl, ocspRequest, name: leaf.subject, certId: certId ?? {} },
    basic: x509.BasicCertificate.fromDer(leaf.der),
    ocspResponse: x509.OcspResponse.fromDer(Uint8Array.of(0x30, 3, 0x0a, 1, 3)),
    extension: leaf.extensions[0] ?? {},
  }),
].filter(({ name }) => !internal.has(name));

describe("arguments", () => {
  test.each(callables)("$label", async ({ name, run }) => {
    const before = rightArguments(name, right);
    for (let count = 0; count <= before.length; count++) {
      const given = before.slice(0, count);
      expect(await mistakes((value) => run(...given, value))).toEqual([]);
    }
  });
});

describe("new DerReader", () => {
  test.each([
    ["bytes", (value: never) => new x509.DerReader(value)],
    ["bytes, with offsets", (value: never) => new x509.DerReader(value, 0, 0)],
    ["start", (value: never) => new x509.DerReader(leaf.der, value)],
    ["end", (value: never) => new x509.DerReader(leaf.der, 0, value)],
  ])("%s", async (_, make) => {
    expect(await mistakes((value) => readThrough(make(value)))).toEqual([]);
  });

  test.each([[-1], [0.5], [1, 0], [0, 4], [4], [Number.NaN], [0, Number.POSITIVE_INFINITY]])(
    "the range %s %s of three bytes is refused",
    (...range) => {
      expect(() => new x509.DerReader(new Uint8Array(3), ...range)).toThrow(
        expect.objectContaining({ code: "ARGUMENT_INVALID" }),
      );
    },
  );
});

/** Whatever was taken as bytes must be readable as such. */
function readThrough(reader: x509.DerReader): void {
  while (reader.peek() !== -1) reader.raw();
}

type Options = readonly [string, readonly string[], (options: Record<string, unknown>) => unknown];

const common =
  "subject subjectAltName notBefore notAfter days serialNumber pathLength keyUsage extendedKeyUsage extensions " +
  "signatureAlgorithm force profile";
const points = "fullName relativeName reasons crlIssuer";
const target = { certificate: leaf, issuer: ca };
const options: readonly Options[] = [
  [
    "PrivateCertificate.selfSigned",
    `${common} keyPair`.split(" "),
    (one) => x509.PrivateCertificate.selfSigned({ subjectAltName: ["a"], keyPair, ...one } as never),
  ],
  ["issue", `${common} publicKey`.split(" "), (one) => ca.issue({ subjectAltName: ["a"], publicKey, ...one } as never)],
  ["issuePrivate", ["key", "keyPair"], (one) => ca.issuePrivate({ subjectAltName: ["a"], ...one } as never)],
  ["sign", `${common} approve allowWeakHash`.split(" "), (one) => ca.sign(request, { approve: () => true, ...one })],
  ["sign, approve returns", common.split(" "), (one) => ca.sign(request, { approve: () => one } as never)],
  ["crossSign", common.split(" "), (one) => ca.crossSign(ca, one as never)],
  ["PrivateCertificate.from", ["chain"], (one) => x509.PrivateCertificate.from(leaf, keyPair, one as never)],
  ["PrivateCertificate.toPem", ["passphrase"], (one) => leaf.toPem({ includeKey: true, ...one } as never)],
  [
    "CertificateRequest.create",
    "subject subjectAltName keyPair extensions attributes challengePassword signatureAlgorithm".split(" "),
    (one) => x509.CertificateRequest.create({ subject: { CN: "a" }, keyPair, ...one } as never),
  ],
  [
    "issueCrl",
    (
      "crlNumber entries thisUpdate nextUpdate days deltaOf issuingDistributionPoint freshestCrl extensions " +
      "signatureAlgorithm force"
    ).split(" "),
    (one) => x509.issueCrl(ca, { crlNumber: 1, ...one } as never),
  ],
  [
    "issueCrl, entries",
    "serialNumber revocationDate reason invalidityDate certificateIssuer extensions".split(" "),
    (one) => x509.issueCrl(ca, { crlNumber: 1, entries: [{ serialNumber: 1n, ...one }] } as never),
  ],
  ["OcspRequest.create, target", ["certificate", "issuer"], (one) => x509.OcspRequest.create({ ...target, ...one })],
  ["OcspRequest.create", ["hash", "nonce", "extensions"], (one) => x509.OcspRequest.create(target, one as never)],
  ["KeyPair.generate", ["type", "curve"], (one) => x509.KeyPair.generate({ type: "ecdsa", ...one } as never)],
  ["KeyPair.generate, rsa", ["bits"], (one) => x509.KeyPair.generate({ type: "rsa", ...one } as never)],
  ["KeyPair.fromJwk", ["kty", "crv", "x", "y", "d"], (one) => x509.KeyPair.fromJwk({ ...jwk, ...one } as never)],
  ["PublicKey.fromJwk", ["kty", "crv", "x", "y"], (one) => x509.PublicKey.fromJwk({ ...publicJwk, ...one })],
  ["KeyPair.toPem", ["type", "passphrase"], (one) => keyPair.toPem(one as never)],
  ["KeyPair.sign", ["algorithm"], (one) => keyPair.sign(new Uint8Array(3), one as never)],
  ["writePkcs7", ["certificates", "crls"], (one) => containers.writePkcs7(one as never)],
  [
    "a distribution point",
    points.split(" "),
    (one) => x509.encodeCrlDistributionPoints([{ fullName: ["http://a.example"], ...one } as never]),
  ],
  ...Object.keys(x509.ExtensionOid).map(
    (name): Options => ["makeExtension", [name], (one) => x509.makeExtension(name as never, one[name] as never)],
  ),
];

describe("options", () => {
  test.each(options.flatMap(([label, names, call]) => names.map((name) => ({ label, name, call }))))(
    "$label: $name",
    async ({ name, call }) => {
      expect(await mistakes((value) => call({ [name]: value }))).toEqual([]);
    },
  );

  test("the error says which of several it is", async () => {
    const bad = x509.PrivateCertificate.selfSigned({ subjectAltName: ["localhost", null as never] });
    await expect(bad).rejects.toMatchObject({ details: { argument: "subjectAltName[1]" } });
    const worse = x509.PrivateCertificate.selfSigned({
      subjectAltName: ["a"],
      extensions: [{ oid: "2.5.29.99" } as never],
    });
    await expect(worse).rejects.toMatchObject({ details: { argument: "extensions[0].value" } });
  });
});
