// OCSP against OpenSSL, both ways, and what is refused.

import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { errorCode } from "../../test/error-code.ts";
import { ed25519 } from "../../test/make-certificate.ts";
import { Openssl } from "../../test/openssl.ts";
import { concatBytes } from "../bytes.ts";
import {
  derBitString,
  derBoolean,
  derExplicit,
  derGeneralizedTime,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derSequence,
  derTime,
  derTlv,
} from "../der/writer.ts";
import {
  DistinguishedName,
  ExtendedKeyUsage,
  ExtensionOid,
  OcspCertId,
  type OcspHashName,
  OcspRequest,
  OcspResponse,
  PrivateCertificate,
} from "../index.ts";

const openssl = new Openssl();
afterAll(() => openssl[Symbol.dispose]());

let ca: PrivateCertificate;
let responder: PrivateCertificate;
let good: PrivateCertificate;
let revoked: PrivateCertificate;
let unknown: PrivateCertificate;

beforeAll(async () => {
  ca = await PrivateCertificate.selfSigned({ profile: "ca", subject: { CN: "OCSP CA" } });
  responder = await ca.issuePrivate({ subject: { CN: "Responder" }, extendedKeyUsage: [ExtendedKeyUsage.ocspSigning] });
  good = await ca.issuePrivate({ subjectAltName: ["good.test"], serialNumber: 0x1001n });
  revoked = await ca.issuePrivate({ subjectAltName: ["revoked.test"], serialNumber: 0x1002n });
  unknown = await ca.issuePrivate({ subjectAltName: ["unknown.test"], serialNumber: 0x1003n });
  openssl.write("ca.pem", ca.toPem());
  openssl.write("good.pem", good.toPem());
  openssl.write("revoked.pem", revoked.toPem());
  openssl.write("responder.pem", responder.toPem());
  openssl.write("responder.key", await responder.keyPair.toPem());
  openssl.write(
    "index.txt",
    "V\t351231000000Z\t\t1001\tunknown\t/CN=a\nR\t351231000000Z\t250102030405Z,superseded\t1002\tunknown\t/CN=b\n",
  );
});

function respond(request: Uint8Array, ...more: readonly string[]): OcspResponse {
  openssl.write("request.der", request);
  const signer = ["-rsigner", "responder.pem", "-rkey", "responder.key"];
  const files = ["-index", "index.txt", "-CA", "ca.pem", "-reqin", "request.der", "-respout", "response.der"];
  openssl.must("ocsp", ...files, ...signer, ...more);
  return OcspResponse.fromDer(openssl.read("response.der"));
}

describe("requests that are made here, OpenSSL prints and answers", () => {
  test.each<[OcspHashName, string]>([
    ["SHA-1", "sha1"],
    ["SHA-256", "sha256"],
    ["SHA-384", "sha384"],
    ["SHA-512", "sha512"],
  ])("ids by %s", async (hash, name) => {
    const targets = [good, revoked, unknown].map((certificate) => ({ certificate, issuer: ca }));
    const request = OcspRequest.create(targets, { hash });
    openssl.write("made.der", request.der);
    const text = openssl.must("ocsp", "-reqin", "made.der", "-req_text");
    expect(text).toContain(`Hash Algorithm: ${name}`);
    expect(text).toContain("Serial Number: 1002");
    expect(text).toContain("OCSP Nonce");
    expect(request.nonce).toHaveLength(32);
    const response = respond(request.der, "-ndays", "2");
    const basic = response.basic;
    if (basic === undefined) return expect.fail(response.status);
    expect(basic.nonce).toEqual(request.nonce);
    expect(basic.responses.map(({ status }) => status)).toEqual(["good", "revoked", "unknown"]);
    expect(basic.responses.map(({ certId }) => certId.hash)).toEqual([hash, hash, hash]);
    expect(basic.responsesFor(revoked, ca)).toHaveLength(1);
    const [one] = basic.responsesFor(revoked, ca);
    expect(one?.revocationDate).toEqual(new Date("2025-01-02T03:04:05Z"));
    expect(one?.reason).toBe("superseded");
    expect((one?.nextUpdate?.getTime() ?? 0) - (one?.thisUpdate.getTime() ?? 0)).toBe(2 * 86_400_000);
    expect(basic.responses[0]).toMatchObject({ revocationDate: undefined, reason: undefined });
    expect(basic.producedAt).toEqual(one?.thisUpdate);
    expect(basic.responderId).toEqual({ type: "name", name: responder.subject });
    expect([basic.isFrom(responder), basic.isFrom(ca)]).toEqual([true, false]);
    expect(basic.certificates.map((certificate) => certificate.equals(responder))).toEqual([true]);
    expect(basic.deviations).toEqual([]);
    expect(await basic.verifySignature(responder.publicKey)).toBe(true);
    expect(basic.verifySignatureSync(responder.publicKey)).toBe(true);
    expect(await basic.verifySignature(ca.publicKey)).toBe(false);
  });

  test("without a nonce, or with one's own", () => {
    expect(OcspRequest.create({ certificate: good, issuer: ca }, { nonce: false }).nonce).toBeUndefined();
    const nonce = Uint8Array.of(1, 2, 3);
    const request = OcspRequest.create({ certificate: good, issuer: ca }, { nonce });
    expect(request.nonce).toEqual(nonce);
    expect(respond(request.der).basic?.nonce).toEqual(nonce);
    const again = OcspRequest.create({ certificate: good, issuer: ca });
    expect(again.equals(OcspRequest.create({ certificate: good, issuer: ca }))).toBe(false);
  });
});

