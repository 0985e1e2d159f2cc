// Runs conformance cases in this very runtime; one line of JSON per case, after one that says what runtime this is.
// Arguments: the adapter's name, then ids, or none for all.

import process from "node:process";
import { conformanceCases, runConformanceCase } from "@tlskit/transport/conformance";

const [runtime = "", ...wanted] = process.argv.slice(2);
const adapter = (await import(`@tlskit/transport-${runtime}`)) as typeof import("@tlskit/transport-node");
const context = { runtime, transport: adapter, capabilities: adapter.capabilities };
const cases = wanted.length === 0 ? conformanceCases : conformanceCases.filter(({ id }) => wanted.includes(id));

say({ version: versionHere() });
for (const one of cases) say(await runConformanceCase(one, context));
// What cases leave behind must not keep the process.
process.exit();

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function versionHere(): string {
  const { bun, deno, node = "" } = process.versions;
  return bun === undefined ? (deno === undefined ? `node ${node}` : `deno ${deno}`) : `bun ${bun}`;
}
