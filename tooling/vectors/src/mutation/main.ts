// `pnpm mutate:verify [TEXT]`: puts one fault after the other into the rules of verify, and lists the faults that no test
// sees. Exit code 0: every fault is seen, or is listed as one that changes nothing; 1: one is not. Takes the better part
// of an hour. TEXT: only in files whose name contains it.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { type Mutant, mutantsOf } from "./mutants.ts";

const verify = fileURLToPath(new URL("../../../../packages/verify/", import.meta.url));
const config = fileURLToPath(new URL("../../mutation.vitest.config.ts", import.meta.url));
const vitest = fileURLToPath(new URL("../../../../node_modules/.bin/vitest", import.meta.url));
// What decides: not what is printed, counted or typed.
const DECISIVE = [
  "rules/",
  "revocation/",
  "identity/",
  "transparency/",
  "search/path-search.ts",
  "judge.ts",
  "search/link-memo.ts",
  "rules/policy-graph.ts",
  "decide.ts",
  "input/genuine.ts",
  "input/moment.ts",
  "search/certificate-set.ts",
  "anchors/read-anchor.ts",
  "anchors/trust-limits.ts",
];

const folder = mkdtempSync(join(tmpdir(), "tlskit-mutants-"));

try {
  process.exitCode = main(process.argv[2] ?? "");
} finally {
  rmSync(folder, { recursive: true });
}

function main(only: string): number {
  const harmless = readHarmless();
  const survivors: Mutant[] = [];
  const seen = new Set<string>();
  let count = 0;
  const [any, ...others] = allMutants(only);
  if (any === undefined) throw new Error(`No file that decides anything has "${only}" in its name.`);
  const whole = { ...any, source: readFileSync(`${verify}src/${any.file}`, "utf8") };
  if (isSeenBy(whole, testsFor(any.file))) throw new Error("The tests fail without any fault in the sources.");
  const suspects: Mutant[] = [];
  for (const mutant of [any, ...others]) {
    const key = `${mutant.file} ${mutant.id}`;
    seen.add(key);
    count++;
    if (!harmless.has(key) && !isSeenBy(mutant, testsFor(mutant.file))) {
      suspects.push(mutant);
      process.stderr.write(`${mutant.file}:${mutant.line}: the nearest tests do not see it: ${mutant.id}\n`);
    }
  }
  for (const mutant of suspects) {
    if (isSeenBy(mutant, [])) continue;
    survivors.push(mutant);
    process.stdout.write(`${mutant.file}:${mutant.line}: no test sees it: ${mutant.id}\n`);
  }
  const stale = [...harmless].filter((key) => key.startsWith(only) && !seen.has(key));
  for (const key of stale) process.stdout.write(`listed as harmless, but there is no such fault: ${key}\n`);
  const failed = survivors.length + (only === "" ? stale.length : 0);
  const skipped = [...seen].filter((key) => harmless.has(key)).length;
  process.stdout.write(`${count - survivors.length - skipped} passed, ${failed} failed, ${skipped} skipped\n`);
  return failed === 0 ? 0 : 1;
}

function allMutants(only: string): readonly Mutant[] {
  const files = readdirSync(`${verify}src`, { recursive: true, encoding: "utf8" }).filter(isDecisive).sort();
  return files
    .filter((file) => file.includes(only))
    .flatMap((file) => mutantsOf(file, readFileSync(`${verify}src/${file}`, "utf8")));
}

function isDecisive(file: string): boolean {
  if (!file.endsWith(".ts") || file.endsWith(".test.ts")) return false;
  return DECISIVE.some((part) => file.startsWith(part));
}

// The tests that are likely to see it come first, because they take a second and all of them half a minute.
function testsFor(file: string): readonly string[] {
  if (file.startsWith("revocation/")) {
    const crls = ["crl", "crl-delta-indirect", "revocation-edges"];
    const parts = [...crls, "ocsp", "revocation", "revocation-fetch", "check-revocation"];
    return parts.map((part) => `test/${part}.test.ts`);
  }
  if (file.startsWith("identity/")) return ["src/identity"];
  if (file.startsWith("transparency/")) return ["test/transparency.test.ts"];
  return [
    "test/rules.test.ts",
    "test/trust-limits.test.ts",
    "test/verify-path.test.ts",
    "test/name-constraints.test.ts",
  ];
}

function isSeenBy(mutant: Mutant, tests: readonly string[]): boolean {
  const file = join(folder, "mutant.json");
  writeFileSync(file, JSON.stringify(mutant));
  const { status } = spawnSync(vitest, ["run", "--config", config, ...tests], {
    cwd: verify,
    env: { ...process.env, TLSKIT_MUTANT: file },
    stdio: "ignore",
    // A fault may take the end from a loop.
    timeout: 180_000,
    killSignal: "SIGKILL",
  });
  return status !== 0;
}

function readHarmless(): ReadonlySet<string> {
  const list: readonly { file: string; id: string }[] = JSON.parse(
    readFileSync(new URL("../../data/harmless-mutants.json", import.meta.url), "utf8"),
  );
  return new Set(list.map(({ file, id }) => `${file} ${id}`));
}
