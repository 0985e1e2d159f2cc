// `pnpm bench SUITE [--json] [--corpus FILE] [--rounds N] [--only TEXT]`: measures the built packages against others.

import { parseArgs } from "node:util";
import { compareAll } from "./compare.ts";
import { describeMachine, formatTable, type Report } from "./report.ts";
import { defaultCorpus, readCorpus } from "./x509/corpus.ts";
import { child, comparisons } from "./x509/suite.ts";

const usage = `usage: pnpm bench x509 [--json] [--corpus FILE] [--rounds N] [--only TEXT]

  --json         one JSON document on stdout: { suite, machine, results }
  --corpus FILE  certificates in PEM; default ${defaultCorpus}
  --rounds N     how often each case runs, each time in a fresh process; default 5
  --only TEXT    only the metrics whose name contains this

The exit code is 1 if a target is missed.`;

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      corpus: { type: "string", default: defaultCorpus },
      rounds: { type: "string", default: "5" },
      only: { type: "string", default: "" },
      help: { type: "boolean", default: false },
    },
  });
  const rounds = Number(values.rounds);
  if (
    values.help ||
    positionals.length !== 1 ||
    positionals[0] !== "x509" ||
    !(Number.isInteger(rounds) && rounds > 0)
  ) {
    console.error(usage);
    return values.help ? 0 : 2;
  }
  const rows = comparisons(readCorpus(values.corpus).ders.length).filter(({ metric }) => metric.includes(values.only));
  if (rows.length === 0) throw new Error(`no metric contains ${JSON.stringify(values.only)}`);
  const progress = (text: string): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
  };
  const results = await compareAll(rows, { child, arguments: [values.corpus], rounds, progress });
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  const report: Report = { suite: "x509", machine: describeMachine(), results };
  console.log(values.json ? JSON.stringify(report, null, 2) : formatTable(report));
  return results.every(({ met }) => met) ? 0 : 1;
}
