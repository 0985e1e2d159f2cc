/** Names, revocation, sessions, staples and key logs: what is taken, what is refused, what is shown. */
import { inspect } from "node:util";
import { ReloadingTrust, trustRootFromCertificates } from "@tlskit/trust";
import { issueCrl } from "@tlskit/x509";
import { describe, expect, test } from "vitest";
import { capabilitiesExcept, gap } from "../test/capabilities.ts";
import { ca, identity, otherCa } from "../test/identities.ts";
import { refusal } from "../test/refusal.ts";
import { CertificateOptions, compile, optionsForClientTLS, SessionCache } from "./index.ts";

const everything = capabilitiesExcept();
const untyped = (init: Readonly<Record<string, unknown>>): CertificateOptions => new CertificateOptions(init as never);

describe("what is shown", () => {
  test("a ticket secret is not printed, written as JSON, or spread", () => {
    const ticketSecret = new Uint8Array(32).fill(0xab);
    const options = new CertificateOptions({ identity, sessions: { ticketSecret } });
    for (const shown of [inspect(options, { depth: 9 }), JSON.stringify({ ...options }), String(options)]) {
      expect(shown).not.toMatch(/171|abab/);
    }
    expect(options.sessions?.ticketSecret?.reveal()).toEqual(ticketSecret);
    ticketSecret.fill(0);
    expect(options.sessions?.ticketSecret?.reveal()[0]).toBe(0xab);
  });

  test("names, counts and kinds stand for what is large or a function", async () => {
    const crl = await issueCrl(ca.certificate, { crlNumber: 1 });
    const options = new CertificateOptions({
      identity,
      contextForServerName: { "B.example": identity, "*.c.example": identity },
      trustRoot: ca.certificate,
      revocation: { mode: "require", crls: [crl.der] },
      ocspStaple: async () => undefined,
      clientIntermediates: [ca.certificate],
      dangerouslyLogKeys: () => {},
    });
    expect(options.toJSON()).toMatchObject({
      contextForServerName: ["b.example", "*.c.example"],
      revocation: { mode: "require", crls: 1, ocspResponses: 0, fetch: false },
      ocspStaple: true,
      clientIntermediates: 1,
      dangerouslyLogKeys: "function",
    });
    expect(options.warnings.map(({ code }) => code)).toEqual(["DANGEROUSLY_LOGS_KEYS"]);
  });

  test("with keeps what was given", () => {
    const store = new SessionCache();
    const options = new CertificateOptions({ identity, contextForServerName: { "b.example": identity } });
    const changed = options.with({ acceptableProtocols: ["h2"] });
    expect(changed.contextForServerName?.resolve("b.example")).toBe(identity);
    expect(changed.with({ contextForServerName: null }).contextForServerName).toBeUndefined();
    const client = new CertificateOptions({ sessions: { store }, revocation: { mode: "prefer" } });
    expect(client.with({ acceptableProtocols: ["h2"] })).toMatchObject({
      sessions: { store },
      revocation: { mode: "prefer" },
    });
    const staple = new CertificateOptions({ ocspStaple: () => undefined });
    expect(staple.with({ acceptableProtocols: ["h2"] }).ocspStaple).toBe(staple.ocspStaple);
  });
});

test("clientIntermediates are a copy, and empty where none are given", () => {
  const pool = [ca.certificate];
  const options = untyped({ identity, trustRoot: otherCa.certificate, clientIntermediates: pool });
  pool.length = 0;
  expect(compile(options, everything, "server").clientIntermediates).toEqual([ca.certificate]);
  expect(compile(new CertificateOptions(), everything, "client").clientIntermediates).toEqual([]);
});

describe("names", () => {
  test.each([
    ["a.example", true],
    ["x.w.example", true],
    ["y.x.w.example", false],
    ["w.example", false],
    ["constructor", false],
  ])("%s", (name, found) => {
    const options = new CertificateOptions({
      contextForServerName: { "a.example": identity, "*.w.example": identity },
    });
    expect(options.contextForServerName?.resolve(name) === identity).toBe(found);
  });

  test("what a function answers is checked", async () => {
    const { contextForServerName: names } = untyped({ contextForServerName: () => ({ key: "no identity" }) });
    await expect(names?.resolve("a.example")).rejects.toMatchObject({ code: "OPTION_TYPE_INVALID" });
  });

  test("identities for names stand for the server's own, and need what it needs", () => {
    const options = new CertificateOptions({ contextForServerName: { "a.example": identity } });
    expect(compile(options, everything, "server")).toMatchObject({ identity: undefined });
    const none = capabilitiesExcept({ "server-name-identities": gap("names"), "identity-ecdsa-p256": gap("P-256") });
    expect(refusal(() => compile(options, none, "server")).details).toMatchObject({
      options: [{ path: "contextForServerName" }, { path: 'contextForServerName["a.example"]' }],
    });
  });

  test("an extension that a runtime cannot load is refused for whichever name it is", async () => {
    const extensions = [{ oid: "1.3.6.1.4.1.99999.1", critical: true, value: Uint8Array.of(5, 0) }];
    const rare = await ca.issueWith({ names: ["a.example"], extensions });
    const absent = capabilitiesExcept({ "identity-critical-extension": gap("extension") });
    for (const [path, init] of [
      ["identity", { identity: rare }],
      ['contextForServerName["a.example"]', { identity, contextForServerName: { "a.example": rare } }],
    ] as const) {
      const error = refusal(() => compile(new CertificateOptions(init), absent, "server"));
      expect(error.details).toMatchObject({ options: [{ path, capability: "identity-critical-extension" }] });
    }
  });
});

