/** The command as a person runs it: what it prints, and its exit code. On the vectors' format, with cases made here. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { createTestCa } from "@tlskit/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCases } from "../src/index.ts";
import type { PathCase } from "../src/path-case.ts";
import { commandOf, RUNTIMES } from "../src/runtime.ts";
import type { CrlCase } from "../src/status-case.ts";

const folder = mkdtempSync(join(tmpdir(), "tlskit-vectors-"));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string): string => join(folder, name);
let good: PathCase;

beforeAll(async () => {
  const root = await createTestCa();
  const ca = await root.createIntermediate();
  const leaf = await ca.issue("a.example");
  good = {
    id: "made::good",
    features: [],
    validation_kind: "SERVER",
    trusted_certs: [root.caPem],
    untrusted_intermediates: leaf.chain.map((one) => one.toPem()),
    peer_certificate: leaf.toPem(),
    validation_time: null,
    expected_result: "SUCCESS",
    expected_peer_name: { kind: "DNS", value: "a.example" },
    expected_peer_names: [],
    max_chain_depth: null,
    crls: [],
  };
  const bad: PathCase = { ...good, id: "made::bad", expected_result: "FAILURE", trusted_certs: [] };
  const wrong: PathCase = { ...good, id: "made::wrong", expected_peer_name: { kind: "DNS", value: "b.example" } };
  writeFileSync(file("right.json"), JSON.stringify({ version: 1, testcases: [good, bad] }));
  writeFileSync(file("right.json.gz"), gzipSync(JSON.stringify({ version: 1, testcases: [good, bad] })));
  writeFileSync(file("wrong.json"), JSON.stringify({ version: 1, testcases: [good, wrong] }));
  writeFileSync(file("unknown.json"), JSON.stringify({ version: 1, testcases: [{ id: "made::unknown" }] }));
  writeFileSync(file("broken.json"), "{");
});

function run(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const [command, ...flags] = commandOf("node");
  const script = fileURLToPath(new URL("../src/main.ts", import.meta.url));
  return spawnSync(command, [...flags, script, ...args], { cwd: folder, encoding: "utf8" });
}

describe("the command", () => {
  test("prints a line for each file and the counts at last, and exits with 0", () => {
    const { status, stdout, stderr } = run("right.json", "right.json.gz");
    const line = /^\S+: 2 passed, 0 failed, 0 skipped; accepts 1\/1, rejects 1\/1; slowest \d+\.\d ms \(made::\w+\)$/;
    const lines = stdout.trimEnd().split("\n");
    expect(lines).toEqual([expect.stringMatching(line), expect.stringMatching(line), "4 passed, 0 failed, 0 skipped"]);
    expect([lines[0]?.startsWith("right.json:"), lines[1]?.startsWith("right.json.gz:")]).toEqual([true, true]);
    expect([status, stderr]).toEqual([0, ""]);
  });

  test("lists what fails with what was expected, what came and why, and exits with 1", () => {
    const { status, stdout } = run("wrong.json");
    expect(stdout).toMatch(/made::wrong: expected SUCCESS, actual FAILURE \(NAME_MISMATCH: .*b\.example/);
    expect(stdout).toMatch(/accepts 1\/2, rejects 0\/0/);
    expect(stdout).toMatch(/\n1 passed, 1 failed, 0 skipped\n$/);
    expect(status).toBe(1);
  });

  test("--json prints one document and nothing else", () => {
    const { status, stdout } = run("wrong.json", "--json");
    expect(JSON.parse(stdout)).toEqual({
      passed: 1,
      failed: 1,
      skipped: 0,
      cases: [
        { id: "made::good", ok: true, expected: "SUCCESS", actual: "SUCCESS", reason: "", ms: expect.any(Number) },
        expect.objectContaining({ id: "made::wrong", ok: false, reason: expect.stringMatching(/^NAME_MISMATCH: /) }),
      ],
    });
    expect(status).toBe(1);
  });

  test("--profile is used instead of what the id says", () => {
    const { status, stdout } = run("right.json", "--profile", "webpki");
    // The test CA makes P-256 keys and no certificate policies: the CA/B Forum has nothing against that.
    expect([status, stdout]).toEqual([0, expect.stringMatching(/2 passed, 0 failed, 0 skipped\n$/)]);
  });

  test.each(RUNTIMES)("--runtime %s gives the same verdicts", (runtime) => {
    const { status, stdout } = run("wrong.json", "--json", "--runtime", runtime);
    expect(JSON.parse(stdout).cases.map(({ ok }: { ok: boolean }) => ok)).toEqual([true, false]);
    expect(status).toBe(1);
  });

  test.each([
    [["right.json", "--profile", "lax"], /There is no profile "lax"/],
    [["right.json", "--runtime", "perl"], /There is no runtime "perl"/],
    [["right.json", "--fast"], /--fast/],
    [[], /No file is given/],
    [["absent.json"], /absent\.json cannot be read/],
    [["broken.json"], /is no JSON/],
    [["unknown.json"], /made::unknown has no form that is known/],
  ])("%j is refused with a sentence, and 2", (args, sentence) => {
    const { status, stdout, stderr } = run(...args);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe("exceptions", () => {
  const exception = {
    id: "made::good",
    kind: "strength" as const,
    expected: "FAILURE",
    actual: "SUCCESS",
    reason: "known",
  };
  const listed = new Map([[exception.id, exception]]);

  test("what is listed counts as skipped", async () => {
    const wrong: PathCase = { ...good, expected_result: "FAILURE" };
    const { cases, ...counts } = await runCases("x", [wrong], listed);
    expect(counts).toMatchObject({ passed: 0, failed: 0, skipped: 1, rejects: { right: 0, all: 1 } });
    expect(cases[0]).toMatchObject({ ok: false, skipped: true, reason: "Exception: known" });
  });

  test("what is listed and right fails", async () => {
    const { cases, ...counts } = await runCases("x", [good], listed);
    expect(counts).toMatchObject({ passed: 0, failed: 1, skipped: 0 });
    expect(cases[0]?.reason).toMatch(/no exception any more/);
  });

  test("what is listed and differs in another way than listed fails", async () => {
    const other = new Map([["made::good", { ...exception, expected: "SUCCESS", actual: "FAILURE" }]]);
    const wrong: PathCase = { ...good, expected_result: "FAILURE" };
    expect(await runCases("x", [wrong], other)).toMatchObject({ failed: 1 });
  });
});

test.each([
  [["serverAuth"], "SUCCESS"],
  [["emailProtection"], "FAILURE"],
  [["anyExtendedKeyUsage"], "SUCCESS"],
])("the purpose is the case's: %j", async (extended_key_usage, actual) => {
  const wanted: PathCase = { ...good, extended_key_usage };
  const { cases } = await runCases("x", [wanted], new Map());
  expect(cases[0]).toMatchObject({ actual });
});

test.each([
  [[{ kind: "DNS", value: "a.example" }], "SUCCESS"],
  [
    [
      { kind: "DNS", value: "a.example" },
      { kind: "IP", value: "10.0.0.1" },
    ],
    "FAILURE",
  ],
  [[{ kind: "DNS", value: "a..example" }], "FAILURE"],
  [[{ kind: "RFC822", value: "no mailbox" }], "FAILURE"],
] as const)(
  "the names of a client are the case's, and one that is no name is not matched: %j",
  async (names, actual) => {
    const client: PathCase = { ...good, expected_peer_name: null, expected_peer_names: names };
    const { cases } = await runCases("x", [client], new Map());
    expect(cases[0]).toMatchObject({ actual });
  },
);

test("a certificate that cannot be read has no status, and ends nothing", async () => {
  const block = (type: string): object => ({ type, der_base64: "MAA=" });
  const crlCase = {
    id: "bssl::crl::made",
    expected: "bad",
    blocks: ["CERTIFICATE", "CA CERTIFICATE", "CRL"].map(block),
  };
  expect(await runCases("x", [crlCase as CrlCase], new Map())).toMatchObject({ passed: 1, failed: 0 });
  const wrong = { ...crlCase, expected: "good" } as CrlCase;
  expect(await runCases("x", [wrong], new Map())).toMatchObject({ passed: 0, failed: 1 });
});

describe("what decides nothing", () => {
  test("the budget, unless the case is about it", async () => {
    const many = Array.from({ length: 1_001 }, () => good.peer_certificate);
    const heavy: PathCase = { ...good, expected_result: "FAILURE", untrusted_intermediates: many };
    expect(await runCases("x", [heavy], new Map())).toMatchObject({
      passed: 0,
      failed: 1,
      rejects: { right: 0, all: 1 },
    });
    const about = { ...heavy, features: ["denial-of-service"] };
    expect(await runCases("x", [about], new Map())).toMatchObject({ passed: 1, failed: 0 });
  });

  test("an algorithm that is not supported", async () => {
    // Signed with an algorithm that nobody knows: 1.2.840.10045.4.3.9 instead of ecdsa-with-SHA256, both times.
    const der = Buffer.from(good.peer_certificate.replace(/-----.*-----/g, ""), "base64");
    const known = Buffer.from("06082a8648ce3d040302", "hex");
    for (let at = der.indexOf(known); at !== -1; at = der.indexOf(known, at + 1)) der[at + known.length - 1] = 9;
    const pem = `-----BEGIN CERTIFICATE-----\n${der.toString("base64")}\n-----END CERTIFICATE-----\n`;
    const odd: PathCase = { ...good, expected_result: "FAILURE", peer_certificate: pem };
    const { cases, ...counts } = await runCases("x", [odd], new Map());
    expect(counts).toMatchObject({ passed: 0, failed: 1 });
    expect(cases[0]?.reason).toMatch(/^ALGORITHM_UNSUPPORTED.*decided by an unsupported algorithm$/);
  });
});
