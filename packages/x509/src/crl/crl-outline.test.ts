// What is refused as a CRL: most of it when it is loaded, extensions when they are read.

import { describe, expect, test } from "vitest";
import { entryReason } from "../../test/crl-extensions.ts";
import { errorCode } from "../../test/error-code.ts";
import { type CrlParts, june, makeCrl, makeEntry, readCrl } from "../../test/make-crl.ts";
import { concatBytes } from "../bytes.ts";
import {
  derBitString,
  derBoolean,
  derImplicit,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derSequence,
  derTlv,
  derUtf8String,
} from "../der/writer.ts";
import { CertificateRevocationList, type Extension, ExtensionOid, encodeCrlNumber } from "../index.ts";

describe("what is refused", () => {
  const twice = [entryReason("superseded"), entryReason("superseded")];
  const number: Extension = { oid: ExtensionOid.crlNumber, critical: false, value: encodeCrlNumber(1) };
  const trailing = derUtf8String("x");
  test.each<[string, CrlParts, string]>([
    ["version 3", { version: derInteger(2) }, "CRL_INVALID"],
    ["version 1 that is encoded", { version: derInteger(0) }, "CRL_INVALID"],
    ["a version that is no INTEGER", { version: derOctetString(Uint8Array.of(1)) }, "CRL_INVALID"],
    ["extensions in version 1", { version: null, extensions: [number] }, "CRL_INVALID"],
    [
      "extensions of an entry in version 1",
      { version: null, revoked: [makeEntry(1n, [entryReason("superseded")])] },
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
    expect(() => readCrl(parts)).toThrow(
      expect.objectContaining({ code: expected, details: expect.objectContaining({ offset }) }),
    );
  });

  test("bytes after it, and no bytes", () => {
    expect(() => CertificateRevocationList.fromDer(concatBytes(makeCrl(), derNull()))).toThrow(
      errorCode("DER_TRAILING_DATA"),
    );
    expect(() => CertificateRevocationList.fromDer(new Uint8Array(0))).toThrow(errorCode("DER_TRUNCATED"));
    expect(() => CertificateRevocationList.fromDer("" as never)).toThrow(errorCode("ARGUMENT_INVALID"));
  });

  const point = (...parts: Uint8Array[]) => derSequence(...parts);
  const yes = (tag: number) => derImplicit(tag, derBoolean(true));
  test.each<[string, string, Uint8Array, (crl: CertificateRevocationList) => unknown]>([
    ["a negative CRL number", ExtensionOid.crlNumber, derInteger(-1), (crl) => crl.crlNumber],
    ["a CRL number of 21 octets", ExtensionOid.crlNumber, derInteger(1n << 160n), (crl) => crl.crlNumber],
    ["a base that is no number", ExtensionOid.deltaCrlIndicator, derNull(), (crl) => crl.deltaCrlIndicator],
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
    ["no freshest point", ExtensionOid.freshestCrl, derSequence(), (crl) => crl.freshestCrl],
  ])("when it is read: %s", (_, oid, value, read) => {
    const crl = readCrl({ extensions: [{ oid, critical: true, value }] });
    expect(() => read(crl)).toThrow(errorCode("EXTENSION_INVALID"));
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
    const crl = readCrl({ revoked: [makeEntry(1n, [{ oid: ExtensionOid.reasonCode, critical: false, value }])] });
    expect(() => [...crl.entries][0]?.reason).toThrow(errorCode("EXTENSION_INVALID"));
  });

  test("an invalidity date that is a UTCTime", () => {
    const extension = { oid: ExtensionOid.invalidityDate, critical: false, value: june };
    const crl = readCrl({ revoked: [makeEntry(1n, [extension])] });
    expect(() => crl.find(1n)?.invalidityDate).toThrow(errorCode("EXTENSION_INVALID"));
  });
});
