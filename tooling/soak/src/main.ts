// `pnpm soak [--runtime R]… [--connections N] [--gib N] [--json]`

import process from "node:process";
import { parseArgs } from "node:util";
import type { CaseResult } from "@tlskit/cases";
import { amountOf, complain, finish, runtimesOf } from "./arguments.ts";
import { soak } from "./soak.ts";

const usage = `usage: pnpm soak [--runtime R]… [--connections N] [--gib N] [--json]

  --runtime R      node, bun, deno, node-22, node-24; default: all of them
  --connections N  default 20000
  --gib N          both directions together; default 10`;

process.exitCode = await main().catch((error: unknown) => complain(error, usage));

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      runtime: { type: "string", multiple: true },
      connections: { type: "string", default: "20000" },
      gib: { type: "string", default: "10" },
      json: { type: "boolean", default: false },
    },
  });
  const connections = amountOf("connections", values.connections);
  const gib = amountOf("gib", values.gib);
  const cases: CaseResult[] = [];
  const progress = (text: string): boolean => process.stderr.write(`${text}\n`);
  for (const runtime of runtimesOf(values.runtime))
    cases.push(...(await soak(runtime, { connections, gib, progress })));
  return finish(cases, values.json);
}
