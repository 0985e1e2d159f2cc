// For the programs that the tests start: runs cases in this very runtime.

import process from "node:process";
import {
  type ConformanceCase,
  type ConformanceContext,
  conformanceCases,
  runConformanceCase,
} from "@tlskit/transport/conformance";

/** Runs cases, one after the other, and prints one line of JSON for each. Without ids, all of them. */
export async function reportCases(
  cases: readonly ConformanceCase[],
  context: ConformanceContext,
  ids: readonly string[] = [],
): Promise<void> {
  for (const one of cases) {
    if (ids.length > 0 && !ids.includes(one.id)) continue;
    process.stdout.write(`${JSON.stringify(await runConformanceCase(one, context))}\n`);
  }
}

/** The conformance cases that are about refusing peers. */
export function refusalCases(): readonly ConformanceCase[] {
  const first = conformanceCases.findIndex(({ id }) => id === "wrong-name");
  const last = conformanceCases.findIndex(({ id }) => id === "tls12-only-server");
  return [...conformanceCases.slice(first, last), ...conformanceCases.filter(({ id }) => id.startsWith("starttls"))];
}
