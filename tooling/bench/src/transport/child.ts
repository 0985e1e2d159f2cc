// One case in one process, on the runtime that runs this: `child.ts RUNTIME/NAME CORPUS` prints a number.

import process from "node:process";
import { cpuPerItem, type Work } from "../measure.ts";
import { readCorpus } from "../x509/corpus.ts";
import { bulkOurs, bulkRaw } from "./bulk-cases.ts";
import { handshakeOurs, handshakeRaw, handshakeRawEach } from "./handshake-cases.ts";
import { exchangeOurs, exchangeRaw, firstTripNative, firstTripOurs } from "./latency-cases.ts";

const [given = "", corpus = ""] = process.argv.slice(2);

const roots = (): readonly string[] => readCorpus(corpus).blocks;
const cpu =
  (make: () => Promise<Work>, warm = 2) =>
  async (): Promise<number> =>
    cpuPerItem(await make(), { warm, each: 0.4 });
// V8 has compiled what a handshake runs after some three thousand of them, ours and the runtime's own. JavaScriptCore goes
// on for some twenty thousand: until then, both get faster all the time, and a ratio says how far each has come.
const handshake = (make: () => Promise<Work>): (() => Promise<number>) => cpu(make, given.startsWith("bun/") ? 24 : 6);

const cases: Readonly<Record<string, () => Promise<number>>> = {
  "handshake:ours": handshake(() => handshakeOurs([])),
  "handshake:raw": handshake(() => handshakeRaw([])),
  "roots:ours": handshake(() => handshakeOurs(roots())),
  "roots:raw": handshake(() => handshakeRaw(roots())),
  "roots:raw-each": handshake(() => handshakeRawEach(roots())),
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

const run = cases[given.split("/")[1] ?? ""];
if (run === undefined) throw new Error(`no such case: ${given}`);
console.log(JSON.stringify(await run()));
process.exit();
