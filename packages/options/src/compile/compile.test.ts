import { TrustRoot } from "@tlskit/trust";
import { KeyPair } from "@tlskit/x509";
import { describe, expect, test } from "vitest";
import { capabilitiesExcept, gap } from "../../test/capabilities.ts";
import { ca, identity } from "../../test/identities.ts";
import { refusal } from "../../test/refusal.ts";
import {
  type CapabilityName,
  CertificateOptions,
  capabilityState,
  compile,
  SCHEMES,
  UnsupportedOptionError,
} from "../index.ts";

const everything = capabilitiesExcept();

describe("for clients", () => {
  test("CLI-12, OPT-08, OPT-16: the defaults", () => {
    expect(compile(new CertificateOptions(), everything, "client")).toEqual({
      ciphers: {
        tls13: ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"],
        tls12: [
          "ECDHE-ECDSA-AES128-GCM-SHA256",
          "ECDHE-RSA-AES128-GCM-SHA256",
          "ECDHE-ECDSA-AES256-GCM-SHA384",
          "ECDHE-RSA-AES256-GCM-SHA384",
          "ECDHE-ECDSA-CHACHA20-POLY1305",
          "ECDHE-RSA-CHACHA20-POLY1305",
        ],
        securityLevel: undefined,
      },
      groups: ["X25519MLKEM768", "X25519", "P-256", "P-384", "P-521"],
      signatureAlgorithms: Object.keys(SCHEMES),
      dhParameters: undefined,
      role: "client",
      minVersion: "TLSv1.2",
      maxVersion: "TLSv1.3",
      alpn: [],
      requireProtocol: [],
      identity: undefined,
      verifyPeer: true,
      trust: "platform",
      clientAuth: "none",
      clientIntermediates: [],
      verifyDepth: 9,
      profile: "compatible",
      skipVerification: false,
      contextForServerName: undefined,
      revocation: undefined,
      requestStaple: false,
      sessions: undefined,
      ocspStaple: undefined,
      keyLog: undefined,
      warnings: [],
    });
  });

  test("everything that is given arrives", () => {
    const options = new CertificateOptions({
      identity,
      trustRoot: ca.certificate,
      acceptableProtocols: ["h2", "http/1.1"],
      requireProtocol: true,
      verifyDepth: 0,
      profile: "webpki",
      raiseMinimumTo: "TLSv1.3",
    });
    const compiled = compile(options, everything, "client");
    expect(compiled).toMatchObject({
      identity,
      trust: options.trustRoot,
      alpn: ["h2", "http/1.1"],
      requireProtocol: ["h2", "http/1.1"],
      verifyDepth: 0,
      profile: "webpki",
      minVersion: "TLSv1.3",
    });
    expect(Object.isFrozen(compiled)).toBe(true);
    const one = new CertificateOptions({ acceptableProtocols: ["h2", "x"], requireProtocol: "x" });
    expect(compile(one, everything, "client").requireProtocol).toEqual(["x"]);
  });

  test("clientAuth is an error, whatever its value", () => {
    for (const options of [
      new CertificateOptions({ clientAuth: "none" }),
      new CertificateOptions({ clientAuth: "require", trustRoot: ca.certificate }),
    ]) {
      expect(refusal(() => compile(options, everything, "client"))).toMatchObject({
        code: "OPTION_CONFLICT",
        details: { paths: ["clientAuth"] },
      });
    }
  });

  test("OPT-06: skipping verification leaves a trace, and nobody trusted", () => {
    const compiled = compile(new CertificateOptions({ dangerouslySkipVerification: true }), everything, "client");
    expect(compiled).toMatchObject({
      skipVerification: true,
      verifyPeer: false,
      warnings: [{ code: "DANGEROUSLY_SKIPS_VERIFICATION" }],
    });
    expect(compiled.trust instanceof TrustRoot && compiled.trust.size).toBe(0);
  });
});

describe("for servers", () => {
  test("OPT-01: a server needs an identity", () => {
    expect(refusal(() => compile(new CertificateOptions(), everything, "server"))).toMatchObject({
      code: "OPTION_MISSING",
      details: { path: "identity", neededBy: "server" },
    });
  });

  test("OPT-06: asks for no client certificate by default, and trusts nobody's", () => {
    const compiled = compile(new CertificateOptions({ identity }), everything, "server");
    expect(compiled).toMatchObject({ clientAuth: "none", verifyPeer: false, skipVerification: false });
    expect(compiled.trust instanceof TrustRoot && compiled.trust.size).toBe(0);
  });

  test("OPT-06: a trustRoot alone requires client certificates, as in Twisted", () => {
    const options = new CertificateOptions({ identity, trustRoot: ca.certificate });
    expect(compile(options, everything, "server")).toMatchObject({
      clientAuth: "require",
      verifyPeer: true,
      trust: options.trustRoot,
    });
  });

  test("OPT-07: clientAuth request", () => {
    const options = new CertificateOptions({ identity, trustRoot: "platform", clientAuth: "request" });
    expect(compile(options, everything, "server")).toMatchObject({ clientAuth: "request", trust: "platform" });
  });

  test("options that only verification reads are errors where nothing is verified", () => {
    for (const options of [
      { verifyDepth: 3 },
      { profile: "webpki" as const },
      { dangerouslySkipVerification: true as const },
    ]) {
      const error = refusal(() => compile(new CertificateOptions({ identity, ...options }), everything, "server"));
      expect(error).toMatchObject({
        code: "OPTION_CONFLICT",
        details: { paths: [Object.keys(options)[0], "clientAuth"] },
      });
    }
  });
});

