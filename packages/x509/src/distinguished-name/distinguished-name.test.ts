import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import { makeCertificate } from "../../test/make-certificate.ts";
import { toHex } from "../bytes.ts";
import { inspectName } from "../compat/index.ts";
import { Tag } from "../der/tag.ts";
import { derOid, derPrintableString, derSequence, derSet, derTlv, derUtf8String } from "../der/writer.ts";
import { X509Error } from "../error.ts";
import { Certificate, DistinguishedName, DN, type NameFields } from "../index.ts";

function nameOf(...rdns: (readonly [string, Uint8Array])[][]): DistinguishedName {
  const sets = rdns.map((rdn) => derSet(...rdn.map(([oid, value]) => derSequence(derOid(oid), value))));
  return DistinguishedName.fromDer(derSequence(...sets));
}

function utf8Name(...values: string[]): DistinguishedName {
  return nameOf(...values.map((value) => [["2.5.4.3", derUtf8String(value)] as const]));
}

describe("making names", () => {
  test("DN-01 DN-13: short and long names, under both class names", () => {
    expect(DN).toBe(DistinguishedName);
    const short = DN.of({ CN: "a", O: "b", OU: "c", L: "d", ST: "e", C: "SE", emailAddress: "f@g" });
    const long = DN.of({
      commonName: "a",
      organizationName: "b",
      organizationalUnitName: "c",
      localityName: "d",
      stateOrProvinceName: "e",
      countryName: "SE",
      emailAddress: "f@g",
    });
    expect(toHex(short.der)).toBe(toHex(long.der));
    expect(short.equals(long)).toBe(true);
    for (const key of ["CN", "O", "OU", "L", "ST", "C"] as const) expect(short[key]).toBe(long.get(key));
    expect([long.commonName, long.organizationName, long.organizationalUnitName]).toEqual(["a", "b", "c"]);
    expect([long.localityName, long.stateOrProvinceName, long.countryName]).toEqual(["d", "e", "SE"]);
    expect(long.emailAddress).toBe("f@g");
  });

  test.each(["Cn", "cn", "toString", "__proto__", "", "2.5", "2.5.4.03", "x.1"])("DN-02: unknown field %j", (field) => {
    // 2.5 is a well-formed OID, so a type that nobody defined, and can be written.
    const make = () => DistinguishedName.of({ ...JSON.parse(`{${JSON.stringify(field)}:"x"}`) });
    if (field === "2.5") expect(make().toString()).toBe("2.5=#0c0178");
    else expect(make).toThrow(expect.objectContaining({ code: "UNKNOWN_ATTRIBUTE" }));
  });

  test("DN-02: a near miss is named, and does not compile", () => {
    // @ts-expect-error the compiler knows the names, too
    expect(() => DistinguishedName.of({ Cn: "x" })).toThrow(/did you mean CN\?/);
    expectTypeOf<keyof NameFields>().extract<"jurisdictionC">().toEqualTypeOf<"jurisdictionC">();
  });

  test("DN-02: more types than Twisted's seven, and OIDs", () => {
    const name = DistinguishedName.of({
      DC: ["com", "example"],
      serialNumber: "12",
      givenName: "Zoë",
      SN: "Ångström",
      title: "Dr",
      street: "x",
      postalCode: "1",
      UID: "u",
      jurisdictionC: "SE",
      "2.5.4.97": "VATSE-1",
      "1.2.3.4": "any",
    });
    expect(name.getAll("DC")).toEqual(["com", "example"]);
    expect(name.get("organizationIdentifier")).toBe("VATSE-1");
    expect(name.toString()).toBe(
      "1.2.3.4=#0c03616e79,organizationIdentifier=VATSE-1,jurisdictionC=SE,UID=u,postalCode=1,STREET=x,title=Dr," +
        "SN=Ångström,GN=Zoë,serialNumber=12,DC=example,DC=com",
    );
    expect(DistinguishedName.parse(name.toString()).der).toEqual(name.der);
  });

  test("DN-03: of two names for one type the later wins; names are immutable, with() makes another", () => {
    expect(DistinguishedName.of({ CN: "1", commonName: "2" }).toString()).toBe("CN=2");
    const name = DistinguishedName.of({ C: "SE", O: "a", OU: ["x", "y"], CN: "b" });
    expect(name.with({ O: "new", L: "here" }).toString()).toBe("L=here,CN=b,OU=y,OU=x,O=new,C=SE");
    expect(name.with({ OU: null }).toString()).toBe("CN=b,O=a,C=SE");
    expect(name.with({ OU: ["p", "q"] }).toString()).toBe("CN=b,OU=q,OU=p,O=a,C=SE");
    expect(name.toString()).toBe("CN=b,OU=y,OU=x,O=a,C=SE");
    expect(DistinguishedName.parse("CN=a+OU=b,O=c").with({ CN: "z" }).toString()).toBe("CN=z+OU=b,O=c");
    // What is not changed keeps its encoding.
    const printable = nameOf([["2.5.4.10", derPrintableString("a")]], [["2.5.4.3", derUtf8String("b")]]);
    expect(toHex(printable.with({ CN: "c" }).der)).toContain("13016");
  });

  test("DN-04: an absent attribute is undefined, an unknown one is an error", () => {
    const name = DistinguishedName.of({ CN: "a" });
    expect(name.O).toBeUndefined();
    expect(name.getAll("OU")).toEqual([]);
    expect(() => name.get("nope" as "CN")).toThrow(expect.objectContaining({ code: "UNKNOWN_ATTRIBUTE" }));
  });

  test("DN-05: any Unicode; anything but strings is refused", () => {
    expect(DistinguishedName.of({ CN: "漢字 Zoë 🔒" }).CN).toBe("漢字 Zoë 🔒");
    for (const value of [1, {}, true, Symbol.iterator, [1], null]) {
      expect(() => DistinguishedName.of({ CN: value as never })).toThrow(
        expect.objectContaining({ code: "NAME_INVALID" }),
      );
    }
    expect(() => DistinguishedName.of({ CN: "\ud800" })).toThrow(expect.objectContaining({ code: "NAME_INVALID" }));
  });

  test.each<[NameFields, object]>([
    [{ CN: "a".repeat(65) }, { attribute: "CN", max: 64 }],
    [{ O: "a".repeat(65) }, { attribute: "O", max: 64 }],
    [{ OU: "a".repeat(65) }, { attribute: "OU", max: 64 }],
    [{ C: "USA" }, { attribute: "C", max: 2 }],
    [{ C: "U" }, { attribute: "C", max: 2 }],
    [{ C: "U1" }, { attribute: "C", max: 2 }],
    [{ CN: "" }, { attribute: "CN", min: 1 }],
    [{ emailAddress: `${"a".repeat(255)}@` }, { attribute: "emailAddress", max: 255 }],
    [{ emailAddress: "ë@x" }, { attribute: "emailAddress" }],
    [{ serialNumber: "a@b" }, { attribute: "serialNumber" }],
  ])("DN-10: bounds of %j", (fields, details) => {
    try {
      DistinguishedName.of(fields);
      expect.unreachable();
    } catch (error) {
      if (!X509Error.is(error) || error.code !== "NAME_INVALID") throw error;
      expect(error.details).toMatchObject(details);
    }
  });

  test("DN-10: strict: false lifts the bounds, which count characters", () => {
    expect(DistinguishedName.of({ CN: "a".repeat(65), C: "USA", O: "" }, { strict: false }).CN).toHaveLength(65);
    expect(DistinguishedName.parse(`CN=${"a".repeat(65)}`, { strict: false }).CN).toHaveLength(65);
    expect(DistinguishedName.of({ CN: "🔒".repeat(64) }).CN).toBe("🔒".repeat(64));
    expect(() => DistinguishedName.of({ CN: "🔒".repeat(65) })).toThrow(X509Error);
  });

  test.each([
    ["a country beyond ASCII", "2.5.4.6", "日本", "C=日本"],
    ["a serial number with a star", "2.5.4.5", "a*b", "serialNumber=a*b"],
    ["a domain that is not in its xn-- form", "0.9.2342.19200300.100.1.25", "bücher", "DC=bücher"],
    ["an e-mail address beyond ASCII", "1.2.840.113549.1.9.1", "ë@x", "emailAddress=ë@x"],
  ])("the text of a name that was read comes back with strict: false: %s", (_, oid, value, text) => {
    const name = nameOf([[oid, derUtf8String(value)]]);
    expect(name.toString()).toBe(text);
    const again = DistinguishedName.parse(text, { strict: false });
    expect([again.equals(name), again.der]).toEqual([true, name.der]);
    expect(() => DistinguishedName.parse(text)).toThrow(expect.objectContaining({ code: "NAME_INVALID" }));
    expect(inspectName(name)).toBe(/^(?:C|emailAddress)=/.test(text) ? name.inspect() : "");
  });

  test("DN-11: frozen", () => {
    const name = DistinguishedName.of({ CN: "a" });
    expect(Object.isFrozen(name.rdns) && Object.isFrozen(name.rdns[0]) && Object.isFrozen(name.rdns[0]?.[0])).toBe(
      true,
    );
    name.der.fill(0);
    name.rdns[0]?.[0]?.der.fill(0);
    expect(name.toString()).toBe("CN=a");
  });
});

