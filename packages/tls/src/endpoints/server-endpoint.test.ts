import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseServerEndpoint, quoteStringArgument } from "../endpoints.ts";

describe("parseServerEndpoint", () => {
  test.each([
    ["tls:443:key=k.pem:cert=c.pem", { port: 443, identity: { kind: "files", cert: "c.pem", key: "k.pem" } }],
    ["tls:443:key=both.pem", { port: 443, identity: { kind: "files", cert: "both.pem", key: "both.pem" } }],
    ["tls:port=0:key=both.pem", { port: 0, identity: { kind: "files", cert: "both.pem", key: "both.pem" } }],
    [
      "tls:443:key=k.pem:cert=c.pem:chain=i.pem:dh=dh.pem",
      {
        port: 443,
        identity: { kind: "files", cert: "c.pem", key: "k.pem", chain: "i.pem" },
        dhParameters: "dh.pem",
      },
    ],
    ["tls:/etc/letsencrypt/live", { port: 443, identity: { kind: "directory", path: "/etc/letsencrypt/live" } }],
    ["tls:certs:8443", { port: 8443, identity: { kind: "directory", path: "certs" } }],
    ["tls:directory=443:port=8443", { port: 8443, identity: { kind: "directory", path: "443" } }],
    ["tls:8443:directory=443", { port: 8443, identity: { kind: "directory", path: "443" } }],
    [
      "tls:C\\:\\\\certs:443:default=www.example.org",
      { port: 443, identity: { kind: "directory", path: "C:\\certs", defaultName: "www.example.org" } },
    ],
    [
      "tls:certs:443:interface=[::1]:backlog=12:min=TLSv1.3:alpn=h2:trustRoots=clients.pem",
      {
        port: 443,
        host: "::1",
        backlog: 12,
        min: "TLSv1.3",
        alpn: ["h2"],
        trustRoots: "clients.pem",
        identity: { kind: "directory", path: "certs" },
      },
    ],
  ])("END-01, END-06: %s", (text, expected) => {
    expect(parseServerEndpoint(text)).toEqual({ type: "tls", ...expected });
  });

  test.each([
    ["ssl:443", { port: 443, identity: { kind: "files", cert: "server.pem", key: "server.pem" } }],
    ["ssl:443:privateKey=k.pem", { port: 443, identity: { kind: "files", cert: "k.pem", key: "k.pem" } }],
    [
      "ssl:443:privateKey=k.pem:certKey=c.pem:interface=127.0.0.1:backlog=12",
      { port: 443, host: "127.0.0.1", backlog: 12, identity: { kind: "files", cert: "c.pem", key: "k.pem" } },
    ],
    [
      "ssl:443:privateKey=k.pem:interface=:extraCertChain=chain.pem:dhParameters=dh.pem",
      {
        port: 443,
        identity: { kind: "files", cert: "k.pem", key: "k.pem", chain: "chain.pem" },
        dhParameters: "dh.pem",
      },
    ],
  ])("END-01 to END-03: %s", (text, expected) => {
    expect(parseServerEndpoint(text)).toEqual({ type: "ssl", ...expected });
  });

  test.each([
    ["tls:", 4],
    ["tls:443", 7],
    ["tls:443:cert=c.pem", 18],
    ["tls:99999:key=k.pem", 4],
    ["tls:certs:https", 10],
    ["tls:443:key=k.pem:backlog=0", 18],
    ["tls:443:key=", 8],
    ["tls:443:key=k.pem:key=l.pem", 18],
    ["tls:443:key=k.pem:8443", 18],
    ["ssl:notaport:privateKey=k.pem", 4],
    ["ssl:443:privateKey=k.pem:unknown=1", 25],
    ["tls:certs:443:default=", 14],
  ])("END-06: %s is refused at %i", (text, position) => {
    expect(() => parseServerEndpoint(text)).toThrow(
      expect.objectContaining({ code: "ENDPOINT_INVALID", details: expect.objectContaining({ position }) }),
    );
  });

  test.each([
    ["ssl:443:privatKey=k.pem", /Did you mean privateKey/],
    ["tls:443:key=k.pem:backlg=5", /Did you mean backlog/],
    ["tls:certs:interfce=::1", /Did you mean interface/],
    ["tls:99999:key=k.pem", /must have a port \(a number from 0 to 65535\) at 4/],
  ])("END-06: %s: the nearest name is told", (text, message) => {
    expect(() => parseServerEndpoint(text)).toThrow(message);
  });

  test.each([
    ["ssl:443:sslmethod=TLSv1_METHOD", /min and max/],
    ["tls:443:key=k.pem:sslmethod=SSLv23_METHOD", /min and max/],
    ["tls:443:privateKey=k.pem:cert=c.pem", /Write key/],
    ["ssl:443:key=k.pem", /Write privateKey/],
    ["tcp:80", /tls:DIRECTORY/],
    ["443", /tls:DIRECTORY/],
    ["", /tls:DIRECTORY/],
  ])("END-05, END-06: %s: what is done otherwise says how", (text, message) => {
    expect(() => parseServerEndpoint(text)).toThrow(expect.objectContaining({ code: "ENDPOINT_UNSUPPORTED" }));
    expect(() => parseServerEndpoint(text)).toThrow(message);
  });

  test("END-12: a path that is quoted comes out as it went in", () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => text !== "" && !text.startsWith("[")),
        (path) => {
          const { identity } = parseServerEndpoint(`tls:directory=${quoteStringArgument(path)}:port=1`);
          expect(identity).toEqual({ kind: "directory", path });
        },
      ),
    );
  });

  test("it ends, one way or the other, on any text", () => {
    fc.assert(
      fc.property(fc.constantFrom("tls:", "ssl:", ""), fc.string(), (type, text) => {
        try {
          parseServerEndpoint(type + text);
        } catch (error) {
          expect(error).toHaveProperty("code");
        }
      }),
    );
  });
});
