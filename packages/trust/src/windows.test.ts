import { rootCertificates } from "node:tls";
import { createTestCa } from "@tlskit/testing";
import { Certificate, encodeExtendedKeyUsage, encodeNameConstraints, generalSubtree } from "@tlskit/x509";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decision } from "../test/decision.ts";
import { refusal } from "../test/refusal.ts";
import { type CommandResult, type CommandRunner, platformTrust, type TrustRoot } from "./index.ts";
import { readSerializedCertificate } from "./store/serialized-certificate.ts";
import { encodeCommand, WINDOWS_SCRIPT } from "./store/windows-script.ts";

const [one, two] = rootCertificates.map((pem) => Certificate.fromPem(pem)) as [Certificate, Certificate];
const ca = await createTestCa({ name: "corporate" });
const intermediate = await ca.createIntermediate();
const leaf = await intermediate.issue("www.example.org");
const all = ["server", "client", "codeSigning", "email", "timeStamping", "ocspSigning"];
const SERVER = "1.3.6.1.5.5.7.3.1";
const EMAIL = "1.3.6.1.5.5.7.3.4";

type Property = readonly [id: number, value: Uint8Array];

/** A record of id, 1, length and value. */
function record(id: number, value: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + value.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, id, true);
  view.setUint32(4, 1, true);
  view.setUint32(8, value.length, true);
  bytes.set(value, 12);
  return bytes;
}

function serialized(certificate: Certificate, properties: readonly Property[] = []): Uint8Array {
  const hash: Property = [3, new Uint8Array(20)];
  return Buffer.concat([hash, ...properties, [32, certificate.der] as const].map(([id, value]) => record(id, value)));
}

/** A line as the script writes it. */
function line(
  store: string,
  certificate: Certificate,
  properties?: readonly Property[],
  place = "LocalMachine",
): string {
  return `${place} ${store} ${Buffer.from(serialized(certificate, properties)).toString("base64")}\r\n`;
}

function filetime(date: Date): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, (BigInt(date.getTime()) + 11_644_473_600_000n) * 10_000n, true);
  return bytes;
}

function runner(result: CommandResult | undefined, calls: string[][] = []): CommandRunner {
  return {
    run: async (program, args) => {
      calls.push([program, ...args]);
      return result;
    },
    withTemporaryFile: async () => expect.unreachable(),
  };
}

function output(text: string, exitCode = 0): CommandResult {
  return { exitCode, stdout: new TextEncoder().encode(text), stderr: exitCode === 0 ? "" : "Access is denied." };
}

async function load(...lines: readonly string[]): Promise<TrustRoot> {
  const commands = runner(output(`${lines.join("")}end\r\n`));
  return await platformTrust({ os: "win32", environment: {}, commands });
}

function decide(trust: TrustRoot, intermediates: readonly Certificate[] = leaf.chain): Promise<string> {
  return decision({ leaf, intermediates, trust, purpose: "server" });
}

