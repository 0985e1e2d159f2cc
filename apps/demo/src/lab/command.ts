import { parseArgs } from "node:util";
import { isInstalled, runtimes } from "../peers/runtimes.ts";
import { paint } from "../print.ts";
import { asCounts, type Case, casesOf, runErrand } from "./case.ts";
import { identitiesToJson } from "./identities.ts";
import { opensslErrands } from "./openssl.ts";
import { createPki } from "./pki.ts";
import { play, type RuntimeResult } from "./play.ts";
import { showErrands, showFindings, showSituations } from "./show.ts";
import type { Errand } from "./situation.ts";
import { situations } from "./situations.ts";
import { trustStoreErrand } from "./trust-store.ts";

/** `demo`: every situation on every runtime; expectation beside outcome, beside what the runtime alone says. */
export async function labCommand(args: string[]): Promise<number> {
  const { json } = parseArgs({ args, options: { json: { type: "boolean", default: false } } }).values;
  const say = json ? console.error : console.log;
  const pki = await createPki();
  const identities = await identitiesToJson(pki);
  const results = await Promise.all(runtimes.filter(isInstalled).map((runtime) => play(runtime, identities)));
  say(`\n${paint("bold", "Situations on loopback, on every runtime")}\n`);
  introduce(results, say);
  showSituations(situations, results, say);
  showFindings(situations, results, say);
  const cases = [
    ...casesOf(situations, results),
    ...(await section("This machine's trust store", [trustStoreErrand()], say)),
    ...(await section("OpenSSL as the peer", await opensslErrands(pki, say), say)),
  ];
  const passed = cases.filter(({ ok }) => ok).length;
  if (json) console.log(JSON.stringify(asCounts(cases), null, 2));
  say(`demo: ${passed} of ${cases.length} as expected`);
  return passed === cases.length ? 0 : 1;
}

function introduce(results: readonly RuntimeResult[], say: (text: string) => void): void {
  for (const runtime of runtimes) {
    const result = results.find((one) => one.runtime === runtime);
    if (result === undefined) say(`${runtime.title} is not installed: it is left out.`);
    else say(`${runtime.title} ${result.version}${result.trouble === "" ? "" : `: ${result.trouble}`}`);
  }
  say("");
}

async function section(title: string, errands: readonly Errand[], say: (text: string) => void): Promise<Case[]> {
  if (errands.length === 0) return [];
  const cases: Case[] = [];
  for (const errand of errands) cases.push(await runErrand(errand));
  say(`\n${paint("bold", title)}\n`);
  showErrands(errands, cases, say);
  say("");
  return cases;
}