describe("what OpenSSL makes, we read", () => {
  test.each([["sha1"], ["sha256"]])("a request with ids by %s, like ours byte for byte", (name) => {
    const certs = ["-issuer", "ca.pem", `-${name}`, "-cert", "good.pem", "-cert", "revoked.pem"];
    openssl.must("ocsp", ...certs, "-no_nonce", "-reqout", "theirs.der");
    const theirs = OcspRequest.fromDer(openssl.read("theirs.der"));
    const ours = OcspRequest.create(
      [good, revoked].map((certificate) => ({ certificate, issuer: ca })),
      { hash: name === "sha1" ? "SHA-1" : "SHA-256", nonce: false },
    );
    expect(theirs.equals(ours)).toBe(true);
    expect(theirs.requests.map(({ certId }) => certId.serialNumber)).toEqual([0x1001n, 0x1002n]);
    expect(
      theirs.requests[0]?.certId.equals(OcspCertId.of(good, ca, { hash: theirs.requests[0].certId.hash ?? "SHA-1" })),
    ).toBe(true);
    expect([theirs.signatureAlgorithm, theirs.certificates, theirs.deviations]).toEqual([undefined, [], []]);
  });

  test("a request that is signed", async () => {
    const signer = ["-signer", "responder.pem", "-signkey", "responder.key"];
    openssl.must("ocsp", "-issuer", "ca.pem", "-cert", "good.pem", ...signer, "-reqout", "signed.der");
    const request = OcspRequest.fromDer(openssl.read("signed.der"));
    expect(request.signatureAlgorithm?.name).toBe("ecdsa-with-SHA256");
    expect(request.requestorName).toEqual({ type: "directory", value: responder.subject });
    expect(request.certificates.map((certificate) => certificate.equals(responder))).toEqual([true]);
    expect(request.nonce?.length).toBeGreaterThan(0);
    expect(await request.verifySignature(responder.publicKey)).toBe(true);
    expect(await request.verifySignature(ca.publicKey)).toBe(false);
    const unsigned = OcspRequest.create({ certificate: good, issuer: ca });
    expect(await unsigned.verifySignature(ca.publicKey)).toBe(false);
  });

  test("a response by the hash of the key, without certificates", async () => {
    const request = OcspRequest.create({ certificate: good, issuer: ca });
    const { basic } = respond(request.der, "-resp_key_id", "-resp_no_certs");
    expect(basic?.responderId.type).toBe("key");
    expect(basic?.certificates).toEqual([]);
    expect([basic?.isFrom(responder), basic?.isFrom(ca)]).toEqual([true, false]);
    expect(await basic?.verifySignature(responder.publicKey)).toBe(true);
  });
});

