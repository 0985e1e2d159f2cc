// What the two commands have in common.

import process from "node:process";
import { type CaseResult, jsonReport, textReport } from "@tlskit/cases";
import { isRuntime, RUNTIMES, type RuntimeName } from "@tlskit/runtimes";

/** The runtimes that are named, or all. @throws for a name that is none */
export function runtimesOf(names: readonly string[] | undefined): readonly RuntimeName[] {
  if (names === undefined) return RUNTIMES;
  // `node` alone is the repository's own.
  return names.map((given) => {
    const name = given === "node" ? "node-26" : given;
    if (!isRuntime(name)) throw new Error(`There is no runtime "${given}": ${["node", ...RUNTIMES].join(", ")}.`);
    return name;
  });
}

/** A number that is not negative. @throws for anything else */
export function amountOf(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value < 0) throw new Error(`--${name} ${text} is no amount.`);
  return value;
}

/** Prints, and tells the exit code. */
export function finish(cases: readonly CaseResult[], json: boolean): number {
  if (!json) for (const { id, actual, reason } of cases) process.stdout.write(`${id}: ${actual} (${reason})\n`);
  process.stdout.write(`${(json ? jsonReport : textReport)(cases)}\n`);
  return cases.every(({ ok }) => ok) ? 0 : 1;
}

/** What is wrong with the command, as a sentence. */
export function complain(error: unknown, usage: string): number {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${usage}\n`);
  return 2;
}
