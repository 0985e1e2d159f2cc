import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Certificate } from "../certificate.ts";
import { X509Error } from "../error.ts";
import { parseAny } from "../parse-any.ts";
import { PublicKey } from "../public-key.ts";
import { looksLikeDer, noBlock, pemDecode, pemEncode } from "./pem.ts";

const body = "AAECAwQFBgcICQoLDA0ODw==";
const bytes = Uint8Array.from({ length: 16 }, (_, index) => index);
const block = `-----BEGIN TEST-----\n${body}\n-----END TEST-----\n`;

describe("KEY-02: what is tolerated", () => {
  test.each([
    ["as it should be", block],
    ["no final newline", block.trimEnd()],
    ["CRLF", block.replaceAll("\n", "\r\n")],
    ["CR alone", block.replaceAll("\n", "\r")],
    ["prose before and after", `Subject: a-----b\n${block}----- BEGIN something\n`],
    ["indentation", block.replaceAll(/^/gm, "    \t")],
    ["trailing spaces", block.replaceAll("\n", "  \n")],
    ["byte order mark", `\ufeff${block}`],
    ["empty lines in the body", block.replace(body, `\n${body}\n\n`)],
    ["one character per line", block.replace(body, [...body].join("\n"))],
    ["padding on the next line", block.replace("==", "\n==\n")],
    ["text that is not ASCII around it", `Zoë 漢\n${block}ë`],
  ])("%s", (_, text) => {
    expect(pemDecode(text)).toEqual([expect.objectContaining({ label: "TEST", bytes })]);
    expect(pemDecode(new TextEncoder().encode(text))).toEqual(pemDecode(text));
  });

  test("no block at all is an empty list", () => {
    expect(pemDecode("")).toEqual([]);
    expect(pemDecode("no block here\n----- BEGIN TEST -----")).toEqual([]);
    expect(pemDecode("in a line -----BEGIN TEST-----\n")).toEqual([]);
  });

  test("several blocks, with their lines", () => {
    const text = `one\n${block}\n${block.replaceAll("TEST", "X509 CRL")}`;
    expect(pemDecode(text).map(({ label, line }) => [label, line])).toEqual([
      ["TEST", 2],
      ["X509 CRL", 6],
    ]);
  });

  test("headers of a traditionally encrypted key", () => {
    const headers = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,\n  0011\n\n";
    const [found] = pemDecode(block.replace(body, headers + body));
    expect(found).toEqual({
      label: "TEST",
      line: 1,
      bytes,
      headers: { "Proc-Type": "4,ENCRYPTED", "DEK-Info": "AES-128-CBC,0011" },
    });
  });

  test("a header that would be a prototype is only a header", () => {
    const [found] = pemDecode(block.replace(body, `__proto__: x\n\n${body}`));
    expect(Object.keys(found?.headers ?? {})).toEqual(["__proto__"]);
  });
});