test("print-outs are safe, and stable", () => {
  const request = OcspRequest.create({ certificate: revoked, issuer: ca }, { nonce: false });
  const response = respond(request.der);
  expect(response.inspect()).toContain("Status: revoked");
  expect(response.inspect()).toContain("Reason: superseded");
  expect(String(response)).toBe("<OcspResponse successful responses=1>");
  expect(JSON.parse(JSON.stringify(response))).toMatchObject({
    status: "successful",
    responder: "CN=Responder",
    responses: [{ status: "revoked", reason: "superseded", certId: { hash: "SHA-1", serialNumber: "1002" } }],
  });
  expect(JSON.parse(JSON.stringify(request))).toMatchObject({ certIds: [{ serialNumber: "1002" }] });
  const { basic } = response;
  const [single] = basic?.responses ?? [];
  expect([inspect(basic), inspect(single), inspect(single?.certId)]).toEqual([
    '<BasicOcspResponse responder="CN=Responder" responses=1>',
    '<OcspSingleResponse serialNumber="1002" status="revoked">',
    '<OcspCertId serialNumber="1002" hash="SHA-1">',
  ]);
  const { responder, producedAt, responses } = response.toJSON();
  expect(basic?.toJSON()).toEqual({ responder, producedAt, responses });
  expect(single?.toJSON()).toEqual(responses[0]);
  expect(() => basic?.isFrom(undefined as never)).toThrow(errorCode("ARGUMENT_INVALID"));
  expect(request.inspect()).toContain("1002 (SHA-1");
  const hostile = DistinguishedName.of({ CN: "\u001b]0;x\u0007\u202e" });
  const named = makeResponse({ responder: derExplicit(1, hostile.der) });
  for (const text of [named.inspect(), String(named), JSON.stringify(named)]) {
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202e]/u);
  }
});

test("ids: another issuer, another hash, another number", () => {
  const id = OcspCertId.of(good, ca);
  expect(id.matches(good, ca)).toBe(true);
  expect(id.matches(revoked, ca)).toBe(false);
  expect(id.matches(good, good)).toBe(false);
  expect(id.equals(OcspCertId.of(good, ca, { hash: "SHA-256" }))).toBe(false);
  expect(id.issuerKeyHash).toHaveLength(20);
  id.issuerKeyHash.fill(0);
  id.der.fill(0);
  expect(id.equals(OcspCertId.of(good, ca))).toBe(true);
  expect(() => OcspCertId.of(good, responder)).toThrow(errorCode("ARGUMENT_INVALID"));
  expect(() => OcspCertId.of(good, ca, { hash: "MD5" as never })).toThrow(errorCode("ARGUMENT_INVALID"));
  expect(() => OcspRequest.create([])).toThrow(errorCode("ARGUMENT_INVALID"));
  for (const length of [0, 129]) {
    const nonce = new Uint8Array(length);
    expect(() => OcspRequest.create({ certificate: good, issuer: ca }, { nonce })).toThrow(
      errorCode("ARGUMENT_INVALID"),
    );
  }
  const { oid, critical, value } = { oid: ExtensionOid.ocspNonce, critical: false, value: derNull() };
  const extensions = [{ oid, critical, value }];
  expect(() => OcspRequest.create({ certificate: good, issuer: ca }, { extensions })).toThrow(
    errorCode("ARGUMENT_INVALID"),
  );
});

const sha1 = derSequence(derOid("1.3.14.3.2.26"), derNull());
const certId = derSequence(sha1, derOctetString(new Uint8Array(20)), derOctetString(new Uint8Array(20)), derInteger(1));
const time = derGeneralizedTime(new Date("2026-06-01T00:00:00Z"));
const goodStatus = derTlv(0x80);
const extension = derSequence(derOid("1.2.3"), derOctetString(derNull()));

interface ResponseParts {
  readonly status?: number;
  readonly type?: string;
  readonly version?: Uint8Array;
  readonly responder?: Uint8Array;
  readonly producedAt?: Uint8Array;
  readonly singles?: readonly Uint8Array[];
  readonly extensions?: readonly Uint8Array[];
  readonly afterSignature?: Uint8Array;
  readonly afterBasic?: Uint8Array;
}

function single(...parts: readonly Uint8Array[]): Uint8Array {
  return derSequence(certId, ...parts);
}

function responseDer(parts: ResponseParts): Uint8Array {
  const nothing = new Uint8Array(0);
  const data = derSequence(
    parts.version ?? nothing,
    parts.responder ?? derExplicit(2, derOctetString(new Uint8Array(20))),
    parts.producedAt ?? time,
    derSequence(...(parts.singles ?? [single(goodStatus, time)])),
    parts.extensions === undefined ? nothing : derExplicit(1, derSequence(...parts.extensions)),
  );
  const basic = derSequence(data, ed25519, derBitString(new Uint8Array(64)), parts.afterSignature ?? nothing);
  const response = derOctetString(concatBytes(basic, parts.afterBasic ?? nothing));
  return derSequence(
    derTlv(0x0a, Uint8Array.of(parts.status ?? 0)),
    derExplicit(0, derSequence(derOid(parts.type ?? "1.3.6.1.5.5.7.48.1.1"), response)),
  );
}

