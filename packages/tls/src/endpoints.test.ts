import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EndpointError, parseClientEndpoint, quoteStringArgument } from "./endpoints.ts";

describe("parseClientEndpoint", () => {
  test.each([
    ["tls:example.com:443", { host: "example.com", port: 443 }],
    ["tls:host=example.com:port=443", { host: "example.com", port: 443 }],
    ["tls:port=443:example.com", { host: "example.com", port: 443 }],
    ["tls:[::1]:443", { host: "[::1]", port: 443 }],
    ["tls:\\:\\:1:443", { host: "::1", port: 443 }],
    ["tls:example.com:443:timeout=30", { host: "example.com", port: 443, timeoutMs: 30_000 }],
    ["tls:example.com:443:bindAddress=127.0.0.1", { host: "example.com", port: 443, localAddress: "127.0.0.1" }],
    ["tls:example.com:443:bindAddress=[::1]", { host: "example.com", port: 443, localAddress: "::1" }],
    ["tls:bücher.example:443", { host: "bücher.example", port: 443 }],
  ])("END-09, END-10: %s", (text, expected) => {
    expect(parseClientEndpoint(text)).toEqual({ type: "tls", ...expected });
  });

  test.each([
    ["tls:", 4],
    ["tls:example.com", 15],
    ["tls:example.com:https", 16],
    ["tls:example.com:443:30", 20],
    ["tls:example.com:443:verify=no", 20],
    ["tls:example.com:443:timeout=soon", 20],
    ["tls:example.com:443:timeout=0", 20],
    ["tls:example.com:443:port=443", 20],
    ["tls:[::1:443", 4],
    ["tls:example.com:443:bindAddress=\\", 33],
  ])("END-06: %s is refused at %i", (text, position) => {
    const attempt = (): unknown => parseClientEndpoint(text);
    expect(attempt).toThrow(EndpointError);
    expect(attempt).toThrow(
      expect.objectContaining({ code: "ENDPOINT_INVALID", details: expect.objectContaining({ position }) }),
    );
  });

  test.each([
    "tcp:example.com:80",
    "",
    "tls:example.com:443:certificate=c.pem",
    "tls:example.com:443:privateKey=k.pem",
    "tls:example.com:443:trustRoots=roots",
    "tls:example.com:443:endpoint=tcp\\:proxy\\:1",
  ])("what is done otherwise is refused, and says how: %s", (text) => {
    expect(() => parseClientEndpoint(text)).toThrow(expect.objectContaining({ code: "ENDPOINT_UNSUPPORTED" }));
  });

  test("a host name that is none, and a port that is none", () => {
    expect(() => parseClientEndpoint("tls:0x7f.1:443")).toThrow(expect.objectContaining({ code: "HOSTNAME_INVALID" }));
    expect(() => parseClientEndpoint("tls:example.com:99999")).toThrow(
      expect.objectContaining({ code: "TARGET_INVALID" }),
    );
  });

  test("END-12: what is quoted comes out as it went in", () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => text !== ""),
        (text) => {
          // Brackets at the beginning are the one thing that has a meaning of its own.
          const argument = text.replace(/^\[/, "(");
          const quoted = quoteStringArgument(argument);
          expect(parseClientEndpoint(`tls:example.com:443:bindAddress=${quoted}`).localAddress).toBe(argument);
        },
      ),
    );
  });

  test("it ends, one way or the other, on any text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          parseClientEndpoint(`tls:${text}`);
        } catch (error) {
          expect(error).toHaveProperty("code");
        }
      }),
    );
  });
});

test("END-12: quoteStringArgument escapes backslash and colon, and nothing else", () => {
  expect(quoteStringArgument("a:b\\c=d")).toBe("a\\:b\\\\c=d");
});

test("what is no text is refused, and a key in its place is not repeated", () => {
  for (const value of [null, undefined, 5, {}]) {
    expect(() => parseClientEndpoint(value as never)).toThrowError(
      expect.objectContaining({ code: "ENDPOINT_INVALID" }),
    );
  }
  const pem = `-----BEGIN PRIVATE KEY-----\n${"secret".repeat(40)}`;
  expect(() => parseClientEndpoint(pem)).toThrowError(expect.objectContaining({ code: "ENDPOINT_UNSUPPORTED" }));
  expect(() => parseClientEndpoint(pem)).not.toThrowError(/secret/);
});
