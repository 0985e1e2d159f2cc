// CRLs that are DER but not as RFC 5280 wants them: read, and listed.

import { describe, expect, test } from "vitest";
import { aboutIssuer, indirectCrl } from "../../test/crl-extensions.ts";
import { sha256WithRsa } from "../../test/make-certificate.ts";
import { type CrlParts, july, june, makeEntry, readCrl } from "../../test/make-crl.ts";
import {
  derBoolean,
  derExplicit,
  derGeneralizedTime,
  derImplicit,
  derNull,
  derOctetString,
  derOid,
  derSequence,
  derTlv,
} from "../der/writer.ts";
import { DistinguishedName, type Extension, ExtensionOid } from "../index.ts";

const other = DistinguishedName.of({ CN: "other" });

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
  test.each<[string, CrlParts]>([
    ["SIGNATURE_ALGORITHM_MISMATCH", { innerAlgorithm: sha256WithRsa }],
    ["ISSUER_EMPTY", { issuer: derSequence() }],
    ["TIME_GENERALIZED_BEFORE_2050", { thisUpdate: early }],
    ["TIME_GENERALIZED_BEFORE_2050", { revoked: [makeEntry(1n, [], early), makeEntry(2n, [], early)] }],
    ["UPDATES_REVERSED", { thisUpdate: july, nextUpdate: june }],
    ["REVOKED_CERTIFICATES_EMPTY", { revoked: [] }],
    ["SERIAL_NEGATIVE", { revoked: [makeEntry(-1n), makeEntry(-2n)] }],
    ["SERIAL_TOO_LONG", { revoked: [makeEntry(1n << 160n)] }],
    ["CRITICAL_DEFAULT_ENCODED", { afterExtensions: explicitFalse }],
    ["EXTENSION_NOT_CRITICAL", { extensions: [{ ...indirectCrl, critical: false }] }],
    ["EXTENSION_NOT_CRITICAL", { revoked: [makeEntry(1n, [aboutIssuer(other, false)])], extensions: [indirectCrl] }],
    ["DISTRIBUTION_POINT_DEFAULT_ENCODED", { extensions: [falseFlag] }],
    ["CERTIFICATE_ISSUER_IN_DIRECT_CRL", { revoked: [makeEntry(1n, [aboutIssuer(other)])], extensions: [tail] }],
    ["CERTIFICATE_ISSUER_IN_DIRECT_CRL", { revoked: [makeEntry(1n, [aboutIssuer(other)])], extensions: [falseFlag] }],
  ])("%s", (expected, parts) => {
    const crl = readCrl(parts);
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
    expect(readCrl({ nextUpdate: late }).deviations).toEqual([]);
  });
});
