import { type Counts, count } from "@tlskit/cases";
import type { FileResult } from "./run.ts";

/** Everything that the command prints, as lines for people. */
export function textReport(files: readonly FileResult[]): string {
  return [...files.flatMap(fileLines), countLine(total(files))].join("\n");
}

/** The same as one JSON document. */
export function jsonReport(files: readonly FileResult[]): string {
  const cases = files.flatMap((file) => file.cases).map(({ codes: _, ...shown }) => shown);
  return JSON.stringify({ ...total(files), cases }, undefined, 2);
}

/** The line about one file. */
export function fileLine({ file, accepts, rejects, slowest, ...counts }: FileResult): string {
  const shares = `accepts ${accepts.right}/${accepts.all}, rejects ${rejects.right}/${rejects.all}`;
  return `${file}: ${countLine(counts)}; ${shares}; slowest ${slowest.ms.toFixed(1)} ms (${slowest.id})`;
}

/** Of all files. */
export function total(files: readonly FileResult[]): Counts {
  return count(files.flatMap((file) => file.cases));
}

function fileLines(file: FileResult): readonly string[] {
  const failing = file.cases.filter(({ ok, skipped }) => !ok && !skipped);
  return [
    fileLine(file),
    ...failing.map(({ id, expected, actual, reason }) => `  ${id}: expected ${expected}, actual ${actual} (${reason})`),
  ];
}

function countLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
