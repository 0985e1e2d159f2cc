// Reader and writer against each other, and against OpenSSL.

import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concatBytes, toHex } from "../bytes.ts";
import { X509Error } from "../error.ts";
import { oidName } from "../extensions/oid-names.ts";
import { decodeOid, encodeOid, isOidText } from "./oid.ts";
import { DerReader, decodeInteger } from "./reader.ts";
import { Tag } from "./tag.ts";
import { assertDer } from "./walk.ts";
import {
  derBitString,
  derBoolean,
  derExplicit,
  derIa5String,
  derImplicit,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derPrintableString,
  derSequence,
  derSet,
  derTime,
  derTlv,
  derUtf8String,
} from "./writer.ts";

const arc = fc.bigInt({ min: 0n, max: 2n ** 128n });
const oid = fc
  .oneof(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.bigInt({ min: 0n, max: 39n })), fc.tuple(fc.constant(2), arc))
  .chain(([first, second]) => fc.array(arc, { maxLength: 5 }).map((rest) => [first, second, ...rest].join(".")));

describe("what is written is read back, and is DER", () => {
  test("INTEGER", () => {
    fc.assert(
      fc.property(fc.bigInt(), (value) => {
        const der = derInteger(value);
        assertDer(der);
        expect(new DerReader(der).integer()).toBe(value);
      }),
    );
  });

  test.each([-(2n ** 31n), -129n, -128n, -1n, 0n, 127n, 128n, 2n ** 47n, -(2n ** 47n), 2n ** 63n])(
    "INTEGER %s",
    (value) => {
      expect(new DerReader(derInteger(value)).integer()).toBe(value);
      expect(decodeInteger(derInteger(value), 2, derInteger(value).length)).toBe(value);
    },
  );

  test("INTEGER from a magnitude", () => {
    expect(toHex(derInteger(Uint8Array.of()))).toBe("020100");
    expect(toHex(derInteger(Uint8Array.of(0, 0, 0x7f)))).toBe("02017f");
    expect(toHex(derInteger(Uint8Array.of(0, 0x80)))).toBe("02020080");
  });

  test("OBJECT IDENTIFIER, with arcs of any size", () => {
    fc.assert(
      fc.property(oid, (text) => {
        const der = derOid(text);
        assertDer(der);
        expect(new DerReader(der).oid()).toBe(text);
      }),
    );
  });

  test("times from year 0 to 9999, to the second", () => {
    const time = fc.integer({ min: Date.parse("0000-01-01T00:00:00Z") / 1000, max: 253_402_300_799 });
    fc.assert(
      fc.property(time, (seconds) => {
        const date = new Date(seconds * 1000);
        const der = derTime(date);
        assertDer(der);
        expect(new DerReader(der).time()).toEqual(date);
        const year = date.getUTCFullYear();
        expect(der[0]).toBe(year >= 1950 && year < 2050 ? Tag.utcTime : Tag.generalizedTime);
      }),
    );
  });

  test("strings", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const der = derUtf8String(text);
        assertDer(der);
        expect(new DerReader(der).string()).toBe(text);
      }),
    );
  });

  test("BIT STRING, OCTET STRING, BOOLEAN, NULL, tags", () => {
    const reader = new DerReader(
      concatBytes(
        derBitString(Uint8Array.of(0x80), 7),
        derOctetString(Uint8Array.of(1, 2)),
        derBoolean(true),
        derNull(),
        derExplicit(3, derInteger(5)),
        derImplicit(1, derOctetString(Uint8Array.of(9))),
        derImplicit(2, derSequence(derNull())),
      ),
    );
    expect(reader.bitString()).toEqual({ unused: 7, bytes: Uint8Array.of(0x80) });
    expect(reader.octetString()).toEqual(Uint8Array.of(1, 2));
    expect(reader.boolean()).toBe(true);
    reader.null();
    expect(reader.enter(0xa3, "[3]").smallInteger()).toBe(5);
    expect(reader.optional(0x82)).toBe(false);
    expect(reader.optional(0x81)).toBe(true);
    expect(reader.value()).toEqual(Uint8Array.of(9));
    expect(reader.raw()).toEqual(Uint8Array.of(0xa2, 2, 5, 0));
    reader.done("the test");
  });

  test("SET OF is sorted", () => {
    const set = derSet(derInteger(300), derInteger(2), derInteger(1), derTlv(0x04));
    expect(toHex(set)).toBe("310c0201010201020202012c0400");
  });

  test.each([0, 127, 128, 255, 256, 65_535, 65_536, 16_777_216])("contents of %d octets", (length) => {
    const der = derOctetString(new Uint8Array(length));
    assertDer(der, { maxBytes: 2 ** 25 });
    expect(new DerReader(der).octetString()).toHaveLength(length);
  });
});

