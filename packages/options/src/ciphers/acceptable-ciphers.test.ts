import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hasOpenSSL, opensslExpands } from "../../test/openssl-ciphers.ts";
import { refusal } from "../../test/refusal.ts";
import { hasGolden, readGolden } from "../../test/shared.ts";
import { twistedDefaultCiphers } from "../compat/index.ts";
import { AcceptableCiphers, type Cipher, cipherSuites, MOZILLA_GUIDELINES } from "../index.ts";
import { aliasNames } from "./cipher-aliases.ts";

/** The library whose answers were recorded had the legacy provider, which brings SEED. */
const withSeed = ({ openSslName, encryption }: Cipher): boolean =>
  openSslName !== undefined && !/^(RC4|3DES)/.test(encryption);

const names = (ciphers: Iterable<Cipher>): string[] => Array.from(ciphers, ({ openSslName }) => openSslName ?? "");

const suite = fc.constantFrom(...cipherSuites().flatMap(({ openSslName }) => openSslName ?? []));
const alias = fc.constantFrom(...aliasNames());
const word = fc.oneof(
  { weight: 8, arbitrary: alias },
  { weight: 4, arbitrary: suite },
  { weight: 1, arbitrary: fc.constantFrom("NOPE", "DEFAULT", "TLSv1.3", "aes", "TLS13-AES-128-GCM-SHA256") },
);
const joined = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join("+"));
const sign = fc.constantFrom("", "", "", "", "!", "-", "+");
const level = fc.nat({ max: 5 }).map((n) => `@SECLEVEL=${n}`);
const rule = fc.oneof(
  { weight: 10, arbitrary: fc.tuple(sign, joined).map(([first, rest]) => first + rest) },
  { weight: 1, arbitrary: fc.constant("@STRENGTH") },
  { weight: 1, arbitrary: level },
);
const separator = fc.constantFrom(":", ":", ":", ":", " ", ",", ";", "::");
const start = fc.constantFrom(
  "",
  "ALL:",
  "ALL:",
  "HIGH:",
  "DEFAULT:",
  "DEFAULT",
  "COMPLEMENTOFALL:ALL:",
  "SUITEB128",
  "SUITEB192:",
);
const cipherString = fc
  .tuple(start, fc.array(fc.tuple(rule, separator), { maxLength: 7 }))
  .map(([first, rest]) => first + rest.map(([text, end]) => text + end).join(""));

