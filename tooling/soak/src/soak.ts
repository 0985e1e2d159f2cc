// Many connections and many bytes through one process, and what it holds meanwhile.

import { type CaseResult, runCase } from "@tlskit/cases";
import type { RuntimeName } from "@tlskit/runtimes";
import type { Answers, Stats } from "./child/protocol.ts";
import { growth } from "./flat.ts";
import { Subject } from "./subject.ts";

/** How much. */
export interface SoakSettings {
  readonly connections: number;
  readonly gib: number;
  readonly progress: (text: string) => void;
}

/** Soaks a runtime. What ends it early is a case that failed: the next runtime gets its turn. */
export async function soak(runtime: RuntimeName, settings: SoakSettings): Promise<CaseResult[]> {
  const subject = new Subject(runtime);
  try {
    const server = await subject.serve({ mode: "echo" });
    const { connections, gib } = settings;
    const run = { runtime, subject, server, progress: settings.progress };
    const many = { connections: Math.ceil(connections / rounds), atOnce: 8, bytes: 1024 };
    const few = { connections: 1, atOnce: 1, bytes: Math.ceil((gib * 1024 ** 3) / rounds / 2) };
    return [
      ...(connections === 0 ? [] : await phase(run, "connections", many)),
      ...(gib === 0 ? [] : await phase(run, "bytes", few)),
    ];
  } catch (error) {
    return [await runCase(`${runtime}/soak`, "an end", () => Promise.reject(error))];
  } finally {
    await subject.stop();
  }
}

interface Run {
  readonly runtime: RuntimeName;
  readonly subject: Subject;
  readonly server: Answers["serve"];
  readonly progress: (text: string) => void;
}

interface Round {
  readonly connections: number;
  readonly atOnce: number;
  /** Each way. */
  readonly bytes: number;
}

async function phase({ runtime, subject, server, progress }: Run, name: string, round: Round): Promise<CaseResult[]> {
  const samples: Stats[] = [];
  const { connections, bytes } = round;
  const work = async (): Promise<string> => {
    for (let index = 0; index < rounds; index++) {
      const { outcomes } = await subject.visit({ ...server, ...round });
      if (outcomes.done !== connections) return JSON.stringify(outcomes);
      samples.push(await subject.settled());
      progress(`${runtime}: ${name}, round ${index + 1} of ${rounds}`);
    }
    return "all done";
  };
  const amount = `${rounds * connections} connections, ${mib(rounds * connections * bytes)} each way`;
  const done = await runCase(`${runtime}/${name}`, "all done", work, amount);
  const flat = (what: "heap" | "rss" | "files", slack: (from: number) => number): CaseResult => {
    const { from, by } = growth(samples.map((one) => one[what]));
    const shown = what === "files" ? `${from} and ${by}` : `${mib(from)} and ${mib(by)}`;
    const actual = by <= slack(from) ? "flat" : "grows";
    const id = `${runtime}/${name}-${what}`;
    return { id, ok: actual === "flat", expected: "flat", actual, reason: `${shown} more`, ms: 0 };
  };
  // What the heap and the allocator vary by from one collection to the next.
  const heap = flat("heap", (from) => Math.max(1.5 * 1024 ** 2, from * 0.1));
  const rss = flat("rss", (from) => Math.max(32 * 1024 ** 2, from * 0.2));
  return [done, heap, rss, flat("files", () => 2)];
}

function mib(bytes: number): string {
  return `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}

const rounds = 24;
