// What a benchmark found, as one JSON document or as a table for people.

import { cpus } from "node:os";

/** One line: ours against one peer. `ratio` is theirs divided by ours: how many times cheaper ours is. */
export interface Result {
  readonly metric: string;
  readonly peer: string;
  readonly ours: number;
  readonly theirs: number;
  readonly unit: string;
  readonly ratio: number;
  readonly target: string;
  readonly met: boolean;
}

/** The document that `--json` prints. */
export interface Report {
  readonly suite: string;
  readonly machine: Readonly<Record<string, string | number>>;
  readonly results: readonly Result[];
}

/** What the numbers depend on. */
export function describeMachine(): Report["machine"] {
  const processors = cpus();
  return {
    cpu: processors[0]?.model ?? "unknown",
    cores: processors.length,
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    openssl: process.versions.openssl ?? "",
  };
}

/** A table for people, each metric once. */
export function formatTable(report: Report): string {
  const header = ["metric", "ours", "peer", "theirs", "unit", "ratio", "target", ""];
  let last = "";
  const rows = report.results.map((result) => {
    const metric = result.metric === last ? "" : result.metric;
    last = result.metric;
    const { ours, theirs, ratio } = result;
    return [
      metric,
      ...[digits(ours), result.peer, digits(theirs), result.unit, `${digits(ratio)}x`, result.target],
      result.met ? "met" : "MISSED",
    ];
  });
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => (row[column] ?? "").length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        numeric.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd();
  const machine = Object.values(report.machine).join(", ");
  return [machine, "", line(header), ...rows.map(line), "", "ratio: theirs divided by ours"].join("\n");
}

function digits(value: number): string {
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

const numeric: ReadonlySet<number> = new Set([1, 3, 5]);
