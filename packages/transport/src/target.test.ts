import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TransportError } from "./error.ts";
import { parseTarget } from "./target.ts";

describe("parseTarget", () => {
  test.each([
    ["example.com:443", "dns", "example.com", 443],
    ["EXAMPLE.com.:443", "dns", "example.com", 443],
    ["bücher.example:8443", "dns", "xn--bcher-kva.example", 8443],
    ["127.0.0.1:1", "ip", "127.0.0.1", 1],
    ["[::1]:65535", "ip", "::1", 65_535],
    ["[2001:DB8::1]:443", "ip", "2001:db8::1", 443],
    ["my_host:443", "dns", "my_host", 443],
  ] as const)("%s", (text, type, value, port) => {
    expect(parseTarget(text)).toMatchObject({ host: { type, value }, port });
  });

  test.each([
    [{ host: "::1", port: 443 }, "::1"],
    [{ host: "[::1]", port: 443 }, "::1"],
    [{ host: "example.com.", port: 443 }, "example.com"],
  ])("an object: %j", (target, value) => {
    expect(parseTarget(target)).toMatchObject({ host: { value }, port: 443 });
  });

  test("a default port is for text without one", () => {
    expect(parseTarget("example.com", { defaultPort: 443 }).port).toBe(443);
    expect(parseTarget("[::1]", { defaultPort: 443 }).port).toBe(443);
    expect(parseTarget("example.com:8443", { defaultPort: 443 }).port).toBe(8443);
  });

  test.each([
    "example.com",
    "example.com:",
    "example.com:https",
    "example.com:0",
    "example.com:65536",
    "example.com:+443",
    "example.com: 443",
    "example.com:0x1bb",
    "example.com:443:443",
    "::1:443",
    "[::1]443",
    "[::1",
  ])("%j is refused", (text) => {
    expect(() => parseTarget(text)).toThrow(expect.objectContaining({ code: "TARGET_INVALID" }));
  });

  test.each([
    undefined,
    null,
    443,
    {},
    { host: 7, port: 1 },
    { host: "a" },
    { host: "a", port: "443" },
    { host: "a", port: 1.5 },
  ])("%j is refused, whatever it is", (target) => {
    expect(() => parseTarget(target as never)).toThrow(expect.objectContaining({ code: "TARGET_INVALID" }));
  });

  test.each([
    ":443",
    "a..b:443",
    "*.example.com:443",
    "127.1:443",
    "exa mple:443",
    "[fe80::1%eth0]:443",
    "[example.com]:443",
  ])("%j has no host name", (text) => {
    expect(() => parseTarget(text)).toThrow(expect.objectContaining({ code: "HOSTNAME_INVALID" }));
  });

  test("any text gives a target or a typed error, and the message shows no control characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        try {
          const { host, port } = parseTarget(text);
          expect(host.value).not.toBe("");
          expect(port).toBeGreaterThan(0);
        } catch (error) {
          expect(TransportError.is(error) || (error as { code?: string }).code === "HOSTNAME_INVALID").toBe(true);
          // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
          expect((error as Error).message).not.toMatch(/[\0-\x09\x0b-\x1f\x7f]/);
        }
      }),
    );
  });
});

test.each([
  ["a URL", "http://example.com:443", "without a scheme"],
  ["a port that is text", { host: "example.com", port: "443" }, "must be a number"],
  [
    "a URL",
    new URL("https://example.com"),
    "The target is a URL: a target is text (host:port) or { host, port }; take hostname",
  ],
  ["a hostname in place of a host", { hostname: "example.com", port: 443 }, "this has hostname, and no host"],
  ["a host that is none", { host: 5, port: 443 }, "here, host is number"],
  ["a port alone", 443, "The target is number: a target is text"],
])("%s gets a reason that helps", (_, target, reason) => {
  expect(() => parseTarget(target as never)).toThrowError(
    expect.objectContaining({ code: "TARGET_INVALID", message: expect.stringContaining(reason) }),
  );
});

test("a key in the place of a target is not repeated", () => {
  const pem = `-----BEGIN PRIVATE KEY-----\n${"secret".repeat(40)}\n-----END PRIVATE KEY-----`;
  for (const target of [pem, `${"secret".repeat(40)}:x`, `a:${"secret".repeat(40)}`]) {
    let error: unknown;
    try {
      parseTarget(target);
    } catch (reason) {
      error = reason;
    }
    expect(error).toMatchObject({ code: "TARGET_INVALID" });
    expect(String(error) + JSON.stringify(error)).not.toContain("secret".repeat(6));
  }
});
