// Runs conformance cases in this very runtime; one line of JSON per case. Arguments: ids, or none for all.

import { type ConformanceResult, conformanceCases, runConformanceCase } from "@tlskit/transport/conformance";
import { capabilities, connect, listen, startTls, wrapTls } from "../src/index.ts";

const context = { runtime: "node", transport: { connect, listen, startTls, wrapTls }, capabilities };
const wanted = process.argv.slice(2);
const cases = wanted.length === 0 ? conformanceCases : conformanceCases.filter(({ id }) => wanted.includes(id));

function report(result: ConformanceResult): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

for (const one of cases) report(await runConformanceCase(one, context));
