import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromHex } from "../bytes.ts";
import { derInteger, derSequence } from "../der/writer.ts";
import { ecdsaDerToRaw, ecdsaRawToDer } from "./ecdsa-signature.ts";

const widths = [32, 48, 66] as const;

describe("ECDSA signatures between DER and r || s", () => {
  test.each(widths)("there and back, %i bytes wide", (width) => {
    const positive = fc
      .uint8Array({ minLength: width, maxLength: width })
      .filter((half) => half.some((byte) => byte !== 0));
    fc.assert(
      fc.property(positive, positive, (r, s) => {
        const raw = Uint8Array.of(...r, ...s);
        const der = ecdsaRawToDer(raw);
        expect(der).toEqual(derSequence(derInteger(r), derInteger(s)));
        expect(ecdsaDerToRaw(der, width)).toEqual(raw);
      }),
    );
  });

  test("what is taken is exactly what is canonical", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.constantFrom(...widths), (bytes, width) => {
        const raw = ecdsaDerToRaw(bytes, width);
        if (raw !== undefined) expect(ecdsaRawToDer(raw)).toEqual(bytes);
      }),
    );
  });

  test.each([
    ["nothing", ""],
    ["zero r", "3006020100020101"],
    ["zero s", "3006020101020100"],
    ["negative r", "3006020181020101"],
    ["padded r", "300702020001020101"],
    ["empty r", "30050200020101"],
    ["a long length where a short one fits", "308106020101020101"],
    ["an indefinite length", "30800201010201010000"],
    ["a byte after it", "300602010102010100"],
    ["a byte inside it", "300702010102010100"],
    ["a third integer", "3009020101020101020101"],
    ["another tag", "3106020101020101"],
    ["truncated", "30060201010201"],
    ["an OCTET STRING", "3006040101020101"],
  ])("%s is no signature", (_, hex) => {
    expect(ecdsaDerToRaw(fromHex(hex) ?? new Uint8Array(), 32)).toBeUndefined();
  });

  test("a number wider than the curve is no signature", () => {
    const wide = new Uint8Array(33).fill(1);
    expect(ecdsaDerToRaw(derSequence(derInteger(wide), derInteger(1)), 32)).toBeUndefined();
    expect(ecdsaDerToRaw(derSequence(derInteger(wide), derInteger(1)), 48)).toBeDefined();
  });
});