describe("AcceptableCiphers.fromOpenSSLCipherString", () => {
  // 2,000 strings take a quarter of a minute: TLSKIT_CIPHER_RUNS=2000 vitest run --project options acceptable-ciphers
  const numRuns = Number(process.env.TLSKIT_CIPHER_RUNS ?? 300);

  test.skipIf(!hasOpenSSL)(
    "OPT-29: any string selects what openssl selects, in its order",
    { timeout: 600_000 },
    () => {
      let selecting = 0;
      fc.assert(
        fc.property(cipherString, (text) => {
          const ours = AcceptableCiphers.fromOpenSSLCipherString(text, { lenient: true }).tls12;
          expect(names(ours), text).toEqual(opensslExpands(text));
          if (ours.length > 0) selecting++;
        }),
        { numRuns },
      );
      expect(selecting).toBeGreaterThan(numRuns / 2);
    },
  );

  test.skipIf(!hasOpenSSL)("OPT-29: each word and each suite by itself", () => {
    for (const text of aliasNames()) {
      expect(names(AcceptableCiphers.fromOpenSSLCipherString(text).tls12), text).toEqual(opensslExpands(text));
    }
    const all = new Set(opensslExpands("ALL:COMPLEMENTOFALL"));
    for (const { openSslName, protocol } of cipherSuites()) {
      if (openSslName === undefined || protocol === "TLSv1.3") continue;
      const expected = all.has(openSslName) ? [openSslName] : [];
      expect(names(AcceptableCiphers.fromOpenSSLCipherString(openSslName).tls12)).toEqual(expected);
    }
  });

  test.skipIf(!hasGolden)("OPT-26, OPT-29: the recorded expansions of Twisted", () => {
    const { ciphers } = readGolden();
    const expansions = Object.entries(ciphers).filter(([name]) => name.startsWith("expand "));
    expect(expansions.length).toBe(17);
    for (const [name, recorded] of expansions) {
      const text = /^expand '(.*)'$/.exec(name)?.[1] ?? "";
      const ours = AcceptableCiphers.fromOpenSSLCipherString(text, { lenient: true, available: withSeed });
      expect({ value: names(ours) }, name).toEqual(recorded);
    }
    expect(names(twistedDefaultCiphers())).toEqual(ciphers["default list"]);
  });

  test("OPT-29: each suite has both names, and the suites of TLS 1.3 come first", () => {
    const [first, ...rest] = AcceptableCiphers.fromOpenSSLCipherString("AES128-SHA").ciphers.toReversed();
    expect(first).toMatchObject({ openSslName: "AES128-SHA", ianaName: "TLS_RSA_WITH_AES_128_CBC_SHA" });
    expect(rest.map(({ protocol }) => protocol)).toEqual(["TLSv1.3", "TLSv1.3", "TLSv1.3"]);
  });

  test("OPT-29: suites of TLS 1.3 have a list of their own", () => {
    const tls13 = ["TLS_AES_128_GCM_SHA256"];
    expect(names(AcceptableCiphers.fromOpenSSLCipherString("AES128-SHA", { tls13 }))).toEqual([...tls13, "AES128-SHA"]);
    expect(names(AcceptableCiphers.fromOpenSSLCipherString("", { tls13 }))).toEqual(tls13);
    const error = refusal(() => AcceptableCiphers.fromOpenSSLCipherString("TLS_AES_128_GCM_SHA256"));
    expect(error.code).toBe("CIPHER_UNKNOWN");
    expect(error.message).toContain("tls13");
    expect(refusal(() => AcceptableCiphers.fromOpenSSLCipherString("ALL", { tls13: ["AES128-SHA"] })).code).toBe(
      "CIPHER_UNKNOWN",
    );
  });

  test.each([
    ["HIHG", { name: "HIHG", offset: 0, nearest: "HIGH" }],
    ["ALL:!aNUL", { name: "aNUL", offset: 5, nearest: "aNULL" }],
    ["ECDHE+AESGMC", { name: "AESGMC", offset: 6, nearest: "AESGCM" }],
    ["AES128-SHA:ECDHE-RSA-AES128-GCM-SHA255", { offset: 11, nearest: "ECDHE-RSA-AES128-GCM-SHA256" }],
    ["ALL:DEFAULT", { name: "DEFAULT", offset: 4 }],
    ["SUITEB128:ALL", { name: "SUITEB128" }],
  ])("OPT-29: %j has a word that nobody knows, which OpenSSL would ignore", (text, details) => {
    expect(refusal(() => AcceptableCiphers.fromOpenSSLCipherString(text))).toMatchObject({
      code: "CIPHER_UNKNOWN",
      details,
    });
    expect(() => AcceptableCiphers.fromOpenSSLCipherString(text, { lenient: true })).not.toThrow();
  });

  test.each<[string, number]>([
    ["ALL:!", 5],
    ["ALL+", 4],
    ["ALL:?", 4],
    ["ALL:@STRENGT", 4],
    ["ALL:@SECLEVEL=6", 4],
    ["ALL:@SECLEVEL=55", 4],
  ])("OPT-30: %j is refused as OpenSSL refuses it, at character %i", (text, offset) => {
    for (const lenient of [false, true]) {
      const error = refusal(() => AcceptableCiphers.fromOpenSSLCipherString(text, { lenient }));
      expect(error).toMatchObject({ code: "CIPHER_STRING_INVALID", details: { offset } });
    }
  });

  test("what is longer than any list of suites is refused: rules cost time", () => {
    const error = refusal(() => AcceptableCiphers.fromOpenSSLCipherString(`ALL${":ALL".repeat(4000)}`));
    expect(error).toMatchObject({ code: "CIPHER_STRING_INVALID", details: { offset: 8192 } });
  });

  test("OPT-29: IANA's names are known, as in OpenSSL since 3.2, and what is only not there is no mistake", () => {
    expect(names(AcceptableCiphers.fromOpenSSLCipherString("TLS_RSA_WITH_AES_128_CBC_SHA").tls12)).toEqual([
      "AES128-SHA",
    ]);
    expect([...AcceptableCiphers.fromOpenSSLCipherString("DES-CBC3-SHA:RC4:!3DES")]).toEqual([]);
  });

  test("the security level is kept", () => {
    expect(AcceptableCiphers.fromOpenSSLCipherString("ALL:@SECLEVEL=3").securityLevel).toBe(3);
    expect(AcceptableCiphers.fromOpenSSLCipherString("DEFAULT@SECLEVEL=1").securityLevel).toBe(1);
    expect(AcceptableCiphers.fromOpenSSLCipherString("ALL").securityLevel).toBeUndefined();
  });

  test("whatever text is given, the answer is a selection or a typed error", () => {
    fc.assert(
      fc.property(fc.string(), fc.boolean(), (text, lenient) => {
        try {
          AcceptableCiphers.fromOpenSSLCipherString(text, { lenient });
        } catch (error) {
          expect(["CIPHER_STRING_INVALID", "CIPHER_UNKNOWN"]).toContain((error as { code: string }).code);
        }
      }),
    );
    expect(refusal(() => AcceptableCiphers.fromOpenSSLCipherString(5 as unknown as string)).code).toBe(
      "OPTION_TYPE_INVALID",
    );
  });
});

