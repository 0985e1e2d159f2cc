import { Certificate } from "@tlskit/x509";
import { describe, expect, test } from "vitest";
import { capabilitiesExcept } from "../../test/capabilities.ts";
import { ca, chained, otherCa } from "../../test/identities.ts";
import { refusal } from "../../test/refusal.ts";
import { type ArgumentPair, hasGolden, readGolden } from "../../test/shared.ts";
import { type CertificateOptions, compile } from "../index.ts";
import { type TwistedArguments, twistedCertificateOptions } from "./index.ts";

const pair = { privateKey: chained.keyPair, certificate: Certificate.fromDer(chained.der) };
const chain = chained.chain;

/** What the recorded values stand for. */
const VALUES: Readonly<Record<string, unknown>> = {
  key: pair.privateKey,
  cert: pair.certificate,
  chain,
  ca: [ca.certificate],
  TLSv1_2: "TLSv1.2",
  platform: "platform",
  TLS_METHOD: "TLS_METHOD",
};

function untyped(args: object): CertificateOptions {
  return twistedCertificateOptions(args as TwistedArguments);
}

/** The arguments of a recorded call. */
function argumentsOf({ a, av, b, bv }: ArgumentPair): object {
  const value = (recorded: ArgumentPair["av"]) => (typeof recorded === "string" ? VALUES[recorded] : recorded);
  return { [a]: value(av), [b]: value(bv) };
}

/** Where ours refuses what Twisted takes, because it would be ignored, or is gone. */
function refusedHere({ a, av, b, bv }: ArgumentPair): string | undefined {
  const value = (name: string) => (a === name ? av : b === name ? bv : undefined);
  if (typeof value("method") === "string") return "LEGACY_API_REMOVED";
  if (typeof value("caCerts") === "string" && value("verify") !== true) return "OPTION_CONFLICT";
  return undefined;
}

describe.skipIf(!hasGolden)("all 261 pairs of arguments", () => {
  const pairs = hasGolden ? readGolden().argumentPairs : [];

  test("OPT-01, OPT-03, OPT-05, OPT-12, OPT-23, OPT-24: what Twisted refuses is refused, as a conflict or as missing", () => {
    expect(pairs).toHaveLength(261);
    const refused = pairs.filter(({ ok }) => !ok);
    expect(refused).toHaveLength(109);
    for (const one of refused) {
      const { code } = refusal(() => untyped(argumentsOf(one)));
      const expected =
        one.error === "TypeError" ? ["OPTION_CONFLICT"] : ["OPTION_MISSING", "OPTION_CONFLICT", "LEGACY_API_REMOVED"];
      expect(expected, JSON.stringify(one)).toContain(code);
    }
  });

  test("OPT-04, OPT-25: what Twisted takes is taken, unless it is gone or would be ignored", () => {
    const taken = pairs.filter(({ ok }) => ok);
    expect(taken).toHaveLength(152);
    let different = 0;
    for (const one of taken) {
      const code = refusedHere(one);
      const make = () => untyped(argumentsOf(one));
      if (code === undefined) expect(make, JSON.stringify(one)).not.toThrow();
      else {
        expect(refusal(make).code, JSON.stringify(one)).toBe(code);
        different++;
      }
    }
    expect(different).toBe(27);
  });
});