describe("RFC 4514", () => {
  test.each([
    "UID=jsmith,DC=example,DC=net",
    "OU=Sales+CN=J. Smith,DC=example,DC=net",
    'CN=James \\"Jim\\" Smith\\, III,DC=example,DC=net',
    "CN=Before\\0dAfter,DC=example,DC=net",
    "1.3.6.1.4.1.1466.0=#04024869",
    "CN=Lu\u010di\u0107",
    "CN=\\ a\\ ",
    "CN=\\#1\\+2\\;\\<\\>\\\\",
    "CN=a=b",
    "",
  ])("section 4 and the like: %j comes back", (text) => {
    const name = DistinguishedName.parse(text);
    expect(DistinguishedName.parse(name.toString()).der).toEqual(name.der);
    // The order of the attributes within one RDN is that of DER.
    expect(name.toString().split("+").sort().join("+")).toBe(text.split("+").sort().join("+"));
  });

  test("any name comes back", () => {
    const value = fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }).filter((text) => [...text].length <= 60);
    fc.assert(
      fc.property(fc.array(value, { maxLength: 4 }), value, (units, cn) => {
        const name = DistinguishedName.of({ OU: units, CN: cn });
        expect(DistinguishedName.parse(name.toString()).der).toEqual(name.der);
        expect(name.getAll("OU")).toEqual(units);
        expect(DistinguishedName.fromDer(name.der).equals(name)).toBe(true);
      }),
    );
  });

  test("any text is a name or an X509Error", () => {
    const piece = fc.constantFrom("CN", "=", ",", "+", "\\", '"', "#", "0c0161", "a", " ", "1.2", ";", "\\C3\\A9", "ë");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        try {
          const name = DistinguishedName.parse(pieces.join(""));
          expect(DistinguishedName.parse(name.toString()).equals(name)).toBe(true);
        } catch (error) {
          expect(X509Error.is(error)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ["CN", 2],
    ["=a", 0],
    ["CN=a,", 5],
    ["CN=a;O=b", 4],
    ['CN="a"', 3],
    ["CN=#0", 5],
    ["CN=#0c0261", 4],
    ["CN=\\C3", 3],
    ["CN=\\x", 3],
    ["CN=a+", 5],
    ["CN=a,,O=b", 5],
    ["CN=a\u0000b", 4],
  ])("%j is refused at %d", (text, offset) => {
    expect(() => DistinguishedName.parse(text)).toThrow(
      expect.objectContaining({ code: "NAME_INVALID", details: expect.objectContaining({ offset }) }),
    );
  });

  test("OpenSSL prints the same", () => {
    const name = DistinguishedName.of({
      C: "SE",
      DC: ["com", "example"],
      O: 'a, b + "c" \\ <d>; =e',
      OU: ["#hash", " space ", "Zoë"],
      CN: "x",
    });
    const der = makeCertificate({ subject: name.der });
    const arguments_ = ["x509", "-inform", "DER", "-noout", "-subject", "-nameopt", "RFC2253,-esc_msb,utf8"];
    const theirs = execFileSync("openssl", arguments_, { input: der, encoding: "utf8" }).trimEnd();
    expect(`subject=${name.toString()}`).toBe(theirs);
  });
});

