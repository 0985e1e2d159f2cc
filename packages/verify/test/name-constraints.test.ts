/** RFC 5280, section 4.2.1.10: what is within a constraint, type by type. */
import { TlsKitError } from "@tlskit/x509";
import { describe, expect, test } from "vitest";
import { VerificationError, verifyPathSync } from "../src/index.ts";
import * as f from "./forge.ts";
import { anchors, inputFor } from "./inputs.ts";

const { dnsName: dns, emailName: email, uriName: uri, ipName: ip, directoryName: directory } = f;
const mailbox = (address: string): Uint8Array => f.otherName("1.3.6.1.5.5.7.8.9", f.text(0x0c, address));

function verdict(constraint: Uint8Array, leaf: f.ForgeOptions): string {
  const root = f.forgeRoot({ nameConstraints: constraint });
  try {
    verifyPathSync(inputFor([f.forgeLeaf(root, { subject: "", sanCritical: true, ...leaf }), root]));
    return "ok";
  } catch (error) {
    if (!VerificationError.is(error)) throw error;
    const [reason] = error.reasons;
    return reason?.code === "NAME_CONSTRAINT_VIOLATION" ? reason.details.violation : error.code;
  }
}

type Row = readonly [base: string, name: string, permitted: string, excluded: string];

function table(type: string, make: (text: string) => Uint8Array, rows: readonly Row[]): void {
  test.each(rows)(`${type}: %s and %s`, (base, name, permitted, excluded) => {
    expect(verdict(f.constraints({ permitted: [make(base)] }), { san: [make(name)] })).toBe(permitted);
    expect(verdict(f.constraints({ excluded: [make(base)] }), { san: [make(name)] })).toBe(excluded);
  });
}

table("DNS", dns, [
  ["example.com", "example.com", "ok", "excluded"],
  ["example.com", "A.EXAMPLE.com", "ok", "excluded"],
  ["EXAMPLE.com", "a.b.example.com", "ok", "excluded"],
  ["example.com", "notexample.com", "not-permitted", "ok"],
  ["a.example.com", "example.com", "not-permitted", "ok"],
  ["", "example.com", "ok", "excluded"],
  [".example.com", "a.example.com", "ok", "excluded"],
  [".example.com", "example.com", "not-permitted", "ok"],
  ["example.com", "*.example.com", "ok", "excluded"],
  ["example.com", "*.b.example.com", "ok", "excluded"],
  // Some of what the wildcard stands for is inside, some is not: neither permitted nor free of the exclusion.
  ["a.example.com", "*.example.com", "not-permitted", "excluded"],
  ["a.b.example.com", "*.example.com", "not-permitted", "ok"],
  ["com", "*.com", "ok", "excluded"],
  ["*.example.com", "a.example.com", "not-permitted", "excluded"],
  ["example.com", ".example.com", "unreadable-name", "unreadable-name"],
  ["example.com", "example.com.", "unreadable-name", "unreadable-name"],
  ["example.com", "a.*.example.com", "unreadable-name", "unreadable-name"],
  ["example.com", "example.com\0.evil.test", "unreadable-name", "unreadable-name"],
]);

table("e-mail", email, [
  ["a@example.com", "a@example.com", "ok", "excluded"],
  ["a@example.com", "a@EXAMPLE.com", "ok", "excluded"],
  ["a@example.com", "A@example.com", "not-permitted", "ok"],
  ["example.com", "a@example.com", "ok", "excluded"],
  ["example.com", "a@b.example.com", "not-permitted", "ok"],
  [".example.com", "a@b.example.com", "ok", "excluded"],
  [".example.com", "a@example.com", "not-permitted", "ok"],
  ["*@example.com", "a@example.com", "not-permitted", "ok"],
  ["example.com", "example.com", "unreadable-name", "unreadable-name"],
  ["a@b@example.com", "c@example.com", "not-permitted", "excluded"],
  ["", "a@example.com", "ok", "excluded"],
  // A quoted local part is what is in the quotes (RFC 5321, section 4.1.2).
  ["example.com", '"a b"@example.com', "ok", "excluded"],
  ["a@example.com", '"a"@example.com', "ok", "excluded"],
  ["a@example.com", '"\\a"@example.com', "ok", "excluded"],
  ['"a b"@example.com', '"a b"@EXAMPLE.com', "ok", "excluded"],
  ['"a b"@example.com', '"a c"@example.com', "not-permitted", "ok"],
  ["example.com", '"a@evil.test"@example.com', "ok", "excluded"],
  ["example.com", '"a"b@example.com', "unreadable-name", "unreadable-name"],
  ["example.com", "a@[192.0.2.1]", "unreadable-name", "unreadable-name"],
  // What cannot be read might mean any name, and permits none.
  ["*.example.com", "a@b.example.com", "not-permitted", "excluded"],
]);

