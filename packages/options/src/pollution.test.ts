/** What someone put on Object.prototype is nobody's option. */
import { ReloadingTrust, type TrustRoot } from "@tlskit/trust";
import { describe, expect, test } from "vitest";
import { capabilitiesExcept, gap } from "../test/capabilities.ts";
import { ca, identity, otherCa } from "../test/identities.ts";
import { refusal } from "../test/refusal.ts";
import { CertificateOptions, capabilityState, compile, optionsForClientTLS } from "./index.ts";

function polluted<T>(properties: Readonly<Record<string, unknown>>, run: () => T): T {
  try {
    for (const [name, value] of Object.entries(properties)) {
      Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true, enumerable: false });
    }
    return run();
  } finally {
    for (const name of Object.keys(properties)) Reflect.deleteProperty(Object.prototype, name);
  }
}

const POLLUTION: readonly [name: string, value: unknown][] = [
  ["dangerouslySkipVerification", true],
  ["trustRoot", otherCa.certificate],
  ["clientAuth", "none"],
  ["clientIntermediates", [otherCa.certificate]],
  ["identity", identity],
  ["clientCertificate", identity],
  ["insecurelyLowerMinimumTo", "TLSv1.0"],
  ["raiseMinimumTo", "TLSv1.3"],
  ["lowerMaximumSecurityTo", "TLSv1.0"],
  ["acceptableProtocols", ["evil"]],
  ["requireProtocol", "evil"],
  ["verifyDepth", 0],
  ["profile", "webpki"],
  ["contextForServerName", { "evil.example": identity }],
  ["sessions", true],
  ["revocation", { mode: "prefer" }],
  ["ocspStaple", () => undefined],
  ["dangerouslyLogKeys", "/tmp/evil"],
  ["acceptableCiphers", "AES128-SHA"],
  ["groups", ["P-521"]],
  ["signatureAlgorithms", ["ed25519"]],
  ["dhParameters", "ffdhe2048"],
];

describe("a polluted Object.prototype changes nothing", () => {
  test.each(POLLUTION)("%s", (name, value) => {
    const make = (): CertificateOptions[] => [
      new CertificateOptions(),
      new CertificateOptions({ trustRoot: ca.certificate }),
      new CertificateOptions({ trustRoot: ca.certificate }).with({ acceptableProtocols: ["h2"] }),
      optionsForClientTLS("localhost", { trustRoot: ca.certificate }).options,
    ];
    const compiled = (): unknown[] => make().map((options) => compile(options, capabilitiesExcept(), "client"));
    const expected = make().map(essence);
    expect(polluted({ [name]: value }, make).map(essence)).toEqual(expected);
    expect(polluted({ [name]: value }, compiled).map((one) => essenceOfCompiled(one))).toEqual(
      compiled().map((one) => essenceOfCompiled(one)),
    );
  });

  test("a capability that is absent stays absent", () => {
    const capabilities = capabilitiesExcept({ alpn: gap("ALPN") });
    expect(polluted({ probe: () => true }, () => capabilityState(capabilities, "alpn"))).toEqual(gap("ALPN"));
  });
});

test("a key in the place of an option's name is not repeated", () => {
  const pem = `-----BEGIN PRIVATE KEY-----\n${"secret".repeat(40)}\n-----END PRIVATE KEY-----\n`;
  for (const name of [pem, "secret".repeat(40)]) {
    const error = refusal(() => new CertificateOptions({ [name]: true } as never));
    expect(error.code).toBe("OPTION_UNKNOWN");
    expect(JSON.stringify(error)).not.toContain("secret".repeat(6));
  }
});

function essence(options: CertificateOptions): unknown {
  const { identity: own, trustRoot, warnings: _, ...rest } = options;
  return { ...rest, identity: own?.id, trust: trustRoot === "platform" ? trustRoot : idsOf(trustRoot) };
}

function essenceOfCompiled(value: unknown): unknown {
  const { identity: own, trust, ...rest } = value as ReturnType<typeof compile>;
  return { ...rest, identity: own?.id, trust: trust === "platform" ? trust : idsOf(trust) };
}

function idsOf(trust: TrustRoot | ReloadingTrust | undefined): string[] | undefined {
  const set = trust instanceof ReloadingTrust ? trust.current : trust;
  return set?.certificates.map(({ id }) => id);
}
