import { describe, expect, test } from "vitest";
import {
  describeIdentity,
  type MismatchCause,
  matchIdentity,
  type PresentedIdentity,
  parseEmailId,
  parseHost,
  parseSrvId,
  parseUriId,
} from "./index.ts";

const dns = (value: string): PresentedIdentity => ({ type: "dns", value });
const ip = (...bytes: number[]): PresentedIdentity => ({ type: "ip", value: "", bytes: Uint8Array.from(bytes) });
const uri = (value: string): PresentedIdentity => ({ type: "uri", value });
const email = (value: string): PresentedIdentity => ({ type: "email", value });
const other = (oid: string, tag: number, text: string): PresentedIdentity => {
  const bytes = new TextEncoder().encode(text);
  return { type: "other", oid, value: Uint8Array.of(tag, bytes.length, ...bytes) };
};
// With whatever length is written there.
const encoded = (oid: string, tag: number, length: number, text: string): PresentedIdentity => {
  return { type: "other", oid, value: Uint8Array.of(tag, length, ...new TextEncoder().encode(text)) };
};
const srv = (text: string): PresentedIdentity => other("1.3.6.1.5.5.7.8.7", 0x16, text);
const mailbox = (text: string): PresentedIdentity => other("1.3.6.1.5.5.7.8.9", 0x0c, text);

describe("DNS-ID (RFC 9525, section 6.3)", () => {
  test.each([
    ["example.com", "example.com"],
    ["EXAMPLE.com", "example.COM"],
    ["*.example.com", "www.example.com"],
    ["*.EXAMPLE.com", "WWW.example.com"],
    ["*.example.com", "www.example.com."],
    ["*.example.com", "bücher.example.com"],
    ["*.xn--bcher-kva.example", "www.bücher.example"],
    ["foo_bar.example.com", "foo_bar.example.com"],
    ["localhost", "localhost"],
  ])("CLI-08: %s matches %s", (pattern, host) => {
    expect(matchIdentity([dns(pattern)], parseHost(host))).toEqual({ matched: dns(pattern) });
  });

  const refused: readonly [pattern: string, host: string, cause: MismatchCause][] = [
    ["example.com", "example.org", "different"],
    ["example.com", "www.example.com", "different"],
    ["www.example.com", "example.com", "different"],
    ["*.example.com", "example.com", "different"],
    ["*.example.com", "a.b.example.com", "wildcard-depth"],
    ["*.example.com", "wwwexample.com", "different"],
    ["ba*.example.com", "baz.example.com", "wildcard-not-allowed"],
    ["*z.example.com", "baz.example.com", "wildcard-not-allowed"],
    ["foo.*.com", "foo.bar.com", "wildcard-not-allowed"],
    ["*.*.com", "foo.bar.com", "wildcard-not-allowed"],
    ["\u212aube.example", "kube.example", "malformed"],
    ["*.\u212aube.example", "a.kube.example", "malformed"],
    ["*", "localhost", "wildcard-not-allowed"],
    ["*.", "localhost", "wildcard-not-allowed"],
    ["*.com", "example.com", "wildcard-not-allowed"],
    ["*.localhost", "localhost", "wildcard-not-allowed"],
    ["xn--*.example.com", "bücher.example.com", "wildcard-not-allowed"],
    ["*..example.com", "a.example.com", "malformed"],
    ["example.com.", "example.com", "malformed"],
    [".example.com", "www.example.com", "malformed"],
    ["", "example.com", "malformed"],
    ["example.com\0.evil.test", "example.com", "malformed"],
    ["bücher.example", "bücher.example", "malformed"],
  ];
  test.each(refused)("CLI-08: %j does not match %s: %s", (pattern, host, cause) => {
    expect(matchIdentity([dns(pattern)], parseHost(host)).mismatches).toEqual([{ presented: dns(pattern), cause }]);
  });

  test("CLI-09: every presented name is reported", () => {
    const presented = [dns("a.example"), dns("*.b.example"), ip(127, 0, 0, 1), email("x@c.example")];
    expect(matchIdentity(presented, parseHost("c.example")).mismatches?.map(({ cause }) => cause)).toEqual([
      "different",
      "different",
      "other-type",
      "other-type",
    ]);
  });

  test("CLI-19: a wildcard beside the right single-label name does no harm", () => {
    expect(matchIdentity([dns("*.example.com"), dns("localhost")], parseHost("localhost")).matched).toEqual(
      dns("localhost"),
    );
  });
});

