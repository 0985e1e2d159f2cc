// `pnpm bench SUITE [--json] [--corpus FILE] [--rounds N] [--only TEXT]`: measures the built packages against others.

import { parseArgs } from "node:util";
import { type Comparison, compareAll } from "./compare.ts";
import { describeMachine, formatTable, type Report } from "./report.ts";
import * as transport from "./transport/suite.ts";
import * as verify from "./verify/suite.ts";
import { defaultCorpus, readCorpus } from "./x509/corpus.ts";
import * as x509 from "./x509/suite.ts";

const usage = `usage: pnpm bench x509|verify|transport [--json] [--corpus FILE] [--rounds N] [--only TEXT]

  --json         one JSON document on stdout: { suite, machine, results }
  --corpus FILE  certificates in PEM, for x509 and transport; default ${defaultCorpus}
  --rounds N     how often each case runs, each time in a fresh process; default 5
  --only TEXT    only the metrics whose name contains this

The exit code is 1 if a target is missed.`;

interface Suite {
  readonly child: string;
  /** For suites that run on more than this Node. */
  readonly command?: (name: string) => Promise<readonly [string, ...string[]]>;
  readonly rows: (corpus: string) => readonly Comparison[];
}

const suites: Readonly<Record<string, Suite>> = {
  x509: { child: x509.child, rows: (corpus) => x509.comparisons(readCorpus(corpus).ders.length) },
  verify: { child: verify.child, rows: verify.comparisons },
  transport: {
    child: transport.child,
    command: transport.commandOfCase,
    rows: (corpus) => transport.comparisons(readCorpus(corpus).blocks.length),
  },
};

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
  const [name = "", ...more] = positionals;
  const suite = suites[name];
  if (values.help || suite === undefined || more.length > 0 || !(Number.isInteger(rounds) && rounds > 0)) {
    console.error(usage);
    return values.help ? 0 : 2;
  }
  const rows = suite.rows(values.corpus).filter(({ metric }) => metric.includes(values.only));
  if (rows.length === 0) throw new Error(`no metric contains ${JSON.stringify(values.only)}`);
  const progress = (text: string): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
  };
  const { child, command } = suite;
  const run = { child, arguments: [values.corpus], rounds, progress, ...(command !== undefined && { command }) };
  const results = await compareAll(rows, run);
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  const report: Report = { suite: name, machine: describeMachine(), results };
  console.log(values.json ? JSON.stringify(report, null, 2) : formatTable(report));
  return results.every(({ met }) => met) ? 0 : 1;
}
