import { inspect } from "node:util";
import { TrustRoot, trustRootFromCertificates } from "@tlskit/trust";
import { Certificate, KeyPair, PrivateCertificate } from "@tlskit/x509";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ca, chained, identity, intermediate, otherCa } from "../test/identities.ts";
import { refusal } from "../test/refusal.ts";
import { hasGolden, readGolden } from "../test/shared.ts";
import { CertificateOptions, type CertificateOptionsInit } from "./index.ts";
import { OPTION_NAMES } from "./input/option-names.ts";

/** Options as a caller without types writes them. */
function untyped(options: unknown): CertificateOptions {
  return new CertificateOptions(options as CertificateOptionsInit);
}

describe("trustRoot", () => {
  test("TRU-07: a set, a certificate, several, or the system's by name", () => {
    const set = trustRootFromCertificates([ca.certificate]);
    expect(new CertificateOptions({ trustRoot: set }).trustRoot).toBe(set);
    expect(new CertificateOptions({ trustRoot: "platform" }).trustRoot).toBe("platform");
    for (const trustRoot of [ca.certificate, [ca.certificate]]) {
      const made = new CertificateOptions({ trustRoot }).trustRoot;
      expect(made).toBeInstanceOf(TrustRoot);
      expect(made instanceof TrustRoot && made.generation).toBe(set.generation);
    }
    expect(new CertificateOptions({ trustRoot: TrustRoot.none() }).trustRoot).toMatchObject({ size: 0 });
  });

  test("the key of a private certificate stays out of the set", () => {
    const { trustRoot } = new CertificateOptions({ trustRoot: ca.certificate });
    if (!(trustRoot instanceof TrustRoot)) throw new Error("expected a set");
    expect(trustRoot.certificates[0]).not.toBeInstanceOf(PrivateCertificate);
  });
});

describe("identity", () => {
  test("OPT-02: key and certificate belong together before there are options", async () => {
    const other = await KeyPair.generate();
    expect(() => PrivateCertificate.from(identity, other)).toThrow(expect.objectContaining({ code: "KEY_MISMATCH" }));
  });

  test("OPT-12: a chain that links is kept in order", () => {
    const options = new CertificateOptions({ identity: chained });
    expect(options.identity).toBe(chained);
    expect(options.identity?.chain.map(({ id }) => id)).toEqual([intermediate.certificate.id]);
    expect(options.warnings).toEqual([]);
  });

  test("OPT-12: with the root at its end, too", () => {
    const withRoot = PrivateCertificate.from(chained, chained.keyPair, {
      chain: [...chained.chain, Certificate.fromDer(ca.certificate.der)],
    });
    expect(new CertificateOptions({ identity: withRoot }).identity?.chain).toHaveLength(2);
  });

  test("OPT-12: a chain that does not link names the certificate that does not", () => {
    const stranger = Certificate.fromDer(otherCa.certificate.der);
    const broken = PrivateCertificate.from(chained, chained.keyPair, { chain: [...chained.chain, stranger] });
    const error = refusal(() => new CertificateOptions({ identity: broken }));
    expect(error).toMatchObject({
      code: "IDENTITY_CHAIN_BROKEN",
      details: { path: "identity.chain[1]", problem: "subject", actualSubject: stranger.subject.toString() },
    });
  });

  test("OPT-12: the right name with another key does not link", async () => {
    const impostor = await PrivateCertificate.selfSigned({ subject: intermediate.certificate.subject, profile: "ca" });
    const broken = PrivateCertificate.from(chained, chained.keyPair, { chain: [Certificate.fromDer(impostor.der)] });
    const error = refusal(() => new CertificateOptions({ identity: broken }));
    expect(error).toMatchObject({
      code: "IDENTITY_CHAIN_BROKEN",
      details: { path: "identity.chain[0]", problem: "signature" },
    });
  });

  test("OPT-12: the right key under another name does not link", async () => {
    const { keyPair } = intermediate.certificate;
    const renamed = await ca.certificate.issuePrivate({ subject: { CN: "renamed" }, keyPair, profile: "intermediate" });
    const broken = PrivateCertificate.from(chained, chained.keyPair, { chain: [Certificate.fromDer(renamed.der)] });
    const error = refusal(() => new CertificateOptions({ identity: broken }));
    expect(error).toMatchObject({ code: "IDENTITY_CHAIN_BROKEN", details: { problem: "subject" } });
  });

  test("OPT-12: a repeated leaf is dropped, with a warning", () => {
    const leaf = Certificate.fromDer(chained.der);
    const repeated = PrivateCertificate.from(chained, chained.keyPair, { chain: [leaf, ...chained.chain] });
    const options = new CertificateOptions({ identity: repeated });
    expect(options.identity?.chain.map(({ id }) => id)).toEqual([intermediate.certificate.id]);
    if (repeated.chain.length === 2) expect(options.warnings).toMatchObject([{ code: "CHAIN_REPEATS_LEAF" }]);
  });
});

