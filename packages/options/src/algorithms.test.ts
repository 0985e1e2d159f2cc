import { KeyPair } from "@tlskit/x509";
import { describe, expect, test } from "vitest";
import { capabilitiesExcept, gap } from "../test/capabilities.ts";
import { ca, identity } from "../test/identities.ts";
import { refusal } from "../test/refusal.ts";
import { hasGolden, readGolden } from "../test/shared.ts";
import {
  AcceptableCiphers,
  type CapabilityName,
  CertificateOptions,
  type CertificateOptionsInit,
  capabilityState,
  compile,
  DiffieHellmanParameters,
  frozenCapabilities,
  UnsupportedOptionError,
} from "./index.ts";

/** Options as a caller without types writes them. */
function untyped(options: object): CertificateOptions {
  return new CertificateOptions(options as CertificateOptionsInit);
}

const everything = capabilitiesExcept();

describe("acceptableCiphers", () => {
  test("OPT-26: Mozilla's intermediate configuration is the default for both roles: what every runtime can do", () => {
    const intermediate = AcceptableCiphers.mozilla("intermediate");
    for (const role of ["client", "server"] as const) {
      const { ciphers } = compile(new CertificateOptions({ identity }), everything, role);
      expect([...(ciphers?.tls13 ?? []), ...(ciphers?.tls12 ?? [])]).toEqual(String(intermediate).split(":"));
    }
  });

  test("OPT-26: where an old version is asked for, suites that it can use are added, and the security level is lowered", () => {
    const options = new CertificateOptions({ insecurelyLowerMinimumTo: "TLSv1.0", acceptableProtocols: [] });
    const { ciphers, signatureAlgorithms } = compile(options, everything, "client");
    expect(ciphers?.tls12).toContain("ECDHE-RSA-AES128-SHA");
    expect(ciphers?.securityLevel).toBe(0);
    expect(signatureAlgorithms).toBeUndefined();
  });

  test("OPT-27: a selection, a cipher string, or a function that selects", () => {
    const selection = AcceptableCiphers.fromOpenSSLCipherString("ECDHE+AESGCM");
    expect(new CertificateOptions({ acceptableCiphers: selection }).acceptableCiphers).toBe(selection);
    expect(new CertificateOptions({ acceptableCiphers: "ECDHE+AESGCM" }).acceptableCiphers?.equals(selection)).toBe(
      true,
    );
    const chosen = new CertificateOptions({ acceptableCiphers: (available) => selection.selectCiphers(available) });
    expect(chosen.acceptableCiphers?.equals(selection)).toBe(true);
    const compiled = compile(chosen, everything, "client");
    expect(compiled.ciphers?.tls12).toEqual(selection.tls12.map(({ openSslName }) => openSslName));
  });

  test.skipIf(!hasGolden)("OPT-28: what leaves Twisted no usable cipher leaves none here", () => {
    const recorded = Object.entries(readGolden().ciphers).filter(([name]) => name.startsWith("CertificateOptions('"));
    expect(recorded.length).toBe(5);
    for (const [name, outcome] of recorded) {
      const text = /^CertificateOptions\('(.*)'\)/.exec(name)?.[1] ?? "";
      const make = () =>
        new CertificateOptions({
          acceptableCiphers: AcceptableCiphers.fromOpenSSLCipherString(text, { lenient: true }),
        });
      if ("error" in (outcome as object)) expect(refusal(make).code, name).toBe("CIPHERS_UNUSABLE");
      else expect(String(make().acceptableCiphers)).toBe((outcome as { value: string[] }).value.join(":"));
    }
  });

  test.each<[string, object, string]>([
    ["nothing at all", { acceptableCiphers: "RC4" }, "TLSv1.2"],
    ["nothing for TLS 1.2", { acceptableCiphers: AcceptableCiphers.mozilla("modern") }, "TLSv1.2"],
    ["nothing for TLS 1.3", { acceptableCiphers: AcceptableCiphers.fromNames(["ECDHE-RSA-AES128-SHA"]) }, "TLSv1.3"],
    ["pre-shared keys only", { acceptableCiphers: "PSK:!eNULL" }, "TLSv1.2"],
    ["nothing that old", { acceptableCiphers: "AESGCM:!aNULL", insecurelyLowerMinimumTo: "TLSv1.0" }, "TLSv1.0"],
  ])("OPT-28: %s for a version that may be negotiated", (_name, options, version) => {
    expect(refusal(() => untyped(options))).toMatchObject({
      code: "CIPHERS_UNUSABLE",
      details: { path: "acceptableCiphers", version },
    });
  });

  test("OPT-28: what suits the versions is taken", () => {
    const modern = AcceptableCiphers.mozilla("modern");
    expect(untyped({ acceptableCiphers: modern, raiseMinimumTo: "TLSv1.3" }).acceptableCiphers).toBe(modern);
    const old = AcceptableCiphers.fromNames(["ECDHE-RSA-AES128-SHA"]);
    expect(untyped({ acceptableCiphers: old, lowerMaximumSecurityTo: "TLSv1.2" }).acceptableCiphers).toBe(old);
  });

  test.each(["ALL", "aNULL", "eNULL:AES128-SHA", "AECDH+AES:ECDHE"])(
    "%j would let anyone in, or encrypt nothing",
    (text) => {
      const error = refusal(() => new CertificateOptions({ acceptableCiphers: text }));
      expect(error).toMatchObject({ code: "OPTION_VALUE_INVALID", details: { path: "acceptableCiphers" } });
      expect(error.message).toContain(":!aNULL:!eNULL");
      expect(new CertificateOptions({ acceptableCiphers: `${text}:ECDHE:!aNULL:!eNULL` })).toBeInstanceOf(
        CertificateOptions,
      );
    },
  );

  test("suites without authenticated encryption or forward secrecy leave a warning", () => {
    const weak = new CertificateOptions({ acceptableCiphers: "ECDHE+AESGCM:AES128-SHA" });
    expect(weak.warnings).toMatchObject([{ code: "WEAK_CIPHERS", path: "acceptableCiphers" }]);
    expect(new CertificateOptions({ acceptableCiphers: "ECDHE+AESGCM" }).warnings).toEqual([]);
  });

  test("a security level that lets weak keys pass leaves a warning", () => {
    const codesAt = (level: number): readonly string[] =>
      new CertificateOptions({ acceptableCiphers: `ECDHE+AESGCM:@SECLEVEL=${level}` }).warnings.map(({ code }) => code);
    expect([0, 1, 2, 3].map(codesAt)).toEqual([["LOW_SECURITY_LEVEL"], ["LOW_SECURITY_LEVEL"], [], []]);
  });

  test.each<[unknown, string]>([
    [5, "OPTION_TYPE_INVALID"],
    [["AES128-SHA"], "OPTION_TYPE_INVALID"],
    ["HIHG", "CIPHER_UNKNOWN"],
    ["HIGH:!", "CIPHER_STRING_INVALID"],
    [() => [{}], "OPTION_TYPE_INVALID"],
  ])("%j is no selection", (acceptableCiphers, code) => {
    expect(refusal(() => untyped({ acceptableCiphers })).code).toBe(code);
  });

  test("suites that cannot be negotiated here are not handed to the runtime", () => {
    const options = new CertificateOptions({ acceptableCiphers: "HIGH:!aNULL", raiseMinimumTo: "TLSv1.2" });
    const { ciphers } = compile(options, everything, "client");
    expect(ciphers?.tls12.length).toBeGreaterThan(20);
    expect(ciphers?.tls12.filter((name) => /PSK|SRP|DSS/.test(name))).toEqual([]);
    const only13 = compile(options.with({ raiseMinimumTo: "TLSv1.3" }), everything, "client");
    expect(only13.ciphers).toMatchObject({ tls12: [] });
  });
});