describe("TRU-08: the store of Windows", () => {
  test("ROOT holds the anchors, of the machine and of the user, each once", async () => {
    const root = await load(
      line("Root", one),
      line("Root", ca.certificate, [], "CurrentUser"),
      line("Root", one, [], "CurrentUser"),
    );
    expect(root.certificates.map(({ id }) => id)).toEqual([one.id, ca.certificate.id]);
    expect(root.source.kind).toBe("system");
    expect(root.why(one).origins.map(({ location }) => location)).toEqual([
      "Cert:\\LocalMachine\\Root",
      "Cert:\\CurrentUser\\Root",
    ]);
    expect(await decide(root)).toBe("accepted");
  });

  test("CA helps to build a path, and vouches for nothing", async () => {
    const root = await load(line("Root", one), line("CA", intermediate.certificate));
    expect(root.intermediates.map(({ id }) => id)).toEqual([intermediate.certificate.id]);
    expect(root.why(intermediate.certificate).trusted).toBe(false);
    expect(await decide(root, [])).toBe("UNKNOWN_ISSUER");
    const both = await load(line("Root", ca.certificate), line("CA", intermediate.certificate));
    expect(await decide(both, [])).toBe("UNKNOWN_ISSUER");
    expect(await decide(both, both.intermediates)).toBe("accepted");
  });

  test("Disallowed beats ROOT, wherever the certificate stands", async () => {
    for (const certificate of [ca.certificate, intermediate.certificate, leaf]) {
      const root = await load(
        line("Root", one),
        line("Root", ca.certificate),
        line("Disallowed", certificate, [], "CurrentUser"),
      );
      expect(await decide(root)).toBe("CERTIFICATE_DISTRUSTED");
      expect(root.why(certificate).distrust).toEqual({ by: "certificate", source: "Cert:\\CurrentUser\\Disallowed" });
    }
  });

  const eku = (...oids: readonly string[]) =>
    oids.length === 0 ? Uint8Array.of(0x30, 0) : encodeExtendedKeyUsage(oids);
  const past = new Date("2020-01-01");
  const future = new Date("2200-01-01");
  const cases: readonly [string, readonly Property[], readonly string[] | "no anchor"][] = [
    ["no properties", [], all],
    ["purposes", [[9, eku(SERVER, EMAIL)]], ["server", "email"]],
    ["any purpose", [[9, eku("2.5.29.37.0")]], all],
    ["no purpose at all", [[9, eku()]], "no anchor"],
    ["purposes that nobody here knows", [[9, eku("1.3.6.1.4.1.311.10.3.4")]], "no anchor"],
    ["an end of trust that has come", [[104, filetime(past)]], "no anchor"],
    ["an end of trust without a date", [[104, new Uint8Array()]], "no anchor"],
    ["an end of trust since ever", [[104, new Uint8Array(8)]], "no anchor"],
    ["an end of trust that is to come", [[104, filetime(future)]], all],
    [
      "an end of trust for mail",
      [
        [104, filetime(past)],
        [122, eku(EMAIL)],
      ],
      all.filter((one) => one !== "email"),
    ],
    ["an end of trust as a CA", [[128, filetime(past)]], "no anchor"],
  ];

  test.each(cases)("a root with %s", async (_what, properties, expected) => {
    const root = await load(line("Root", one), line("Root", ca.certificate, properties));
    if (expected === "no anchor") {
      expect(root.skipped).toMatchObject([
        { location: "Cert:\\LocalMachine\\Root", error: { code: "TRUST_FOR_NOTHING" } },
      ]);
      expect(root.why(ca.certificate).trusted).toBe(false);
    } else expect(root.find(ca.certificate)?.purposes ?? all).toEqual(expected);
  });

  test("a root that must not issue after a date refuses newer leaves, for the purposes it names", async () => {
    const before = new Date(leaf.notBefore.getTime() - 1000);
    const after = new Date(leaf.notBefore.getTime() + 1000);
    const with_ = (...properties: Property[]) => load(line("Root", ca.certificate, properties));
    expect(await decide(await with_([126, filetime(before)]))).toBe("ANCHOR_DISTRUSTED");
    expect(await decide(await with_([126, filetime(after)]))).toBe("accepted");
    expect(await decide(await with_([126, filetime(before)], [127, eku(EMAIL)]))).toBe("accepted");
    expect(await decide(await with_([126, filetime(before)], [127, eku(EMAIL, SERVER)]))).toBe("ANCHOR_DISTRUSTED");
  });

  test("names that the root programme permits", async () => {
    const names = encodeNameConstraints({ permitted: [generalSubtree("example.com")] });
    expect(await decide(await load(line("Root", ca.certificate, [[84, names]])))).toBe("NAME_CONSTRAINT_VIOLATION");
  });

  test.each<[string, readonly Property[]]>([
    ["purposes", [[9, Uint8Array.of(1, 2, 3)]]],
    ["names", [[84, Uint8Array.of(0x30, 0)]]],
    ["a date", [[126, new Uint8Array(7)]]],
    ["an end of trust", [[104, new Uint8Array(3)]]],
  ])("a limit that cannot be read, %s, costs the root its trust", async (_what, properties) => {
    const root = await load(line("Root", one), line("Root", ca.certificate, properties));
    expect(root.why(ca.certificate).trusted).toBe(false);
    expect(root.skipped).toHaveLength(1);
  });

  test("runs PowerShell by its absolute path, with a script that takes no input", async () => {
    const calls: string[][] = [];
    const commands = runner(output(`${line("Root", one)}end\r\n`), calls);
    const run = (SystemRoot?: string) =>
      platformTrust({ os: "win32", environment: SystemRoot === undefined ? {} : { SystemRoot }, commands });
    for (const root of [undefined, "D:\\Win", "\\\\server\\share", 'C:\\a"b', "relative"]) await run(root);
    const powershell = (root: string) => `${root}\\System32\\WindowsPowerShell\\v1.0\\powershell.exe`;
    expect(calls.map(([program]) => program)).toEqual(
      ["C:\\Windows", "D:\\Win", "C:\\Windows", "C:\\Windows", "C:\\Windows"].map(powershell),
    );
    const [, ...args] = calls[0] ?? [];
    expect(args.slice(0, -1)).toEqual([
      "-NoLogo",
      "-NoProfile",
      "-NonInteractive",
      "-OutputFormat",
      "Text",
      "-EncodedCommand",
    ]);
    expect(Buffer.from(args.at(-1) ?? "", "base64").toString("utf16le")).toBe(WINDOWS_SCRIPT);
    expect(encodeCommand("a€")).toBe(Buffer.from("a€", "utf16le").toString("base64"));
  });

  test.each<[string, CommandResult]>([
    ["fails", output("", 1)],
    ["fails after it has written all", output(`${line("Root", one)}end\r\n`, 1)],
    ["is cut off", output(line("Root", one))],
    ["writes nothing", output("")],
    ["writes another line", output(`${line("Root", one)}Profile loaded\r\nend\r\n`)],
    ["writes another store", output(`${line("My", one)}end\r\n`)],
    ["goes on after the end", output(`end\r\n${line("Root", one)}`)],
  ])("a tool that %s is an error, and nothing takes its place", async (_what, result) => {
    const error = await refusal(platformTrust({ os: "win32", environment: {}, commands: runner(result) }));
    expect(error.code).toBe("TRUST_TOOL_FAILED");
    expect(error.message).not.toContain("JABFAHIAcg");
  });

  test("a damaged certificate is skipped, and an empty store is an error", async () => {
    const damaged = `LocalMachine Root ${Buffer.from(serialized(two).subarray(0, 200)).toString("base64")}\r\nLocalMachine Root A\r\n`;
    const root = await load(line("Root", one), damaged);
    expect(root.skipped.map(({ error }) => error.code)).toEqual([
      "SERIALIZED_CERTIFICATE_INVALID",
      "SERIALIZED_CERTIFICATE_INVALID",
    ]);
    expect((await refusal(load(damaged))).code).toBe("TRUST_SOURCE_EMPTY");
    expect((await refusal(load(line("CA", one)))).code).toBe("TRUST_SOURCE_EMPTY");
  });

  test("without the tool, the runtime's reading of the store serves, and the source says so", async () => {
    const runtimeCertificates = async (name: string) => ({ name: `the ${name} list`, pem: [one.toPem()] });
    const root = await platformTrust({
      os: "win32",
      environment: {},
      commands: runner(undefined),
      runtimeCertificates,
    });
    expect(root.source).toMatchObject({ kind: "runtime", locations: ["the system list"] });
  });
});