table("URI", uri, [
  ["example.com", "https://example.com/x", "ok", "excluded"],
  ["example.com", "https://user@EXAMPLE.com:8443/x", "ok", "excluded"],
  ["example.com", "https://a.example.com/", "not-permitted", "ok"],
  [".example.com", "https://a.example.com/", "ok", "excluded"],
  [".example.com", "https://example.com/", "not-permitted", "ok"],
  ["example.com", "https://evil.test/@example.com", "not-permitted", "ok"],
  ["example.com", "https://127.0.0.1/", "unreadable-name", "unreadable-name"],
  ["example.com", "urn:example:1", "unreadable-name", "unreadable-name"],
  ["", "https://example.com/", "ok", "excluded"],
  // Readers differ about where these have their host.
  ["example.com", "https://evil.test\\@example.com/", "unreadable-name", "unreadable-name"],
  ["evil.test", "https://evil.test\\@example.com/", "unreadable-name", "unreadable-name"],
  ["example.com", "https://a@evil.test@example.com/", "unreadable-name", "unreadable-name"],
  ["example.com", "https://example%2ecom/", "unreadable-name", "unreadable-name"],
  ["example.com", "https://evil.test%zz@example.com/", "unreadable-name", "unreadable-name"],
  ["example.com", "https:// example.com/", "unreadable-name", "unreadable-name"],
  ["example.com", "https://[::1]/", "unreadable-name", "unreadable-name"],
  ["example.com", "https://evil.test#@example.com", "not-permitted", "ok"],
  ["*.example.com", "https://a.example.com/", "not-permitted", "excluded"],
]);

table("directory", directory, [
  ["foo", "foo", "ok", "excluded"],
  ["Foo", "FOO", "ok", "excluded"],
  ["foo", "bar", "not-permitted", "ok"],
]);

describe("IP", () => {
  test.each([
    ["an address inside", ip(192, 0, 2, 1), "ok", "excluded"],
    ["an address outside", ip(192, 0, 3, 1), "not-permitted", "ok"],
    ["an IPv6 address", ip(...Array(15).fill(0), 1), "not-permitted", "ok"],
  ])("192.0.2.0/24 and %s", (_what, name, permitted, excluded) => {
    const base = ip(192, 0, 2, 0, 255, 255, 255, 0);
    expect(verdict(f.constraints({ permitted: [base] }), { san: [name] })).toBe(permitted);
    expect(verdict(f.constraints({ excluded: [base] }), { san: [name] })).toBe(excluded);
  });
});

describe("IP, as a trust store may constrain it", () => {
  const verdictOf = (kind: "permitted" | "excluded", ...bytes: number[]): string => {
    const root = f.forgeRoot();
    const base = { type: "ip", value: "", bytes: Uint8Array.from(bytes) } as const;
    const trust = anchors({ certificate: root.certificate, nameConstraints: { [kind]: [{ base }] } });
    try {
      verifyPathSync({ ...inputFor([f.forgeLeaf(root, { san: [ip(127, 0, 0, 1)] }), root]), trust });
      return "ok";
    } catch (error) {
      if (TlsKitError.is(error)) return error.code;
      throw error;
    }
  };

  test("a range of neither kind means nothing, and is refused", () => {
    expect(verdictOf("permitted", 127, 0, 0, 1)).toBe("VERIFY_ARGUMENT_INVALID");
    expect(verdictOf("excluded", 10, 0, 0, 1)).toBe("VERIFY_ARGUMENT_INVALID");
    expect(verdictOf("permitted", 127, 0, 0, 1, 255, 0, 0, 255)).toBe("VERIFY_ARGUMENT_INVALID");
  });

  test("a range of IPv6 that begins with the same bytes is another one", () => {
    const range = [127, 0, 0, 1, ...Array(12).fill(0), 255, 255, 255, 255, ...Array(12).fill(0)];
    expect(verdictOf("permitted", ...range)).toBe("NAME_CONSTRAINT_VIOLATION");
    expect(verdictOf("excluded", ...range)).toBe("ok");
  });
});

describe("the subject", () => {
  test("is a directory name, even beside a subjectAltName", () => {
    const constraint = f.constraints({ excluded: [directory("foo")] });
    expect(verdict(constraint, { subject: "foo", san: [dns("a.example")] })).toBe("excluded");
  });

  test("its e-mail address counts where there is no subjectAltName", () => {
    const constraint = f.constraints({ excluded: [email("example.com")] });
    const subjectAttributes = { "1.2.840.113549.1.9.1": "a@example.com" };
    expect(verdict(constraint, { subjectAttributes, san: undefined as never })).toBe("excluded");
    expect(verdict(constraint, { subjectAttributes, san: [dns("a.example")] })).toBe("ok");
  });

  test("its common name is no DNS name", () => {
    expect(
      verdict(f.constraints({ excluded: [dns("a.example")] }), { subject: "a.example", san: [dns("b.example")] }),
    ).toBe("ok");
  });
});

describe("other types", () => {
  test("are refused when constrained and present, and let pass otherwise", () => {
    const constraint = f.constraints({ excluded: [f.otherName("1.2.3", f.text(0x0c, "x"))] });
    expect(verdict(constraint, { san: [f.otherName("1.2.4", f.text(0x0c, "y"))] })).toBe("unsupported-type");
    expect(verdict(constraint, { san: [dns("a.example")] })).toBe("ok");
  });

  test("an SmtpUTF8Mailbox is a mailbox (RFC 9598)", () => {
    const constraint = f.constraints({ permitted: [email("example.com")] });
    expect(verdict(constraint, { san: [mailbox("医@example.com")] })).toBe("ok");
    expect(verdict(constraint, { san: [mailbox("医@example.org")] })).toBe("not-permitted");
  });
});

test("constraints of the trust store count besides the certificate's own", () => {
  const root = f.forgeRoot();
  const nameConstraints = { permitted: [{ base: { type: "dns", value: "b.example" } }] } as const;
  const input = inputFor([f.forgeLeaf(root), root]);
  const trust = anchors({ certificate: root.certificate, nameConstraints });
  expect(() => verifyPathSync({ ...input, trust })).toThrow(
    expect.objectContaining({ code: "NAME_CONSTRAINT_VIOLATION" }),
  );
});