describe("what is refused, and where", () => {
  test.each<[string, string, string, number, number?]>([
    ["a character that is no base64", block.replace("AAEC", "AA*C"), "PEM_BAD_BASE64", 2, 3],
    ["a character beyond ASCII", block.replace("AAEC", "AAëC"), "PEM_BAD_BASE64", 2, 3],
    ["base64url", block.replace("AAEC", "AA_C"), "PEM_BAD_BASE64", 2, 3],
    ["missing padding", block.replace("==", ""), "PEM_BAD_BASE64", 2, 23],
    ["half the padding", block.replace("==", "="), "PEM_BAD_BASE64", 2, 24],
    ["too much padding", block.replace("==", "==="), "PEM_BAD_BASE64", 2, 25],
    ["padding of nothing", block.replace(body, "AAEC="), "PEM_BAD_BASE64", 2, 5],
    ["text after the padding", block.replace("==", "==\nAAAA"), "PEM_BAD_BASE64", 3, 1],
    ["leftover bits", block.replace("Dw==", "Dx=="), "PEM_BAD_BASE64", 2, 23],
    ["one character too many", block.replace(body, "AAECA"), "PEM_BAD_BASE64", 2, 6],
    [
      "the right line after prose and CRLF",
      `one\r\ntwo\r\n${block.replace("AAEC", "\r\nAA*C")}`,
      "PEM_BAD_BASE64",
      5,
      3,
    ],
    ["no end", block.replace("-----END TEST-----", ""), "PEM_UNTERMINATED", 1],
    ["another end", block.replace("END TEST", "END OTHER"), "PEM_UNTERMINATED", 1],
    ["a begin instead of the end", `x\n${block.replace("END", "BEGIN")}`, "PEM_UNTERMINATED", 2],
    ["dashes missing at the end", block.replace("END TEST-----", "END TEST----"), "PEM_UNTERMINATED", 1],
  ])("%s", (_, text, code, line, column) => {
    try {
      pemDecode(text);
      expect.unreachable();
    } catch (error) {
      if (!X509Error.is(error)) throw error;
      expect(error.code).toBe(code);
      expect(error.details).toMatchObject(column === undefined ? { line } : { line, column });
      expect(error.message).toContain(`line ${line}`);
    }
  });
});

test("KEY-03: whatever is encoded is decoded, in lines of 64", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (data) => {
      const text = pemEncode("X509 CRL", data);
      expect(pemDecode(text)).toEqual([{ label: "X509 CRL", line: 1, bytes: data }]);
      expect(
        text
          .split("\n")
          .slice(1, -3)
          .every((line) => line.length === 64),
      ).toBe(true);
    }),
  );
});

test("decoding agrees with Buffer, wherever lines break", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.integer({ min: 1, max: 80 }), (data, width) => {
      const lines =
        Buffer.from(data)
          .toString("base64")
          .match(new RegExp(`.{1,${width}}`, "g")) ?? [];
      const [found] = pemDecode(["-----BEGIN A-----", ...lines, "-----END A-----"].join("\r\n"));
      expect(found?.bytes).toEqual(data);
    }),
  );
});