describe("serialized certificates", () => {
  test("records in any order; the certificate is one of them", () => {
    const bytes = Buffer.concat([record(32, one.der), record(9, Uint8Array.of(1))]);
    const { certificate, properties } = readSerializedCertificate(bytes);
    expect(certificate.id).toBe(one.id);
    expect([...(properties.get(9) ?? [])]).toEqual([1]);
  });

  test.each<[string, Uint8Array]>([
    ["nothing", new Uint8Array()],
    ["no certificate", record(9, Uint8Array.of(1))],
    ["a certificate twice", Buffer.concat([record(32, one.der), record(32, two.der)])],
    ["a cut header", Buffer.concat([record(32, one.der), new Uint8Array(11)])],
    ["a length beyond the end", Buffer.concat([record(32, one.der), record(9, new Uint8Array(9)).subarray(0, 20)])],
    ["another encoding", record(32, one.der).map((octet, index) => (index === 4 ? 2 : octet))],
  ])("%s is refused", (_what, bytes) => {
    expect(() => readSerializedCertificate(bytes)).toThrowError(
      expect.objectContaining({ code: "SERIALIZED_CERTIFICATE_INVALID" }),
    );
  });

  test("any octets are a certificate or are refused", () => {
    const damage = fc.record({
      at: fc.nat(serialized(one).length - 1),
      octet: fc.nat(255),
      length: fc.nat(serialized(one).length),
    });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 100 }), damage), (input) => {
        const bytes =
          input instanceof Uint8Array
            ? input
            : serialized(one)
                .subarray(0, input.length)
                .map((octet, index) => (index === input.at ? input.octet : octet));
        try {
          expect(readSerializedCertificate(bytes).certificate).toBeInstanceOf(Certificate);
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/^(SERIALIZED|DER|CERTIFICATE|EXTENSION)_/) });
        }
      }),
    );
  });
});
