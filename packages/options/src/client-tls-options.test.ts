import { describe, expect, test } from "vitest";
import { ca, identity } from "../test/identities.ts";
import { refusal } from "../test/refusal.ts";
import { hasGolden, readGolden } from "../test/shared.ts";
import { CertificateOptions, type ClientTLSExtra, ClientTLSOptions, optionsForClientTLS } from "./index.ts";

describe("optionsForClientTLS", () => {
  test.each<[unknown]>([[undefined], [null], [5], [new TextEncoder().encode("example.com")], [{}]])(
    "CLI-01: %o is no host name",
    (hostname) => {
      expect(() => optionsForClientTLS(hostname as string)).toThrow(
        expect.objectContaining({ code: "HOSTNAME_INVALID" }),
      );
    },
  );

  test("CLI-02: unknown options are errors", () => {
    const error = refusal(() => optionsForClientTLS("example.com", { someRandomThing: 1 } as ClientTLSExtra));
    expect(error).toMatchObject({ code: "OPTION_UNKNOWN", details: { path: "someRandomThing" } });
    const near = refusal(() => optionsForClientTLS("example.com", { clientCertificat: 1 } as ClientTLSExtra));
    expect(near.details).toMatchObject({ nearest: "clientCertificate" });
  });

  test("CLI-03: a host name is sent and checked", () => {
    const options = optionsForClientTLS("Example.COM");
    expect(options.hostname).toMatchObject({ type: "dns", value: "example.com" });
    expect(options.serverName).toBe("example.com");
    expect(options.options).toBeInstanceOf(CertificateOptions);
  });

  test.each([
    ["127.0.0.1", "127.0.0.1"],
    ["::1", "::1"],
    ["[::1]", "::1"],
    ["2001:DB8:0:0::1", "2001:db8::1"],
  ])("CLI-04: the address %s is checked and not sent", (text, value) => {
    const { hostname, serverName } = optionsForClientTLS(text);
    expect(hostname).toMatchObject({ type: "ip", value });
    expect(serverName).toBeUndefined();
  });

  test.each(["256.1.1.1", "0x7f.1", "127.1", "1.2.3", "example.com:443", "fe80::1%eth0"])(
    "CLI-04: %s is neither",
    (text) => {
      expect(() => optionsForClientTLS(text)).toThrow(expect.objectContaining({ code: "HOSTNAME_INVALID" }));
    },
  );

  test.each([
    ["bücher.example", "xn--bcher-kva.example"],
    ["straße.de", "xn--strae-oqa.de"],
    ["例え。テスト", "xn--r8jz45g.xn--zckzah"],
  ])("CLI-05: %s is sent as %s", (text, value) => {
    expect(optionsForClientTLS(text).serverName).toBe(value);
  });

  test("CLI-06: an underscore is fine; wildcards, spaces, empty labels and long names are not", () => {
    expect(optionsForClientTLS("foo_bar.example.com").serverName).toBe("foo_bar.example.com");
    for (const text of [
      "*.example.com",
      "ex ample.com",
      "a..b",
      "",
      ".",
      `${"a".repeat(64)}.com`,
      `${"a.".repeat(127)}com`,
    ]) {
      expect(() => optionsForClientTLS(text)).toThrow(expect.objectContaining({ code: "HOSTNAME_INVALID" }));
    }
  });

  test("CLI-07: one trailing dot is dropped", () => {
    expect(optionsForClientTLS("example.com.").serverName).toBe("example.com");
    expect(() => optionsForClientTLS("example.com..")).toThrow(expect.objectContaining({ code: "HOSTNAME_INVALID" }));
  });

  test.skipIf(!hasGolden)("CLI-03, CLI-05: agrees with Twisted on every name that both take", () => {
    let compared = 0;
    for (const [quoted, { value }] of Object.entries(readGolden().optionsForClientTLS)) {
      const text = /^'(.*)'$/.exec(quoted)?.[1];
      if (text === undefined || value === undefined || typeof value.ascii !== "string") continue;
      let ours: ClientTLSOptions;
      try {
        ours = optionsForClientTLS(text);
      } catch {
        continue;
      }
      compared++;
      expect(ours.hostname.type === "dns", text).toBe(value.isDns);
      if (value.isDns) expect(ours.hostname.value, text).toBe(value.ascii.toLowerCase().replace(/\.$/, ""));
    }
    expect(compared).toBeGreaterThanOrEqual(9);
  });

  test("CLI-12: trusts the system's store unless told otherwise", () => {
    expect(optionsForClientTLS("example.com").options.trustRoot).toBeUndefined();
    const { trustRoot } = optionsForClientTLS("example.com", { trustRoot: ca.certificate }).options;
    expect(trustRoot).toMatchObject({ size: 1 });
  });

  test("CLI-13: presents a certificate, and changes nothing that it is given", () => {
    const extra = Object.freeze({ clientCertificate: identity, acceptableProtocols: Object.freeze(["h2"]) });
    const options = optionsForClientTLS("example.com", extra);
    expect(options.options.identity).toBe(identity);
    expect(Object.keys(extra)).toEqual(["clientCertificate", "acceptableProtocols"]);
    expect(optionsForClientTLS("example.com", { identity }).options.identity).toBe(identity);
    const wrong = refusal(() =>
      optionsForClientTLS("example.com", { clientCertificate: "x" } as unknown as ClientTLSExtra),
    );
    expect(wrong).toMatchObject({ code: "OPTION_TYPE_INVALID", details: { path: "clientCertificate" } });
  });

  test("CLI-15: options are passed on, and contradictions are errors", () => {
    const { options } = optionsForClientTLS("example.com", { acceptableProtocols: ["h2"], raiseMinimumTo: "TLSv1.3" });
    expect(options).toMatchObject({ acceptableProtocols: ["h2"], minVersion: "TLSv1.3" });
    const twice = { identity, clientCertificate: identity } as unknown as ClientTLSExtra;
    expect(refusal(() => optionsForClientTLS("example.com", twice))).toMatchObject({
      code: "OPTION_CONFLICT",
      details: { paths: ["identity", "clientCertificate"] },
    });
    for (const clientAuth of ["none", "require"]) {
      const asking = { clientAuth, trustRoot: ca.certificate } as unknown as ClientTLSExtra;
      expect(refusal(() => optionsForClientTLS("example.com", asking)).code).toBe("OPTION_CONFLICT");
    }
    const withGroup = { acceptableCiphers: "DHE", dhParameters: "ffdhe2048" } as unknown as ClientTLSExtra;
    expect(refusal(() => optionsForClientTLS("example.com", withGroup)).details).toMatchObject({
      paths: ["dhParameters"],
    });
    expect(refusal(() => optionsForClientTLS("example.com", { verify: true } as ClientTLSExtra)).code).toBe(
      "OPTION_UNKNOWN",
    );
  });

  test.each<[string, object]>([
    ["clientAuth", { clientAuth: "require" }],
    ["dhParameters", { dhParameters: "ffdhe2048" }],
    ["contextForServerName", { contextForServerName: {} }],
    ["ocspStaple", { ocspStaple: () => undefined }],
    ["sessions.ticketSecret", { sessions: { ticketSecret: new Uint8Array(32) } }],
  ])("CLI-15: %s is for servers, and refused at once", (path, extra) => {
    const error = refusal(() => optionsForClientTLS("example.com", extra as ClientTLSExtra));
    expect(error).toMatchObject({ code: "OPTION_CONFLICT", details: { paths: expect.arrayContaining([path]) } });
    expect(error.message).toContain("for servers only");
  });

  test("CLI-21: the same options for another host", () => {
    const one = optionsForClientTLS("one.example", { acceptableProtocols: ["h2"] });
    const two = one.forHost("127.0.0.1");
    expect(two.options).toBe(one.options);
    expect(two.serverName).toBeUndefined();
    expect(one.serverName).toBe("one.example");
    expect(two).toBeInstanceOf(ClientTLSOptions);
    expect(Object.isFrozen(two)).toBe(true);
  });

  test("nobody can change whom to expect", () => {
    const options = optionsForClientTLS("127.0.0.1");
    const { hostname } = options;
    if (hostname.type !== "ip") throw new Error("expected an address");
    hostname.bytes[0] = 1;
    expect(options.hostname).toMatchObject({ bytes: Uint8Array.of(127, 0, 0, 1) });
    expect(() => Object.assign(options, { serverName: "evil.example" })).toThrow();
    expect(() => Object.assign(options.hostname, { value: "evil.example" })).toThrow();
  });

  test("shows no key", () => {
    const shown = JSON.stringify(optionsForClientTLS("example.com", { identity }));
    expect(JSON.parse(shown)).toEqual({
      hostname: "example.com",
      options: { identity: { subject: identity.subject.toString(), sha256: identity.id, chain: 0 } },
    });
  });
});
