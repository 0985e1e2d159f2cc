// One case in one process: `child.ts NAME` prints a number.

import { cpuPerItem, type Work } from "../measure.ts";
import * as works from "./verify-cases.ts";

const cases: Readonly<Record<string, () => Promise<Work>>> = {
  "chain:ours": works.chainOurs,
  "chain:ours-warm": works.chainOursWarm,
  "chain:node": works.chainNode,
  "chain:pkijs": works.chainPkijs,
  "name:ours": works.nameOurs,
  "name:node": works.nameNode,
};

const [name = ""] = process.argv.slice(2);
const make = cases[name];
if (make === undefined) throw new Error(`no such case: ${name}`);
console.log(JSON.stringify(await cpuPerItem(await make(), { warm: 3, each: 0.3 })));
