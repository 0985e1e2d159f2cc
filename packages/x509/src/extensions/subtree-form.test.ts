// RFC 5280 section 4.2.1.10: the forms of names in constraints. What has another form constrains nothing.

import { describe, expect, test } from "vitest";
import {
  DN,
  encodeNameConstraints,
  type GeneralName,
  generalSubtree,
  makeExtension,
  readExtensionValue,
} from "../index.ts";

const refusal = (argument: string) =>
  expect.objectContaining({ code: "ARGUMENT_INVALID", details: expect.objectContaining({ argument }) });
const network = (...bytes: number[]): GeneralName => ({ type: "ip", value: "?", bytes: Uint8Array.from(bytes) });

describe("as objects", () => {
  test.each<GeneralName>([
    { type: "dns", value: "example.com" },
    { type: "dns", value: ".example.com" },
    { type: "dns", value: "localhost" },
    { type: "dns", value: "_service.example.com" },
    { type: "dns", value: "" },
    { type: "email", value: "root@example.com" },
    { type: "email", value: "first.last+tag@example.com" },
    { type: "email", value: '"John Smith"@example.com' },
    { type: "email", value: "example.com" },
    { type: "email", value: ".example.com" },
    { type: "email", value: "" },
    { type: "uri", value: "www.example.com" },
    { type: "uri", value: ".example.com" },
    { type: "uri", value: "" },
    network(10, 0, 0, 0, 255, 0, 0, 0),
    network(...new Uint8Array(32)),
    { type: "directory", value: DN.of({ O: "Example" }) },
    { type: "directory", value: DN.of({}) },
  ])("%j", (base) => {
    const value = encodeNameConstraints({ excluded: [{ base }] });
    const [read] = readExtensionValue("nameConstraints", value).excluded ?? [];
    expect(read?.base.type).toBe(base.type);
    if (base.type !== "ip" && base.type !== "directory") expect(read?.base.value).toBe(base.value);
  });

  test.each<[name: string, base: unknown, argument?: string]>([
    ["a wildcard", { type: "dns", value: "*.example.com" }],
    ["a wildcard after a dot", { type: "dns", value: ".*.example.com" }],
    ["a wildcard alone", { type: "dns", value: "*" }],
    ["a dot alone", { type: "dns", value: "." }],
    ["a dot at the end", { type: "dns", value: "example.com." }],
    ["an empty label", { type: "dns", value: "a..example" }],
    ["a space", { type: "dns", value: "example .com" }],
    ["a port", { type: "dns", value: "example.com:443" }],
    ["an address as dns", { type: "dns", value: "10.0.0.1" }],
    ["a URL as dns", { type: "dns", value: "https://example.com/" }],
    ["any mailbox of a host", { type: "email", value: "*@example.com" }],
    ["no mailbox", { type: "email", value: "@example.com" }],
    ["a mailbox of all hosts", { type: "email", value: "root@" }],
    ["a mailbox below a domain", { type: "email", value: "root@.example.com" }],
    ["a mailbox of a wildcard", { type: "email", value: "root@*.example.com" }],
    ["a wildcard for hosts of mail", { type: "email", value: "*.example.com" }],
    ["a URI", { type: "uri", value: "https://example.com/" }],
    ["the scheme of a URI", { type: "uri", value: "https:" }],
    ["a host with a port", { type: "uri", value: "example.com:443" }],
    ["a host with a path", { type: "uri", value: "example.com/a" }],
    ["a host with a user", { type: "uri", value: "user@example.com" }],
    ["a wildcard for hosts of URIs", { type: "uri", value: "*.example.com" }],
    ["an address without a mask", network(10, 0, 0, 0)],
    ["a mask with holes", network(10, 0, 0, 0, 255, 0, 255, 0)],
    ["a mask of another size", network(10, 0, 0, 0, 255, 255)],
    ["a network as the text of an address", { type: "ip", value: "10.0.0.0/8" }, "nameConstraints.excluded[0]"],
    ["an address as text", { type: "ip", value: "10.0.0.0" }, "nameConstraints.excluded[0]"],
    ["a directory name as text", { type: "directory", value: "O=Example" }],
  ])("%s is refused", (_, base, argument = "nameConstraints.excluded[0].base") => {
    expect(() => makeExtension("nameConstraints", { excluded: [{ base: base as GeneralName }] })).toThrow(
      refusal(argument),
    );
  });
});

describe("as text", () => {
  test.each([
    ["*@example.com", "email"],
    ["@example.com", "email"],
    ["*", "a DNS name"],
    ["*.example.com", "a domain without a wildcard"],
    ["a*b@example.com", "a mailbox"],
    [".root@example.com", "a domain after the dot"],
    ["https://example.com/", "a host of URIs"],
    ["10.0.0.0/33", "address/prefix"],
    ["10.0.0/8", "address/prefix"],
    ["fe80::1%eth0/64", "address/prefix"],
    ["", ""],
  ])("%j is refused, and the error says what to write", (text, expected) => {
    expect(() => generalSubtree(text)).toThrow(refusal("text"));
    expect(() => generalSubtree(text)).toThrow(expected);
    expect(() => encodeNameConstraints({ permitted: ["a.example", text] })).toThrow(
      refusal("nameConstraints.permitted[1]"),
    );
  });

  test.each(["example.com", ".example.com", "root@example.com", "10.0.0.0/8", "::1", "b\u00fccher.example"])(
    "%s",
    (text) => {
      expect(() => encodeNameConstraints({ permitted: [text] })).not.toThrow();
    },
  );
});

test("what others wrote is read as it stands: judging it is for a verifier", () => {
  const value = Uint8Array.of(0x30, 0x0c, 0xa0, 0x0a, 0x30, 8, 0x81, 6, ...new TextEncoder().encode("*@a.bc"));
  expect(readExtensionValue("nameConstraints", value).permitted?.[0]?.base.value).toBe("*@a.bc");
});
