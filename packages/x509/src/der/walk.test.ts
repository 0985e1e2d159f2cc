import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromHex } from "../bytes.ts";
import { X509Error, type X509ErrorCode } from "../error.ts";
import { assertDer, type DerLimits } from "./walk.ts";
import { derTlv } from "./writer.ts";

function failure(hex: string, limits?: DerLimits): { code: X509ErrorCode; offset: number } | undefined {
  const bytes = fromHex(hex.replaceAll(" ", ""));
  if (bytes === undefined) throw new Error(`not hex: ${hex}`);
  try {
    assertDer(bytes, limits);
    return undefined;
  } catch (error) {
    if (!X509Error.is(error) || !("offset" in error.details)) throw error;
    return { code: error.code, offset: error.details.offset ?? -1 };
  }
}

describe("what is DER", () => {
  test.each([
    ["an empty SEQUENCE", "30 00"],
    ["an empty SET", "31 00"],
    ["nested", "30 04 30 02 30 00"],
    ["siblings after nesting", "30 09 30 02 05 00 02 01 00 05 00"],
    ["BOOLEAN TRUE and FALSE", "30 06 01 01 ff 01 01 00"],
    ["INTEGER 0, 127, 128, -1, -128, -129", "30 14 02 01 00 02 01 7f 02 02 00 80 02 01 ff 02 01 80 02 02 ff 7f"],
    ["BIT STRING, empty and with 7 unused bits", "30 07 03 01 00 03 02 07 80"],
    ["OCTET STRING, empty", "04 00"],
    ["NULL", "05 00"],
    ["OID with a long arc", "06 06 2a 86 48 86 f7 0d"],
    ["length of 128 in two octets", `04 81 80 ${"00".repeat(128)}`],
    ["length of 256 in three octets", `04 82 01 00 ${"00".repeat(256)}`],
    ["times", `30 20 17 0d ${"323630313031303030303030"} 5a 18 0f ${"3230353030313031303030303030"} 5a`],
    ["context tags, primitive and constructed", "30 07 80 01 aa a1 02 05 00"],
    ["opaque context content that would be bad DER", "30 04 80 02 ff ff"],
  ])("%s", (_, hex) => {
    expect(failure(hex)).toBeUndefined();
  });
});

