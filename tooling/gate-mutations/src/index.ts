// Loads the gate with a part of it taken out, on Node and on Deno. To be imported before anything that loads the gate.
// What is mutated with it must let bad peers in: else something besides the gate keeps them out, and the gate could be
// missing without anyone noticing.

import { readFileSync } from "node:fs";
import { registerHooks, stripTypeScriptTypes } from "node:module";

import { gateMutations, mutated } from "./mutations.ts";

/** Applies a mutation to every gate that is loaded from now on; returns how many were. */
export function mutateGate(name: string): () => number {
  const replacements = gateMutations[name];
  if (replacements === undefined) throw new Error(`no mutation ${name}`);
  let loaded = 0;
  registerHooks({
    load(url, context, nextLoad) {
      const result = nextLoad(url, context);
      if (!new URL(url).pathname.endsWith("/transport/src/node-tls/gate/gate.ts")) return result;
      loaded++;
      const source = mutated(readFileSync(new URL(url), "utf8"), replacements); // Deno passes no source on.
      return { ...result, format: "module", source: stripTypeScriptTypes(source) };
    },
  });
  return () => loaded;
}