describe("groups and signatureAlgorithms", () => {
  test("OPT-34: groups are taken in order", () => {
    const options = new CertificateOptions({ groups: ["P-384", "X25519"] });
    expect(compile(options, everything, "client").groups).toEqual(["P-384", "X25519"]);
  });

  test("OPT-34: X25519MLKEM768 comes first where the runtime has it", () => {
    expect(compile(new CertificateOptions(), everything, "client").groups?.[0]).toBe("X25519MLKEM768");
    const without = capabilitiesExcept({ "group-x25519-ml-kem-768": gap("ML-KEM") });
    expect(compile(new CertificateOptions(), without, "client").groups).toEqual(["X25519", "P-256", "P-384", "P-521"]);
    const fixed = capabilitiesExcept({ groups: gap("choice") });
    expect(compile(new CertificateOptions(), fixed, "client").groups).toBeUndefined();
  });

  test.each<[string, unknown, string, string]>([
    ["groups", "X25519", "groups", "OPTION_TYPE_INVALID"],
    ["groups", [], "groups", "OPTION_VALUE_INVALID"],
    ["groups", ["X25519", 5], "groups[1]", "OPTION_TYPE_INVALID"],
    ["groups", ["X25519", "X25519"], "groups[1]", "OPTION_VALUE_INVALID"],
    ["groups", ["prime256v1"], "groups[0]", "OPTION_VALUE_INVALID"],
    ["signatureAlgorithms", ["rsa_pkcs1_sha1"], "signatureAlgorithms[0]", "OPTION_VALUE_INVALID"],
    ["signatureAlgorithms", ["ed25519", "RSA+SHA256"], "signatureAlgorithms[1]", "OPTION_VALUE_INVALID"],
  ])("%s: %j is refused at %s", (name, value, path, code) => {
    expect(refusal(() => untyped({ [name]: value }))).toMatchObject({ code, details: { path } });
  });

  test("names from elsewhere get the name here", () => {
    expect(refusal(() => untyped({ groups: ["prime256v1"] })).message).toContain("Did you mean P-256?");
    expect(refusal(() => untyped({ groups: ["X25519MLKEM786"] })).message).toContain("Did you mean X25519MLKEM768?");
    expect(refusal(() => untyped({ signatureAlgorithms: ["rsa_pkcs1_sha1"] })).message).toContain("RFC 9155");
  });

  test("groups of TLS 1.3 alone leave TLS 1.2 nothing", () => {
    expect(refusal(() => untyped({ groups: ["X25519MLKEM768"] })).code).toBe("OPTION_CONFLICT");
    expect(untyped({ groups: ["X25519MLKEM768"], raiseMinimumTo: "TLSv1.3" }).groups).toEqual(["X25519MLKEM768"]);
  });

  test("an identity must be able to sign with one of the schemes", async () => {
    const conflicts = (options: object) => refusal(() => untyped(options)).code === "OPTION_CONFLICT";
    expect(conflicts({ identity, signatureAlgorithms: ["rsa_pss_rsae_sha256"] })).toBe(true);
    expect(conflicts({ identity, signatureAlgorithms: ["ecdsa_secp384r1_sha384"] })).toBe(true);
    expect(untyped({ identity, signatureAlgorithms: ["ecdsa_secp256r1_sha256"] }).signatureAlgorithms).toHaveLength(1);
    const wider = { identity, signatureAlgorithms: ["ecdsa_secp384r1_sha384"], lowerMaximumSecurityTo: "TLSv1.2" };
    expect(untyped(wider)).toBeInstanceOf(CertificateOptions);
    const named = { contextForServerName: { "other.example": identity }, signatureAlgorithms: ["ed25519"] };
    expect(refusal(() => untyped(named)).details).toMatchObject({
      paths: ["signatureAlgorithms", 'contextForServerName["other.example"]'],
    });
    const keyPair = await KeyPair.generate({ type: "rsa", bits: 2048 });
    const rsa = await ca.certificate.issuePrivate({ subject: { CN: "x" }, subjectAltName: ["localhost"], keyPair });
    expect(conflicts({ identity: rsa, signatureAlgorithms: ["rsa_pkcs1_sha256"] })).toBe(true);
    expect(untyped({ identity: rsa, signatureAlgorithms: ["rsa_pss_rsae_sha256"] })).toBeInstanceOf(CertificateOptions);
  });
});