describe("what is not DER", () => {
  test.each<[string, string, X509ErrorCode, number]>([
    ["nothing", "", "DER_TRUNCATED", 0],
    ["a tag without a length", "30", "DER_TRUNCATED", 1],
    ["a length that is cut off", "30 82 01", "DER_TRUNCATED", 1],
    ["contents that are cut off", "30 05 02 01 00", "DER_TRUNCATED", 0],
    ["a child that is longer than its container", "30 03 02 02 00", "DER_TRUNCATED", 2],
    ["bytes after the end", "30 00 00", "DER_TRAILING_DATA", 2],
    ["a second structure after the end", "05 00 05 00", "DER_TRAILING_DATA", 2],
    ["indefinite length", "30 80 05 00 00 00", "DER_BAD_LENGTH", 1],
    ["reserved length octet ff", "30 ff 00", "DER_BAD_LENGTH", 1],
    ["long form of a short length", "30 81 02 05 00", "DER_BAD_LENGTH", 1],
    ["leading zero in a length", `04 82 00 80 ${"00".repeat(128)}`, "DER_BAD_LENGTH", 1],
    ["length in five octets", "30 85 01 00 00 00 00", "DER_BAD_LENGTH", 1],
    ["length of 2^31", "30 84 80 00 00 00 00", "DER_BAD_LENGTH", 1],
    ["high tag number form", "3f 81 01 00", "DER_UNEXPECTED_TAG", 0],
    ["high tag number form in a context tag", "30 04 9f 81 01 00", "DER_UNEXPECTED_TAG", 2],
    ["end-of-contents", "30 02 00 00", "DER_UNEXPECTED_TAG", 2],
    ["primitive SEQUENCE", "10 00", "DER_UNEXPECTED_TAG", 0],
    ["primitive SET", "11 00", "DER_UNEXPECTED_TAG", 0],
    ["constructed OCTET STRING", "24 03 04 01 00", "DER_UNEXPECTED_TAG", 0],
    ["constructed BIT STRING", "23 04 03 02 00 01", "DER_UNEXPECTED_TAG", 0],
    ["constructed UTF8String", "2c 03 0c 01 61", "DER_UNEXPECTED_TAG", 0],
    ["BOOLEAN 05", "01 01 05", "DER_BAD_VALUE", 2],
    ["BOOLEAN of two octets", "01 02 ff ff", "DER_BAD_VALUE", 2],
    ["empty BOOLEAN", "01 00", "DER_BAD_VALUE", 2],
    ["empty INTEGER", "02 00", "DER_BAD_VALUE", 2],
    ["INTEGER with a redundant 00", "02 02 00 7f", "DER_BAD_VALUE", 2],
    ["INTEGER with a redundant ff", "02 02 ff 80", "DER_BAD_VALUE", 2],
    ["ENUMERATED with a redundant 00", "0a 02 00 01", "DER_BAD_VALUE", 2],
    ["empty BIT STRING", "03 00", "DER_BAD_VALUE", 2],
    ["BIT STRING with 8 unused bits", "03 02 08 00", "DER_BAD_VALUE", 2],
    ["BIT STRING with unused bits and no octet", "03 01 01", "DER_BAD_VALUE", 2],
    ["BIT STRING with unused bits that are set", "03 02 01 01", "DER_BAD_VALUE", 3],
    ["NULL with contents", "05 01 00", "DER_BAD_VALUE", 2],
    ["empty OID", "06 00", "DER_BAD_VALUE", 2],
    ["OID with a padded arc", "06 03 55 80 04", "DER_BAD_VALUE", 3],
    ["OID that ends within an arc", "06 02 55 84", "DER_BAD_VALUE", 3],
    ["UTCTime without seconds", "17 0b 32363031303130303030 5a", "DER_BAD_VALUE", 2],
    ["UTCTime with an offset", "17 11 323630313031303030303030 2b30313030", "DER_BAD_VALUE", 2],
    ["GeneralizedTime with a fraction", "18 11 3230323630313031303030303030 2e35 5a", "DER_BAD_VALUE", 2],
    ["30 February", "17 0d 323630323330303030303030 5a", "DER_BAD_VALUE", 2],
    ["24:00", "17 0d 323630323031323430303030 5a", "DER_BAD_VALUE", 2],
    ["a time with a letter in it", "17 0d 323630323061323330303030 5a", "DER_BAD_VALUE", 6],
  ])("%s", (_, hex, code, offset) => {
    expect(failure(hex)).toEqual({ code, offset });
  });
});

describe("bounded work", () => {
  test("depth", () => {
    let bytes: Uint8Array = derTlv(0x05);
    for (let level = 0; level < 32; level++) bytes = derTlv(0x30, bytes);
    expect(() => assertDer(bytes)).not.toThrow();
    for (let level = 0; level < 40; level++) {
      bytes = derTlv(0x30, bytes);
      expect(() => assertDer(bytes)).toThrow(expect.objectContaining({ code: "DER_LIMIT_EXCEEDED" }));
    }
  });

  test("elements", () => {
    const many = derTlv(0x30, ...Array.from({ length: 70_000 }, () => Uint8Array.of(5, 0)));
    expect(() => assertDer(many)).toThrow(expect.objectContaining({ code: "DER_LIMIT_EXCEEDED" }));
    expect(() => assertDer(many, { maxElements: 70_001 })).not.toThrow();
  });

  test("size", () => {
    const large = derTlv(0x04, new Uint8Array(0x100000));
    expect(() => assertDer(large)).toThrow(expect.objectContaining({ code: "DER_LIMIT_EXCEEDED" }));
    expect(() => assertDer(large, { maxBytes: 0x200000 })).not.toThrow();
  });

  test("any bytes give an X509Error or are DER", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          assertDer(bytes);
        } catch (error) {
          expect(X509Error.is(error)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
