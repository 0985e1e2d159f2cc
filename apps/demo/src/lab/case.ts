// One thing that was expected, and what happened: a situation on a runtime, or an errand.
import type { RuntimeResult } from "./play.ts";
import type { Errand, Outcome, Situation } from "./situation.ts";

/** A case that counts. */
export interface Case {
  readonly id: string;
  readonly ok: boolean;
  readonly expected: string;
  readonly outcome: Outcome;
  /** What the runtime says without us; none for errands. */
  readonly alone?: string;
  readonly ms: number;
}

/** Every situation on every runtime. What was not played has failed. */
export function casesOf(situations: readonly Situation[], results: readonly RuntimeResult[]): Case[] {
  return results.flatMap((result) => situations.map((situation) => caseOf(situation, result)));
}

/** One situation on one runtime. */
export function caseOf({ id, expected }: Situation, { runtime, played, trouble }: RuntimeResult): Case {
  const caseId = `${runtime.id}/${id}`;
  const one = played.get(id);
  if (one === undefined) {
    const outcome = { code: "NOT_PLAYED", reasons: [`${runtime.title} did not come to an end: ${trouble}`] };
    return { id: caseId, ok: false, expected, outcome, ms: 0 };
  }
  const { ours: outcome, alone, ms } = one;
  return { id: caseId, ok: outcome.code === expected, expected, outcome, alone, ms };
}

/** Does an errand. */
export async function runErrand({ id, expected, run }: Errand): Promise<Case> {
  const start = performance.now();
  const outcome = await run();
  return { id, ok: outcome.code === expected, expected, outcome, ms: Math.round(performance.now() - start) };
}

/** The counts, as every counting command gives them. */
export function asCounts(cases: readonly Case[]): unknown {
  const passed = cases.filter(({ ok }) => ok).length;
  return {
    passed,
    failed: cases.length - passed,
    skipped: 0,
    cases: cases.map(({ id, ok, expected, outcome, alone, ms }) => ({
      id,
      ok,
      expected,
      actual: outcome.code,
      ...(alone === undefined ? {} : { alone }),
      reason: outcome.reasons.length === 0 ? null : outcome.reasons.join(" "),
      ...(outcome.negotiated ? { negotiated: outcome.negotiated } : {}),
      ms,
    })),
  };
}
