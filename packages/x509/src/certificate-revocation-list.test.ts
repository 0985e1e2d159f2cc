// Reading CRLs: what they say, what is refused, what is listed, and looking entries up.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sha256WithRsa } from "../test/make-certificate.ts";
import { crlIssuer, july, june, makeCrl, makeEntry } from "../test/make-crl.ts";
import { concatBytes } from "./bytes.ts";
import {
  derBitString,
  derBoolean,
  derExplicit,
  derGeneralizedTime,
  derImplicit,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derSequence,
  derTlv,
  derUtf8String,
} from "./der/writer.ts";
import {
  CertificateRevocationList,
  DistinguishedName,
  type Extension,
  ExtensionOid,
  encodeAuthorityKeyIdentifier,
  encodeCertificateIssuer,
  encodeCrlNumber,
  encodeDeltaCrlIndicator,
  encodeFreshestCrl,
  encodeInvalidityDate,
  encodeIssuingDistributionPoint,
  encodeReasonCode,
  pemEncode,
  type RevocationReason,
} from "./index.ts";

const other = DistinguishedName.of({ CN: "other" });
const third = DistinguishedName.of({ CN: "third" });
const make = (parts: Parameters<typeof makeCrl>[0] = {}) => CertificateRevocationList.fromDer(makeCrl(parts));
const code = (value: string) => expect.objectContaining({ code: value });

function reason(name: RevocationReason): Extension {
  return { oid: ExtensionOid.reasonCode, critical: false, value: encodeReasonCode(name) };
}

function about(issuer: DistinguishedName, critical = true): Extension {
  const value = encodeCertificateIssuer([{ type: "directory", value: issuer }]);
  return { oid: ExtensionOid.certificateIssuer, critical, value };
}

const indirect: Extension = {
  oid: ExtensionOid.issuingDistributionPoint,
  critical: true,
  value: encodeIssuingDistributionPoint({ indirectCRL: true }),
};

