// Ours against a peer: both in fresh processes, one after the other, several times. Each round gives a ratio, so that
// what else the machine does at that time falls on both; the median of the rounds counts.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { median } from "./measure.ts";
import type { Result } from "./report.ts";

/** A row to be measured. */
export interface Comparison {
  readonly metric: string;
  readonly peer: string;
  /** Names of cases. */
  readonly ours: string;
  readonly theirs: string;
  readonly unit: string;
  /** Times this, what a case measures is in `unit`. */
  readonly scale: number;
  /** What is to be reached: theirs divided by ours at least, or ours at most. */
  readonly target: { readonly ratio: number } | { readonly limit: number };
  /** Is the value the same in every round? */
  readonly fixed?: boolean;
}

export interface RunOptions {
  /** The program that runs one case: `child NAME ARGUMENTS…` prints a number. */
  readonly child: string;
  /** The command line that runs a program for a case; by default this very Node. */
  readonly command?: (name: string) => Promise<readonly [string, ...string[]]>;
  readonly arguments: readonly string[];
  readonly rounds: number;
  readonly progress: (text: string) => void;
}

/** Measures all rows: each round runs every case once. */
export async function compareAll(rows: readonly Comparison[], options: RunOptions): Promise<Result[]> {
  const measured = new Map<string, number[]>();
  for (let round = 0; round < options.rounds; round++) {
    const wanted = rows.filter((row) => round === 0 || row.fixed !== true);
    for (const name of new Set(wanted.flatMap(({ ours, theirs }) => [ours, theirs]))) {
      options.progress(`round ${round + 1} of ${options.rounds}: ${name}`);
      const values = measured.get(name) ?? [];
      values.push(await runCase(name, options));
      measured.set(name, values);
    }
  }
  return rows.map((row) => result(row, measured.get(row.ours) ?? [], measured.get(row.theirs) ?? []));
}

function result(row: Comparison, ours: readonly number[], theirs: readonly number[]): Result {
  const { metric, peer, unit, scale, target } = row;
  const ratio = median(ours.map((value, round) => (theirs[round] ?? Number.NaN) / value));
  const mine = median(ours) * scale;
  const met = "ratio" in target ? ratio >= target.ratio : mine <= target.limit;
  const text =
    "ratio" in target ? `>= ${Number(target.ratio.toFixed(3))}x` : `<= ${Number(target.limit.toFixed(3))} ${unit}`;
  return { metric, peer, ours: mine, theirs: median(theirs) * scale, unit, ratio, target: text, met };
}

async function runCase(name: string, { child, command, arguments: more }: RunOptions): Promise<number> {
  const [program, ...flags] = command === undefined ? [process.execPath] : await command(name);
  const { stdout } = await promisify(execFile)(program, [...flags, child, name, ...more], { env: environment });
  const value: unknown = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
  if (typeof value !== "number" || !Number.isFinite(value)) throw new Error(`${name} measured nothing: ${stdout}`);
  return value;
}

// Flags for the parent must not change what is measured.
const { NODE_OPTIONS: _, ...environment } = process.env;