describe("dhParameters", () => {
  const acceptableCiphers = "ECDHE+AESGCM:DHE+AESGCM:!aNULL:!DSS";

  test("OPT-33: parameters, or the name of a group", () => {
    const group = DiffieHellmanParameters.named("ffdhe3072");
    for (const dhParameters of [group, "ffdhe3072"] as const) {
      const options = new CertificateOptions({ identity, acceptableCiphers, dhParameters });
      expect(compile(options, everything, "server").dhParameters?.equals(group)).toBe(true);
    }
    expect(refusal(() => untyped({ acceptableCiphers, dhParameters: "modp2048" })).code).toBe("OPTION_VALUE_INVALID");
    expect(refusal(() => untyped({ acceptableCiphers, dhParameters: "auto" })).code).toBe("OPTION_VALUE_INVALID");
    expect(refusal(() => untyped({ acceptableCiphers, dhParameters: 2048 })).code).toBe("OPTION_TYPE_INVALID");
  });

  test("OPT-33: they are for servers, and for DHE suites", () => {
    const dhParameters = "ffdhe2048";
    expect(refusal(() => untyped({ dhParameters })).details).toMatchObject({
      paths: ["dhParameters", "acceptableCiphers"],
    });
    const options = untyped({ identity, acceptableCiphers, dhParameters });
    expect(refusal(() => compile(options, everything, "client")).details).toMatchObject({ paths: ["dhParameters"] });
    const only13 = { acceptableCiphers, dhParameters, raiseMinimumTo: "TLSv1.3" };
    expect(refusal(() => untyped(only13)).code).toBe("OPTION_CONFLICT");
  });

  test("OPT-33: a server that has nothing but DHE suites needs them", () => {
    const options = untyped({ identity, acceptableCiphers: "DHE+AESGCM:!DSS" });
    expect(refusal(() => compile(options, everything, "server"))).toMatchObject({
      code: "OPTION_MISSING",
      details: { path: "dhParameters", neededBy: "acceptableCiphers" },
    });
    expect(compile(options, everything, "client").dhParameters).toBeUndefined();
  });
});