describe("AcceptableCiphers", () => {
  const [a, b, c] = ["AES128-SHA", "AES256-SHA", "NULL-SHA"].map(
    (name) => AcceptableCiphers.fromNames([name]).ciphers[0],
  ) as [Cipher, Cipher, Cipher];

  test("OPT-31: selectCiphers takes what is available, in the order wanted", () => {
    const wanted = AcceptableCiphers.fromNames(["AES128-SHA", "NULL-SHA", "AES256-SHA"]);
    expect(wanted.selectCiphers([b, a])).toEqual([a, b]);
    expect(wanted.selectCiphers([])).toEqual([]);
    expect(AcceptableCiphers.fromNames([]).selectCiphers([a, b, c])).toEqual([]);
  });

  test("OPT-26: Mozilla's configurations, with source and date", () => {
    expect(MOZILLA_GUIDELINES).toMatchObject({ version: "5.8", date: "2026-04" });
    expect(AcceptableCiphers.mozilla("modern").ciphers).toHaveLength(3);
    const intermediate = AcceptableCiphers.mozilla("intermediate");
    expect(intermediate.ciphers).toHaveLength(9);
    expect(intermediate.ciphers.every(({ mac, forwardSecrecy }) => mac === "AEAD" && forwardSecrecy)).toBe(true);
    expect(names(AcceptableCiphers.mozilla("old"))).toContain("DES-CBC3-SHA");
    for (const name of ["source", "x", undefined] as unknown[]) {
      expect(refusal(() => AcceptableCiphers.mozilla(name as "old")).code).toBe("OPTION_TYPE_INVALID");
    }
  });

  test("OPT-27: a selector of one's own chooses from all suites", () => {
    const chosen = AcceptableCiphers.fromSelector((available) =>
      [...available].filter(({ encryption }) => encryption === "AES-128-GCM"),
    );
    expect(chosen.tls12.length).toBeGreaterThan(5);
    expect(new Set(Array.from(chosen, ({ strengthBits }) => strengthBits))).toEqual(new Set([128]));
    const invented = refusal(() => AcceptableCiphers.fromSelector(() => [{ ...a }]));
    expect(invented.code).toBe("OPTION_TYPE_INVALID");
  });

  test("OPT-32: a value: frozen, comparable, printable", () => {
    const one = AcceptableCiphers.fromNames(["AES128-SHA", "AES128-SHA"]);
    expect(one.ciphers).toEqual([a]);
    expect(Object.isFrozen(one) && Object.isFrozen(one.ciphers)).toBe(true);
    expect(one.equals(AcceptableCiphers.fromNames(["TLS_RSA_WITH_AES_128_CBC_SHA"]))).toBe(true);
    expect(one.equals(AcceptableCiphers.fromNames([]))).toBe(false);
    expect(JSON.stringify({ one })).toBe('{"one":"AES128-SHA"}');
    expect(String(AcceptableCiphers.fromOpenSSLCipherString("AES128-SHA:@SECLEVEL=0"))).toContain(
      ":AES128-SHA:@SECLEVEL=0",
    );
  });

  test.each<[string, () => unknown]>([
    ["names", () => AcceptableCiphers.fromNames(null as unknown as string[])],
    ["names in one text", () => AcceptableCiphers.fromNames("AES128-SHA" as unknown as string[])],
    ["a selection", () => AcceptableCiphers.fromSelector(() => undefined as unknown as Cipher[])],
    [
      "a list for TLS 1.3",
      () => AcceptableCiphers.fromOpenSSLCipherString("ALL", { tls13: "x" as unknown as string[] }),
    ],
    ["settings", () => AcceptableCiphers.fromOpenSSLCipherString("ALL", null as unknown as object)],
  ])("what is no list where %s should be is a typed error", (_name, run) => {
    expect(refusal(run).code).toBe("OPTION_TYPE_INVALID");
  });

  test("a setting that does not exist is an error, and one that is inherited does not count", () => {
    const misspelt = { leniant: true } as unknown as object;
    expect(refusal(() => AcceptableCiphers.fromOpenSSLCipherString("NOPE", misspelt)).details).toMatchObject({
      nearest: "lenient",
    });
    Object.defineProperty(Object.prototype, "lenient", { value: true, configurable: true, writable: true });
    try {
      expect(refusal(() => AcceptableCiphers.fromOpenSSLCipherString("NOPE")).code).toBe("CIPHER_UNKNOWN");
    } finally {
      Reflect.deleteProperty(Object.prototype, "lenient");
    }
  });

  test("a name that nobody knows gets the nearest", () => {
    const error = refusal(() => AcceptableCiphers.fromNames(["TLS_AES_128_GCM_SHA265"]));
    expect(error).toMatchObject({ code: "CIPHER_UNKNOWN", details: { nearest: "TLS_AES_128_GCM_SHA256" } });
    expect(refusal(() => AcceptableCiphers.fromNames([5 as unknown as string])).code).toBe("OPTION_TYPE_INVALID");
  });
});
