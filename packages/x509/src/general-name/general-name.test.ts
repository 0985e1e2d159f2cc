import { describe, expect, test } from "vitest";
import { concatBytes, fromHex } from "../bytes.ts";
import { DerReader } from "../der/reader.ts";
import { derNull, derOid, derTlv } from "../der/writer.ts";
import { DistinguishedName } from "../distinguished-name/distinguished-name.ts";
import {
  decodeGeneralName,
  encodeGeneralName,
  formatGeneralName,
  type GeneralName,
  generalName,
} from "./general-name.ts";

describe("what a text is", () => {
  test.each<[string, string, string]>([
    ["localhost", "dns", "localhost"],
    ["*.example.com", "dns", "*.example.com"],
    ["a_b.Example", "dns", "a_b.Example"],
    ["bücher.example", "dns", "xn--bcher-kva.example"],
    ["*.bücher.example", "dns", "*.xn--bcher-kva.example"],
    ["127.0.0.1", "ip", "127.0.0.1"],
    ["::1", "ip", "::1"],
    ["[2001:DB8::1]", "ip", "2001:db8::1"],
    ["a@example.com", "email", "a@example.com"],
    ["a@bücher.example", "email", "a@xn--bcher-kva.example"],
    ["https://example.com/a?b", "uri", "https://example.com/a?b"],
    ["spiffe://example.org/service", "uri", "spiffe://example.org/service"],
    ["urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "uri", "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"],
    ["3com.com", "dns", "3com.com"],
  ])("%s", (text, type, value) => {
    expect(generalName(text)).toMatchObject({ type, value });
  });

  test.each([
    "",
    " ",
    "a b",
    "a..b",
    ".a",
    "a.",
    "-a",
    "a-",
    "*",
    "*.",
    "a.*",
    "*a.example",
    "*.*.example",
    "a/b",
    "a%00b",
    "a\u0000b",
    "127.1",
    "0x7f.1",
    "010.0.0.1",
    "1.2.3.4.5",
    "256.256.256.256",
    "example.com:443",
    "10.0.0.0/8",
    "fe80::1%eth0",
    "[127.0.0.1]",
    "[::1",
    "http://exa mple/",
    "http://bücher/",
    "@example.com",
    "a@",
    "a b@example.com",
    "ü@example.com",
    "a@*.example.com",
    `${"a".repeat(64)}.example`,
    `${"a.".repeat(127)}a`,
    "ex\u202eample.com",
    "a\u2024b＠c",
    "bü/cher",
    "bü#cher",
  ])("%j is refused", (text) => {
    expect(() => generalName(text)).toThrow(expect.objectContaining({ code: "ARGUMENT_INVALID" }));
  });

  test("anything but a string is refused", () => {
    expect(() => generalName(7 as never)).toThrow(expect.objectContaining({ code: "ARGUMENT_INVALID" }));
  });
});

const names: readonly GeneralName[] = [
  generalName("example.com"),
  generalName("10.0.0.1"),
  generalName("2001:db8::1"),
  generalName("a@b.example"),
  generalName("https://example.com/"),
  { type: "directory", value: DistinguishedName.of({ CN: "a", O: "b" }) },
  { type: "other", oid: "1.3.6.1.4.1.311.20.2.3", value: derTlv(0x0c, Uint8Array.of(0x61)) },
  { type: "registeredId", value: "1.2.3.4" },
  { type: "x400", value: derNull() },
  { type: "ediParty", value: concatBytes(derNull(), derNull()) },
];

test.each(names.map((name) => [formatGeneralName(name), name] as const))("%s comes back", (text, name) => {
  const der = encodeGeneralName(name);
  const reader = new DerReader(der);
  const read = decodeGeneralName(reader);
  reader.done("the name");
  expect(read.type).toBe(name.type);
  expect(formatGeneralName(read)).toBe(text);
  expect(encodeGeneralName(read)).toEqual(der);
  expect(Object.isFrozen(read)).toBe(true);
});

test.each<[GeneralName, string]>([
  [{ type: "dns", value: "a.example, DNS:b.example" }, 'DNS:"a.example, DNS:b.example"'],
  [{ type: "dns", value: 'a"b' }, 'DNS:"a\\"b"'],
  [{ type: "dns", value: "a.example\nDNS:b.example" }, "DNS:a.example\\nDNS:b.example"],
  [{ type: "email", value: "a,b@c.example" }, 'email:"a,b@c.example"'],
  [{ type: "uri", value: "ldap:///CN=a,DC=b" }, 'URI:"ldap:///CN=a,DC=b"'],
  [{ type: "uri", value: "https://a.example/?b=c" }, "URI:https://a.example/?b=c"],
])("%j does not look like several names", (name, text) => {
  expect(formatGeneralName(name)).toBe(text);
});

test("bytes of a name are copies", () => {
  const name = generalName("10.0.0.1");
  if (name.type !== "ip") expect.unreachable();
  else {
    name.bytes.fill(0);
    expect(name.bytes).toEqual(Uint8Array.of(10, 0, 0, 1));
  }
});

test.each<[string, string]>([
  ["an IPv4 address of 5 octets", "87050a00000100"],
  ["an empty IP address", "8700"],
  ["a dNSName beyond ASCII", "8202c3a9"],
  ["a tag that is none", "8900"],
  ["a dNSName that is constructed", "a2020500"],
  ["a directoryName that is no Name", "a4023100"],
  ["a directoryName with something after it", "a40430003000"],
  ["an otherName without a value", "a004060201ff".replace("01ff", "2a03")],
  ["an otherName with two values", "a00c06022a03a00405000500".replace("a00c", "a00a")],
  ["a universal type", "0c0161"],
])("%s is refused", (_, hex) => {
  const bytes = fromHex(hex) ?? new Uint8Array(0);
  expect(() => decodeGeneralName(new DerReader(bytes))).toThrow(expect.objectContaining({ name: "X509Error" }));
});

test("control characters in names are escaped when printed", () => {
  const name = decodeGeneralName(new DerReader(derTlv(0x82, Uint8Array.of(0x61, 0x1b, 0x0a))));
  expect(name).toMatchObject({ value: "a\u001b\n" });
  expect(formatGeneralName(name)).toBe("DNS:a\\x1b\\n");
});

test("what cannot be encoded is refused", () => {
  for (const bad of [
    { type: "dns", value: "ë" },
    { type: "dns", value: "" },
    { type: "ip", value: "nope" },
    { type: "nope" },
  ]) {
    expect(() => encodeGeneralName(bad as never)).toThrow(expect.objectContaining({ code: "ARGUMENT_INVALID" }));
  }
  expect(encodeGeneralName({ type: "ip", value: "10.0.0.1" })).toEqual(Uint8Array.of(0x87, 4, 10, 0, 0, 1));
  expect(encodeGeneralName({ type: "registeredId", value: "2.5.4.3" })).toEqual(
    derTlv(0x88, derOid("2.5.4.3").subarray(2)),
  );
});
