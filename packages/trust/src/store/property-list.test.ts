import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPropertyList } from "./property-list.ts";

describe("property lists", () => {
  function read(body: string) {
    return readPropertyList(new TextEncoder().encode(`<?xml version="1.0"?>\n<plist version="1.0">${body}</plist>\n`));
  }

  test("every kind of value", () => {
    const text =
      "<dict><key>a &amp; b</key><string>&lt;&#x41;&#66;&gt;</string><key>n</key><integer>-7</integer><key>t</key><true/><key>f</key><false></false><key>d</key><data>\n AQID\n BA==\n</data><key>l</key><array><string/><array/><dict/></array><key>w</key><date>2026-01-01T00:00:00Z</date></dict>";
    expect(read(text)).toEqual(
      new Map<string, unknown>([
        ["a & b", "<AB>"],
        ["n", -7],
        ["t", true],
        ["f", false],
        ["d", Uint8Array.of(1, 2, 3, 4)],
        ["l", ["", [], new Map()]],
        ["w", "2026-01-01T00:00:00Z"],
      ]),
    );
  });

  test.each([
    ["an entity of its own", '<!DOCTYPE plist [<!ENTITY x "y">]><plist><string>&x;</string></plist>'],
    ["an unknown entity", "<plist><string>&nbsp;</string></plist>"],
    ["a key twice", "<plist><dict><key>a</key><true/><key>a</key><false/></dict></plist>"],
    ["a missing key", "<plist><dict><true/></dict></plist>"],
    ["a missing value", "<plist><dict><key>a</key></dict></plist>"],
    ["an unknown kind", "<plist><real>1.5</real></plist>"],
    ["an open list", "<plist><array><true/></plist>"],
    ["something behind", "<plist><true/></plist><plist><true/></plist>"],
    ["damaged base64", "<plist><data>AQI</data></plist>"],
    ["a number that is none", "<plist><integer>0x10</integer></plist>"],
    ["a comment", "<plist><!-- x --><true/></plist>"],
    ["depth", `<plist>${"<array>".repeat(100_000)}${"</array>".repeat(100_000)}</plist>`],
  ])("%s is refused, with its line", (_what, text) => {
    const refused = () => readPropertyList(new TextEncoder().encode(text));
    expect(refused).toThrowError(expect.objectContaining({ code: "PROPERTY_LIST_INVALID" }));
  });

  test("any text is a list or is refused", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "<dict>",
        "</dict>",
        "<key>",
        "</key>",
        "<array>",
        "</array>",
        "<data>",
        "</data>",
        "<true/>",
        "AQID",
        "&amp;",
        "<string>",
        "</string>",
        "<integer>1</integer>",
      ),
      fc.string({ unit: "binary", maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        try {
          read(pieces.join(""));
        } catch (error) {
          expect(error).toMatchObject({ code: "PROPERTY_LIST_INVALID" });
        }
      }),
    );
  });
});
