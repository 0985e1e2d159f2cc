/** Names that take long to prepare for a comparison are prepared once, however many they are compared with. */
import { describe, expect, test } from "vitest";
import { parseEmailId, parseHost } from "../src/identity/index.ts";
import { VerificationError, type VerifyPathInput, verifyPathSync } from "../src/index.ts";
import * as f from "./forge.ts";
import * as r from "./forge-revocation.ts";
import { inputFor } from "./inputs.ts";

const root = f.forgeRoot();
// As long as texts may be that are normalised, and of characters that normalisation takes apart.
const slow = (index: number): string => `${"\u0390\u03b0".repeat(500)}\u00e9${index}`;
const many = (count: number, make: (index: number) => string): Uint8Array[] =>
  Array.from({ length: count }, (_, index) => f.directoryName(make(index)));

function verdict(input: VerifyPathInput): string {
  try {
    verifyPathSync(input);
    return "accepted";
  } catch (error) {
    if (VerificationError.is(error)) return error.code;
    throw error;
  }
}

// Prepared anew for each comparison, these would take minutes.
describe("directory names", () => {
  test.each([
    ["presented", many(400, slow), many(1000, String)],
    ["constrained", many(1000, String), many(400, slow)],
  ])("that are %s", (_, presented, excluded) => {
    const ca = f.forgeCa(root, { nameConstraints: f.constraints({ excluded }) });
    const leaf = f.forgeLeaf(ca, { san: [...presented, f.dnsName("a.example")] });
    expect(verdict(inputFor([leaf, ca, root]))).toBe("accepted");
  });

  test("of distribution points", () => {
    const ca = f.forgeCa(root);
    const leaf = f.forgeLeaf(ca, { extensions: [r.distributionPoints([r.fullName(...many(300, slow))])] });
    const crls = [r.forgeCrl(ca, { scope: [r.fullName(...many(2000, String))] })];
    const revocation = { mode: "require", scope: "leaf", crls } as const;
    expect(verdict(inputFor([leaf, ca, root], { revocation }))).toBe("REVOCATION_STATUS_UNKNOWN");
  });
});

describe("international names", () => {
  const long = Array.from({ length: 8000 }, () => "\u00e9").join(".");

  test("of more labels than a domain can have are not mapped at all", () => {
    for (const name of [long, `${long}.example`, `${"\u00e9.".repeat(127)}example`]) {
      expect(() => parseHost(name)).toThrow(expect.objectContaining({ code: "HOSTNAME_INVALID" }));
    }
    expect(() => parseHost(`${"a.".repeat(127)}a`)).toThrow(/253 characters/);
    expect(parseHost(`${"a.".repeat(126)}a`).value).toHaveLength(253);
    // What mapping drops is not waited for either.
    expect(parseEmailId(`a@${"\ufe0f".repeat(100)}\u00e9.example`).value).toBe("a@xn--9ca.example");
    expect(() => parseEmailId(`a@${"\ufe0f".repeat(5000)}\u00e9.example`)).toThrow(/of the form local@domain/);
  });

  test("in a certificate are in A-labels, and nothing is mapped (RFC 9598, section 3)", () => {
    const mailbox = (address: string): Uint8Array => f.otherName("1.3.6.1.5.5.7.8.9", f.text(0x0c, address));
    const ca = f.forgeCa(root, {
      nameConstraints: f.constraints({ permitted: [f.emailName("xn--bcher-kva.example")] }),
    });
    const of = (...names: Uint8Array[]): VerifyPathInput =>
      inputFor([f.forgeLeaf(ca, { san: [f.dnsName("a.example"), ...names] }), ca, root]);
    expect(verdict(of(mailbox("\u00e9@xn--bcher-kva.example")))).toBe("accepted");
    expect(verdict(of(mailbox("\u00e9@b\u00fccher.example")))).toBe("NAME_CONSTRAINT_VIOLATION");
    expect(verdict(of(...Array.from({ length: 40 }, () => mailbox(`a@${long}`))))).toBe("NAME_CONSTRAINT_VIOLATION");
  });
});

test.each([
  ["beginnings of address literals", f.emailName("@[".repeat(200_000))],
  ["quoted characters", f.emailName(`"${"\\a".repeat(200_000)}@b`)],
  ["labels", f.dnsName("a.".repeat(200_000))],
  ["ports", f.uriName(`http://${"a:1".repeat(100_000)}`)],
  ["escapes", f.uriName(`http://a/${"%4".repeat(100_000)}`)],
  ["users", f.uriName(`http://${"a@".repeat(100_000)}b`)],
])("a name of hundreds of thousands of %s is no name, and is seen to be none at once", (_, name) => {
  const leaf = f.forgeLeaf(root, { san: [f.dnsName("a.example"), name] });
  for (const profile of ["rfc5280", "webpki"] as const) {
    expect(verdict(inputFor([leaf, root], { profile, name: "a.example" }))).toBe("CERTIFICATE_NOT_CONFORMING");
  }
});
