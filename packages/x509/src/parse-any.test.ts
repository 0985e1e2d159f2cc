import { inspect } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import * as seeds from "../test/fuzz/seeds.ts";
import { Openssl } from "../test/openssl.ts";
import { writePkcs7 } from "./containers/index.ts";
import {
  CertificateRequest,
  KeyPair,
  type ParsedObject,
  PrivateCertificate,
  parseAny,
  pemEncode,
  X509Error,
} from "./index.ts";

const only = (input: string | Uint8Array): ParsedObject => {
  const [object, ...more] = parseAny(input);
  if (object === undefined || more.length > 0) throw new Error("expected exactly one object");
  return object;
};
const first = (list: readonly Uint8Array[]): Uint8Array => list[0] ?? new Uint8Array();
let own: PrivateCertificate;

beforeAll(async () => {
  own = await PrivateCertificate.selfSigned({ subjectAltName: ["a.test"] });
});

describe("REQ-14 KEY-01: DER is told apart by its shape", () => {
  test.each(seeds.certificates.slice(0, 5).map((der, index) => [index, der] as const))("certificate %i", (_, der) => {
    const object = only(der);
    if (object.kind !== "certificate") throw new Error(object.kind);
    expect(object.value.der).toEqual(der);
    expect(object).not.toHaveProperty("line");
  });

  test.each<[ParsedObject["kind"], readonly Uint8Array[]]>([
    ["certificateRequest", seeds.requests],
    ["certificateRevocationList", seeds.crls],
    ["ocspRequest", seeds.ocspRequests],
    ["ocspResponse", seeds.ocspResponses],
    ["publicKey", seeds.publicKeys],
    ["privateKey", seeds.privateKeys],
  ])("%s", (kind, list) => {
    expect(list.map((der) => only(der).kind)).toEqual(list.map(() => kind));
  });

  test("containers keep their bytes", () => {
    const der = writePkcs7({ certificates: [own] });
    expect(only(der)).toEqual({ kind: "pkcs7", value: der });
  });

  test.each<[string, Uint8Array]>([
    ["an empty SEQUENCE", Uint8Array.of(0x30, 0)],
    ["a SEQUENCE of NULL", Uint8Array.of(0x30, 2, 5, 0)],
    ["a lone name", first(seeds.names)],
  ])("%s is nothing known", (_, der) => {
    expect(() => parseAny(der)).toThrow(expect.objectContaining({ code: "FORMAT_UNKNOWN" }));
  });

  test("damage is reported by the reader of the kind", () => {
    const der = own.der;
    expect(() => parseAny(der.subarray(0, der.length - 1))).toThrow(expect.objectContaining({ code: "DER_TRUNCATED" }));
  });
});

