// `pnpm faults [--runtime R]… [--fault NAME]… [--json]`

import process from "node:process";
import { parseArgs } from "node:util";
import type { CaseResult } from "@tlskit/cases";
import { complain, finish, runtimesOf } from "../arguments.ts";
import { faults, faultsOf } from "./faults.ts";

const usage = `usage: pnpm faults [--runtime R]… [--fault NAME]… [--json]

  --runtime R   node, bun, deno, node-22, node-24; default: all of them
  --fault NAME  default: all of them`;

process.exitCode = await main().catch((error: unknown) => complain(error, usage));

async function main(): Promise<number> {
  const several = { type: "string", multiple: true } as const;
  const options = { runtime: several, fault: several, json: { type: "boolean", default: false } } as const;
  const { values } = parseArgs({ options });
  const cases: CaseResult[] = [];
  const progress = (text: string): boolean => process.stderr.write(`${text}\n`);
  for (const name of runtimesOf(values.runtime)) cases.push(...(await faults(name, progress, faultsOf(values.fault))));
  return finish(cases, values.json);
}