describe("capabilities", () => {
  test.each<[CapabilityName, string, "client" | "server", CertificateOptions]>([
    ["tls1.0", "insecurelyLowerMinimumTo", "client", new CertificateOptions({ insecurelyLowerMinimumTo: "TLSv1.0" })],
    ["tls1.1", "insecurelyLowerMinimumTo", "client", new CertificateOptions({ insecurelyLowerMinimumTo: "TLSv1.0" })],
    ["tls1.2", "raiseMinimumTo", "client", new CertificateOptions()],
    ["tls1.2", "lowerMaximumSecurityTo", "client", new CertificateOptions({ lowerMaximumSecurityTo: "TLSv1.2" })],
    ["tls1.3", "lowerMaximumSecurityTo", "client", new CertificateOptions()],
    ["tls1.3", "raiseMinimumTo", "client", new CertificateOptions({ raiseMinimumTo: "TLSv1.3" })],
    ["alpn", "acceptableProtocols", "client", new CertificateOptions({ acceptableProtocols: ["h2"] })],
    ["client-identity", "identity", "client", new CertificateOptions({ identity })],
    ["server-identity", "identity", "server", new CertificateOptions({ identity })],
    ["identity-ecdsa-p256", "identity", "server", new CertificateOptions({ identity })],
    [
      "client-skip-verification",
      "dangerouslySkipVerification",
      "client",
      new CertificateOptions({ dangerouslySkipVerification: true }),
    ],
    [
      "server-skip-verification",
      "dangerouslySkipVerification",
      "server",
      new CertificateOptions({ identity, clientAuth: "request", dangerouslySkipVerification: true }),
    ],
    [
      "server-client-auth-request",
      "clientAuth",
      "server",
      new CertificateOptions({ identity, clientAuth: "request", trustRoot: ca.certificate }),
    ],
    [
      "server-client-auth-require",
      "clientAuth",
      "server",
      new CertificateOptions({ identity, clientAuth: "require", trustRoot: ca.certificate }),
    ],
    [
      "server-client-auth-require",
      "trustRoot",
      "server",
      new CertificateOptions({ identity, trustRoot: ca.certificate }),
    ],
  ])("OPT-46: without %s, %s is refused (%s)", (capability, path, role, options) => {
    const absent = capabilitiesExcept({ [capability]: gap(capability) });
    expect(compile(options, everything, role).role).toBe(role);
    const error = refusal(() => compile(options, absent, role));
    expect(error.details).toEqual({ options: [{ path, capability, ...gap(capability) }] });
  });

  test("what is absent and not asked for does no harm", () => {
    const bare = capabilitiesExcept({ alpn: gap("alpn"), "tls1.0": gap("1.0"), "client-identity": gap("identity") });
    expect(compile(new CertificateOptions(), bare, "client").alpn).toEqual([]);
  });

  test("all offending options are listed at once, each with its reason and alternative", () => {
    const absent = capabilitiesExcept({
      alpn: gap("alpn"),
      "tls1.3": gap("tls1.3"),
      "client-identity": gap("identity"),
    });
    const options = new CertificateOptions({ identity, acceptableProtocols: ["h2"] });
    const error = refusal(() => compile(options, absent, "client"));
    if (!UnsupportedOptionError.is(error)) throw error;
    expect(error.details.options.map(({ path }) => path)).toEqual([
      "lowerMaximumSecurityTo",
      "acceptableProtocols",
      "identity",
    ]);
    for (const { reason, alternative } of error.details.options) {
      expect(error.message).toContain(reason);
      expect(error.message).toContain(alternative);
    }
  });

  test("each kind of key is a capability of its own", async () => {
    const kinds = [
      [{ type: "ecdsa", curve: "P-384" }, "identity-ecdsa-p384"],
      [{ type: "ecdsa", curve: "P-521" }, "identity-ecdsa-p521"],
      [{ type: "ed25519" }, "identity-ed25519"],
      [{ type: "rsa", bits: 2048 }, "identity-rsa"],
    ] as const;
    for (const [key, capability] of kinds) {
      const keyPair = await KeyPair.generate(key);
      const made = await ca.certificate.issuePrivate({ subject: { CN: "x" }, subjectAltName: ["localhost"], keyPair });
      const options = new CertificateOptions({ identity: made });
      const error = refusal(() => compile(options, capabilitiesExcept({ [capability]: gap(capability) }), "server"));
      expect(error.details).toMatchObject({ options: [{ path: "identity", capability }] });
    }
  });

  test("a probe runs once per table, and only when it is asked", () => {
    let runs = 0;
    const probed = capabilitiesExcept({
      alpn: {
        probe: () => {
          runs++;
          return gap("alpn");
        },
      },
    });
    compile(new CertificateOptions(), probed, "client");
    expect(runs).toBe(0);
    const options = new CertificateOptions({ acceptableProtocols: ["h2"] });
    for (let time = 0; time < 3; time++) refusal(() => compile(options, probed, "client"));
    expect(runs).toBe(1);
    expect(capabilityState(probed, "alpn")).toEqual(gap("alpn"));
  });

  test("a probe that fails is not taken for an answer", () => {
    let runs = 0;
    const failing = capabilitiesExcept({
      alpn: {
        probe: () => {
          runs++;
          throw new Error("probe");
        },
      },
    });
    for (let time = 0; time < 2; time++) expect(() => capabilityState(failing, "alpn")).toThrow("probe");
    expect(runs).toBe(2);
  });
});
