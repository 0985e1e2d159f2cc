/** What is wrong with single options: names, types, values. */
import { Certificate, CertificateRequest } from "@tlskit/x509";
import { describe, expect, test } from "vitest";
import { ca, identity } from "../test/identities.ts";
import { refusal } from "../test/refusal.ts";
import { CertificateOptions, type CertificateOptionsInit } from "./index.ts";

/** Options as a caller without types writes them. */
function untyped(options: unknown): CertificateOptions {
  return new CertificateOptions(options as CertificateOptionsInit);
}

describe("names of options", () => {
  test.each([
    ["trustroot", "trustRoot"],
    ["trustRoots", "trustRoot"],
    ["acceptableProtocol", "acceptableProtocols"],
    ["raiseMinimunTo", "raiseMinimumTo"],
    ["clientAuht", "clientAuth"],
    ["dangerousySkipVerification", "dangerouslySkipVerification"],
    ["Identity", "identity"],
  ])("OPT-48: %s is unknown, %s is suggested", (path, nearest) => {
    const error = refusal(() => untyped({ [path]: 1 }));
    expect(error).toMatchObject({ code: "OPTION_UNKNOWN", details: { path, nearest } });
    expect(error.message).toContain(`Did you mean ${nearest}?`);
  });

  test("OPT-48: a name far from all gets the list", () => {
    const error = refusal(() => untyped({ someRandomThing: 1 }));
    expect(error.details).toEqual({ path: "someRandomThing" });
    expect(error.message).toContain("identity, contextForServerName, trustRoot, clientAuth");
  });

  test.each([
    "privateKey",
    "certificate",
    "extraCertChain",
    "method",
    "verify",
    "requireCertificate",
    "caCerts",
    "verifyOnce",
    "enableSingleUseKeys",
    "enableSessions",
    "enableSessionTickets",
    "fixBrokenPeers",
    "ca",
    "cert",
    "key",
    "rejectUnauthorized",
    "minVersion",
    "ALPNProtocols",
  ])("OPT-01, OPT-03, OPT-04, OPT-14, OPT-15, OPT-24, OPT-25: %s has another place here", (path) => {
    const error = refusal(() => untyped({ [path]: true }));
    expect(error.code).toBe("OPTION_UNKNOWN");
    expect(error.details).toMatchObject({ path, replacement: expect.any(String) });
  });

  test.each<[string, unknown]>([
    ["null", null],
    ["a string", "x"],
    ["an array", []],
    ["other options", new CertificateOptions()],
    ["inherited options", Object.create({ dangerouslySkipVerification: true })],
    ["a certificate", identity],
  ])("options are a plain object, not %s", (_name, value) => {
    expect(refusal(() => untyped(value)).code).toBe("OPTION_TYPE_INVALID");
  });

  test("a getter runs once: what was checked is what is used", () => {
    let reads = 0;
    const options = untyped({
      get acceptableProtocols() {
        reads++;
        return reads === 1 ? ["h2"] : [""];
      },
    });
    expect(reads).toBe(1);
    expect(options.acceptableProtocols).toEqual(["h2"]);
  });
});

describe("types of values", () => {
  const secret = "-----BEGIN PRIVATE KEY-----\nsecret";

  test.each<[string, unknown, string]>([
    ["identity", secret, "a string of 34 characters"],
    ["identity", "c2VjcmV0".repeat(6), "a string of 48 characters"],
    ["identity", null, "null"],
    ["identity", ca.certificate.toPem(), expect.stringMatching(/^a string of \d+ characters$/)],
    ["trustRoot", "system", '"system"'],
    ["trustRoot", null, "null"],
    ["trustRoot", new Set([ca.certificate]), "an object of type Set"],
    ["clientAuth", true, "true"],
    ["acceptableProtocols", "h2", '"h2"'],
    ["requireProtocol", 5, "5"],
    ["verifyDepth", "9", '"9"'],
    ["profile", 1, "1"],
    ["dangerouslySkipVerification", "yes", '"yes"'],
    ["dangerouslySkipVerification", 1, "1"],
  ])("a wrong type for %s names the option and not the value (%j)", (path, value, actual) => {
    const error = refusal(() => untyped({ [path]: value }));
    expect(error).toMatchObject({ code: "OPTION_TYPE_INVALID", details: { path, actual } });
    expect(JSON.stringify(error)).not.toContain("secret");
  });

  test.each<[string, unknown]>([
    ["clientAuth", "optional"],
    ["profile", "strict"],
    ["verifyDepth", -1],
    ["verifyDepth", 1.5],
    ["verifyDepth", Number.NaN],
    ["verifyDepth", 101],
    ["trustRoot", []],
  ])("an unusable value for %s: %j", (path, value) => {
    expect(refusal(() => untyped({ [path]: value }))).toMatchObject({
      code: "OPTION_VALUE_INVALID",
      details: { path },
    });
  });

  test("a certificate in the place of an identity says so", async () => {
    const bare = Certificate.fromDer(identity.der);
    const error = refusal(() => untyped({ identity: bare }));
    expect(error.message).toContain("a certificate without its private key");
  });

  test.each<[string, object, string]>([
    [
      "a key in the place of an identity",
      { identity: identity.keyPair },
      "identity must be a PrivateCertificate, but is a private key",
    ],
    ["PEM in the place of an identity", { identity: identity.toPem() }, "PrivateCertificate.fromPem"],
    ["bytes in the place of an identity", { identity: identity.der }, "parseAny"],
    [
      "a key among the roots",
      { trustRoot: [ca.certificate, identity.keyPair] },
      "trustRoot[1] must be a Certificate, but is a private key",
    ],
    ["PEM for the roots", { trustRoot: ca.certificate.toPem() }, "Certificate.allFromPem"],
    ["PEM among the roots", { trustRoot: [ca.certificate.toPem()] }, "Certificate.allFromPem"],
  ])("%s says so", (_name, options, message) => {
    const error = refusal(() => untyped(options));
    expect(error.code).toBe("OPTION_TYPE_INVALID");
    expect(error.message).toContain(message);
    expect(error.message).not.toContain("-----");
  });

  test("TRU-01: a request among the roots is named with its place", async () => {
    const request = await CertificateRequest.create({ subject: { CN: "x" }, keyPair: identity.keyPair });
    const error = refusal(() => untyped({ trustRoot: [ca.certificate, request] }));
    expect(error).toMatchObject({
      code: "OPTION_TYPE_INVALID",
      details: { path: "trustRoot[1]", actual: "an object of type CertificateRequest" },
    });
  });
});
