// `pnpm faults [--runtime R]… [--json]`

import process from "node:process";
import { parseArgs } from "node:util";
import type { CaseResult } from "@tlskit/cases";
import { complain, finish, runtimesOf } from "../arguments.ts";
import { faults } from "./faults.ts";

const usage = `usage: pnpm faults [--runtime R]… [--json]

  --runtime R  node, bun, deno, node-22, node-24; default: all of them`;

process.exitCode = await main().catch((error: unknown) => complain(error, usage));

async function main(): Promise<number> {
  const runtime = { type: "string", multiple: true } as const;
  const { values } = parseArgs({ options: { runtime, json: { type: "boolean", default: false } } });
  const cases: CaseResult[] = [];
  const progress = (text: string): boolean => process.stderr.write(`${text}\n`);
  for (const name of runtimesOf(values.runtime)) cases.push(...(await faults(name, progress)));
  return finish(cases, values.json);
}
