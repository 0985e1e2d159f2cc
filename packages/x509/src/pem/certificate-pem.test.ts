import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { X509Error } from "../error.ts";
import { certificateBlocks } from "./certificate-pem.ts";
import { pemDecode, pemEncode } from "./pem.ts";

const outcome = (read: () => readonly Uint8Array[]): unknown => {
  try {
    return read().map((bytes) => [...bytes]);
  } catch (error) {
    if (!X509Error.is(error)) throw error;
    return { code: error.code, details: error.details };
  }
};

describe("the runtime's base64 decoder and ours", () => {
  const bundle = fc
    .array(fc.uint8Array({ minLength: 1, maxLength: 200 }), { minLength: 1, maxLength: 5 })
    .map((all) => all.map((bytes) => pemEncode("CERTIFICATE", bytes)).join("prose\n"));

  test("decode the same, or find the same fault at the same place", () => {
    const character = fc.constantFrom(..."=+-/AB9 \t\n\r\v\f\0_:é");
    fc.assert(
      fc.property(bundle, fc.nat(), fc.nat({ max: 2 }), character, (text, where, removed, inserted) => {
        const at = where % text.length;
        const changed = text.slice(0, at) + inserted + text.slice(at + removed);
        const labels = outcome(() => pemDecode(changed).map(({ label }) => new TextEncoder().encode(label)));
        const ours = outcome(() => pemDecode(changed).map(({ bytes }) => bytes));
        const known = new TextEncoder().encode("CERTIFICATE").toString();
        // Another label is passed over by the one and decoded by the other.
        fc.pre(!Array.isArray(labels) || (labels.length > 0 && labels.every((label) => String(label) === known)));
        expect(outcome(() => certificateBlocks(changed))).toEqual(ours);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ["a group that is cut short", "QUJ"],
    ["leftover bits", "QUJDRB=="],
    ["padding too long", "QUJD===="],
    ["the alphabet of URLs", "QUJ_"],
  ])("refuse %s", (_, body) => {
    const text = `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;
    expect(outcome(() => certificateBlocks(text))).toMatchObject({ code: "PEM_BAD_BASE64", details: { line: 2 } });
  });

  test("a bundle far larger than one piece of memory", () => {
    const all = Array.from({ length: 100 }, (_, index) => new Uint8Array(1 + index * 37).fill(index));
    const large = new Uint8Array(100_000).fill(7);
    const text = [...all, large, ...all].map((bytes) => pemEncode("CERTIFICATE", bytes)).join("");
    expect(certificateBlocks(text)).toEqual([...all, large, ...all]);
  });
});
