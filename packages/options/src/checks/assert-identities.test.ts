import { PrivateCertificate } from "@tlskit/x509";
import { describe, expect, test } from "vitest";
import { capabilitiesExcept } from "../../test/capabilities.ts";
import { ca, identity } from "../../test/identities.ts";
import { refusal } from "../../test/refusal.ts";
import { CertificateOptions, type CertificateOptionsInit, compile } from "../index.ts";

/** Options as a caller without types writes them. */
function untyped(options: object): CertificateOptions {
  return new CertificateOptions(options as CertificateOptionsInit);
}

const everything = capabilitiesExcept();

describe("a server's identity before TLS 1.3", () => {
  const keys = {
    ecdsa: { type: "ecdsa" },
    rsa: { type: "rsa" },
    rsaPss: { type: "rsa-pss" },
    ed25519: { type: "ed25519" },
    mlDsa: { type: "ml-dsa-44" },
  } as const;
  const server = async (key: keyof typeof keys, options: object): Promise<object> => {
    const own = await ca.issueWith({ names: ["localhost"], key: keys[key] });
    return { identity: own, lowerMaximumSecurityTo: "TLSv1.2", ...options };
  };
  const ecdsaOnly = { acceptableCiphers: "ECDHE-ECDSA-AES128-GCM-SHA256" };
  const rsaOnly = { acceptableCiphers: "ECDHE-RSA-AES128-GCM-SHA256" };
  const withOld = { insecurelyLowerMinimumTo: "TLSv1.0", lowerMaximumSecurityTo: "TLSv1.1" };
  const withTls13 = { lowerMaximumSecurityTo: undefined };

  test.each<[keyof typeof keys, object, string | undefined]>([
    ["rsa", ecdsaOnly, "acceptableCiphers"],
    ["rsa", rsaOnly, undefined],
    ["rsa", { ...ecdsaOnly, ...withTls13 }, undefined],
    ["rsa", {}, undefined],
    ["ecdsa", rsaOnly, "acceptableCiphers"],
    ["ecdsa", ecdsaOnly, undefined],
    ["ecdsa", { acceptableCiphers: "ECDHE-ECDSA-AES128-SHA:ECDHE-RSA-AES128-SHA", ...withOld }, undefined],
    ["ecdsa", { acceptableCiphers: "ECDHE-RSA-AES128-SHA", ...withOld }, "acceptableCiphers"],
    // A suite that the server cannot use without parameters is none.
    ["rsa", { acceptableCiphers: "DHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256" }, "acceptableCiphers"],
    [
      "rsa",
      {
        acceptableCiphers: "DHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256",
        dhParameters: "ffdhe2048",
      },
      undefined,
    ],
    ["rsaPss", rsaOnly, undefined],
    ["rsaPss", ecdsaOnly, "acceptableCiphers"],
    ["rsaPss", { acceptableCiphers: "AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256" }, "acceptableCiphers"],
    ["rsa", { acceptableCiphers: "AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256" }, undefined],
    ["rsaPss", withOld, "lowerMaximumSecurityTo"],
    ["ed25519", ecdsaOnly, undefined],
    ["ed25519", rsaOnly, "acceptableCiphers"],
    ["ed25519", withOld, "lowerMaximumSecurityTo"],
    ["mlDsa", {}, "lowerMaximumSecurityTo"],
    ["mlDsa", withTls13, undefined],
  ])("a key of type %s, %o", async (key, options, refused) => {
    const attempt = untyped(await server(key, options));
    if (refused === undefined) {
      expect(compile(attempt, everything, "server").identity).toBe(attempt.identity);
      return;
    }
    expect(refusal(() => compile(attempt, everything, "server"))).toMatchObject({
      code: "OPTION_CONFLICT",
      details: { paths: ["identity", refused] },
    });
  });

  test("counts for each name, and for servers alone: a client proves itself with any key", async () => {
    const names = { "a.example": identity, "b.example": await ca.issueWith({ names: ["b.example"], key: keys.rsa }) };
    const options = untyped({ contextForServerName: names, lowerMaximumSecurityTo: "TLSv1.2", ...ecdsaOnly });
    const { details, message } = refusal(() => compile(options, everything, "server"));
    expect(details).toMatchObject({ paths: ['contextForServerName["b.example"]', "acceptableCiphers"] });
    expect(message).toContain("ECDHE+aRSA");
    const client = untyped(await server("rsa", ecdsaOnly));
    expect(compile(client, everything, "client").identity).toBe(client.identity);
  });
});

describe("what a certificate's key may be used for", () => {
  test("a CA's own certificate shows nobody in TLS, on any runtime", async () => {
    const own = await PrivateCertificate.selfSigned({ subject: { CN: "a CA" }, profile: "ca" });
    for (const [role, path, options] of [
      ["server", "identity", { identity: own }],
      ["client", "identity", { identity: own }],
      ["server", 'contextForServerName["localhost"]', { identity, contextForServerName: { localhost: own } }],
    ] as const) {
      expect(() => compile(untyped(options), everything, role)).toThrow(
        expect.objectContaining({ code: "OPTION_VALUE_INVALID", details: expect.objectContaining({ path }) }),
      );
    }
  });

  test("one that says nothing, or that it signs, does", async () => {
    const name = { subjectAltName: ["localhost"] };
    for (const more of [{}, { keyUsage: ["digitalSignature"] }] as const) {
      const own = await PrivateCertificate.selfSigned({ ...name, profile: "server", ...more });
      expect(compile(untyped({ identity: own }), everything, "server").identity).toBe(own);
      expect(compile(untyped({ identity: own }), everything, "client").identity).toBe(own);
    }
  });
});
