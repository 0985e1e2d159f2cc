// The loop: make an input, give it to the target, watch what comes of it.

import { minimise } from "./minimise.ts";
import { Mutator } from "./mutate.ts";
import { Random } from "./random.ts";
import type { FuzzTarget } from "./target.ts";

/** When to stop: after so many inputs, or so many seconds of the clock, whichever is given. */
export interface FuzzOptions {
  readonly seed: number;
  readonly inputs?: number;
  readonly seconds?: number;
  /** CPU time that one input may take, in milliseconds. */
  readonly limitMs?: number;
}

/** An input that should not have done what it did. */
export interface FuzzFailure {
  readonly target: string;
  /** What happened, in one line. */
  readonly error: string;
  /** As small as it could be made. */
  readonly input: Uint8Array;
}

/** What a run found. */
export interface FuzzReport {
  readonly inputs: number;
  readonly accepted: Readonly<Record<string, number>>;
  readonly failures: readonly FuzzFailure[];
  readonly slowest: { readonly ms: number; readonly target: string };
}

/** Runs the targets in turn. Failures of one kind count once. */
export async function fuzz(targets: readonly FuzzTarget[], options: FuzzOptions): Promise<FuzzReport> {
  const { limitMs = 50 } = options;
  const random = new Random(options.seed);
  const lanes = targets.map((target) => ({ target, mutator: new Mutator(target, random), accepted: 0 }));
  const failures = new Map<string, FuzzFailure>();
  const deadline = options.seconds === undefined ? undefined : performance.now() + options.seconds * 1000;
  let slowest = { ms: 0, target: "" };
  let inputs = 0;
  const goesOn = () =>
    inputs < (options.inputs ?? Number.POSITIVE_INFINITY) && !(deadline && performance.now() > deadline);
  while (goesOn()) {
    const lane = lanes[inputs++ % lanes.length];
    if (lane === undefined) break;
    const { target } = lane;
    const input = lane.mutator.next();
    const outcome = await attempt(target, input);
    if (outcome.accepted) lane.accepted++;
    let { error } = outcome;
    if (error === undefined && outcome.ms > slowest.ms) {
      // Compilation and collection of garbage come once; what an input costs, it costs each time.
      const ms = await leastOfFour(target, input, outcome.ms);
      if (ms > slowest.ms) slowest = { ms, target: target.name };
      if (ms > limitMs) error = `took ${Math.ceil(ms)} ms of CPU time`;
    }
    if (error === undefined) continue;
    const kind = `${target.name}: ${kindOf(error)}`;
    if (failures.has(kind) || failures.size >= maxFailures) continue;
    const small = await minimise(input, async (smaller) => {
      const again = await attempt(target, smaller);
      const tooSlow = again.error === undefined && (await leastOfFour(target, smaller, again.ms)) > limitMs;
      return kindOf(again.error ?? (tooSlow ? "took 0 ms of CPU time" : "")) === kindOf(error);
    });
    failures.set(kind, { target: target.name, error, input: small });
  }
  const accepted = Object.fromEntries(lanes.map((lane) => [lane.target.name, lane.accepted]));
  return { inputs, accepted, failures: [...failures.values()], slowest };
}

interface Outcome {
  readonly accepted: boolean;
  readonly error?: string;
  readonly ms: number;
}

async function attempt(target: FuzzTarget, input: Uint8Array): Promise<Outcome> {
  const start = process.threadCpuUsage();
  try {
    const result = target.check(input);
    const accepted = typeof result === "boolean" ? result : await result;
    return { accepted, ms: since(start) };
  } catch (thrown) {
    return { accepted: false, ms: since(start), error: describe(thrown) };
  }
}

function since(start: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000;
}

async function leastOfFour(target: FuzzTarget, input: Uint8Array, first: number): Promise<number> {
  let least = first;
  for (let count = 0; count < 3; count++) least = Math.min(least, (await attempt(target, input)).ms);
  return least;
}

function describe(thrown: unknown): string {
  if (!(thrown instanceof Error)) return `threw ${String(thrown)}`;
  const [, place = ""] = /\n\s+at (.*)/.exec(thrown.stack ?? "") ?? [];
  return `${thrown.name}: ${thrown.message.slice(0, 300)} at ${place.replace(/\(?file:\/\/\S*\/(\S+?):\d+:\d+\)?/, "$1")}`;
}

/** Errors that differ in numbers and quoted text only are one. */
function kindOf(error: string): string {
  return error.replace(/"(?:[^"\\]|\\.)*"/g, '""').replace(/[0-9]+/g, "0");
}

const maxFailures = 20;