describe("contradictions", () => {
  test.each<[string, object, string[]]>([
    [
      "OPT-05: trust and no verification",
      { dangerouslySkipVerification: true, trustRoot: ca.certificate },
      ["dangerouslySkipVerification", "trustRoot"],
    ],
    [
      "depth and no verification",
      { dangerouslySkipVerification: true, verifyDepth: 3 },
      ["dangerouslySkipVerification", "verifyDepth"],
    ],
    [
      "profile and no verification",
      { dangerouslySkipVerification: true, profile: "webpki", verifyDepth: 1 },
      ["dangerouslySkipVerification", "verifyDepth", "profile"],
    ],
    [
      "OPT-05: trust for clients that are not asked",
      { clientAuth: "none", trustRoot: ca.certificate },
      ["clientAuth", "trustRoot"],
    ],
    [
      "no verification of clients that are not asked",
      { clientAuth: "none", dangerouslySkipVerification: true },
      ["clientAuth", "dangerouslySkipVerification"],
    ],
    [
      "a required protocol that is not offered",
      { acceptableProtocols: ["h2"], requireProtocol: "http/1.1" },
      ["requireProtocol", "acceptableProtocols"],
    ],
    [
      "a required protocol where none is offered",
      { requireProtocol: true },
      ["requireProtocol", "acceptableProtocols"],
    ],
    ["an empty offer", { acceptableProtocols: [], requireProtocol: true }, ["requireProtocol", "acceptableProtocols"]],
  ])("%s", (_name, options, paths) => {
    expect(refusal(() => untyped(options))).toMatchObject({ code: "OPTION_CONFLICT", details: { paths } });
  });

  test("OPT-06: to ask for client certificates takes someone who vouches for them", () => {
    for (const clientAuth of ["request", "require"] as const) {
      expect(refusal(() => untyped({ clientAuth }))).toMatchObject({
        code: "OPTION_MISSING",
        details: { path: "trustRoot", neededBy: "clientAuth" },
      });
      expect(new CertificateOptions({ clientAuth, trustRoot: ca.certificate }).clientAuth).toBe(clientAuth);
      expect(new CertificateOptions({ clientAuth, dangerouslySkipVerification: true }).clientAuth).toBe(clientAuth);
    }
  });

  test.skipIf(!hasGolden)("OPT-05, OPT-24: whatever pair Twisted calls exclusive is refused here", () => {
    const values: Record<string, unknown> = {
      trustRoot: ca.certificate,
      raiseMinimumTo: "TLSv1.2",
      insecurelyLowerMinimumTo: "TLSv1.2",
      lowerMaximumSecurityTo: "TLSv1.3",
    };
    const pairs = readGolden().argumentPairs;
    expect(pairs).toHaveLength(261);
    const exclusive = pairs.filter(({ ok }) => !ok);
    expect(exclusive.length).toBeGreaterThan(0);
    for (const { a, b } of exclusive) {
      const error = refusal(() => untyped({ [a]: values[a] ?? true, [b]: values[b] ?? true }));
      expect(["OPTION_CONFLICT", "OPTION_UNKNOWN"], `${a} with ${b}`).toContain(error.code);
    }
  });
});

