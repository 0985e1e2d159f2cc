/** Objects that only look like ours, and properties that are easily looked past. */
import { TrustRoot } from "@tlskit/trust";
import { Certificate, CertificateRevocationList, OcspResponse, PrivateCertificate } from "@tlskit/x509";
import { describe, expect, test } from "vitest";
import { capabilitiesExcept } from "../test/capabilities.ts";
import { ca, identity } from "../test/identities.ts";
import { refusal } from "../test/refusal.ts";
import {
  AcceptableCiphers,
  CertificateOptions,
  type CertificateOptionsInit,
  type Cipher,
  capabilityState,
  cipherByName,
  compareTLSVersions,
  compile,
  DiffieHellmanParameters,
  frozenCapabilities,
  nearestName,
  optionsForClientTLS,
  protocolNegotiationMechanisms,
  SecretBytes,
  SessionCache,
} from "./index.ts";

function untyped(init: object): CertificateOptions {
  return new CertificateOptions(init as CertificateOptionsInit);
}

describe("no option is looked past", () => {
  const hidden = (name: PropertyKey, value: unknown) => Object.defineProperty({}, name, { value, enumerable: false });

  test("one that is not enumerable counts as any other", () => {
    expect(untyped(hidden("trustRoot", ca.certificate)).trustRoot).toMatchObject({ size: 1 });
    expect(refusal(() => untyped({ sessions: hidden("ticketSecret", new Uint8Array(3)) })).code).toBe(
      "OPTION_VALUE_INVALID",
    );
    expect(optionsForClientTLS("a.example", hidden("trustRoot", ca.certificate)).options.trustRoot).toBeDefined();
    expect(new CertificateOptions().with(hidden("acceptableProtocols", ["h2"])).acceptableProtocols).toEqual(["h2"]);
  });

  test.each<[string, () => unknown]>([
    ["at the top", () => untyped({ [Symbol("trustRoot")]: 1 })],
    ["below", () => untyped({ sessions: { [Symbol("store")]: 1 } })],
    ["among names", () => untyped({ contextForServerName: { [Symbol("a.example")]: identity } })],
    ["in changes", () => new CertificateOptions().with({ [Symbol("trustRoot")]: 1 })],
    ["of a client", () => optionsForClientTLS("a.example", { [Symbol("trustRoot")]: 1 } as never)],
  ])("a symbol is no name: %s", (_place, make) => {
    const error = refusal(make);
    expect(error.code).toBe("OPTION_UNKNOWN");
    expect(error.message).toContain("Symbol(");
  });

  test("a name that does not exist is wrong without a value, too", () => {
    expect(refusal(() => untyped({ trustRoots: undefined })).details).toMatchObject({ nearest: "trustRoot" });
    expect(refusal(() => untyped({ sessions: { stroe: undefined } })).details).toMatchObject({
      path: "sessions.stroe",
      nearest: "store",
    });
  });
});

describe("what only looks like an object of ours is refused, with its place", () => {
  const forged = (prototype: object, own: Record<string, unknown> = {}) =>
    Object.create(prototype, Object.getOwnPropertyDescriptors(own)) as object;
  const modern = AcceptableCiphers.mozilla("modern");
  const open = { ciphers: [], tls13: modern.tls13, tls12: [cipherByName("NULL-SHA")] };
  class Hiding extends (AcceptableCiphers as unknown as new (ciphers: Iterable<Cipher>) => AcceptableCiphers) {
    override [Symbol.iterator](): IterableIterator<Cipher> {
      return modern[Symbol.iterator]();
    }
  }

  test.each<[string, object, string]>([
    ["identity", { identity: forged(PrivateCertificate.prototype) }, "identity"],
    ["a Proxy", { identity: new Proxy(identity, {}) }, "identity"],
    ["trust", { trustRoot: forged(TrustRoot.prototype) }, "trustRoot"],
    ["a Proxy for trust", { trustRoot: new Proxy(TrustRoot.none(), {}) }, "trustRoot"],
    ["a certificate", { trustRoot: [forged(Certificate.prototype)] }, "trustRoot[0]"],
    ["a pool of certificates", { clientIntermediates: [forged(Certificate.prototype)] }, "clientIntermediates[0]"],
    ["ciphers", { acceptableCiphers: forged(AcceptableCiphers.prototype, open) }, "acceptableCiphers"],
    ["ciphers that hide some", { acceptableCiphers: new Hiding(modern) }, "acceptableCiphers"],
    [
      "parameters",
      {
        acceptableCiphers: "DHE",
        dhParameters: forged(DiffieHellmanParameters.prototype, { prime: 23n, generator: 2n, bits: 5 }),
      },
      "dhParameters",
    ],
    ["a secret", { sessions: { ticketSecret: forged(SecretBytes.prototype) } }, "sessions.ticketSecret"],
    [
      "a CRL",
      { revocation: { mode: "prefer", crls: [forged(CertificateRevocationList.prototype)] } },
      "revocation.crls[0]",
    ],
    ["a hole", { revocation: { mode: "prefer", crls: new Array(1) } }, "revocation.crls[0]"],
    ["a response", { ocspStaple: forged(OcspResponse.prototype) }, "ocspStaple"],
    [
      "an identity by name",
      { contextForServerName: { "a.example": forged(PrivateCertificate.prototype) } },
      'contextForServerName["a.example"]',
    ],
  ])("%s", (_what, init, path) => {
    expect(refusal(() => untyped(init))).toMatchObject({ code: "OPTION_TYPE_INVALID", details: { path } });
  });

  test("suites are those of the table, whoever makes a selection", () => {
    const suite = { ...cipherByName("ECDHE-RSA-AES128-GCM-SHA256"), openSslName: "NULL-SHA" } as Cipher;
    const Anyone = AcceptableCiphers as unknown as new (ciphers: Iterable<unknown>) => AcceptableCiphers;
    expect(refusal(() => new Anyone([suite])).code).toBe("OPTION_TYPE_INVALID");
    expect(refusal(() => untyped({ acceptableCiphers: () => [suite] })).code).toBe("OPTION_TYPE_INVALID");
  });

  test("a secret is as long as it must be, in whatever it is given", () => {
    const ticketSecret = new SecretBytes(new Uint8Array(31));
    expect(refusal(() => untyped({ sessions: { ticketSecret } })).code).toBe("OPTION_VALUE_INVALID");
    const error = refusal(() => untyped({ sessions: { ticketSecret: "correct horse" } }));
    expect(JSON.stringify([error, error.message])).not.toContain("horse");
  });
});