describe("what a CRL says", () => {
  test("every field and extension", () => {
    const keyIdentifier = Uint8Array.of(1, 2, 3);
    const crl = make({
      revoked: [
        makeEntry(1n, [
          reason("cACompromise"),
          {
            oid: ExtensionOid.invalidityDate,
            critical: false,
            value: encodeInvalidityDate(new Date("2026-05-01T00:00:00Z")),
          },
        ]),
        makeEntry(2n ** 159n - 1n),
      ],
      extensions: [
        {
          oid: ExtensionOid.authorityKeyIdentifier,
          critical: false,
          value: encodeAuthorityKeyIdentifier({ keyIdentifier }),
        },
        { oid: ExtensionOid.cRLNumber, critical: false, value: encodeCrlNumber(2n ** 100n) },
        { oid: ExtensionOid.deltaCRLIndicator, critical: true, value: encodeDeltaCrlIndicator(7) },
        { oid: ExtensionOid.freshestCRL, critical: false, value: encodeFreshestCrl([["http://a.test/delta.crl"]]) },
        {
          oid: ExtensionOid.issuingDistributionPoint,
          critical: true,
          value: encodeIssuingDistributionPoint({
            fullName: ["http://a.test/a.crl"],
            onlyContainsCACerts: true,
            onlySomeReasons: ["keyCompromise", "aACompromise"],
          }),
        },
      ],
    });
    expect(crl.version).toBe(2);
    expect(crl.issuer.equals(crlIssuer)).toBe(true);
    expect(crl.thisUpdate).toEqual(new Date("2026-06-01T00:00:00Z"));
    expect(crl.nextUpdate).toEqual(new Date("2026-07-01T00:00:00Z"));
    expect(crl.signatureAlgorithm.name).toBe("Ed25519");
    expect(crl.crlNumber).toBe(2n ** 100n);
    expect(crl.deltaCrlIndicator).toBe(7n);
    expect(crl.authorityKeyIdentifier?.keyIdentifier).toEqual(keyIdentifier);
    expect(crl.freshestCrl).toEqual([{ fullName: [{ type: "uri", value: "http://a.test/delta.crl" }] }]);
    expect(crl.issuerAltName).toBeUndefined();
    expect(crl.issuingDistributionPoint).toEqual({
      fullName: [{ type: "uri", value: "http://a.test/a.crl" }],
      onlyContainsUserCerts: false,
      onlyContainsCACerts: true,
      onlyContainsAttributeCerts: false,
      indirectCRL: false,
      onlySomeReasons: new Set(["keyCompromise", "aACompromise"]),
    });
    expect(crl.entryCount).toBe(2);
    const [first, second, ...more] = [...crl.entries];
    expect(more).toEqual([]);
    expect([first?.serialNumber, second?.serialNumber]).toEqual([1n, 2n ** 159n - 1n]);
    expect([first?.reason, second?.reason]).toEqual(["cACompromise", undefined]);
    expect(first?.invalidityDate).toEqual(new Date("2026-05-01T00:00:00Z"));
    expect(first?.revocationDate).toEqual(new Date("2026-06-01T00:00:00Z"));
    expect(first?.certificateIssuer).toBeUndefined();
    expect(first?.extensions.map(({ name }) => name)).toEqual(["reasonCode", "invalidityDate"]);
    expect(second?.extension(ExtensionOid.reasonCode)).toBeUndefined();
    expect(crl.deviations).toEqual([]);
  });

  test("version 1 has no extensions, and need not say when the next one comes", () => {
    const crl = make({ version: null, nextUpdate: null });
    expect([crl.version, crl.nextUpdate, crl.entryCount, [...crl.entries]]).toEqual([1, undefined, 0, []]);
    expect(crl.find(1n)).toBeUndefined();
    expect(crl.deviations.map((one) => one.code)).toEqual(["NEXT_UPDATE_MISSING"]);
  });

  test("nobody can change it", () => {
    const der = makeCrl({ revoked: [makeEntry(5n)] });
    const given = der.slice();
    const crl = CertificateRevocationList.fromDer(given);
    given.fill(0);
    crl.der.fill(0);
    crl.tbsCertList.fill(0);
    crl.signature.fill(1);
    expect(crl.der).toEqual(der);
    expect(crl.find(5n)?.serialNumber).toBe(5n);
  });

  test("PEM: one, several, or none", () => {
    const crl = make();
    const twice = `prose\r\n${crl.toPem().replaceAll("\n", "\r\n")}${crl.toPem()}`;
    expect(CertificateRevocationList.fromPem(crl.toPem()).equals(crl)).toBe(true);
    expect(CertificateRevocationList.parse(new TextEncoder().encode(crl.toPem())).equals(crl)).toBe(true);
    expect(CertificateRevocationList.parse(crl.der).equals(crl)).toBe(true);
    expect(CertificateRevocationList.allFromPem(twice)).toHaveLength(2);
    expect(() => CertificateRevocationList.fromPem(twice)).toThrow(code("PEM_MULTIPLE_BLOCKS"));
    expect(() => CertificateRevocationList.allFromPem("")).toThrow(code("PEM_NO_BLOCK"));
    expect(() => CertificateRevocationList.fromPem(pemEncode("CERTIFICATE", crl.der))).toThrow(code("PEM_WRONG_LABEL"));
    expect(() => CertificateRevocationList.fromPem(null as never)).toThrow(code("ARGUMENT_INVALID"));
  });

  test("extensions of an entry that have no getter are named in the print-out", () => {
    const hold = { oid: "2.5.29.23", critical: false, value: derOid("1.2.840.10040.2.3") };
    const lines = make({ revoked: [makeEntry(1n, [hold])] }).inspect();
    expect(lines).toMatch(/\n {2}01 on .*\n {4}Other Extensions: holdInstructionCode$/);
    expect(make({ revoked: [makeEntry(1n)] }).inspect()).not.toContain("Other Extensions");
  });

  test("print-outs are safe, short and stable", () => {
    const hostile = DistinguishedName.of({ CN: "a\u001b[31m\u202eb" });
    const crl = make({ issuer: hostile.der, revoked: Array.from({ length: 100 }, (_, serial) => makeEntry(serial)) });
    for (const text of [crl.inspect(), crl.toString(), JSON.stringify(crl)]) {
      expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202e]/u);
    }
    expect(crl.inspect()).toContain("... and 80 more");
    expect(crl.toJSON()).toEqual({
      issuer: hostile.toString(),
      thisUpdate: "2026-06-01T00:00:00Z",
      nextUpdate: "2026-07-01T00:00:00Z",
      entryCount: 100,
      sha256: crl.id,
    });
  });
});

