// The lab for people: what was expected, what ours said on each runtime, what each runtime alone says.
import { columns, columnWidths, paint, printable, wrap } from "../print.ts";
import { type Case, caseOf } from "./case.ts";
import type { RuntimeResult } from "./play.ts";
import type { Errand, Situation } from "./situation.ts";

type Say = (text: string) => void;

/** The situations: one line with ours, and below it the runtimes alone. */
export function showSituations(situations: readonly Situation[], results: readonly RuntimeResult[], say: Say): void {
  const rows = situations.map((situation) => {
    const cases = results.map((result) => ({ result, one: caseOf(situation, result) }));
    return { situation, cases, ok: cases.every(({ one }) => one.ok) };
  });
  const cells = rows.map(({ situation, cases, ok }) => [
    ok ? "ok" : "NO",
    situation.title,
    situation.expected,
    cases.map(({ result, one }) => `${result.runtime.title} ${one.ok ? "✓" : "✗"}`).join("  "),
    negotiated(cases[0]?.one),
  ]);
  const header = ["", "situation", "with tlskit", "as expected?", ""];
  const widths = columnWidths([header, ...cells]);
  say(columns(header, widths, (cell) => paint("dim", cell)));
  for (const [i, { cases }] of rows.entries()) {
    say(columns(cells[i] ?? [], widths, markStyle));
    for (const { result, one } of cases.filter(({ one: { ok } }) => !ok)) {
      say(wrap(`${result.runtime.title}: ${one.outcome.code}: ${one.outcome.reasons.join(" ")}`, "      "));
    }
    say(paint(differs(cases.map(({ one }) => one)) ? "yellow" : "dim", wrap(aloneText(cases), "      ")));
    for (const reason of cases[0]?.one.ok ? cases[0].one.outcome.reasons : [])
      say(paint("dim", wrap(reason, "      ")));
  }
}

/** What stands out: where the runtimes alone differ, and what they let pass. */
export function showFindings(situations: readonly Situation[], results: readonly RuntimeResult[], say: Say): void {
  const rows = situations.map((situation) => ({
    situation,
    cases: results.map((result) => ({ result, one: caseOf(situation, result) })),
  }));
  const different = rows.filter(({ cases }) => differs(cases.map(({ one }) => one)));
  const oursDiffer = rows.filter(({ cases }) => new Set(cases.map(({ one }) => one.outcome.code)).size > 1);
  const names = results.map(({ runtime }) => runtime.title).join(", ");
  say("");
  say(`${names} by themselves: the same answer in ${rows.length - different.length} of ${rows.length} situations.`);
  say(`${names} with tlskit: the same answer in ${rows.length - oursDiffer.length} of ${rows.length}.`);
  for (const { situation, cases } of rows) {
    const letIn = cases.filter(({ one }) => situation.expected !== "connected" && one.alone === "connected");
    if (letIn.length === 0) continue;
    const who = letIn.map(({ result }) => result.runtime.title).join(" and ");
    say(`Let in by ${who} without tlskit: ${situation.title}.`);
  }
}

/** The errands, one line each. */
export function showErrands(errands: readonly Errand[], cases: readonly Case[], say: Say): void {
  const rows = errands.map(({ title, expected }, i) => [
    cases[i]?.ok ? "ok" : "NO",
    title,
    expected,
    cases[i]?.outcome.code ?? "",
    negotiated(cases[i]),
  ]);
  const widths = columnWidths(rows);
  for (const [i, row] of rows.entries()) {
    say(columns(row, widths, markStyle));
    for (const reason of cases[i]?.outcome.reasons ?? []) say(paint("dim", wrap(reason, "      ")));
  }
}

type Played = readonly { readonly result: RuntimeResult; readonly one: Case }[];

function differs(cases: readonly Case[]): boolean {
  return new Set(cases.map(({ alone }) => alone)).size > 1;
}

/** Runtimes that say the same are told together. */
function aloneText(cases: Played): string {
  const byAnswer = new Map<string, string[]>();
  for (const { result, one } of cases) {
    const answer = one.alone ?? "did not play";
    byAnswer.set(answer, [...(byAnswer.get(answer) ?? []), result.runtime.title]);
  }
  if (byAnswer.size === 1) return `without: ${printable([...byAnswer.keys()][0] ?? "")}`;
  return `without ≠ ${[...byAnswer].map(([answer, who]) => `${who.join(", ")}: ${printable(answer)}`).join("; ")}`;
}

function negotiated(one: Case | undefined): string {
  const { version, alpn } = one?.outcome.negotiated ?? {};
  return [version, alpn && `ALPN ${printable(alpn)}`].filter(Boolean).join(", ");
}

function markStyle(cell: string, column: number): string {
  return column === 0 ? paint(cell.trim() === "ok" ? "green" : "red", cell) : cell;
}
