// One case in one process: `child.ts NAME CORPUS` prints a number.

import { type CaseName, cases } from "./cases.ts";

const [name = "", file = ""] = process.argv.slice(2);
const value = await cases[name as CaseName](async () => (await import("./corpus.ts")).readCorpus(file));
console.log(JSON.stringify(value));
