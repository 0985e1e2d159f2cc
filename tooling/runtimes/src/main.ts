// `pnpm conformance:runtimes [--json] [--runtime NAME]… [--sources] [CASE…]`: the conformance suite on every runtime,
// with the packages as they are published.

import process from "node:process";
import { parseArgs } from "node:util";
import { type CaseResult, count, jsonReport, textReport } from "@tlskit/cases";
import { conformanceCases } from "@tlskit/transport/conformance";
import { runConformance } from "./conformance.ts";
import { isRuntime, RUNTIMES } from "./runtime.ts";

const usage = `usage: pnpm conformance:runtimes [--json] [--runtime NAME]… [--sources] [CASE…]

  --json          one JSON document on stdout
  --runtime NAME  ${RUNTIMES.join(", ")}; default: all of them
  --sources       the packages as they are written, not as they are built
  CASE            ids of cases; default: all of them`;

const options = {
  json: { type: "boolean", default: false },
  runtime: { type: "string", multiple: true },
  sources: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

process.exitCode = await main();

async function main(): Promise<number> {
  const given = readArguments();
  if (typeof given === "string") return complain(`${given}\n\n${usage}`);
  if (given.help) return complain(usage, 0);
  const cases: CaseResult[] = [];
  for (const name of given.runtimes) {
    process.stderr.write(`${name} … `);
    const results = await runConformance(name, given);
    const { passed, failed } = count(results);
    process.stderr.write(`${passed} passed, ${failed} failed\n`);
    cases.push(...results);
  }
  process.stdout.write(`${(given.json ? jsonReport : textReport)(cases)}\n`);
  return cases.every(({ ok }) => ok) ? 0 : 1;
}

function readArguments() {
  try {
    const { values, positionals: only } = parseArgs({ allowPositionals: true, options });
    const names = values.runtime ?? RUNTIMES;
    const wrong = names.find((name) => !isRuntime(name));
    if (wrong !== undefined) return `There is no runtime "${wrong}".`;
    const unknown = only.find((id) => !conformanceCases.some((one) => one.id === id));
    if (unknown !== undefined) return `There is no case "${unknown}".`;
    const packages: "sources" | "built" = values.sources ? "sources" : "built";
    return { runtimes: names.filter(isRuntime), only, packages, json: values.json, help: values.help };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function complain(message: string, code: number = 2): number {
  process.stderr.write(`${message}\n`);
  return code;
}
