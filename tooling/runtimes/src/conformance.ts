// The conformance suite on one runtime, in a child process.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type CaseResult, cleanEnvironment } from "@tlskit/cases";
import { type ConformanceResult, conformanceCases } from "@tlskit/transport/conformance";
import { type CommandOptions, commandOf, familyOf, type RuntimeName } from "./runtime.ts";

/** What is to be run, and how. */
export interface ConformanceSettings extends CommandOptions {
  /** Ids of cases; none: all. */
  readonly only?: readonly string[];
}

/**
 * Runs the suite on one runtime. Ids are namespaced by it. A case without a result has failed: if it takes the process
 * with it, the next ones run in another.
 */
export async function runConformance(
  name: RuntimeName,
  { only = [], packages }: ConformanceSettings,
): Promise<CaseResult[]> {
  const ids = conformanceCases.map(({ id }) => id).filter((id) => only.length === 0 || only.includes(id));
  const results: CaseResult[] = [];
  let [left, deaths] = [ids, 0];
  while (left.length > 0) {
    const run = await runChild(name, { packages }, left);
    if (results.length === 0) results.push(versionCase(name, run.version));
    results.push(...run.results.map((one) => caseOf(name, one)));
    const reached = new Set(run.results.map(({ id }) => id));
    const [next, ...rest] = left.filter((id) => !reached.has(id));
    if (next === undefined) break;
    results.push(missing(name, next, `The process ended in it: ${run.end}`));
    if (++deaths < maxDeaths) left = rest;
    else {
      results.push(...rest.map((id) => missing(name, id, "Not reached: the process ended too often.")));
      break;
    }
  }
  return results;
}

interface ChildRun {
  readonly version: string;
  readonly results: readonly ConformanceResult[];
  /** How the process ended, and what it complained of. */
  readonly end: string;
}

async function runChild(name: RuntimeName, options: CommandOptions, ids: readonly string[]): Promise<ChildRun> {
  const [command, ...flags] = await commandOf(name, options);
  const child = spawn(command, [...flags, script, familyOf(name), ...ids], {
    env: cleanEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const results: ConformanceResult[] = [];
  let [version, complaints] = ["", ""];
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaints = `${complaints}${text}`.slice(-2000);
  });
  const ended = once(child, "close");
  const watch = watchdog(child);
  for await (const line of createInterface({ input: child.stdout })) {
    watch.feed();
    if (!line.startsWith("{")) continue;
    const said = JSON.parse(line) as ConformanceResult & { readonly version?: string };
    if (said.version === undefined) results.push(said);
    else version = said.version;
  }
  const [code, signal] = (await ended) as [number | null, string | null];
  watch.stop();
  return { version, results, end: `${signal ?? `exit code ${code}`} ${complaints.trim()}` };
}

/** Ends a child that says nothing for longer than a case may take. */
function watchdog(child: ChildProcess): { feed(): void; stop(): void } {
  let timer = setTimeout(() => child.kill("SIGKILL"), silenceMs);
  return {
    feed: () => {
      clearTimeout(timer);
      timer = setTimeout(() => child.kill("SIGKILL"), silenceMs);
    },
    stop: () => clearTimeout(timer),
  };
}

/** The suite's first case asserts the kind of runtime; which version of Node it is, only this does. */
function versionCase(name: RuntimeName, actual: string): CaseResult {
  const expected = name.replace("-", " ");
  const ok = actual.startsWith(expected);
  return { id: `${name}/version`, ok, expected, actual: ok ? expected : actual || "nothing", reason: actual, ms: 0 };
}

function caseOf(name: RuntimeName, { id, ok, reason = "", ms }: ConformanceResult): CaseResult {
  return { id: `${name}/${id}`, ok, expected: "holds", actual: ok ? "holds" : "does not hold", reason, ms };
}

function missing(name: RuntimeName, id: string, reason: string): CaseResult {
  return { id: `${name}/${id}`, ok: false, expected: "holds", actual: "no result", reason, ms: 0 };
}

const script = fileURLToPath(new URL("./child.ts", import.meta.url));
const silenceMs = 180_000;
const maxDeaths = 5;
