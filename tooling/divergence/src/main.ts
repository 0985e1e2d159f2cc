// `pnpm divergence [--json] [--record]`: where runtimes alone decide otherwise than we do, in real handshakes, compared
// with what is recorded.

import { writeFileSync } from "node:fs";
import process from "node:process";
import { parseArgs } from "node:util";
import { type CaseResult, jsonReport, textReport } from "@tlskit/cases";
import { shownCases } from "./cases.ts";
import { measure } from "./measure.ts";
import { type AskedRuntime, divergences, RECORD, recorded, type Verdict } from "./recorded.ts";
import { versions } from "./versions.ts";

const runtimes: readonly AskedRuntime[] = ["node", "bun", "deno"];

process.exitCode = await main();

async function main(): Promise<number> {
  const flag = { type: "boolean", default: false } as const;
  const { values } = parseArgs({ options: { json: flag, record: flag } });
  const cases = shownCases();
  if (cases === undefined) {
    process.stderr.write("The vectors are not at hand: TLSKIT_SHARED names their folder.\n");
    return 2;
  }
  const verdicts = await measure(cases, (text) => process.stderr.write(`${text}\n`));
  if (values.record) {
    writeFileSync(RECORD, `${JSON.stringify({ versions: await versions(), verdicts }, undefined, 2)}\n`);
    process.stderr.write(`recorded; \`pnpm generate\` makes the page of it\n`);
  }
  const results = compare(verdicts);
  if (!values.json)
    for (const { id, runtime, refuses, code } of divergences({ verdicts })) {
      process.stdout.write(`${runtime}, ${id}: only ${refuses} refuse${refuses === "we" ? "" : "s"} (${code})\n`);
    }
  process.stdout.write(`${(values.json ? jsonReport : textReport)(results)}\n`);
  return results.every(({ ok }) => ok) ? 0 : 1;
}

/** A case each, and each runtime: as recorded, or not. */
function compare(verdicts: readonly Verdict[]): CaseResult[] {
  const before = new Map(recorded().verdicts.map((one) => [one.id, one]));
  return verdicts.flatMap((one) =>
    runtimes.map((runtime): CaseResult => {
      const [expected, actual] = [before.get(one.id)?.[runtime], one[runtime]].map((said) =>
        said === undefined ? "not recorded" : `${runtime} ${said.native}, tlskit ${said.ours}`,
      );
      const id = `${runtime}/${one.id}`;
      const ok = actual === expected;
      return { id, ok, expected: expected ?? "", actual: actual ?? "", reason: ok ? "" : "--record records it", ms: 0 };
    }),
  );
}