describe("twistedCertificateOptions", () => {
  test("OPT-01, OPT-12: key, certificate and chain become an identity", () => {
    const options = untyped({ ...pair, extraCertChain: chain });
    expect(options.identity?.id).toBe(chained.id);
    expect(options.identity?.chain).toHaveLength(1);
    expect(refusal(() => untyped({ ...pair, extraCertChain: [otherCa.certificate] })).code).toBe(
      "IDENTITY_CHAIN_BROKEN",
    );
  });

  test("OPT-02: that key and certificate belong together is seen now", () => {
    const args = { privateKey: otherCa.certificate.keyPair, certificate: pair.certificate };
    expect(() => untyped(args)).toThrow(expect.objectContaining({ code: "KEY_MISMATCH" }));
  });

  test("OPT-03, OPT-07: verify takes caCerts, and requires a certificate unless told otherwise", () => {
    const server = (args: object) => compile(untyped({ ...pair, ...args }), capabilitiesExcept(), "server");
    const verify = { verify: true, caCerts: [ca.certificate] };
    expect(server(verify)).toMatchObject({ clientAuth: "require", verifyPeer: true });
    expect(server({ ...verify, requireCertificate: false })).toMatchObject({ clientAuth: "request" });
    expect(server({})).toMatchObject({ clientAuth: "none" });
    for (const caCerts of [undefined, null, []]) {
      expect(refusal(() => untyped({ verify: true, caCerts })).details).toMatchObject({
        path: "caCerts",
        neededBy: "verify",
      });
    }
    expect(refusal(() => untyped({ verify: 1, caCerts: [] })).details).toMatchObject({ path: "verify" });
    expect(refusal(() => untyped({ verify: true, caCerts: ca.certificate })).code).toBe("OPTION_TYPE_INVALID");
  });

  test.each<[string, object]>([
    ["OPT-14", { enableSingleUseKeys: false }],
    ["OPT-15", { fixBrokenPeers: true }],
    ["OPT-25", { method: 6 }],
  ])("%s: %j is gone, and says what to write instead", (_row, args) => {
    const error = refusal(() => untyped(args));
    expect(error).toMatchObject({ code: "LEGACY_API_REMOVED", details: { replacement: expect.any(String) } });
  });

  test("OPT-36, OPT-38: sessions of either kind are sessions", () => {
    for (const args of [{ enableSessions: true }, { enableSessionTickets: true }]) {
      expect(untyped(args).sessions, JSON.stringify(args)).toBeTruthy();
    }
    expect(untyped({ enableSessions: false, enableSessionTickets: null }).sessions).toBeFalsy();
    expect(refusal(() => untyped({ enableSessions: 1 })).details).toMatchObject({ path: "enableSessions" });
  });

  test("OPT-49: contextForServerName finds the identity for a name, and is null where there is none", async () => {
    const named = untyped({ ...pair, contextForServerName: { "other.example": chained, "*.w.example": chained } });
    const found = (name: string) => named.contextForServerName?.resolve(name);
    expect([found("other.example"), found("a.w.example")]).toEqual([chained, chained]);
    expect([found("w.example"), found("a.b.w.example"), found("localhost")]).toEqual([undefined, undefined, undefined]);
    const asked = untyped({
      ...pair,
      contextForServerName: async (name: string) => (name === "b" ? chained : undefined),
    });
    expect(await asked.contextForServerName?.resolve("b")).toBe(chained);
    expect(await asked.contextForServerName?.resolve("c")).toBeUndefined();
    expect(untyped({ ...pair, contextForServerName: null }).contextForServerName).toBeUndefined();
  });

  test("OPT-01, OPT-12: what is no key and no certificate is named as Twisted names it", () => {
    const path = (args: object) => refusal(() => untyped({ ...pair, ...args })).details;
    expect(path({ privateKey: pair.certificate })).toMatchObject({ path: "privateKey" });
    expect(path({ privateKey: "key.pem" })).toMatchObject({ path: "privateKey" });
    expect(path({ certificate: pair.privateKey })).toMatchObject({ path: "certificate" });
    expect(path({ extraCertChain: "chain.pem" })).toMatchObject({ path: "extraCertChain" });
    expect(path({ extraCertChain: [chain[0], "pem"] })).toMatchObject({ path: "extraCertChain[1]" });
    expect(path({ verify: true, caCerts: ["pem"] })).toMatchObject({ path: "caCerts[0]" });
    expect(path({ verifyOnce: "yes" })).toMatchObject({ path: "verifyOnce" });
    const error = refusal(() => untyped({ ...pair, privateKey: pair.certificate }));
    expect(error.message).toContain("a certificate, which has no private key");
  });

  test("OPT-14, OPT-15, OPT-36: what always happens may be said", () => {
    const args = {
      enableSingleUseKeys: true,
      fixBrokenPeers: false,
      enableSessions: false,
      verifyOnce: true,
      method: null,
    };
    expect(untyped(args)).toMatchObject({ identity: undefined, minVersion: "TLSv1.2" });
  });

  test("the rest means what it means here", () => {
    const args = { acceptableProtocols: ["h2"], raiseMinimumTo: "TLSv1.3", verifyDepth: 2, trustRoot: ca.certificate };
    expect(untyped(args)).toMatchObject({ acceptableProtocols: ["h2"], minVersion: "TLSv1.3", verifyDepth: 2 });
    expect(refusal(() => untyped({ verifyy: true })).details).toMatchObject({ nearest: "verify" });
  });
});
