// What is DER, and not as RFC 5280 wants it.

import { describe, expect, test } from "vitest";
import {
  type CertificateParts,
  extension,
  generalizedTime,
  makeCertificate,
  sha256WithRsa,
  utcTime,
} from "../../test/make-certificate.ts";
import {
  derBitString,
  derBoolean,
  derExplicit,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derSequence,
  derTlv,
  derUtf8String,
} from "../der/writer.ts";
import { Certificate, type DeviationCode, DistinguishedName, encodeAltName } from "../index.ts";

describe("deviations: DER, and not as RFC 5280 wants it", () => {
  const unordered = derSequence(
    derTlv(
      0x31,
      derSequence(derOid("2.5.4.10"), derUtf8String("o")),
      derSequence(derOid("2.5.4.3"), derUtf8String("c")),
    ),
  );
  const critical = (value: boolean) => derSequence(derOid("1.2.3"), derBoolean(value), derOctetString(derNull()));
  const validity = (from: Uint8Array, to: Uint8Array) => ({ validity: derSequence(from, to) });
  test.each<[DeviationCode[], CertificateParts]>([
    [[], {}],
    [[], { version: null }],
    [["VERSION_DEFAULT_ENCODED"], { version: derExplicit(0, derInteger(0)) }],
    [["SERIAL_NEGATIVE"], { serial: derInteger(-5) }],
    [["SERIAL_ZERO"], { serial: derInteger(0) }],
    [[], { serial: derInteger(2n ** 159n - 1n) }],
    [["SERIAL_TOO_LONG"], { serial: derInteger(2n ** 159n) }],
    [["SIGNATURE_ALGORITHM_MISMATCH"], { innerAlgorithm: sha256WithRsa }],
    [["ISSUER_EMPTY"], { issuer: derSequence() }],
    [["NAME_SET_ORDER"], { subject: unordered }],
    [["NAME_TEXT_UNREADABLE"], { subject: DistinguishedName.parse("CN=#0c01ff").der }],
    [["NAME_TEXT_UNREADABLE"], { issuer: DistinguishedName.parse("CN=#0500").der }],
    [["NAME_TEXT_ALPHABET"], { subject: DistinguishedName.parse("CN=#13012a").der }],
    [["TIME_GENERALIZED_BEFORE_2050"], validity(generalizedTime("20260101000000Z"), utcTime("270101000000Z"))],
    [[], validity(utcTime("260101000000Z"), generalizedTime("20500101000000Z"))],
    [["VALIDITY_REVERSED"], validity(utcTime("270101000000Z"), utcTime("260101000000Z"))],
    [["UNIQUE_IDENTIFIER"], { uniqueIds: [derTlv(0x81, Uint8Array.of(0))] }],
    [["CRITICAL_DEFAULT_ENCODED"], { extensions: [critical(false)] }],
    [[], { extensions: [critical(true)] }],
    [
      ["SUBJECT_EMPTY_WITHOUT_CRITICAL_SAN"],
      { subject: derSequence(), extensions: [extension("2.5.29.17", encodeAltName(["a"]))] },
    ],
    [[], { subject: derSequence(), extensions: [extension("2.5.29.17", encodeAltName(["a"]), true)] }],
    [["CA_DEFAULT_ENCODED"], { extensions: [extension("2.5.29.19", derSequence(derBoolean(false)))] }],
    [
      ["CA_DEFAULT_ENCODED", "PATH_LENGTH_WITHOUT_CA"],
      { extensions: [extension("2.5.29.19", derSequence(derBoolean(false), derInteger(1)))] },
    ],
    [["PATH_LENGTH_WITHOUT_CA"], { extensions: [extension("2.5.29.19", derSequence(derInteger(1)))] }],
    [
      ["SUBTREE_MINIMUM_DEFAULT_ENCODED"],
      {
        extensions: [
          extension(
            "2.5.29.30",
            derTlv(0x30, derTlv(0xa0, derSequence(derTlv(0x82, Uint8Array.of(0x61)), derTlv(0x80, Uint8Array.of(0))))),
          ),
        ],
      },
    ],
    [["KEY_USAGE_EMPTY"], { extensions: [extension("2.5.29.15", derBitString(new Uint8Array(0)))] }],
    [["KEY_USAGE_EMPTY"], { extensions: [extension("2.5.29.15", derBitString(Uint8Array.of(0)))] }],
    [["KEY_USAGE_PADDING"], { extensions: [extension("2.5.29.15", derBitString(Uint8Array.of(0x06)))] }],
    [["KEY_USAGE_PADDING"], { extensions: [extension("2.5.29.15", derBitString(Uint8Array.of(0x06, 0), 7))] }],
    [[], { extensions: [extension("2.5.29.15", derBitString(Uint8Array.of(0x06), 1))] }],
  ])("%j", (codes, parts) => {
    const { deviations } = Certificate.fromDer(makeCertificate(parts));
    expect(deviations.map(({ code }) => code)).toEqual(codes);
    for (const { offset, message } of deviations) {
      expect(offset).toBeGreaterThan(0);
      expect(message).toMatch(/\((?:RFC 5280 section [0-9.]+|X\.6[89]0).*\)\.$/);
    }
  });
});
