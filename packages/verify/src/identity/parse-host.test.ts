import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type IdentityProblem, InvalidHostnameError, parseHost } from "./index.ts";

const long = (count: number): string => "a".repeat(count);

// The hosts that Twisted's optionsForClientTLS was run with, and what rows CLI-04 to CLI-07 make of them here.
const accepted: readonly [row: string, text: string, type: "dns" | "ip", value: string][] = [
  ["CLI-03", "example.com", "dns", "example.com"],
  ["CLI-08", "EXAMPLE.com", "dns", "example.com"],
  ["CLI-04", "127.0.0.1", "ip", "127.0.0.1"],
  ["CLI-04", "::1", "ip", "::1"],
  ["CLI-04", "[::1]", "ip", "::1"],
  ["CLI-04", "::ffff:1.2.3.4", "ip", "::ffff:1.2.3.4"],
  ["CLI-04", "2001:DB8:0:0:1:0:0:1", "ip", "2001:db8::1:0:0:1"],
  ["CLI-04", "::", "ip", "::"],
  ["CLI-04", "1:2:3:4:5:6:7::", "ip", "1:2:3:4:5:6:7:0"],
  ["CLI-07", "example.com.", "dns", "example.com"],
  ["CLI-06", "foo_bar.example.com", "dns", "foo_bar.example.com"],
  ["CLI-19", "localhost", "dns", "localhost"],
  ["CLI-05", "hállo.example.com", "dns", "xn--hllo-5na.example.com"],
  ["CLI-05", "HÁLLO.example.com", "dns", "xn--hllo-5na.example.com"],
  ["CLI-05", "xn--hllo-5na.example.com", "dns", "xn--hllo-5na.example.com"],
  ["CLI-05", "straße.de", "dns", "xn--strae-oqa.de"],
  ["CLI-05", "☃.net", "dns", "xn--n3h.net"],
  ["CLI-05", "例え。テスト", "dns", "xn--r8jz45g.xn--zckzah"],
  ["CLI-05", "ｅｘａｍｐｌｅ．com", "dns", "example.com"],
];

const refused: readonly [row: string, text: unknown, problem: IdentityProblem][] = [
  ["CLI-01", 5, "not-a-string"],
  ["CLI-01", null, "not-a-string"],
  ["CLI-01", undefined, "not-a-string"],
  ["CLI-01", new TextEncoder().encode("example.com"), "not-a-string"],
  ["CLI-04", "fe80::1%eth0", "zone-id"],
  ["CLI-04", "1.2.3", "malformed-ipv4"],
  ["CLI-04", "1.2.3.4.5", "malformed-ipv4"],
  ["CLI-04", "0x7f.1", "malformed-ipv4"],
  ["CLI-04", "127.1", "malformed-ipv4"],
  ["CLI-04", "256.1.1.1", "malformed-ipv4"],
  ["CLI-04", "127.0.0.01", "malformed-ipv4"],
  ["CLI-04", "127.0.0.1.", "malformed-ipv4"],
  ["CLI-04", "2130706433", "malformed-ipv4"],
  ["CLI-04", "a.0xff", "malformed-ipv4"],
  ["CLI-04", "１２７.0.0.1", "malformed-ipv4"],
  ["CLI-04", "127。0。0。1", "malformed-ipv4"],
  ["CLI-04", "[::1", "malformed-ipv6"],
  ["CLI-04", "[127.0.0.1]", "malformed-ipv6"],
  ["CLI-04", "1:2:3:4:5:6:7:8:9", "malformed-ipv6"],
  ["CLI-04", "1::2::3", "malformed-ipv6"],
  ["CLI-04", "1:2:3:4:5:6:7:8::1::2", "malformed-ipv6"],
  ["CLI-04", "::1.2.3", "malformed-ipv6"],
  ["CLI-04", "1.2.3.4::", "malformed-ipv6"],
  ["CLI-06", "", "empty"],
  ["CLI-06", ".", "empty-label"],
  ["CLI-06", "..", "empty-label"],
  ["CLI-06", ".example.com", "empty-label"],
  ["CLI-06", "example.com..", "empty-label"],
  ["CLI-06", "a..b", "empty-label"],
  ["CLI-06", "。.com", "empty-label"],
  ["CLI-06", "*.example.com", "bad-character"],
  ["CLI-06", "＊.example.com", "not-mappable"],
  ["CLI-06", "ex ample.com", "bad-character"],
  ["CLI-06", "example.com:443", "bad-character"],
  ["CLI-06", "https://example.com", "bad-character"],
  ["CLI-06", "example.com/", "bad-character"],
  ["CLI-06", "user@example.com", "bad-character"],
  ["CLI-06", "a\tb.com", "bad-character"],
  ["CLI-06", "example.com\n", "bad-character"],
  ["CLI-06", "example.com\0.evil.test", "bad-character"],
  ["CLI-06", "a%2eb.com", "bad-character"],
  ["CLI-06", "ex\u00adample.com", "bad-character"],
  ["CLI-06", "ex\u200bample.com", "bad-character"],
  ["CLI-06", "\u202eexample.com", "bad-character"],
  ["CLI-06", "a℀b.com", "not-mappable"],
  ["CLI-05", "\u200d.com", "not-mappable"],
  ["CLI-06", `${long(64)}.com`, "label-too-long"],
  ["CLI-06", Array(5).fill(long(52)).join("."), "name-too-long"],
  ["CLI-06", long(5000), "name-too-long"],
  ["CLI-06", "-a.com", "hyphen-at-label-edge"],
  ["CLI-06", "a-.com", "hyphen-at-label-edge"],
];