describe("DN-06: comparison by RFC 5280 section 7.1", () => {
  test.each([
    ["the same bytes", utf8Name("a"), utf8Name("a"), true],
    ["case", utf8Name("Example CA"), utf8Name("eXAMPLE ca"), true],
    ["spaces", utf8Name("  Example   CA "), utf8Name("Example CA"), true],
    ["other spaces", utf8Name("Example\u00a0CA"), utf8Name("Example CA"), true],
    ["string types", nameOf([["2.5.4.3", derPrintableString("a")]]), utf8Name("a"), true],
    ["compatibility forms", utf8Name("\uff21\ufb01"), utf8Name("Afi"), true],
    ["composition", utf8Name("Zoe\u0308"), utf8Name("Zo\u00eb"), true],
    ["sharp s", utf8Name("STRASSE"), utf8Name("straße"), true],
    ["capital sharp s", utf8Name("STRAẞE"), utf8Name("strasse"), true],
    ["sigmas", utf8Name("ΣΑΣ"), utf8Name("σας"), true],
    ["invisible characters", utf8Name("a\u200bb\u00ad"), utf8Name("ab"), true],
    ["another text", utf8Name("a"), utf8Name("b"), false],
    ["no spaces against one", utf8Name("a b"), utf8Name("ab"), false],
    ["another type", nameOf([["2.5.4.10", derUtf8String("a")]]), utf8Name("a"), false],
    ["fewer RDNs", utf8Name("a", "b"), utf8Name("a"), false],
    ["the order of RDNs", utf8Name("a", "b"), utf8Name("b", "a"), false],
    [
      "RDNs against one RDN",
      utf8Name("a", "b"),
      nameOf([
        ["2.5.4.3", derUtf8String("a")],
        ["2.5.4.3", derUtf8String("b")],
      ]),
      false,
    ],
    ["a value that imitates a separator", utf8Name("a\u0002" + "2.5.4.3=b"), utf8Name("a", "b"), false],
    [
      "a value that imitates a damaged one",
      utf8Name("#0c01ff"),
      nameOf([["2.5.4.3", derTlv(Tag.utf8String, Uint8Array.of(0xff))]]),
      false,
    ],
    [
      "two damaged values",
      nameOf([["2.5.4.3", derTlv(12, Uint8Array.of(0xff))]]),
      nameOf([["2.5.4.3", derTlv(12, Uint8Array.of(0xfe))]]),
      false,
    ],
  ])("%s", (_, a, b, equal) => {
    expect(a.equals(b)).toBe(equal);
    expect(b.equals(a)).toBe(equal);
    expect(a.key === b.key).toBe(equal);
  });

  test("equalsUnordered is Twisted's comparison", () => {
    const a = DistinguishedName.of({ CN: "a", O: "b" });
    expect(a.equalsUnordered(DistinguishedName.of({ O: "B", CN: "a" }))).toBe(true);
    expect(a.equalsUnordered(DistinguishedName.of({ O: "b", CN: "a", L: "c" }))).toBe(false);
  });

  test("attributes within one RDN may come in any order", () => {
    const a = DistinguishedName.parse("CN=x+OU=Long unit");
    const b = DistinguishedName.parse("OU=LONG UNIT+CN=X");
    expect(a.equals(b)).toBe(true);
  });

  test("case does not count, unless more combining characters follow each other than any language has", () => {
    const equal = (between: string, count: number) => {
      const [a, b] = ["É", "é"].map((letter) => utf8Name(letter + `\u0323${between}`.repeat(count)));
      return a !== undefined && b !== undefined && a.equals(b) && a.key === b.key;
    };
    expect([equal("", 30), equal("", 31), equal("\u200d", 31), equal("a", 31)]).toEqual([true, false, false, true]);
  });

  test("long runs of combining characters, which normalization takes minutes for, are compared as they are", () => {
    const marks = "\u0323\u0307".repeat(200_000);
    expect(utf8Name(marks).equals(utf8Name(`${marks}\u0323`))).toBe(false);
    expect(utf8Name(marks).key).toBe(utf8Name(marks).key);
    expect(utf8Name(`${marks}\u0002`).equals(utf8Name(marks, ""))).toBe(false);
    const long = "Zoë ".repeat(250).trim();
    expect(utf8Name(long.toUpperCase()).equals(utf8Name(long))).toBe(true);
  });

  test("preparation is stable: preparing what was prepared changes nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 20 }), (text) => {
        const once = utf8Name(text).key.slice("2.5.4.3=".length);
        expect(utf8Name(once === "" ? " " : once).key.slice("2.5.4.3=".length)).toBe(once);
      }),
      { numRuns: 3000 },
    );
  });
});

