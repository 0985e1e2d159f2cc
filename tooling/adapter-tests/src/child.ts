// For the programs that the tests start: runs cases in this very runtime.

import process from "node:process";
import {
  type ConformanceCase,
  type ConformanceContext,
  conformanceCases,
  runConformanceCase,
} from "@tlskit/transport/conformance";

/**
 * Runs cases, one after the other, and prints one line of JSON for each. Without ids, all of them.
 *
 * @returns whether all hold: cases that have failed may leave behind what keeps a process
 */
export async function reportCases(
  cases: readonly ConformanceCase[],
  context: ConformanceContext,
  ids: readonly string[] = [],
): Promise<boolean> {
  let allHold = true;
  for (const one of cases) {
    if (ids.length > 0 && !ids.includes(one.id)) continue;
    const result = await runConformanceCase(one, context);
    allHold &&= result.ok;
    process.stdout.write(`${JSON.stringify(result)}\n`);
  }
  return allHold;
}

/** The conformance cases that are about refusing peers. */
export function refusalCases(): readonly ConformanceCase[] {
  const first = conformanceCases.findIndex(({ id }) => id === "wrong-name");
  const last = conformanceCases.findIndex(({ id }) => id === "tls12-only-server");
  return [...conformanceCases.slice(first, last), ...conformanceCases.filter(({ id }) => id.startsWith("starttls"))];
}