function makeResponse(parts: ResponseParts): OcspResponse {
  return OcspResponse.fromDer(responseDer(parts));
}

describe("responses", () => {
  test.each([
    [1, "malformedRequest"],
    [2, "internalError"],
    [3, "tryLater"],
    [5, "sigRequired"],
    [6, "unauthorized"],
  ])("status %d is %s", (value, name) => {
    const response = OcspResponse.fromDer(derSequence(derTlv(0x0a, Uint8Array.of(value))));
    expect([response.status, response.basic]).toEqual([name, undefined]);
    expect(response.inspect()).toBe(`OCSP Response: ${name}`);
    expect(JSON.stringify(response)).toBe(`{"status":"${name}","responses":[]}`);
  });

  test("a hash function that nobody knows never matches", () => {
    const odd = derSequence(
      derSequence(derOid("1.2.3")),
      derOctetString(certId),
      derOctetString(certId),
      derInteger(1),
    );
    const { basic } = makeResponse({ singles: [derSequence(odd, goodStatus, time)] });
    expect(basic?.responses[0]?.certId).toMatchObject({ hash: undefined, hashOid: "1.2.3", serialNumber: 1n });
    expect(basic?.responsesFor(good, ca)).toEqual([]);
  });

  test("what is listed", () => {
    const encoded = derSequence(derOid("1.2.3"), derBoolean(false), derOctetString(derNull()));
    const version = derExplicit(0, derInteger(0));
    const { basic } = makeResponse({ version, extensions: [encoded] });
    expect(basic?.deviations.map((one) => one.code)).toEqual(["VERSION_DEFAULT_ENCODED", "CRITICAL_DEFAULT_ENCODED"]);
    expect(basic?.extension("1.2.3")?.critical).toBe(false);
  });

  const nonce = (value: Uint8Array) =>
    makeResponse({ extensions: [derSequence(derOid(ExtensionOid.ocspNonce), derOctetString(value))] });
  test("a nonce that is none is an error when it is read", () => {
    expect(() => nonce(Uint8Array.of(1, 2, 3)).basic?.nonce).toThrow(errorCode("EXTENSION_INVALID"));
    expect(() => nonce(derOctetString(new Uint8Array(0))).basic?.nonce).toThrow(errorCode("EXTENSION_INVALID"));
    expect(nonce(Uint8Array.of(1, 2, 3)).inspect()).toContain("EXTENSION_INVALID");
  });

  const revokedInfo = (...parts: Uint8Array[]) => derTlv(0xa1, ...parts);
  test.each<[string, ResponseParts, string]>([
    ["an answer although there is an error", { status: 1 }, "OCSP_INVALID"],
    ["a status of 4", { status: 4 }, "OCSP_INVALID"],
    ["another type of response", { type: "1.3.6.1.5.5.7.48.1.9" }, "OCSP_INVALID"],
    ["version 2", { version: derExplicit(0, derInteger(1)) }, "OCSP_INVALID"],
    ["no responder", { responder: new Uint8Array(0) }, "OCSP_INVALID"],
    ["a responder that is no name", { responder: derExplicit(1, derSequence(derNull())) }, "OCSP_INVALID"],
    [
      "a responder with two hashes",
      { responder: derTlv(0xa2, derOctetString(sha1), derOctetString(sha1)) },
      "OCSP_INVALID",
    ],
    ["a producedAt that is a UTCTime", { producedAt: derTime(new Date("2026-06-01T00:00:00Z")) }, "OCSP_INVALID"],
    ["an id that is none", { singles: [derSequence(derSequence(sha1), goodStatus, time)] }, "OCSP_INVALID"],
    ["no status", { singles: [single(time)] }, "OCSP_INVALID"],
    ["a status of its own", { singles: [single(derTlv(0x83), time)] }, "OCSP_INVALID"],
    ["a good status with contents", { singles: [single(derTlv(0x80, Uint8Array.of(0)), time)] }, "OCSP_INVALID"],
    ["an unknown status with contents", { singles: [single(derTlv(0x82, Uint8Array.of(0)), time)] }, "OCSP_INVALID"],
    ["a revocation without a date", { singles: [single(revokedInfo(), time)] }, "OCSP_INVALID"],
    [
      "a revocation for reason 7",
      { singles: [single(revokedInfo(time, derExplicit(0, derTlv(0x0a, Uint8Array.of(7)))), time)] },
      "OCSP_INVALID",
    ],
    ["a revocation and more", { singles: [single(revokedInfo(time, derNull()), time)] }, "OCSP_INVALID"],
    ["no thisUpdate", { singles: [single(goodStatus)] }, "OCSP_INVALID"],
    ["two next updates", { singles: [single(goodStatus, time, derTlv(0xa0, time, time))] }, "OCSP_INVALID"],
    ["a status and more", { singles: [single(goodStatus, time, derNull())] }, "OCSP_INVALID"],
    ["an empty list of extensions", { extensions: [] }, "OCSP_INVALID"],
    ["an extension twice", { extensions: [extension, extension] }, "EXTENSION_DUPLICATE"],
    [
      "an extension of a status twice",
      { singles: [single(goodStatus, time, derExplicit(1, derSequence(extension, extension)))] },
      "EXTENSION_DUPLICATE",
    ],
    ["something after the signature", { afterSignature: derNull() }, "OCSP_INVALID"],
    ["a certificate that is no SEQUENCE", { afterSignature: derExplicit(0, derSequence(derNull())) }, "OCSP_INVALID"],
    ["bytes after the signed part", { afterBasic: derNull() }, "DER_TRAILING_DATA"],
    ["BER inside", { producedAt: derTlv(0x18, new TextEncoder().encode("20260601000000.5Z")) }, "DER_BAD_VALUE"],
  ])("refused: %s", (_, parts, expected) => {
    const offset = expect.any(Number);
    expect(() => makeResponse(parts)).toThrow(
      expect.objectContaining({ code: expected, details: expect.objectContaining({ offset }) }),
    );
  });

  test("refused: success without an answer, bytes after it, and what is no response", () => {
    expect(() => OcspResponse.fromDer(derSequence(derTlv(0x0a, Uint8Array.of(0))))).toThrow(errorCode("OCSP_INVALID"));
    expect(() => OcspResponse.fromDer(concatBytes(responseDer({}), derNull()))).toThrow(errorCode("DER_TRAILING_DATA"));
    expect(() => OcspResponse.fromDer(good.der)).toThrow(errorCode("OCSP_INVALID"));
    expect(() => OcspResponse.fromDer(null as never)).toThrow(errorCode("ARGUMENT_INVALID"));
  });

  test("a certificate in it that is none is an error when it is read", () => {
    const { basic } = makeResponse({ afterSignature: derExplicit(0, derSequence(derSequence())) });
    expect(() => basic?.certificates).toThrow(errorCode("CERTIFICATE_INVALID"));
  });
});