test("any text gives blocks or an X509Error", () => {
  const piece = fc.constantFrom(
    "-----BEGIN A-----",
    "-----END A-----",
    "-----BEGIN ",
    "-----",
    "\n",
    "\r\n",
    "AAAA",
    "=",
    ":",
    " ",
    "x",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      try {
        pemDecode(pieces.join(""));
      } catch (error) {
        expect(X509Error.is(error)).toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
});

describe("blocks that lost their line ends (RFC 7468 section 3)", () => {
  const two = `${block}${block}`;
  test.each<[string, string, number]>([
    ["none", block.replaceAll("\n", ""), 1],
    ["spaces", block.replaceAll("\n", " "), 1],
    ["two blocks, none", two.replaceAll("\n", ""), 2],
    ["two blocks, spaces", two.replaceAll("\n", " "), 2],
    ["the first line end", block.replace("\n", ""), 1],
    ["the last line end", block.replace(/\n(?=-----END)/, ""), 1],
    ["beside one as usual", `${block}${block.replaceAll("\n", "")}\n${block}`, 3],
    ["in the middle of prose", `prose\n${block.replaceAll("\n", " ")}\nprose`, 1],
  ])("%s", (_, text, count) => {
    expect(pemDecode(text).map((one) => one.bytes)).toEqual(Array(count).fill(bytes));
  });

  test.each([
    "-----BEGIN TEST----- starts a block, and -----END TEST----- ends it",
    "-----BEGIN TEST----- starts a block,\n-----END TEST-----\nends it",
    `prose ${block.replaceAll("\n", "")}`,
  ])("prose is prose: %j", (text) => {
    expect(pemDecode(text)).toEqual([]);
  });

  test("damage is found, and its place told", () => {
    expect(() => pemDecode(`\n${block.replaceAll("\n", "").replace("Dw==", "D===")}`)).toThrow(
      expect.objectContaining({ code: "PEM_BAD_BASE64", details: expect.objectContaining({ line: 2, column: 42 }) }),
    );
    expect(() => pemDecode(`${block.replaceAll("\n", "")} # mine`)).toThrow(
      expect.objectContaining({ code: "PEM_UNTERMINATED" }),
    );
  });
});

test("many dashes do not cost quadratic time", () => {
  expect(pemDecode("-".repeat(1_000_000))).toEqual([]);
  expect(() => pemDecode("-----BEGIN A-----\n".repeat(50_000))).toThrow(X509Error);
  expect(() => pemDecode(`-----BEGIN ${"A".repeat(1_000_000)}`)).not.toThrow();
});

test("a block's bytes are its own memory", () => {
  const [first] = pemDecode(block);
  expect(first?.bytes.buffer.byteLength).toBe(16);
});

describe("a text without a block: the error says what it looks like", () => {
  const utf16 = new Uint8Array(Uint16Array.from(`\ufeff${block}`, (character) => character.charCodeAt(0)).buffer);
  test.each<[string, string | Uint8Array, string | undefined]>([
    ["UTF-16, little-endian", utf16, "UTF-16"],
    ["UTF-16, big-endian", utf16.map((_, index) => utf16[index ^ 1] ?? 0), "UTF-16"],
    ["UTF-16 that was read as UTF-8", new TextDecoder().decode(utf16), "UTF-16"],
    ["\\n for each line end", block.replaceAll("\n", "\\n"), "line ends written as a backslash and a letter"],
    ["\\r\\n for each line end", block.replaceAll("\n", "\\r\\n"), "line ends written as a backslash and a letter"],
    ["DER", Uint8Array.of(0x30, 0x82, 1, 0), "DER"],
    ["headers on the line of the BEGIN", block.replace("\n", " # mine\n"), "a BEGIN that is not alone on its line"],
    ["base64 of PEM", btoa(block), "PEM in base64"],
    ["base64 of DER", block.replaceAll(/-----.*-----/g, "").replace(/\w\w/, "MI"), "base64 without BEGIN and END"],
    ["a path", "/etc/ssl/certs/ca-certificates.crt", "the name of a file"],
    ["a name of a file, from a shell", "server.PEM\n", "the name of a file"],
    ["prose", "prose", undefined],
    ["prose with a file in it", "see server.pem for more", undefined],
    ["nothing", "", "nothing"],
  ])("%s", (_, text, found) => {
    const error = noBlock(text, "TEST");
    expect(error).toMatchObject({ code: "PEM_NO_BLOCK", details: { label: "TEST" } });
    expect(error.details.found).toBe(found);
    expect(error.message).toContain(found ?? "no PEM block: expected -----BEGIN TEST-----");
    for (const read of [Certificate.fromPem, PublicKey.fromPem, parseAny]) {
      if (found === "DER" && read === parseAny) continue;
      expect(() => read(text)).toThrow(
        expect.objectContaining({ code: "PEM_NO_BLOCK", message: expect.stringContaining(found ?? "no PEM block") }),
      );
    }
  });
});

test("PEM where DER is wanted", () => {
  const text = new TextEncoder().encode(block);
  for (const read of [Certificate.fromDer, PublicKey.fromSpki]) expect(() => read(text)).toThrow("DER, and not PEM");
});

test("DER is told from PEM", () => {
  expect(looksLikeDer(Uint8Array.of(0x30, 0x82, 1, 0))).toBe(true);
  expect(looksLikeDer(Uint8Array.of(0x30, 3, 2, 1, 0))).toBe(true);
  expect(looksLikeDer(new TextEncoder().encode(`0 is a digit\n${block}`))).toBe(false);
  expect(looksLikeDer(new TextEncoder().encode(block))).toBe(false);
});

test.each(["", "lower", "A\n", "A-B", "A  B", " A"])("the label %j is refused", (label) => {
  expect(() => pemEncode(label, bytes)).toThrow(expect.objectContaining({ code: "ARGUMENT_INVALID" }));
});