describe("parseHost", () => {
  test.each(accepted)("%s: %j is %s %s", (_row, text, type, value) => {
    expect(parseHost(text)).toMatchObject({ type, value, text });
  });

  test.each(refused)("%s: %j is refused: %s", (_row, text, problem) => {
    // Callers without types pass anything.
    const attempt = (): unknown => parseHost(text as string);
    expect(attempt).toThrow(InvalidHostnameError);
    expect(attempt).toThrow(
      expect.objectContaining({ code: "HOSTNAME_INVALID", details: expect.objectContaining({ problem }) }),
    );
  });

  test("a URL is called one", () => {
    for (const url of ["https://example.org/", "https://[::1]:443", "tls://a"]) {
      expect(() => parseHost(url)).toThrow("a URL is no host name: give its host alone");
    }
  });

  test("63 and 253 characters are allowed, 254 are not", () => {
    expect(parseHost(`${long(63)}.com`).value).toHaveLength(67);
    const name = [long(63), long(63), long(63), long(61)].join(".");
    expect(parseHost(`${name}.`).value).toHaveLength(253);
    expect(() => parseHost(`${name}a`)).toThrow(InvalidHostnameError);
  });

  test("an error shows no control character of what it quotes, and where the fault is", () => {
    expect(() => parseHost("ok\u001b[2Jx")).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ position: 2 }) }),
    );
    expect(() => parseHost("ok\u001b]x")).toThrow(/^\P{Cc}*$/u);
  });

  test("property: the canonical value is a fixed point, and safe to dial, to send and to match", () => {
    const texts = fc.oneof(fc.string({ unit: "binary" }), fc.domain(), fc.ipV4(), fc.ipV6(), fc.webUrl());
    fc.assert(
      fc.property(texts, (text) => {
        let first: ReturnType<typeof parseHost>;
        try {
          first = parseHost(text);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidHostnameError);
          return;
        }
        expect(first.value).toMatch(first.type === "dns" ? /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/ : /^[0-9a-f.:]+$/);
        expect(parseHost(first.value)).toEqual({ ...first, text: first.value });
      }),
      { numRuns: 2000 },
    );
  });

  test("property: every IPv6 spelling of the same bytes is one value", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const hex = [...bytes]
          .map((byte) => byte.toString(16).padStart(2, "0"))
          .join("")
          .toUpperCase();
        const long = hex.match(/.{4}/g)?.join(":") ?? "";
        const parsed = parseHost(long);
        expect(parsed).toMatchObject({ type: "ip", bytes });
        expect(parseHost(`[${parsed.value}]`)).toMatchObject({ bytes });
      }),
    );
  });
});

describe("what is meant by a text that is no host", () => {
  test.each([
    ["kim@a.example", "an e-mail address is no host name: parseEmailId reads it (at index 3)"],
    ["*.a.example", "wildcards stand in certificates: give the one host that is meant (at index 0)"],
    ["a.example/b", "a path or a prefix is no part of a host name (at index 9)"],
    ["10.0.0.0/8", "a path or a prefix is no part of a host name (at index 8)"],
    ["spiffe://a.example/b", "where a whole URI is the identity, parseUriId reads it (at index 6)"],
    ["a example", "it has a character that no host name has (at index 1)"],
  ])("the text %j: %s", (text, said) => {
    expect(() => parseHost(text)).toThrow(expect.objectContaining({ message: expect.stringContaining(said) }));
  });
});