describe("requests that are refused", () => {
  const request = (...parts: Uint8Array[]) => derSequence(derSequence(...parts));
  const list = derSequence(derSequence(certId));
  test.each<[string, Uint8Array, string]>([
    ["no question", request(derSequence()), "OCSP_INVALID"],
    ["version 2", request(derExplicit(0, derInteger(1)), list), "OCSP_INVALID"],
    ["two versions", request(derTlv(0xa0, derInteger(0), derInteger(0)), list), "OCSP_INVALID"],
    ["a requestor that is none", request(derExplicit(1, derNull()), list), "OCSP_INVALID"],
    ["an empty list of extensions", request(list, derExplicit(2, derSequence())), "OCSP_INVALID"],
    ["an extension twice", request(list, derExplicit(2, derSequence(extension, extension))), "EXTENSION_DUPLICATE"],
    ["a question and more", request(derSequence(derSequence(certId, derNull()))), "OCSP_INVALID"],
    ["a signature that is none", derSequence(derSequence(list), derExplicit(0, derSequence())), "OCSP_INVALID"],
    ["something after it", derSequence(derSequence(list), derNull()), "OCSP_INVALID"],
    [
      "a huge serial number",
      request(
        derSequence(
          derSequence(derSequence(sha1, derOctetString(sha1), derOctetString(sha1), derInteger(1n << 4000n))),
        ),
      ),
      "DER_LIMIT_EXCEEDED",
    ],
  ])("%s", (_, der, expected) => {
    expect(() => OcspRequest.fromDer(der)).toThrow(errorCode(expected));
  });

  test("version 1 that is encoded is listed", () => {
    const odd = OcspRequest.fromDer(request(derExplicit(0, derInteger(0)), list));
    expect(odd.deviations.map((one) => one.code)).toEqual(["VERSION_DEFAULT_ENCODED"]);
  });
});
