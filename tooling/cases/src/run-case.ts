import type { CaseResult } from "./report.ts";

/** Runs one case: `run` tells what happened, which must be what is expected. What it throws is what happened, too. */
export async function runCase(
  id: string,
  expected: string,
  run: () => Promise<string>,
  reason: string = "",
): Promise<CaseResult> {
  const start = performance.now();
  const done = (actual: string, why: string): CaseResult => {
    const ms = Math.round(performance.now() - start);
    return { id, ok: actual === expected, expected, actual, reason: why, ms };
  };
  try {
    return done(await run(), reason);
  } catch (error) {
    return done("an error", error instanceof Error ? error.message : String(error));
  }
}