describe("nonsense in the place of an argument is an error of ours", () => {
  const options = new CertificateOptions();
  const capabilities = capabilitiesExcept();
  const none = undefined as never;

  test.each<[string, () => unknown]>([
    ["compile: options", () => compile({} as never, capabilities, "client")],
    ["compile: forged options", () => compile(Object.create(CertificateOptions.prototype), capabilities, "client")],
    ["compile: role", () => compile(options, capabilities, "peer" as never)],
    ["compile: a table with a row missing", () => compile(options, {} as never, "client")],
    ["compile: no table", () => compile(options, none, "client")],
    ["compile: a row that is no state", () => compile(options, { ...capabilities, "tls1.2": 1 } as never, "client")],
    ["capabilityState: name", () => capabilityState(capabilities, "toString" as never)],
    [
      "capabilityState: a probe that says nothing",
      () => capabilityState({ ...capabilities, alpn: { probe: () => none } }, "alpn"),
    ],
    ["frozenCapabilities", () => frozenCapabilities(none)],
    ["frozenCapabilities: a row missing", () => frozenCapabilities({ alpn: true } as never)],
    ["protocolNegotiationMechanisms", () => protocolNegotiationMechanisms(none)],
    ["compareTLSVersions (OPT-17)", () => compareTLSVersions("1.2" as never, "TLSv1.2")],
    ["nearestName", () => nearestName(3 as never, ["a"])],
    ["cipherByName", () => cipherByName(3 as never)],
    ["SessionCache", () => new SessionCache(null as never)],
    ["SessionCache: a name", () => new SessionCache({ maxEntriess: 3 } as never)],
    ["SecretBytes", () => new SecretBytes("secret" as never)],
    ["selectCiphers", () => AcceptableCiphers.mozilla("modern").selectCiphers(3 as never)],
    ["fromSelector", () => AcceptableCiphers.fromSelector(3 as never)],
    ["lenient", () => AcceptableCiphers.fromOpenSSLCipherString("AES", { lenient: "yes" as never })],
    ["available", () => AcceptableCiphers.fromOpenSSLCipherString("AES", { available: 3 as never })],
  ])("%s", (_name, run) => {
    expect(refusal(run).code).toMatch(/^OPTION_(TYPE_INVALID|VALUE_INVALID|UNKNOWN)$/);
  });

  test("what equals nothing is not equal", () => {
    const group = DiffieHellmanParameters.named("ffdhe2048");
    expect(group.equals(null as never)).toBe(false);
    expect(group.equals({ ...group } as never)).toBe(false);
    expect(AcceptableCiphers.mozilla("modern").equals(String(AcceptableCiphers.mozilla("modern")) as never)).toBe(
      false,
    );
  });

  test("files: a name and a reader", async () => {
    const load = DiffieHellmanParameters.fromFile as (file: unknown, read?: unknown) => Promise<unknown>;
    const wrong = expect.objectContaining({ code: "OPTION_TYPE_INVALID" });
    await expect(load(3, async () => "")).rejects.toEqual(wrong);
    await expect(load("dh.pem")).rejects.toEqual(wrong);
    await expect(load("dh.pem", async () => 3)).rejects.toEqual(wrong);
  });
});

test("many protocols take no time to speak of: each is compared by a hash", () => {
  const acceptableProtocols = Array.from({ length: 10_000 }, (_, index) => `p${index}`);
  expect(untyped({ acceptableProtocols }).acceptableProtocols).toHaveLength(10_000);
});