test("OpenSSL reads what is written", () => {
  const der = derSequence(
    derInteger(-(2n ** 70n)),
    derInteger(2n ** 70n),
    derOid("2.999.1234567890123456789"),
    derTime(new Date("2049-12-31T23:59:59Z")),
    derTime(new Date("2050-01-01T00:00:00Z")),
    derPrintableString("Aa (0)"),
    derIa5String("a@b"),
    derUtf8String("Zoë"),
  );
  const text = execFileSync("openssl", ["asn1parse", "-inform", "DER"], { input: der, encoding: "utf8" });
  const values = text.split("\n").map((line) => line.split(":").slice(3).join(":").trim());
  expect(values.slice(1, -1)).toEqual([
    `-${(2n ** 70n).toString(16)}`,
    (2n ** 70n).toString(16),
    "2.999.1234567890123456789",
    "491231235959Z",
    "20500101000000Z",
    "Aa (0)",
    "a@b",
    "Zoë",
  ]);
});

describe("what the reader refuses", () => {
  const bad: readonly [string, Uint8Array, (reader: DerReader) => unknown, string][] = [
    ["another tag", derNull(), (reader) => reader.integer(), "DER_UNEXPECTED_TAG"],
    ["nothing left", new Uint8Array(0), (reader) => reader.integer(), "DER_TRUNCATED"],
    ["a negative small INTEGER", derInteger(-1), (reader) => reader.smallInteger(), "DER_BAD_VALUE"],
    ["a large small INTEGER", derInteger(2 ** 31), (reader) => reader.smallInteger(), "DER_BAD_VALUE"],
    ["a padded INTEGER", Uint8Array.of(2, 2, 0, 1), (reader) => reader.integer(), "DER_BAD_VALUE"],
    ["something left", derNull(), (reader) => reader.done("it"), "DER_TRAILING_DATA"],
    ["UTF-8 that is none", derTlv(Tag.utf8String, Uint8Array.of(0xc3)), (reader) => reader.string(), "DER_BAD_VALUE"],
    ["overlong UTF-8", derTlv(Tag.utf8String, Uint8Array.of(0xc0, 0x80)), (reader) => reader.string(), "DER_BAD_VALUE"],
    [
      "IA5String with an octet above 7f",
      derTlv(Tag.ia5String, Uint8Array.of(0x80)),
      (reader) => reader.string(),
      "DER_BAD_VALUE",
    ],
    ["odd BMPString", derTlv(Tag.bmpString, Uint8Array.of(0)), (reader) => reader.string(), "DER_BAD_VALUE"],
    [
      "BMPString with a lone surrogate",
      derTlv(Tag.bmpString, Uint8Array.of(0xd8, 0)),
      (reader) => reader.string(),
      "DER_BAD_VALUE",
    ],
    [
      "UniversalString beyond Unicode",
      derTlv(Tag.universalString, Uint8Array.of(0, 0x11, 0, 0)),
      (reader) => reader.string(),
      "DER_BAD_VALUE",
    ],
    ["no character string", derNull(), (reader) => reader.string(), "DER_BAD_VALUE"],
    ["no time", derNull(), (reader) => reader.time(), "DER_UNEXPECTED_TAG"],
    ["a huge OID", derTlv(Tag.oid, new Uint8Array(128).fill(1)), (reader) => reader.oid(), "DER_LIMIT_EXCEEDED"],
  ];
  test.each(bad)("%s", (_, bytes, read, code) => {
    expect(() => read(new DerReader(bytes))).toThrow(expect.objectContaining({ code }));
  });

  test("offsets count from the start of the bytes, not of the range", () => {
    const bytes = concatBytes(derNull(), derNull());
    expect(() => new DerReader(bytes, 2).integer()).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ offset: 2 }) }),
    );
  });
});

describe("what the writer refuses", () => {
  test.each<[string, () => unknown]>([
    ["an OID that is none", () => derOid("3.1")],
    ["an OID with a leading zero", () => derOid("2.5.04")],
    ["an OID with one arc", () => derOid("2")],
    ["a second arc above 39", () => derOid("1.40")],
    ["a PrintableString with @", () => derPrintableString("a@b")],
    ["an IA5String beyond ASCII", () => derIa5String("ë")],
    ["a lone surrogate", () => derUtf8String("\ud800")],
    ["no date", () => derTime(new Date(Number.NaN))],
    ["the year 10000", () => derTime(new Date(Date.UTC(10_000, 0)))],
  ])("%s", (_, write) => {
    expect(write).toThrow(expect.objectContaining({ code: "ARGUMENT_INVALID" }));
  });
});

test("OIDs: three octets are remembered, and are still checked", () => {
  expect(decodeOid(Uint8Array.of(0x55, 4, 3), 0, 3)).toBe("2.5.4.3");
  expect(decodeOid(Uint8Array.of(0x55, 4, 3), 0, 3)).toBe("2.5.4.3");
  expect(() => decodeOid(Uint8Array.of(0x55, 0x80, 3), 0, 3)).toThrow(X509Error);
  expect(toHex(encodeOid("2.100.3"))).toBe("813403");
  expect(oidName("2.5.29.17")).toBe("subjectAltName");
  expect(oidName("constructor")).toBeUndefined();
  expect(isOidText("1".repeat(600))).toBe(false);
});
