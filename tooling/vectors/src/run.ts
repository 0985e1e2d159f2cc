import process from "node:process";
import { type CaseResult as CountedCase, type Counts, count } from "@tlskit/cases";
import { type ChainCase, decideChainCase, isAboutWork, isChainCase } from "./chain-case.ts";
import type { Decision, Inapplicable, RunSettings, VectorCase } from "./decision.ts";
import type { Exception } from "./exceptions.ts";
import { decidePathCase, isPathCase } from "./path-case.ts";
import { VectorFileError } from "./read-cases.ts";
import { decideCrlCase, decideOcspCase, isCrlCase, isOcspCase } from "./status-case.ts";

/** One case, in the form that all counting commands print; `reason` is the codes and the first sentence of a refusal. */
export interface CaseResult extends CountedCase {
  /** The codes of the reasons alone, the most useful first. */
  readonly codes: readonly string[];
}

/** One file. */
export interface FileResult extends Counts {
  readonly file: string;
  /** Of the cases that must be accepted, how many were. */
  readonly accepts: Share;
  /** Of the cases that must be refused, how many were. */
  readonly rejects: Share;
  readonly slowest: { readonly id: string; readonly ms: number };
  readonly cases: readonly CaseResult[];
}

/** So many of so many. */
export interface Share {
  readonly right: number;
  readonly all: number;
}

/** Runs the cases of a file, one after the other. @throws VectorFileError if one has none of the known forms */
export async function runCases(
  file: string,
  cases: readonly VectorCase[],
  exceptions: ReadonlyMap<string, Exception>,
  settings: RunSettings = {},
): Promise<FileResult> {
  const results: CaseResult[] = [];
  const shares = { accepts: { right: 0, all: 0 }, rejects: { right: 0, all: 0 } };
  for (const test of cases) {
    await pause();
    const stopwatch = startStopwatch();
    const decision = await decide(file, test, settings);
    const ms = stopwatch();
    results.push(judge(test, decision, exceptions.get(test.id), ms));
    if ("inapplicable" in decision) continue;
    const share = shares[decision.accepts ? "accepts" : "rejects"];
    share.all++;
    if (isRight(test, decision)) share.right++;
  }
  const slowest = results.reduce((a, b) => (b.ms > a.ms ? b : a), { id: "-", ms: 0 });
  return { file, ...count(results), ...shares, slowest: { id: slowest.id, ms: slowest.ms }, cases: results };
}

// What the runtime has put off, like freeing the keys of earlier cases, it does now and not in the time of the next one.
function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * How long it takes on a machine that does nothing else: no more than the time that passed, which counts what others do
 * on a busy machine, and no more than the CPU time, which counts the threads of the garbage collector and the compiler.
 */
function startStopwatch(): () => number {
  const start = performance.now();
  const used = process.cpuUsage();
  return () => {
    const elapsed = performance.now() - start;
    const { user, system } = process.cpuUsage(used);
    return Math.min(elapsed, (user + system) / 1000);
  };
}

async function decide(file: string, test: VectorCase, settings: RunSettings): Promise<Decision | Inapplicable> {
  if (isPathCase(test)) return decidePathCase(test, settings);
  if (isChainCase(test)) return decideChainCase(test, settings);
  if (isCrlCase(test)) return decideCrlCase(test, settings);
  if (isOcspCase(test)) return decideOcspCase(test, settings);
  const why =
    "has_error" in test ? "is about parsing alone, which the tests of x509 cover" : "has no form that is known here";
  throw new VectorFileError(`${file}: the case ${test.id} ${why}.`);
}

function judge(
  test: VectorCase,
  decision: Decision | Inapplicable,
  exception: Exception | undefined,
  ms: number,
): CaseResult {
  const { id } = test;
  if ("inapplicable" in decision) {
    return { id, ok: false, expected: "-", actual: "-", reason: decision.inapplicable, ms, codes: [], skipped: true };
  }
  const { expected, actual, codes } = decision;
  const ok = isRight(test, decision);
  const common = { id, expected, actual, ms, codes };
  const isKnown = exception !== undefined && exception.expected === expected && exception.actual === actual;
  if (isKnown && !ok) return { ...common, ok, reason: `Exception: ${exception.reason}`, skipped: true };
  if (exception === undefined || !ok) return { ...common, ok, reason: reasonOf(test, decision) };
  return { ...common, ok: false, reason: `It is right, so it is no exception any more: ${exception.reason}` };
}

function isRight(test: VectorCase, decision: Decision): boolean {
  return decision.actual === decision.expected && undecided(test, decision) === undefined;
}

function reasonOf(test: VectorCase, decision: Decision): string {
  const { codes, message } = decision;
  const parts = [codes.join(", "), message, undecided(test, decision)].filter(
    (part) => part !== undefined && part !== "",
  );
  return parts.join(": ");
}

// A refusal for want of work or of an algorithm proves nothing about the rules.
function undecided(test: VectorCase, { codes: [first] }: Decision): string | undefined {
  if (first === "ALGORITHM_UNSUPPORTED") return "decided by an unsupported algorithm";
  return first === "BUDGET_EXCEEDED" && !isDenialOfService(test) ? "decided by the budget" : undefined;
}

function isDenialOfService(test: VectorCase): boolean {
  const isMarked = test.features?.includes("denial-of-service") ?? false;
  return isMarked || (isChainCase(test) && isAboutWork(test as ChainCase));
}