describe("what does not fit together", () => {
  const trustRoot = ca.certificate;
  test.each([
    [
      "server",
      { identity, trustRoot, sessions: { ticketSecret: new Uint8Array(32) } },
      ["sessions.ticketSecret", "clientAuth"],
    ],
    ["server", { identity, sessions: { store: new SessionCache() } }, ["sessions.store"]],
    ["server", { identity, trustRoot, revocation: { mode: "prefer", staple: true } }, ["revocation.staple"]],
    ["server", { identity, revocation: { mode: "prefer" } }, ["revocation", "clientAuth"]],
    ["server", { identity, clientIntermediates: [ca.certificate] }, ["clientIntermediates", "clientAuth"]],
    ["client", { clientIntermediates: [ca.certificate] }, ["clientIntermediates"]],
    ["client", { contextForServerName: { "a.example": identity } }, ["contextForServerName"]],
    ["client", { ocspStaple: () => undefined }, ["ocspStaple"]],
    ["client", { sessions: { rotateAfter: 60 } }, ["sessions.ticketSecret", "sessions.rotateAfter"]],
  ] as const)("for a %s: %o", (role, init, paths) => {
    const error = refusal(() => compile(untyped(init), everything, role));
    expect(error).toMatchObject({ code: "OPTION_CONFLICT", details: { paths } });
  });

  test("revocation beside no verification", () => {
    const error = refusal(() => untyped({ dangerouslySkipVerification: true, revocation: { mode: "prefer" } }));
    expect(error).toMatchObject({ code: "OPTION_CONFLICT" });
  });
});

test.each([
  [{ sessions: 5 }, "sessions"],
  [{ sessions: { stroe: {} } }, "sessions.stroe"],
  [{ sessions: { store: {} } }, "sessions.store"],
  [{ sessions: { ticketSecret: new Uint8Array(31) } }, "sessions.ticketSecret"],
  [{ sessions: { rotateAfter: 0 } }, "sessions.rotateAfter"],
  [{ revocation: { mode: "prefer", crls: "crl" } }, "revocation.crls"],
  [{ revocation: { mode: "prefer", crls: [5] } }, "revocation.crls[0]"],
  [{ revocation: { mode: "prefer", fetch: 5 } }, "revocation.fetch"],
  [{ ocspStaple: new Uint8Array([48, 0]) }, "ocspStaple"],
  [{ ocspStaple: "response" }, "ocspStaple"],
  [{ dangerouslyLogKeys: "" }, "dangerouslyLogKeys"],
  [{ dangerouslyLogKeys: new URL("https://example.org/keys") }, "dangerouslyLogKeys"],
  [{ clientIntermediates: ca.certificate }, "clientIntermediates"],
  [{ clientIntermediates: [ca.certificate, "pem"] }, "clientIntermediates[1]"],
  [{ contextForServerName: { "*": identity } }, 'contextForServerName["*"]'],
])("%o is refused, and the place is named", (init, path) => {
  expect(refusal(() => untyped(init))).toMatchObject({ details: { path } });
});

test("trust that follows its source is compiled as such", async () => {
  using trustRoot = await ReloadingTrust.start(async () => trustRootFromCertificates([ca.certificate]), {
    interval: Number.POSITIVE_INFINITY,
  });
  const { options } = optionsForClientTLS("localhost", { trustRoot });
  expect(compile(options, everything, "client").trust).toBe(trustRoot);
});

test("a client asks for staples where it can, if it looks at revocation", () => {
  const options = new CertificateOptions({ revocation: { mode: "prefer" } });
  expect(compile(options, everything, "client").requestStaple).toBe(true);
  const without = capabilitiesExcept({ "client-ocsp-staple": gap("staples") });
  expect(compile(options, without, "client").requestStaple).toBe(false);
  const insisting = new CertificateOptions({ revocation: { mode: "prefer", staple: true } });
  expect(refusal(() => compile(insisting, without, "client")).code).toBe("OPTION_UNSUPPORTED");
  expect(compile(new CertificateOptions(), everything, "client").requestStaple).toBe(false);
});

test("a session is given once, and the oldest key goes first", () => {
  const cache = new SessionCache({ maxEntries: 2 });
  for (const key of ["a", "b", "c"]) cache.put(key, new Uint8Array([1]));
  expect([cache.take("a"), cache.take("b")?.length, cache.take("b"), cache.size]).toEqual([undefined, 1, undefined, 1]);
  expect(refusal(() => new SessionCache({ maxEntries: 0 })).code).toBe("OPTION_VALUE_INVALID");
});