describe("reading names", () => {
  test("DN-12: several values, several attributes in one RDN, strange types and damaged text are kept", () => {
    const name = nameOf(
      [["2.5.4.11", derUtf8String("first")]],
      [
        ["2.5.4.11", derUtf8String("second")],
        ["2.5.4.3", derUtf8String("a")],
      ],
      [["1.2.3", derTlv(0x05)]],
      [["2.5.4.10", derTlv(Tag.utf8String, Uint8Array.of(0xff))]],
    );
    expect(name.getAll("OU")).toEqual(["first", "second"]);
    expect(name.rdns.map((rdn) => rdn.map(({ oid, name: type, value }) => [type ?? oid, value]))).toEqual([
      [["OU", "first"]],
      [
        ["CN", "a"],
        ["OU", "second"],
      ],
      [["1.2.3", "#0500"]],
      [["O", "#0c01ff"]],
    ]);
    expect(name.toString()).toBe("O=#0c01ff,1.2.3=#0500,CN=a+OU=second,OU=first");
    expect(DistinguishedName.fromDer(name.der).der).toEqual(name.der);
    expect(name.O).toBe("#0c01ff");
    // The first value, with and without having read the whole name.
    expect(DistinguishedName.fromDer(name.der).OU).toBe(name.OU);
  });

  test.each([
    ["TeletexString is Latin-1", derTlv(Tag.teletexString, Uint8Array.of(0x5a, 0xeb)), "Zë"],
    ["BMPString", derTlv(Tag.bmpString, Uint8Array.of(0x6f, 0x22)), "漢"],
    ["UniversalString", derTlv(Tag.universalString, Uint8Array.of(0, 1, 0xf5, 0x12)), "🔒"],
    ["PrintableString with a star", derTlv(Tag.printableString, Uint8Array.of(0x2a)), "*"],
  ])("%s", (_, der, value) => {
    expect(nameOf([["2.5.4.3", der]]).CN).toBe(value);
  });

  test.each<[string, Uint8Array, string]>([
    ["no SEQUENCE", derTlv(0x31), "NAME_INVALID"],
    ["an empty RDN", derSequence(derTlv(0x31)), "NAME_INVALID"],
    ["an RDN that is no SET", derSequence(derSequence()), "NAME_INVALID"],
    ["an attribute without a value", derSequence(derTlv(0x31, derSequence(derOid("2.5.4.3")))), "NAME_INVALID"],
    [
      "an attribute with two values",
      derSequence(derTlv(0x31, derSequence(derOid("2.5.4.3"), derTlv(5), derTlv(5)))),
      "NAME_INVALID",
    ],
    ["an attribute without a type", derSequence(derTlv(0x31, derSequence(derTlv(5), derTlv(5)))), "NAME_INVALID"],
    ["trailing bytes", Uint8Array.of(0x30, 0, 0), "DER_TRAILING_DATA"],
    ["nothing", new Uint8Array(0), "DER_TRUNCATED"],
  ])("%s is refused", (_, der, code) => {
    expect(() => DistinguishedName.fromDer(der)).toThrow(expect.objectContaining({ code }));
  });

  test("a Buffer is copied, not shared", () => {
    const buffer = Buffer.from(DistinguishedName.of({ CN: "a" }).der);
    const name = DistinguishedName.fromDer(buffer);
    buffer.fill(0);
    expect(name.toString()).toBe("CN=a");
  });
});