describe("OPT-42: acceptableProtocols", () => {
  test.each<[string, unknown, string, string]>([
    ["bytes", [Uint8Array.of(104, 50)], "OPTION_TYPE_INVALID", "acceptableProtocols[0]"],
    ["null", ["h2", null], "OPTION_TYPE_INVALID", "acceptableProtocols[1]"],
    ["a hole", Object.assign(["h2"], { length: 2 }), "OPTION_TYPE_INVALID", "acceptableProtocols[1]"],
    ["an empty name", [""], "OPTION_VALUE_INVALID", "acceptableProtocols[0]"],
    ["256 bytes", ["x".repeat(256)], "OPTION_VALUE_INVALID", "acceptableProtocols[0]"],
    ["256 bytes in 128 characters", ["é".repeat(128)], "OPTION_VALUE_INVALID", "acceptableProtocols[0]"],
    ["half a character", ["\ud800"], "OPTION_VALUE_INVALID", "acceptableProtocols[0]"],
    ["a duplicate", ["h2", "x", "h2"], "OPTION_VALUE_INVALID", "acceptableProtocols[2]"],
    [
      "too many",
      Array.from({ length: 256 }, (_, index) => `${index}`.padStart(255, "x")),
      "OPTION_VALUE_INVALID",
      "acceptableProtocols",
    ],
  ])("%s is refused", (_name, acceptableProtocols, code, path) => {
    expect(refusal(() => untyped({ acceptableProtocols }))).toMatchObject({ code, details: { path } });
  });

  test("takes what fits, in order, and keeps a copy", () => {
    const longest = "x".repeat(255);
    const list = ["h2", longest, "é"];
    const options = new CertificateOptions({ acceptableProtocols: list });
    list.push("later");
    expect(options.acceptableProtocols).toEqual(["h2", longest, "é"]);
    expect(new CertificateOptions({ acceptableProtocols: [] }).acceptableProtocols).toEqual([]);
    const many = Array.from({ length: 255 }, (_, index) => `${index}`.padStart(255, "x"));
    expect(new CertificateOptions({ acceptableProtocols: many }).acceptableProtocols).toHaveLength(255);
  });

  test("any list is taken exactly if it can go on the wire", () => {
    const name = fc.oneof(fc.string({ maxLength: 300 }), fc.string({ unit: "binary", maxLength: 10 }));
    fc.assert(
      fc.property(fc.array(name, { maxLength: 8 }), (list) => {
        const sizes = list.map((each) => new TextEncoder().encode(each).length);
        const fits =
          sizes.every((size) => size >= 1 && size <= 255) &&
          new Set(list).size === list.length &&
          list.every((each) => each.isWellFormed());
        let taken = true;
        try {
          new CertificateOptions({ acceptableProtocols: list });
        } catch {
          taken = false;
        }
        expect(taken).toBe(fits);
      }),
    );
  });
});

describe("a value", () => {
  const options = new CertificateOptions({ identity: chained, acceptableProtocols: ["h2"], trustRoot: ca.certificate });

  test("is frozen", () => {
    expect(Object.isFrozen(options)).toBe(true);
    expect(Object.isFrozen(options.acceptableProtocols)).toBe(true);
    expect(Object.isFrozen(options.warnings)).toBe(true);
  });

  test("changes into another one", () => {
    const changed = options.with({
      acceptableProtocols: ["http/1.1"],
      raiseMinimumTo: "TLSv1.3",
      trustRoot: null,
    });
    expect(changed).toMatchObject({ acceptableProtocols: ["http/1.1"], minVersion: "TLSv1.3", trustRoot: undefined });
    expect(changed.identity).toBe(chained);
    expect(options).toMatchObject({ acceptableProtocols: ["h2"], minVersion: "TLSv1.2" });
    const lowered = changed.with({ raiseMinimumTo: null, insecurelyLowerMinimumTo: "TLSv1.1" });
    expect(lowered.minVersion).toBe("TLSv1.1");
    expect(lowered.with({ insecurelyLowerMinimumTo: null }).minVersion).toBe("TLSv1.2");
  });

  test("stays as it is where nothing is set: trust that is forgotten is not everybody's", () => {
    const every = Object.fromEntries(OPTION_NAMES.map((name) => [name, undefined]));
    expect(options.with(every).toJSON()).toEqual(options.toJSON());
    expect(options.with(every).trustRoot).toBe(options.trustRoot);
  });

  test("changes only into what is right", () => {
    expect(refusal(() => options.with({ dangerouslySkipVerification: true })).code).toBe("OPTION_CONFLICT");
    expect(refusal(() => options.with({ nonsense: 1 } as object)).code).toBe("OPTION_UNKNOWN");
    expect(refusal(() => options.with({ nonsense: undefined } as object)).code).toBe("OPTION_UNKNOWN");
    expect(refusal(() => options.with(null as unknown as object)).code).toBe("OPTION_TYPE_INVALID");
    const skipping = options.with({ trustRoot: null, dangerouslySkipVerification: true });
    expect(skipping.warnings).toMatchObject([{ code: "DANGEROUSLY_SKIPS_VERIFICATION" }]);
  });

  test("OPT-40: never shows a private key", async () => {
    const jwk = await chained.keyPair.toJwk();
    const pem = await chained.keyPair.toPem();
    const secrets = [jwk.d ?? "", pem.split("\n")[1] ?? "", "PRIVATE KEY"];
    const shown = [
      JSON.stringify(options),
      String(options),
      inspect(options, { depth: 9, showHidden: true }),
      inspect({ deep: { options } }),
    ];
    for (const text of shown) for (const secret of secrets) expect(text).not.toContain(secret);
    expect(JSON.parse(JSON.stringify(options))).toEqual({
      identity: { subject: chained.subject.toString(), sha256: chained.id, chain: 1 },
      acceptableProtocols: ["h2"],
      trustRoot: JSON.parse(JSON.stringify(options.trustRoot)),
    });
  });
});