describe("looking up", () => {
  test("finds each entry, and nothing else", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 159n }), { maxLength: 60 }), (serials) => {
        const crl = make({ revoked: serials.map((serial) => makeEntry(serial)) });
        for (const serial of serials) expect(crl.find(serial)?.serialNumber).toBe(serial);
        const known = new Set(serials);
        for (const serial of serials) {
          for (const near of [serial + 1n, serial << 8n, -serial]) {
            expect(crl.find(near) === undefined).toBe(!known.has(near));
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test("an indirect CRL: the issuer carries forward to the following entries", () => {
    const crl = make({
      revoked: [
        makeEntry(1n, [reason("superseded")]),
        makeEntry(1n, [about(other), reason("keyCompromise")]),
        makeEntry(2n),
        makeEntry(1n, [about(third)]),
        makeEntry(3n),
        makeEntry(4n, [about(crlIssuer)]),
      ],
      extensions: [indirect],
    });
    const names = [...crl.entries].map(({ certificateIssuer }) => certificateIssuer?.map(({ value }) => String(value)));
    expect(names).toEqual([undefined, ["CN=other"], ["CN=other"], ["CN=third"], ["CN=third"], ["CN=test"]]);
    expect(crl.find(1n)?.reason).toBe("superseded");
    expect(crl.find(1n, other)?.reason).toBe("keyCompromise");
    expect(crl.find(1n, third)?.reason).toBeUndefined();
    expect(crl.find(1n, third)?.certificateIssuer).toEqual([{ type: "directory", value: third }]);
    expect(crl.find(2n)).toBeUndefined();
    expect(crl.find(2n, other)?.serialNumber).toBe(2n);
    expect(crl.find(3n, other)).toBeUndefined();
    expect(crl.find(3n, third)?.serialNumber).toBe(3n);
    expect(crl.find(4n)?.serialNumber).toBe(4n);
    expect(crl.deviations).toEqual([]);
  });

  test("a direct CRL says nothing about other issuers", () => {
    const crl = make({ revoked: [makeEntry(1n)] });
    expect(crl.find(1n, other)).toBeUndefined();
    expect(crl.find(1n, DistinguishedName.of({ CN: " TEST " }))?.serialNumber).toBe(1n);
  });

  test("of several entries, one that revokes", () => {
    const crl = make({
      revoked: [makeEntry(1n, [reason("removeFromCRL")]), makeEntry(1n, [reason("certificateHold")])],
    });
    expect(crl.find(1n)?.reason).toBe("certificateHold");
    expect(make({ revoked: [makeEntry(1n, [reason("removeFromCRL")])] }).find(1n)?.reason).toBe("removeFromCRL");
  });

  test("an entry that cannot be read is an error, not an answer", () => {
    const bad = (oid: string): Extension => ({ oid, critical: false, value: derNull() });
    const crl = make({
      revoked: [makeEntry(1n, [bad(ExtensionOid.reasonCode)]), makeEntry(2n, [bad(ExtensionOid.certificateIssuer)])],
    });
    expect(() => crl.find(1n)).toThrow(code("EXTENSION_INVALID"));
    expect(() => crl.find(2n)).toThrow(code("EXTENSION_INVALID"));
    expect(crl.inspect()).toContain("EXTENSION_INVALID");
  });

  test("only a bigint is a serial number", () => {
    expect(() => make().find(1 as never)).toThrow(code("ARGUMENT_INVALID"));
  });

  test("many entries with one serial number are refused rather than searched", () => {
    const removed = makeEntry(1n, [reason("removeFromCRL")]);
    const crl = make({ revoked: Array.from({ length: 5000 }, () => removed) });
    expect(() => crl.find(1n)).toThrow(code("DER_LIMIT_EXCEEDED"));
  });

  test("a list of 300,000 entries, beyond the bounds of certificates", () => {
    const count = 300_000;
    const serial = (index: number) => (BigInt(index) * 0x9e3779b97f4a7c15f39cc0605cedc835n) & (2n ** 127n - 1n);
    const chunks = Array.from({ length: count / 1000 }, (_, chunk) =>
      concatBytes(...Array.from({ length: 1000 }, (_, index) => makeEntry(serial(chunk * 1000 + index)))),
    );
    const crl = make({ revoked: derSequence(...chunks) });
    expect(crl.entryCount).toBe(count);
    for (let index = 0; index < count; index += 997) expect(crl.find(serial(index))?.serialNumber).toBe(serial(index));
    expect(crl.find(serial(count))).toBeUndefined();
    let iterated = 0;
    for (const _ of crl.entries) iterated++;
    expect(iterated).toBe(count);
  });
});

describe("what is refused", () => {
  const twice = [reason("superseded"), reason("superseded")];
  const number: Extension = { oid: ExtensionOid.cRLNumber, critical: false, value: encodeCrlNumber(1) };
  const trailing = derUtf8String("x");
  test.each<[string, Parameters<typeof makeCrl>[0], string]>([
    ["version 3", { version: derInteger(2) }, "CRL_INVALID"],
    ["version 1 that is encoded", { version: derInteger(0) }, "CRL_INVALID"],
    ["a version that is no INTEGER", { version: derOctetString(Uint8Array.of(1)) }, "CRL_INVALID"],
    ["extensions in version 1", { version: null, extensions: [number] }, "CRL_INVALID"],
    [
      "extensions of an entry in version 1",
      { version: null, revoked: [makeEntry(1n, [reason("superseded")])] },
      "CRL_INVALID",
    ],
    ["an algorithm that is none", { outerAlgorithm: derSequence(derNull()) }, "CRL_INVALID"],
    [
      "something after the parameters",
      { innerAlgorithm: derSequence(derOid("1.2.3"), derNull(), derNull()) },
      "CRL_INVALID",
    ],
    ["an issuer that is no name", { issuer: derSequence(derNull()) }, "CRL_INVALID"],
    ["a thisUpdate that is no time", { thisUpdate: derInteger(1), nextUpdate: null }, "CRL_INVALID"],
    ["something after the updates", { revoked: trailing }, "CRL_INVALID"],
    ["something after the extensions", { extensions: [number], afterExtensions: trailing }, "CRL_INVALID"],
    ["no extension in the list of them", { extensions: [] }, "CRL_INVALID"],
    ["an extension twice", { extensions: [number, number] }, "EXTENSION_DUPLICATE"],
    ["an extension of an entry twice", { revoked: [makeEntry(1n, twice)] }, "EXTENSION_DUPLICATE"],
    ["an entry that is no SEQUENCE", { revoked: [derNull()] }, "CRL_INVALID"],
    ["an empty entry", { revoked: [derSequence()] }, "CRL_INVALID"],
    ["an entry without a date", { revoked: [derSequence(derInteger(1))] }, "CRL_INVALID"],
    ["a serial number that is none", { revoked: [derSequence(derNull(), june)] }, "CRL_INVALID"],
    ["a date that is none", { revoked: [derSequence(derInteger(1), derNull())] }, "CRL_INVALID"],
    ["something after the date", { revoked: [derSequence(derInteger(1), june, derNull())] }, "CRL_INVALID"],
    [
      "an entry with no extension in its list",
      { revoked: [derSequence(derInteger(1), june, derSequence())] },
      "CRL_INVALID",
    ],
    ["a huge serial number", { revoked: [makeEntry(1n << 4000n)] }, "DER_LIMIT_EXCEEDED"],
    ["a signature with unused bits", { signature: derBitString(Uint8Array.of(0x80), 7) }, "CRL_INVALID"],
    ["something after the signature", { afterSignature: trailing }, "CRL_INVALID"],
    ["a time that is not DER", { thisUpdate: derTlv(0x17, new TextEncoder().encode("2606010000Z")) }, "DER_BAD_VALUE"],
  ])("%s", (_, parts, expected) => {
    const offset = expect.any(Number);
    expect(() => make(parts)).toThrow(
      expect.objectContaining({ code: expected, details: expect.objectContaining({ offset }) }),
    );
  });

  test("bytes after it, and no bytes", () => {
    expect(() => CertificateRevocationList.fromDer(concatBytes(makeCrl(), derNull()))).toThrow(
      code("DER_TRAILING_DATA"),
    );
    expect(() => CertificateRevocationList.fromDer(new Uint8Array(0))).toThrow(code("DER_TRUNCATED"));
    expect(() => CertificateRevocationList.fromDer("" as never)).toThrow(code("ARGUMENT_INVALID"));
  });

  const point = (...parts: Uint8Array[]) => derSequence(...parts);
  const yes = (tag: number) => derImplicit(tag, derBoolean(true));
  test.each<[string, string, Uint8Array, (crl: CertificateRevocationList) => unknown]>([
    ["a negative CRL number", ExtensionOid.cRLNumber, derInteger(-1), (crl) => crl.crlNumber],
    ["a CRL number of 21 octets", ExtensionOid.cRLNumber, derInteger(1n << 160n), (crl) => crl.crlNumber],
    ["a base that is no number", ExtensionOid.deltaCRLIndicator, derNull(), (crl) => crl.deltaCrlIndicator],
    [
      "an empty distribution point",
      ExtensionOid.issuingDistributionPoint,
      point(),
      (crl) => crl.issuingDistributionPoint,
    ],
    [
      "users and CAs only",
      ExtensionOid.issuingDistributionPoint,
      point(yes(1), yes(2)),
      (crl) => crl.issuingDistributionPoint,
    ],
    [
      "fields out of order",
      ExtensionOid.issuingDistributionPoint,
      point(yes(4), yes(1)),
      (crl) => crl.issuingDistributionPoint,
    ],
    [
      "a BOOLEAN of 01",
      ExtensionOid.issuingDistributionPoint,
      point(derTlv(0x84, Uint8Array.of(1))),
      (crl) => crl.issuingDistributionPoint,
    ],
    ["no freshest point", ExtensionOid.freshestCRL, derSequence(), (crl) => crl.freshestCrl],
  ])("when it is read: %s", (_, oid, value, read) => {
    const crl = make({ extensions: [{ oid, critical: true, value }] });
    expect(() => read(crl)).toThrow(code("EXTENSION_INVALID"));
    expect(crl.inspect()).toContain("EXTENSION_INVALID");
    expect(JSON.stringify(crl)).toContain(crl.id);
  });

  test.each<[string, Uint8Array]>([
    ["a reason of 7", derTlv(0x0a, Uint8Array.of(7))],
    ["a reason of 11", derTlv(0x0a, Uint8Array.of(11))],
    ["a reason of 256", derTlv(0x0a, Uint8Array.of(1, 0))],
    ["a negative reason", derTlv(0x0a, Uint8Array.of(0xff))],
    ["a reason that is an INTEGER", derInteger(1)],
  ])("when it is read: %s", (_, value) => {
    const crl = make({ revoked: [makeEntry(1n, [{ oid: ExtensionOid.reasonCode, critical: false, value }])] });
    expect(() => [...crl.entries][0]?.reason).toThrow(code("EXTENSION_INVALID"));
  });

  test("an invalidity date that is a UTCTime", () => {
    const extension = { oid: ExtensionOid.invalidityDate, critical: false, value: june };
    const crl = make({ revoked: [makeEntry(1n, [extension])] });
    expect(() => crl.find(1n)?.invalidityDate).toThrow(code("EXTENSION_INVALID"));
  });
});

describe("what is read, and listed", () => {
  const falseFlag: Extension = {
    oid: ExtensionOid.issuingDistributionPoint,
    critical: true,
    value: derSequence(derImplicit(1, derBoolean(true)), derTlv(0x84, Uint8Array.of(0))),
  };
  const early = derGeneralizedTime(new Date("2026-06-02T00:00:00Z"));
  const tail: Extension = { oid: "1.2.3", critical: false, value: derNull() };
  const explicitFalse = derExplicit(
    0,
    derSequence(derSequence(derOid("1.2.3"), derBoolean(false), derOctetString(derNull()))),
  );
  test.each<[string, Parameters<typeof makeCrl>[0]]>([
    ["SIGNATURE_ALGORITHM_MISMATCH", { innerAlgorithm: sha256WithRsa }],
    ["ISSUER_EMPTY", { issuer: derSequence() }],
    ["TIME_GENERALIZED_BEFORE_2050", { thisUpdate: early }],
    ["TIME_GENERALIZED_BEFORE_2050", { revoked: [makeEntry(1n, [], early), makeEntry(2n, [], early)] }],
    ["UPDATES_REVERSED", { thisUpdate: july, nextUpdate: june }],
    ["REVOKED_CERTIFICATES_EMPTY", { revoked: [] }],
    ["SERIAL_NEGATIVE", { revoked: [makeEntry(-1n), makeEntry(-2n)] }],
    ["SERIAL_TOO_LONG", { revoked: [makeEntry(1n << 160n)] }],
    ["CRITICAL_DEFAULT_ENCODED", { afterExtensions: explicitFalse }],
    ["EXTENSION_NOT_CRITICAL", { extensions: [{ ...indirect, critical: false }] }],
    ["EXTENSION_NOT_CRITICAL", { revoked: [makeEntry(1n, [about(other, false)])], extensions: [indirect] }],
    ["DISTRIBUTION_POINT_DEFAULT_ENCODED", { extensions: [falseFlag] }],
    ["CERTIFICATE_ISSUER_IN_DIRECT_CRL", { revoked: [makeEntry(1n, [about(other)])], extensions: [tail] }],
    ["CERTIFICATE_ISSUER_IN_DIRECT_CRL", { revoked: [makeEntry(1n, [about(other)])], extensions: [falseFlag] }],
  ])("%s", (expected, parts) => {
    const crl = make(parts);
    const codes = crl.deviations.map((one) => one.code);
    expect(codes.filter((one) => one === expected)).toHaveLength(1);
    for (const { offset, message } of crl.deviations) {
      expect(offset).toBeLessThan(crl.der.length);
      expect(message).toMatch(/^[A-Zac-z].*\.$/);
    }
    expect(crl.inspect()).toContain(expected);
  });

  test("UTCTime from 2050 on cannot be, GeneralizedTime is right there", () => {
    const late = derGeneralizedTime(new Date("2051-01-01T00:00:00Z"));
    expect(make({ nextUpdate: late }).deviations).toEqual([]);
  });
});