describe("REQ-14 KEY-02: PEM gives every block, in order, with its line", () => {
  test("a file with everything", async () => {
    const request = await own.createRequest();
    const text = [
      "some prose\n",
      own.toPem(),
      await own.keyPair.toPem(),
      await own.keyPair.toPem({ passphrase: "secret" }),
      request.toPem().replaceAll("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"),
      pemEncode("X509 CRL", first(seeds.crls)),
      own.publicKey.toPem(),
      pemEncode("PKCS7", writePkcs7({ certificates: [own] })),
      pemEncode("DH PARAMETERS", Uint8Array.of(0x30, 0)),
    ]
      .join("")
      .replaceAll("\n", "\r\n");
    const objects = parseAny(text);
    expect(objects.map(({ kind }) => kind)).toEqual([
      "certificate",
      "privateKey",
      "privateKey",
      "certificateRequest",
      "certificateRevocationList",
      "publicKey",
      "pkcs7",
      "unknown",
    ]);
    const begins = text.split("\n").flatMap((line, index) => (line.startsWith("-----BEGIN") ? [index + 1] : []));
    expect(objects.map(({ line }) => line)).toEqual(begins);
    expect(objects[7]).toMatchObject({ label: "DH PARAMETERS", value: Uint8Array.of(0x30, 0) });
    const [, clear, encrypted, asked] = objects;
    if (clear?.kind !== "privateKey" || encrypted?.kind !== "privateKey") throw new Error("no keys");
    expect([clear.encrypted, encrypted.encrypted]).toEqual([false, true]);
    expect((await clear.load()).publicKey.equals(own.publicKey)).toBe(true);
    expect((await encrypted.load({ passphrase: "secret" })).publicKey.equals(own.publicKey)).toBe(true);
    await expect(encrypted.load()).rejects.toThrow(expect.objectContaining({ code: "KEY_ENCRYPTED" }));
    if (asked?.kind !== "certificateRequest") throw new Error("no request");
    expect(asked.value.equals(request)).toBe(true);
  });

  test("a text without blocks, and one with a broken block", () => {
    expect(() => parseAny("nothing here")).toThrow(expect.objectContaining({ code: "PEM_NO_BLOCK" }));
    expect(() => parseAny(own.toPem().replace("MII", "M!I"))).toThrow(
      expect.objectContaining({ code: "PEM_BAD_BASE64" }),
    );
  });

  test("KEY-17: printing a private key that was found shows none of it", async () => {
    const der = await own.keyPair.toDer();
    const object = only(der);
    for (const text of [inspect(object, { depth: 9, showHidden: true }), JSON.stringify(object)]) {
      expect(text).not.toContain(Buffer.from(der).toString("base64").slice(40, 60));
      expect(text).not.toMatch(/Uint8Array/);
    }
  });

  test("what OpenSSL writes", async () => {
    using openssl = new Openssl();
    openssl.must("genrsa", "-traditional", "-out", "old.pem", "2048");
    openssl.must("rsa", "-in", "old.pem", "-RSAPublicKey_out", "-out", "public.pem");
    openssl.must("req", "-new", "-x509", "-key", "old.pem", "-subj", "/CN=a", "-out", "c.pem");
    openssl.must("pkcs12", "-export", "-in", "c.pem", "-inkey", "old.pem", "-passout", "pass:x", "-out", "c.p12");
    openssl.must("rsa", "-in", "old.pem", "-aes256", "-traditional", "-passout", "pass:x", "-out", "locked.pem");
    const [key, publicKey, certificate, bag, locked] = ["old.pem", "public.pem", "c.pem", "c.p12", "locked.pem"].map(
      (file) => only(openssl.read(file)),
    );
    expect([bag?.kind, locked?.kind]).toEqual(["pkcs12", "privateKey"]);
    if (key?.kind !== "privateKey" || publicKey?.kind !== "publicKey" || certificate?.kind !== "certificate") {
      throw new Error("not what it is");
    }
    expect((await key.load()).publicKey.equals(publicKey.value)).toBe(true);
    expect(certificate.value.publicKey.equals(publicKey.value)).toBe(true);
    expect(locked?.kind === "privateKey" && locked.encrypted).toBe(true);
  });
});

test("REQ-14: a request loads from DER and PEM alike, without being told which", async () => {
  const request = await CertificateRequest.create({ keyPair: await KeyPair.generate(), subject: { CN: "a" } });
  const pem = request.toPem();
  for (const input of [request.der, pem, new TextEncoder().encode(pem)]) {
    expect(CertificateRequest.parse(input).equals(request)).toBe(true);
    expect((await own.sign(input, { approve: () => true, force: true })).subject.CN).toBe("a");
  }
});

test("KEY-22: options of connections belong to no certificate", () => {
  expect("options" in own).toBe(false);
  // @ts-expect-error there is no such method, and the type says so
  expect(() => own.options()).toThrow(TypeError);
});

test("REQ-09: a certificate is issued for a key without a decision, with a validity of the caller's", async () => {
  const ca = await PrivateCertificate.selfSigned({ subject: { CN: "CA" }, profile: "ca" });
  const { publicKey } = await KeyPair.generate();
  const start = new Date("2026-05-01T00:00:00Z");
  const certificate = await ca.issue({
    publicKey,
    subject: { CN: "a" },
    notBefore: start,
    days: 365,
    serialNumber: 77n,
  });
  expect(certificate.issuer.equals(ca.subject)).toBe(true);
  expect(certificate.publicKey.equals(publicKey)).toBe(true);
  expect([certificate.serialNumber, certificate.notAfter]).toEqual([77n, new Date("2027-05-01T00:00:00Z")]);
  expect(await certificate.verifySignature(ca.publicKey)).toBe(true);
  await expect(ca.issue({ subject: { CN: "a" } } as never)).rejects.toThrow(X509Error);
});
