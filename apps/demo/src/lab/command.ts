import { parseArgs } from "node:util";
import { columns, columnWidths, paint, printable, wrap } from "../print.ts";
import { opensslSituations } from "./openssl.ts";
import { createPki } from "./pki.ts";
import type { Outcome, Result, Situation } from "./situation.ts";
import { situations } from "./situations.ts";
import { trustStoreSituation } from "./trust-store.ts";

/** `demo`: runs every situation and shows expectation beside outcome. */
export async function labCommand(args: string[], wrongUsage: (message: string) => number): Promise<number> {
  let json = false;
  try {
    json = parseArgs({ args, options: { json: { type: "boolean", default: false } } }).values.json;
  } catch (error) {
    return wrongUsage(error instanceof Error ? error.message : String(error));
  }
  const say = json ? console.error : console.log;
  const pki = await createPki();
  const results = [
    ...(await section("Situations on loopback", situations(pki), say)),
    ...(await section("This machine's trust store", [trustStoreSituation()], say)),
    ...(await section("OpenSSL as the peer", await opensslSituations(pki, say), say)),
  ];
  const passed = results.filter(({ ok }) => ok).length;
  if (json) console.log(JSON.stringify(asCounts(results), null, 2));
  say(`demo: ${passed} of ${results.length} as expected`);
  return passed === results.length ? 0 : 1;
}

async function section(title: string, all: readonly Situation[], say: (text: string) => void): Promise<Result[]> {
  if (all.length === 0) return [];
  const results: Result[] = [];
  for (const situation of all) results.push(await runSituation(situation));
  say(`\n${paint("bold", title)}\n`);
  show(results, say);
  say("");
  return results;
}

async function runSituation(situation: Situation): Promise<Result> {
  const start = performance.now();
  const outcome = await situation.run();
  return { situation, outcome, ok: outcome.code === situation.expected, ms: Math.round(performance.now() - start) };
}

function show(results: readonly Result[], say: (text: string) => void): void {
  const header = ["", "situation", "expected", "happened", "version", "cipher", "ALPN", "ms"];
  const rows = results.map(({ situation, outcome, ok, ms }) => [
    ok ? "ok" : "NO",
    situation.title,
    situation.expected,
    outcome.code,
    outcome.negotiated?.version ?? "–",
    outcome.negotiated?.cipher ?? "–",
    printable(outcome.negotiated?.alpn ?? "–"),
    String(ms),
  ]);
  const widths = columnWidths([header, ...rows]);
  say(columns(header, widths, (cell) => paint("dim", cell)));
  for (const [i, row] of rows.entries()) {
    say(
      columns(row, widths, (cell, column) =>
        column === 0 ? paint(cell.trim() === "ok" ? "green" : "red", cell) : cell,
      ),
    );
    for (const reason of results[i]?.outcome.reasons ?? []) say(paint("dim", wrap(reason, "      ")));
  }
}

function asCounts(results: readonly Result[]): unknown {
  const passed = results.filter(({ ok }) => ok).length;
  return {
    passed,
    failed: results.length - passed,
    skipped: 0,
    cases: results.map(({ situation, outcome, ok, ms }) => ({
      id: situation.id,
      ok,
      expected: situation.expected,
      actual: outcome.code,
      reason: reasonText(outcome),
      ms,
    })),
  };
}

function reasonText({ reasons }: Outcome): string | null {
  return reasons.length === 0 ? null : reasons.join("\n");
}
