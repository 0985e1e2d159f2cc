import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EndpointError, parseClientEndpoint, quoteStringArgument } from "../endpoints.ts";

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
    [
      "tls:example.com:443:certificate=c.pem:privateKey=k\\:1.pem",
      { host: "example.com", port: 443, identity: { cert: "c.pem", key: "k:1.pem" } },
    ],
    ["tls:example.com:443:trustRoots=/etc/cas", { host: "example.com", port: 443, trustRoots: "/etc/cas" }],
    [
      "tls:example.com:443:min=TLSv1.3:max=TLSv1.3:alpn=h2,http/1.1",
      { host: "example.com", port: 443, min: "TLSv1.3", max: "TLSv1.3", alpn: ["h2", "http/1.1"] },
    ],
    [
      "tls:example.com:443:endpoint=tcp\\:127.0.0.1\\:8443",
      { host: "example.com", port: 443, endpoint: { type: "tcp", host: "127.0.0.1", port: 8443 } },
    ],
    [
      "tls:example.com:443:endpoint=unix\\:/run/tls.sock",
      { host: "example.com", port: 443, endpoint: { type: "unix", path: "/run/tls.sock" } },
    ],
    [
      `tls:inner.example:1:endpoint=${quoteStringArgument("tls:[::1]:2:bindAddress=\\:\\:1")}`,
      { host: "inner.example", port: 1, endpoint: { type: "tls", host: "[::1]", port: 2, localAddress: "::1" } },
    ],
    [
      "tls:example.com:443:endpoint=socks\\:proxy\\:user=me",
      {
        host: "example.com",
        port: 443,
        endpoint: { type: "other", name: "socks", positional: ["proxy"], named: { user: "me" } },
      },
    ],
  ])("END-09, END-10: %s", (text, expected) => {
    expect(parseClientEndpoint(text)).toEqual({ type: "tls", ...expected });
  });

  test.each([
    ["ssl:example.com:443", { host: "example.com", port: 443 }],
    ["ssl:host=example.com:443", { host: "example.com", port: 443 }],
    [
      "ssl:127.0.0.1:443:hostname=example.com:caCertsDir=cas:timeout=7:bindAddress=127.0.0.1",
      {
        host: "127.0.0.1",
        port: 443,
        hostname: "example.com",
        trustRoots: "cas",
        timeoutMs: 7000,
        localAddress: "127.0.0.1",
      },
    ],
    [
      "ssl:example.com:443:privateKey=k.pem:certKey=c.pem",
      { host: "example.com", port: 443, identity: { cert: "c.pem", key: "k.pem" } },
    ],
  ])("END-07, END-08: %s", (text, expected) => {
    expect(parseClientEndpoint(text)).toEqual({ type: "ssl", ...expected });
  });

  test.each([
    ["tls:", 4],
    ["tls:example.com", 15],
    ["tls:example.com:https", 16],
    ["tls:example.com:99999", 16],
    ["tls:example.com:0", 16],
    ["tls:example.com:443:endpoint=tcp\\:proxy\\:65536", 10],
    ["tls:example.com:443:30", 20],
    ["tls:example.com:443:verify=no", 20],
    ["tls:example.com:443:timeout=soon", 20],
    ["tls:example.com:443:timeout=0", 20],
    ["tls:example.com:443:port=443", 16],
    ["tls:example.com:443:timeout=1:timeout=2", 30],
    ["tls:[::1:443", 4],
    ["tls:example.com:443:bindAddress=\\", 33],
    ["tls:example.com:443:trustRoots=", 20],
    ["tls:example.com:443:min=TLSv1.4", 20],
    ["tls:example.com:443:min=SSLv3", 20],
    ["tls:example.com:443:alpn=h2,", 20],
    ["tls:example.com:443:endpoint=tcp\\:proxy", 9],
    ["ssl:example.com", 15],
    // END-08: half a pair.
    ["tls:example.com:443:certificate=c.pem", 20],
    ["tls:example.com:443:timeout=5:privateKey=k.pem", 30],
    ["ssl:example.com:443:privateKey=k.pem", 20],
    ["ssl:example.com:443:certKey=c.pem", 20],
  ])("END-06: %s is refused at %i", (text, position) => {
    const attempt = (): unknown => parseClientEndpoint(text);
    expect(attempt).toThrow(EndpointError);
    expect(attempt).toThrow(
      expect.objectContaining({ code: "ENDPOINT_INVALID", details: expect.objectContaining({ position }) }),
    );
  });

  test.each([
    ["tls:example.com:443:trustRoot=x", /Did you mean trustRoots/],
    ["tls:example.com:443:timout=5", /Did you mean timeout/],
    ["ssl:example.com:443:hostnam=x", /Did you mean hostname/],
    ["tls:example.com:443:min=TLS1.3", /Did you mean TLSv1\.3/],
    ["tls:example.com:443:trustRoots=C:\\ca.pem", /A colon in a value is written \\:/],
    ["tls:::1:443", /an IPv6 address \[::1\]/],
    ["tls:example.com:443:timeout=0.5", /must have a whole number of seconds at 20/],
    ["tls:localhost:99999", /must have a port \(a number from 1 to 65535\) at 14/],
  ])("END-06: %s: the nearest name, or what to write, is told", (text, message) => {
    expect(() => parseClientEndpoint(text)).toThrow(message);
  });

  test.each([
    "tcp:example.com:80",
    "",
    "SSL:example.com:443",
    "type=tls:example.com:443",
    "tls:example.com:443:hostname=example.org",
    "tls:example.com:443:caCertsDir=cas",
    "tls:example.com:443:certKey=c.pem",
    "ssl:example.com:443:trustRoots=cas",
    "ssl:example.com:443:endpoint=tcp\\:x\\:1",
  ])("END-06: what is done otherwise is refused, and says how: %s", (text) => {
    expect(() => parseClientEndpoint(text)).toThrow(expect.objectContaining({ code: "ENDPOINT_UNSUPPORTED" }));
  });

  test("a host name that is none", () => {
    expect(() => parseClientEndpoint("tls:0x7f.1:443")).toThrow(expect.objectContaining({ code: "HOSTNAME_INVALID" }));
  });

  test("END-12: what is quoted comes out as it went in", () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => text !== ""),
        (text) => {
          // Brackets at the beginning are the one thing that has a meaning of its own.
          const argument = text.replace(/^\[/, "(");
          const quoted = quoteStringArgument(argument);
          expect(parseClientEndpoint(`tls:example.com:443:trustRoots=${quoted}`).trustRoots).toBe(argument);
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
