// One case in one process, on the runtime that runs this: `child.ts RUNTIME/NAME CORPUS` prints a number.

import process from "node:process";
import { cpuPerItem, type Work } from "../measure.ts";
import { readCorpus } from "../x509/corpus.ts";
import { bulkOurs, bulkRaw } from "./bulk-cases.ts";
import { handshakeOurs, handshakeRaw, handshakeRawEach } from "./handshake-cases.ts";
import { exchangeOurs, exchangeRaw, firstTripNative, firstTripOurs } from "./latency-cases.ts";

const [given = "", corpus = ""] = process.argv.slice(2);
const [runtime = "", name = ""] = given.split("/");

const roots = (): readonly string[] => readCorpus(corpus).blocks;
const cpu =
  (make: () => Promise<Work>, warm = 2) =>
  async (): Promise<number> =>
    cpuPerItem(await make(), { warm, each: 0.4 });
// Until an engine has compiled what a handshake runs, ours and the runtime's own get faster all the time, and their ratio
// says how far each has come. That takes some twenty thousand handshakes on Bun, fourteen thousand on Deno, two on Node.
const handshake = (make: () => Promise<Work>): (() => Promise<number>) => cpu(make, steadyAfter[runtime] ?? 6);
const steadyAfter: Readonly<Record<string, number>> = { bun: 24, deno: 16 };

const cases: Readonly<Record<string, () => Promise<number>>> = {
  "handshake:ours": handshake(() => handshakeOurs([])),
  "handshake:raw": handshake(() => handshakeRaw([])),
  "roots:ours": cpu(() => handshakeOurs(roots()), 6),
  "roots:raw": cpu(() => handshakeRaw(roots()), 6),
  "roots:raw-each": cpu(() => handshakeRawEach(roots()), 6),
  "bulk:ours": cpu(bulkOurs),
  "bulk:raw": cpu(bulkRaw),
  "one-one:ours": () => exchangeOurs([1, 1]),
  "one-one:raw": () => exchangeRaw([1, 1]),
  "two-one:ours": () => exchangeOurs([2, 1]),
  "two-one:raw": () => exchangeRaw([2, 1]),
  "two-two:ours": () => exchangeOurs([2, 2]),
  "two-two:raw": () => exchangeRaw([2, 2]),
  "first-trip:ours": firstTripOurs,
  "first-trip:native": firstTripNative,
};

const run = cases[name];
if (run === undefined) throw new Error(`no such case: ${given}`);
console.log(JSON.stringify(await run()));
process.exit();
