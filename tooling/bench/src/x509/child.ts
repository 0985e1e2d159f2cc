// One case in one process: `child.ts NAME CORPUS` prints a number.

import { cases } from "./cases.ts";

const [name = "", file = ""] = process.argv.slice(2);
const run = cases[name];
if (run === undefined) throw new Error(`no such case: ${name}`);
const value = await run(async () => (await import("./corpus.ts")).readCorpus(file));
console.log(JSON.stringify(value));
