// Every case by name. Nothing is loaded before it is asked for: each runs in a process of its own.

import { cpuPerItem, type Work } from "../measure.ts";
import type { Corpus } from "./corpus.ts";

/** Measures; the number is in the unit of its row. */
export type Case = (corpus: () => Promise<Corpus>) => Promise<number>;

// Seconds of CPU. Compilers work beside the program, on the same account: what is measured begins when they are done.
const steady = { warm: 2, each: 0.15 };

export const cases: Readonly<Record<string, Case>> = {
  "read:ours": reading("readOurs"),
  "read:fidm": reading("readFidm"),
  "read:node": reading("readNode"),
  "read:peculiar": reading("readPeculiar"),
  "bundle:ours": reading("bundleOurs"),
  "bundle:fidm": reading("bundleFidm"),
  "bundle:node": reading("bundleNode"),
  "memory:ours": remembering("memoryOurs"),
  "memory:ours-der": remembering("memoryOursDer"),
  "memory:fidm": remembering("memoryFidm"),
  "memory:peculiar": remembering("memoryPeculiar"),
  "sign:alone": issuing("signAlone"),
  "self-sign:ours": issuing("selfSignOurs"),
  "self-sign:pkijs": issuing("selfSignPkijs"),
  "self-sign:peculiar": issuing("selfSignPeculiar"),
  "request:ours": issuing("requestOurs"),
  "request:peculiar": issuing("requestPeculiar"),
  "import:ours": importing("importOurs"),
  "import:fidm": importing("importFidm"),
  "import:peculiar": importing("importPeculiar"),
  "size:basic:ours": sizing("readBasicOurs"),
  "size:parse:ours": sizing("parseOurs"),
  "size:parse:fidm": sizing("parseFidm"),
  "size:parse:peculiar": sizing("parsePeculiar"),
  "size:issue:ours": sizing("issueOurs"),
  "size:issue:peculiar": sizing("issuePeculiar"),
};

function reading(name: keyof typeof import("./read-cases.ts")): Case {
  return async (corpus) => cpuPerItem(await (await import("./read-cases.ts"))[name](await corpus()), steady);
}

function remembering(name: keyof typeof import("./memory-cases.ts")): Case {
  return async (corpus) => (await import("./memory-cases.ts"))[name](await corpus());
}

function issuing(name: keyof typeof import("./issue-cases.ts")): Case {
  return async () => {
    const work: Work = await (await import("./issue-cases.ts"))[name]();
    return cpuPerItem(work, steady);
  };
}

function importing(name: keyof typeof import("./import-cases.ts")): Case {
  return async () => (await import("./import-cases.ts"))[name]();
}

function sizing(name: Parameters<typeof import("./bundle-size.ts").bundleSize>[0]): Case {
  return async () => (await import("./bundle-size.ts")).bundleSize(name);
}
