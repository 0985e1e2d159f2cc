// `pnpm fuzz <package> [--seconds N] [--inputs N] [--seed N] [--target NAME]`: damages sound inputs and watches that
// every reader either accepts, or refuses with an error that has a code, within 50 ms of CPU time. Failures are
// minimised and kept in the package's test/fuzz-failures, where a test replays them.

import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type FuzzFailure, fuzz } from "./run.ts";
import { loadTargets } from "./target.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: "string" },
    inputs: { type: "string" },
    seed: { type: "string" },
    target: { type: "string", multiple: true },
  },
});
const [packageName = ""] = positionals;
if (!/^[a-z0-9-]+$/.test(packageName)) {
  console.error("usage: pnpm fuzz <package> [--seconds N] [--inputs N] [--seed N] [--target NAME]...");
  process.exit(2);
}
const seed = number(values.seed, Date.now() % 0x1_0000_0000);
const inputs = values.inputs === undefined ? undefined : number(values.inputs, 0);
const seconds =
  values.seconds === undefined && inputs === undefined ? 10 : number(values.seconds, Number.POSITIVE_INFINITY);
const all = await loadTargets(packageName);
const targets = all.filter(({ name }) => values.target?.includes(name) ?? true);
if (targets.length === 0) {
  console.error(`no such target: ${values.target}; there are ${all.map(({ name }) => name).join(", ")}`);
  process.exit(2);
}
console.log(`seed ${seed}: ${targets.map((target) => `${target.name} (${target.seeds.length} seeds)`).join(", ")}`);
const report = await fuzz(targets, { seed, seconds, ...(inputs !== undefined && { inputs }) });
for (const failure of report.failures) console.log(`${failure.target}: ${failure.error}\n  kept in ${keep(failure)}`);
const accepted = Object.entries(report.accepted).map(([name, count]) => `${name} ${count}`);
console.log(`accepted: ${accepted.join(", ")}`);
const { ms, target } = report.slowest;
console.log(`${report.inputs} inputs, ${report.failures.length} failures, slowest ${ms.toFixed(1)} ms (${target})`);
process.exitCode = report.failures.length === 0 ? 0 : 1;

function keep(failure: FuzzFailure): string {
  const hash = createHash("sha256").update(failure.input).digest("hex").slice(0, 12);
  const path = `packages/${packageName}/test/fuzz-failures/${failure.target}-${hash}.json`;
  const file = new URL(`../../../${path}`, import.meta.url);
  mkdirSync(fileURLToPath(new URL(".", file)), { recursive: true });
  const input = Buffer.from(failure.input).toString("base64");
  writeFileSync(file, `${JSON.stringify({ target: failure.target, error: failure.error, seed, input }, null, 2)}\n`);
  return path;
}

function number(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  console.error(`not a number: ${JSON.stringify(text)}`);
  process.exit(2);
}
