import { rootCertificates } from "node:tls";
import { createTestCa } from "@tlskit/testing";
import { Certificate } from "@tlskit/x509";
import { describe, expect, test } from "vitest";
import { decision } from "../test/decision.ts";
import { FakeSecurity, type Mac, POLICY, RESULT, type SettingsOf, settingsList } from "../test/macos.ts";
import { refusal } from "../test/refusal.ts";
import { type CommandRunner, platformTrust, type TrustRoot } from "./index.ts";

const [one, two, three] = rootCertificates.map((pem) => Certificate.fromPem(pem)) as [
  Certificate,
  Certificate,
  Certificate,
];
const ca = await createTestCa({ name: "corporate" });
const intermediate = await ca.createIntermediate();
const leaf = await intermediate.issue("www.example.org");
const all = ["server", "client", "codeSigning", "email", "timeStamping", "ocspSigning"];

async function load(mac: Mac): Promise<TrustRoot> {
  const tool = new FakeSecurity(mac);
  return await platformTrust({ os: "darwin", environment: {}, commands: tool.commands, fileSystem: tool.fileSystem });
}

function decide(trust: TrustRoot): Promise<string> {
  return decision({ leaf, intermediates: leaf.chain, trust, purpose: "server" });
}

describe("TRU-08: the store of macOS", () => {
  test("what ships with it is trusted, and what stands in other keychains is not by itself", async () => {
    const root = await load({ systemRoots: [one, two], systemKeychain: [ca.certificate], userKeychains: [three] });
    expect(root.certificates.map(({ id }) => id)).toEqual([one.id, two.id]);
    expect(root.source.kind).toBe("system");
    expect(root.why(two).origins).toEqual([
      {
        kind: "system",
        location: "/System/Library/Keychains/SystemRootCertificates.keychain",
        line: one.toPem().split("\n").length,
      },
    ]);
  });

  test("asks the tool by its absolute path, and for each keychain and domain", async () => {
    const tool = new FakeSecurity({ systemRoots: [one] });
    await platformTrust({ os: "darwin", environment: {}, commands: tool.commands, fileSystem: tool.fileSystem });
    expect(tool.calls).toEqual([
      [
        "/usr/bin/security",
        "find-certificate",
        "-a",
        "-p",
        "/System/Library/Keychains/SystemRootCertificates.keychain",
      ],
      ["/usr/bin/security", "find-certificate", "-a", "-p", "/Library/Keychains/System.keychain"],
      ["/usr/bin/security", "find-certificate", "-a", "-p"],
      ["/usr/bin/security", "trust-settings-export", expect.stringMatching(/^\/private\/tmp\//)],
      ["/usr/bin/security", "error", "-25263"],
      ["/usr/bin/security", "trust-settings-export", "-d", expect.any(String)],
      ["/usr/bin/security", "trust-settings-export", "-s", expect.any(String)],
    ]);
  });

  const trustRoot = { result: RESULT.trustRoot };
  const deny = { result: RESULT.deny };
  const ssl = { policy: POLICY.ssl, policyName: "sslServer" };
  const cases: readonly [string, Omit<Mac, "systemRoots">, readonly string[] | "no anchor" | "distrusted"][] = [
    ["the user, without limits", { user: list([]) }, all],
    ["the administrator, without limits", { admin: list([]) }, all],
    ["the system, without limits", { system: list([]) }, all],
    ["a result that says root", { user: list([trustRoot]) }, all],
    ["no list, which is how macOS writes trust without limits", { admin: list(undefined) }, all],
    ["a denial without limits, trust without a list", { user: list([deny]), admin: list(undefined) }, "distrusted"],
    [
      "the policy for servers, as text",
      { admin: list([{ policyOid: "1.2.840.113635.100.1.3", ...trustRoot }]) },
      ["server", "client"],
    ],
    ["a newer policy, as text", { admin: list([{ policyOid: "1.2.840.113635.100.1.90", ...trustRoot }]) }, "no anchor"],
    ["trust in a place of a root's, which it is itself", { user: list([{ result: RESULT.trustAsRoot }]) }, "no anchor"],
    ["no result, which says root", { user: list([ssl]) }, ["server"]],
    ["the policy for servers", { admin: list([{ ...ssl, ...trustRoot }]) }, ["server"]],
    ["the policy for clients", { admin: list([{ ...ssl, policyName: "sslClient", ...trustRoot }]) }, ["client"]],
    [
      "the policy for TLS, without its name",
      { admin: list([{ policy: POLICY.ssl, ...trustRoot }]) },
      ["server", "client"],
    ],
    [
      "mail and servers, in two domains",
      { user: list([{ policy: POLICY.smime }]), admin: list([ssl]) },
      ["server", "email"],
    ],
    ["a use of the key that signs certificates", { user: list([{ ...ssl, keyUsage: 8 }]) }, ["server"]],
    ["any use of the key", { user: list([{ ...ssl, keyUsage: -1 }]) }, ["server"]],
    ["basic X.509 alone", { user: list([{ policy: POLICY.basicX509, ...trustRoot }]) }, "no anchor"],
    ["settings of another certificate", { user: settingsList([three, []]) }, "no anchor"],
    ["a result that says nothing", { user: list([{ result: RESULT.unspecified }]) }, "no anchor"],
    ["one program", { user: list([{ ...trustRoot, application: true }]) }, "no anchor"],
    ["one host", { user: list([{ ...ssl, ...trustRoot, policyString: "nas.local" }]) }, "no anchor"],
    ["another use of the key", { user: list([{ ...ssl, keyUsage: 1 }]) }, "no anchor"],
    ["a denial", { user: list([deny]) }, "distrusted"],
    ["a denial for servers", { user: list([{ ...ssl, ...deny }]) }, "distrusted"],
    ["a denial for one host", { user: list([{ ...ssl, ...deny, policyString: "nas.local" }]) }, "distrusted"],
    ["a denial by the user, trust by the administrator", { user: list([deny]), admin: list([]) }, "distrusted"],
    [
      "a denial by the administrator, trust by the user",
      { user: list([trustRoot]), admin: list([deny]) },
      "distrusted",
    ],
    ["a denial by the system, trust by the user", { user: list([trustRoot]), system: list([deny]) }, "distrusted"],
    ["trust and denial in one list", { user: list([trustRoot, deny]) }, "distrusted"],
    [
      "a denial for mail, trust for all",
      { user: list([]), admin: list([{ policy: POLICY.smime, ...deny }]) },
      all.filter((one) => one !== "email"),
    ],
    ["a denial in one program, trust for all", { user: list([{ ...deny, application: true }]), admin: list([]) }, all],
  ];

  function list(constraints: SettingsOf[1]): string {
    return settingsList([ca.certificate, constraints]);
  }

  test.each(cases)("an added CA with %s", async (_what, settings, expected) => {
    const root = await load({ systemRoots: [one], systemKeychain: [ca.certificate], ...settings });
    expect(root.why(one).trusted).toBe(true);
    if (expected === "distrusted") {
      expect(root.why(ca.certificate)).toMatchObject({ trusted: false, distrust: { by: "certificate" } });
      expect(await decide(root)).toBe(
        root.find(ca.certificate) === undefined ? "UNKNOWN_ISSUER" : "CERTIFICATE_DISTRUSTED",
      );
    } else if (expected === "no anchor") {
      expect(root.why(ca.certificate)).toMatchObject({ trusted: false, origins: [] });
      expect(await decide(root)).toBe("UNKNOWN_ISSUER");
    } else {
      const anchor = root.find(ca.certificate);
      expect(anchor?.purposes ?? all).toEqual(expected);
      expect(await decide(root)).toBe(expected.includes("server") ? "accepted" : "ANCHOR_RESTRICTED");
    }
  });

  test.each<[string, SettingsOf[1], boolean]>([
    ["as root", [{ result: RESULT.trustAsRoot }], true],
    ["as root for servers", [{ ...ssl, result: RESULT.trustAsRoot }], true],
    ["as a root, which it is not", [trustRoot], false],
    ["without a list, which is for roots", undefined, false],
    ["by an empty list, which is for roots", [], false],
  ])("an intermediate that is trusted %s", async (_what, constraints, trusted) => {
    const root = await load({
      systemRoots: [one],
      systemKeychain: [intermediate.certificate],
      admin: settingsList([intermediate.certificate, constraints]),
    });
    expect(root.why(intermediate.certificate).trusted).toBe(trusted);
    expect(root.skipped.length).toBe(trusted ? 0 : 1);
    expect(await decide(root)).toBe(trusted ? "accepted" : "UNKNOWN_ISSUER");
  });

  test("what a user trusts a root of the system for does not end what the system trusts it for", async () => {
    const root = await load({
      systemRoots: [one, two],
      user: settingsList([one, [{ policy: POLICY.smime, ...trustRoot }]], [two, [{ policy: POLICY.smime, ...deny }]]),
    });
    expect(root.find(one)?.purposes).toBeUndefined();
    expect(root.find(two)?.purposes).toEqual(all.filter((purpose) => purpose !== "email"));
  });

  test("a domain without settings is told from one that cannot be read by the tool's own text, in any language", async () => {
    const noTrustSettings = "Es wurden keine Vertrauenseinstellungen gefunden.";
    const root = await load({ systemRoots: [one], systemKeychain: [ca.certificate], admin: list([]), noTrustSettings });
    expect(root.certificates.map(({ id }) => id)).toEqual([one.id, ca.certificate.id]);
  });

  test("a tool that does not say what it writes for no settings has failed", async () => {
    for (const answer of [undefined, { exitCode: 0, stdout: new Uint8Array(), stderr: "" }]) {
      const tool = new FakeSecurity({ systemRoots: [one] });
      const run: CommandRunner["run"] = async (_program, args) => (args[0] === "error" ? answer : tool.answer(args));
      const options = { os: "darwin", environment: {}, fileSystem: tool.fileSystem };
      const error = await refusal(platformTrust({ ...options, commands: { ...tool.commands, run } }));
      expect(error).toMatchObject({ code: "TRUST_TOOL_FAILED", details: { args: ["trust-settings-export"] } });
    }
  });

  test("trust that holds for one program, host or use is listed as skipped", async () => {
    const root = await load({
      systemRoots: [one],
      systemKeychain: [ca.certificate],
      user: list([{ ...trustRoot, application: true }]),
    });
    expect(root.skipped).toMatchObject([
      { error: { code: "TRUST_FOR_NOTHING", details: { sha256: ca.certificate.id } } },
    ]);
  });

  test("a root of the system can be denied, and limited", async () => {
    const root = await load({
      systemRoots: [one, two, three],
      user: settingsList([one, [deny]]),
      system: settingsList([two, [{ policy: POLICY.smime, ...trustRoot }]], [three, []]),
    });
    expect(root.why(one)).toMatchObject({ trusted: false, distrust: { by: "certificate" } });
    expect(root.find(two)?.purposes).toEqual(["email"]);
    expect(root.find(three)?.purposes).toBeUndefined();
  });

  test("a denial of an intermediate or a leaf counts, in a keychain or not", async () => {
    for (const certificate of [intermediate.certificate, leaf]) {
      for (const keychain of [[ca.certificate, Certificate.fromDer(certificate.der)], [ca.certificate]]) {
        const root = await load({
          systemRoots: [one],
          systemKeychain: keychain,
          admin: settingsList([ca.certificate, []]),
          user: settingsList([Certificate.fromDer(certificate.der), [deny]]),
        });
        expect(await decide(root)).toBe("CERTIFICATE_DISTRUSTED");
        expect(root.why(certificate).distrust?.by).toBe(keychain.length === 2 ? "certificate" : "serial-number");
      }
    }
  });

  test("settings for roots that have none of their own", async () => {
    const root = await load({
      systemRoots: [one, two],
      user: settingsList([two, []]),
      system: settingsList(["kSecTrustRecordDefaultRootCert", [deny]]),
    });
    expect(root.certificates.map(({ id }) => id)).toEqual([two.id]);
    expect(root.why(one).distrust?.by).toBe("certificate");
  });

  test.each<[string, Partial<CommandRunner>, string]>([
    ["may not be run", { run: () => Promise.reject(new Error("NotCapable")) }, "TRUST_TOOL_FAILED"],
    [
      "fails",
      { run: async () => ({ exitCode: 1, stdout: new Uint8Array(), stderr: "security: no keychain" }) },
      "TRUST_TOOL_FAILED",
    ],
    [
      "is ended",
      { run: async () => ({ exitCode: undefined, stdout: new Uint8Array(), stderr: "" }) },
      "TRUST_TOOL_FAILED",
    ],
  ])("a tool that %s is an error, and nothing takes its place", async (_what, commands, code) => {
    const tool = new FakeSecurity({ systemRoots: [one] });
    const options = { os: "darwin", environment: {}, fileSystem: tool.fileSystem };
    const error = await refusal(platformTrust({ ...options, commands: { ...tool.commands, ...commands } }));
    expect(error.code).toBe(code);
    expect(error.details).toMatchObject({
      program: "/usr/bin/security",
      args: expect.arrayContaining(["find-certificate"]),
    });
  });

  test("settings of a domain that cannot be read are an error: they may be denials", async () => {
    const tool = new FakeSecurity({ systemRoots: [one] });
    const broken: CommandRunner = {
      ...tool.commands,
      run: async (_program, args) =>
        args[0] === "trust-settings-export" && args[1] === "-d"
          ? { exitCode: 1, stdout: new Uint8Array(), stderr: "User interaction is not allowed." }
          : tool.answer(args),
    };
    const options = { os: "darwin", environment: {}, fileSystem: tool.fileSystem };
    const error = await refusal(platformTrust({ ...options, commands: broken }));
    expect(error).toMatchObject({
      code: "TRUST_TOOL_FAILED",
      details: { problem: "User interaction is not allowed." },
    });
    for (const text of [
      "",
      "bplist00",
      settingsList([one, [{ result: 9 }]]),
      settingsList(["12", []]),
      settingsList([one, []]).replace(">1<", ">2<"),
    ]) {
      const unread = await refusal(load({ systemRoots: [one], user: text }));
      expect(unread).toMatchObject({ code: "TRUST_TOOL_FAILED", cause: { code: "PROPERTY_LIST_INVALID" } });
    }
  });

  test("without the tool, the runtime's reading of the store serves, and the source says so", async () => {
    const commands: CommandRunner = { run: async () => undefined, withTemporaryFile: async () => expect.unreachable() };
    const runtimeCertificates = async (name: string) => ({ name: `the ${name} list`, pem: [one.toPem()] });
    const root = await platformTrust({ os: "darwin", environment: {}, commands, runtimeCertificates });
    expect(root.source).toMatchObject({ kind: "runtime", locations: ["the system list"] });
  });

  test("a store without roots is an error", async () => {
    expect((await refusal(load({ systemKeychain: [ca.certificate] }))).code).toBe("TRUST_SOURCE_EMPTY");
  });

  test("an explicit source is read first, and the tool is not run", async () => {
    const commands: CommandRunner = {
      run: async () => expect.unreachable(),
      withTemporaryFile: async () => expect.unreachable(),
    };
    const error = await refusal(platformTrust({ os: "darwin", environment: { SSL_CERT_FILE: "/no" }, commands }));
    expect(error.code).toBe("TRUST_SOURCE_MISSING");
  });
});