describe("IP-ID (RFC 9525, section 6.4)", () => {
  test("CLI-04: the same octets match, whatever the spelling", () => {
    expect(matchIdentity([ip(127, 0, 0, 1)], parseHost("127.0.0.1")).matched).toBeDefined();
    const loopback = ip(...new Array<number>(15).fill(0), 1);
    expect(matchIdentity([loopback], parseHost("[0:0::0:1]")).matched).toBe(loopback);
  });

  test.each([
    ["another address", ip(127, 0, 0, 2), "different"],
    ["the IPv4 address of a mapped one", ip(1, 2, 3, 4), "different"],
    ["an address with its mask", ip(1, 2, 3, 4, 255, 255, 255, 255), "malformed"],
    ["a DNS name that spells it", dns("127.0.0.1"), "other-type"],
  ] as const)("CLI-04: %s does not match", (_what, presented, cause) => {
    const host = cause === "different" && presented.bytes?.[0] === 1 ? "::ffff:1.2.3.4" : "127.0.0.1";
    expect(matchIdentity([presented], parseHost(host)).mismatches?.[0]?.cause).toBe(cause);
  });
});

describe("URI-ID (RFC 9525, section 6.5)", () => {
  test.each([
    ["https://example.com/anything", "HTTPS://Example.com:8443/other"],
    ["sip:voice.example.com", "sip:someone@voice.example.com;transport=tls"],
    ["spiffe://example.org/a/b", "spiffe://example.org/a/b"],
    ["spiffe://example.org/a", "SPIFFE://EXAMPLE.ORG/a"],
  ])("CLI-20: %s is %s", (presented, wanted) => {
    expect(matchIdentity([uri(presented)], parseUriId(wanted)).matched).toBeDefined();
  });

  test.each([
    ["http://example.com/", "https://example.com/", "different"],
    ["https://*.example.com/", "https://a.example.com/", "malformed"],
    ["spiffe://example.org/a", "spiffe://example.org/A", "different"],
    ["spiffe://example.org/a/", "spiffe://example.org/a", "malformed"],
    ["not a uri", "https://example.com/", "malformed"],
  ])("CLI-20: %s is not %s", (presented, wanted, cause) => {
    expect(matchIdentity([uri(presented)], parseUriId(wanted)).mismatches?.[0]?.cause).toBe(cause);
  });

  test("CLI-20: two URIs make a SPIFFE certificate ambiguous", () => {
    const presented = [uri("spiffe://example.org/a"), uri("spiffe://example.org/b")];
    expect(matchIdentity(presented, parseUriId("spiffe://example.org/a")).mismatches?.[0]?.cause).toBe("ambiguous");
  });

  test.each([
    "",
    "example.com",
    "https:///x",
    "https://[::1]/",
    "https://127.0.0.1/",
    "https://a b/",
    "https://a.example\\@b.example/",
    "https://a@b@c.example/",
    "https://a.example/%4",
    "urn:example:1",
    "mailto:kim@example.com",
    "spiffe://a/../b",
    "spiffe://a/b?c",
    "spiffe://a:1/b",
  ])("CLI-20: %j is no URI identity", (text) => {
    expect(() => parseUriId(text)).toThrow(expect.objectContaining({ code: "URI_ID_INVALID" }));
  });

  test("CLI-20: what is wrong is said", () => {
    expect(() => parseUriId("urn:a:b")).toThrow(/must be a URI with a scheme and a host name/);
    expect(() => parseUriId(5 as never)).toThrow(/a URI must be a string/);
  });

  test("CLI-20: a name of another kind that spells it is not it", () => {
    const text = "https://example.com/";
    const presented = [dns(text), { type: "email", value: text }];
    const causes = matchIdentity(presented, parseUriId(text)).mismatches?.map(({ cause }) => cause);
    expect(causes).toEqual(["other-type", "other-type"]);
  });
});