describe("printing", () => {
  test("DN-07: aligned lines, sorted by label or in order", () => {
    const name = DistinguishedName.of({ ST: "s", C: "SE", CN: "c", OU: ["2", "1"], "1.2.3.4": "x" });
    expect(name.inspect().split("\n")).toEqual([
      "                   1.2.3.4: x",
      "               Common Name: c",
      "              Country Name: SE",
      "  Organizational Unit Name: 2",
      "  Organizational Unit Name: 1",
      "    State Or Province Name: s",
    ]);
    expect(name.inspect({ order: "encoded" }).split("\n")[0]).toBe("    State Or Province Name: s");
    expect(DistinguishedName.of({}).inspect()).toBe("");
    expect(DistinguishedName.of({}).isEmpty).toBe(true);
  });

  test("DN-07 DN-08: nothing that is printed can trick a terminal", () => {
    const hostile = "a\u001b[31m\r\nb\u202e\u0085\u200b\u2028\ufeff";
    const name = DistinguishedName.of({ CN: hostile });
    const certificate = Certificate.fromDer(makeCertificate({ subject: name.der, issuer: name.der }));
    for (const text of [name.toString(), name.inspect(), certificate.toString(), JSON.stringify(certificate)]) {
      expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }
    expect(certificate.inspect().replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(DistinguishedName.parse(name.toString()).CN).toBe(hostile);
  });
});