describe("what a runtime lacks", () => {
  const acceptableCiphers = "ECDHE+AESGCM:DHE+AESGCM:!DSS";

  test.each<[CapabilityName, string, "client" | "server", object]>([
    ["ciphers-tls1.2", "acceptableCiphers", "client", { acceptableCiphers: "ECDHE+AESGCM" }],
    [
      "ciphers-tls1.3",
      "acceptableCiphers",
      "client",
      {
        acceptableCiphers: AcceptableCiphers.fromOpenSSLCipherString("ECDHE+AESGCM", {
          tls13: ["TLS_AES_128_GCM_SHA256"],
        }),
      },
    ],
    ["cipher-security-level", "acceptableCiphers", "client", { acceptableCiphers: "ECDHE+AESGCM:@SECLEVEL=2" }],
    ["groups", "groups", "client", { groups: ["X25519"] }],
    ["group-x25519-ml-kem-768", "groups[1]", "server", { groups: ["X25519", "X25519MLKEM768"] }],
    ["group-p256-ml-kem-768", "groups[1]", "server", { groups: ["X25519", "SecP256r1MLKEM768"] }],
    ["group-p384-ml-kem-1024", "groups[1]", "server", { groups: ["X25519", "SecP384r1MLKEM1024"] }],
    ["group-x448", "groups[0]", "client", { groups: ["X448"] }],
    ["group-ffdhe", "groups[1]", "client", { groups: ["P-256", "ffdhe2048"] }],
    [
      "client-signature-algorithms",
      "signatureAlgorithms",
      "client",
      { signatureAlgorithms: ["ecdsa_secp256r1_sha256"] },
    ],
    [
      "server-signature-algorithms",
      "signatureAlgorithms",
      "server",
      { signatureAlgorithms: ["ecdsa_secp256r1_sha256"] },
    ],
    [
      "signature-ed448",
      "signatureAlgorithms[1]",
      "client",
      { signatureAlgorithms: ["ecdsa_secp256r1_sha256", "ed448"] },
    ],
    [
      "signature-ml-dsa",
      "signatureAlgorithms[1]",
      "client",
      { signatureAlgorithms: ["ecdsa_secp256r1_sha256", "mldsa44"] },
    ],
    [
      "signature-rsa-pss-pss",
      "signatureAlgorithms[1]",
      "client",
      { signatureAlgorithms: ["ecdsa_secp256r1_sha256", "rsa_pss_pss_sha256"] },
    ],
    ["dh-parameters", "dhParameters", "server", { acceptableCiphers, dhParameters: "ffdhe2048" }],
  ])("OPT-46: without %s, %s is refused (%s)", (capability, path, role, init) => {
    const options = untyped({ identity, ...init });
    expect(compile(options, everything, role).role).toBe(role);
    const error = refusal(() => compile(options, capabilitiesExcept({ [capability]: gap(capability) }), role));
    expect(error.details).toEqual({ options: [{ path, capability, ...gap(capability) }] });
  });

  test("the suites of TLS 1.3 that every runtime has need not be chosen, in whatever order", () => {
    const fixed = capabilitiesExcept({ "ciphers-tls1.3": gap("choice") });
    const options = untyped({ acceptableCiphers: AcceptableCiphers.mozilla("intermediate") });
    expect(compile(options, fixed, "client").ciphers).toMatchObject({ tls13: undefined });
  });

  test("all of it at once", () => {
    const lacking = capabilitiesExcept({ groups: gap("a"), "dh-parameters": gap("b"), "ciphers-tls1.2": gap("c") });
    const options = untyped({ identity, acceptableCiphers, dhParameters: "ffdhe2048", groups: ["X25519"] });
    const error = refusal(() => compile(options, lacking, "server"));
    if (!UnsupportedOptionError.is(error)) throw error;
    expect(error.details.options.map(({ path }) => path)).toEqual(["acceptableCiphers", "groups", "dhParameters"]);
  });

  test("a table that is exported cannot be written to", () => {
    const table = frozenCapabilities(capabilitiesExcept({ alpn: gap("alpn") }));
    expect(() => Object.assign(table, { "tls1.3": gap("x") })).toThrow(TypeError);
    expect(() => Object.assign(table.alpn, { reason: "" })).toThrow(TypeError);
    const probed = capabilitiesExcept({ groups: { probe: () => ({ ...gap("groups") }) } });
    expect(() => Object.assign(capabilityState(probed, "groups"), { reason: "" })).toThrow(TypeError);
  });
});
