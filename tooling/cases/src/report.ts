// What all counting commands print: cases that hold or do not, as one JSON document or as lines for people.

/** One case. */
export interface CaseResult {
  /** Unique in the document. */
  readonly id: string;
  readonly ok: boolean;
  readonly expected: string;
  readonly actual: string;
  /** Why it is not as expected, or what the expectation stands on; empty if there is nothing to say. */
  readonly reason: string;
  /** How long it took. Nothing is decided by it. */
  readonly ms: number;
  /** It could not be run, and `reason` says why. */
  readonly skipped?: true;
}

/** How many of each. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Counts cases. */
export function count(cases: readonly CaseResult[]): Counts {
  const skipped = cases.filter((one) => one.skipped === true).length;
  const passed = cases.filter((one) => isPassed(one)).length;
  return { passed, failed: cases.length - passed - skipped, skipped };
}

/** Whether every case that was run held, and there was one. */
export function isPassed({ ok, skipped }: CaseResult): boolean {
  return ok && skipped !== true;
}

/** The document of `--json`. */
export function jsonReport(cases: readonly CaseResult[]): string {
  return JSON.stringify({ ...count(cases), cases }, undefined, 2);
}

/** What did not hold, and the counts as the last line. */
export function textReport(cases: readonly CaseResult[]): string {
  const { passed, failed, skipped } = count(cases);
  const lines = cases.filter((one) => !isPassed(one)).map(lineOf);
  return [...lines, `${passed} passed, ${failed} failed, ${skipped} skipped`].join("\n");
}

function lineOf({ id, expected, actual, reason, skipped }: CaseResult): string {
  if (skipped === true) return `  skipped ${id}: ${reason}`;
  return `  FAILED ${id}: expected ${expected}, actual ${actual}${reason === "" ? "" : ` (${reason})`}`;
}