describe("SRV-ID (RFC 4985)", () => {
  test("CLI-20: service and domain match without case", () => {
    expect(matchIdentity([srv("_IMAPS.Example.net")], parseSrvId("_imaps.example.net")).matched).toBeDefined();
  });

  test("CLI-20: the otherName may still have its explicit tag", () => {
    const inner = srv("_imaps.example.net").value as Uint8Array;
    const wrapped = { type: "other", oid: "1.3.6.1.5.5.7.8.7", value: Uint8Array.of(0xa0, inner.length, ...inner) };
    expect(matchIdentity([wrapped], parseSrvId("_imaps.example.net")).matched).toBe(wrapped);
  });

  test.each([
    [srv("_imaps.b\u00fccher.example"), "malformed"],
    [srv("_pop3s.example.net"), "different"],
    [encoded("1.3.6.1.5.5.7.8.7", 0x16, 18, "_imaps.example.net."), "malformed"],
    [encoded("1.3.6.1.5.5.7.8.7", 0x16, 19, "_imaps.example.net"), "malformed"],
    [srv("_imaps.example.org"), "different"],
    [srv("_imaps.*.net"), "malformed"],
    [srv("imaps.example.net"), "malformed"],
    [mailbox("_imaps.example.net"), "other-type"],
    [dns("_imaps.example.net"), "other-type"],
  ])("CLI-20: %j does not match", (presented, cause) => {
    expect(matchIdentity([presented], parseSrvId("_imaps.example.net")).mismatches?.[0]?.cause).toBe(cause);
  });

  test.each(["imaps.example.net", "_.example.net", "_imaps", "_imaps.", "_imaps.*.net"])(
    "CLI-20: %j is no SRV identity",
    (text) => {
      expect(() => parseSrvId(text)).toThrow(expect.objectContaining({ code: "SRV_ID_INVALID" }));
    },
  );
});

describe("e-mail (RFC 5280, section 4.2.1.6; RFC 9598)", () => {
  test.each([
    [email("Kim@Example.com"), "Kim@example.COM"],
    [email("*@example.com"), "*@example.com"],
    [mailbox("医生@xn--fsqu00a.example"), "医生@例子.example"],
  ])("CLI-20: %j matches %s", (presented, wanted) => {
    expect(matchIdentity([presented], parseEmailId(wanted)).matched).toBe(presented);
  });

  test.each([
    [email("kim@example.com"), "Kim@example.com", "different"],
    [email("*@example.com"), "kim@example.com", "different"],
    [email("Kim@sub.example.com"), "Kim@example.com", "different"],
    [email("example.com"), "Kim@example.com", "malformed"],
    [dns("example.com"), "Kim@example.com", "other-type"],
  ])("CLI-20: %j does not match %s: %s", (presented, wanted, cause) => {
    expect(matchIdentity([presented], parseEmailId(wanted)).mismatches?.[0]?.cause).toBe(cause);
  });

  test("CLI-20: a text whose length is not written as DER has it is none", () => {
    const wanted = `a@${"b".repeat(63)}.${"c".repeat(62)}`;
    const as = (...length: readonly number[]): MismatchCause | undefined => {
      const value = Uint8Array.of(0x0c, ...length, ...new TextEncoder().encode(wanted));
      const names = [{ type: "other", oid: "1.3.6.1.5.5.7.8.9", value }];
      return matchIdentity(names, parseEmailId(wanted)).mismatches?.[0]?.cause;
    };
    expect(wanted.length).toBe(128);
    expect(as(0x81, 128)).toBeUndefined();
    expect(as(0x80)).toBe("malformed");
    expect(as(0x83, 0, 0, 128)).toBe("malformed");
  });

  test.each(["", "@example.com", "kim@", "kim", "kim@@", ".kim@example.com", "a b@example.com", '"kim"@example.com'])(
    "CLI-20: %j is no address",
    (text) => {
      expect(() => parseEmailId(text)).toThrow(expect.objectContaining({ code: "EMAIL_ID_INVALID" }));
    },
  );
});

test.each<readonly [string, unknown]>([
  ["a wildcard", { type: "dns", value: "*.example.com" }],
  ["nothing", { type: "dns", value: "" }],
  ["upper case", { type: "dns", value: "A.example" }],
  ["another text than its bytes", { type: "ip", value: "10.0.0.2", bytes: Uint8Array.of(10, 0, 0, 1) }],
])("a reference that no parser makes is refused: %s", (_, reference) => {
  const presented = [dns("*.example.com"), dns(""), dns("a.example"), ip(10, 0, 0, 1)];
  expect(() => matchIdentity(presented, reference as never)).toThrow(
    expect.objectContaining({
      code: "VERIFY_ARGUMENT_INVALID",
      details: expect.objectContaining({ argument: "reference" }),
    }),
  );
});

test("names are shown as people write them", () => {
  expect([dns("a.example"), ip(10, 0, 0, 1), email("k@a.example"), srv("_x.y")].map(describeIdentity)).toEqual([
    "DNS:a.example",
    "IP Address:10.0.0.1",
    "email:k@a.example",
    "othername:1.3.6.1.5.5.7.8.7",
  ]);
});

test("identities of services and mailboxes: what is too much is named", () => {
  expect(() => parseSrvId("_imaps._tcp.a.example")).toThrow("without the protocol of the DNS record");
  expect(parseSrvId("_imaps.a.example").value).toBe("_imaps.a.example");
  expect(() => parseEmailId("Kim <kim@a.example>")).toThrow("give the address alone");
});
