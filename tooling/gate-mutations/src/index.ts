// Loads the gate with a part of it taken out, on Node and on Deno. To be imported before anything that loads the gate.
// What is mutated with it must let bad peers in: else something besides the gate keeps them out, and the gate could be
// missing without anyone noticing.

import { readFileSync } from "node:fs";
import { registerHooks, stripTypeScriptTypes } from "node:module";

export { countLetIn } from "./let-in.ts";

/** A part of the gate, and what it is replaced with. */
interface Replacement {
  readonly from: string;
  readonly to: string;
}

const ourHalf: readonly Replacement[] = [
  { from: "const path = peer.verify();", to: "const path = undefined as unknown as VerifiedPath;" },
  { from: "if (!VerifiedPath.is(path)) throw refused(peer.nativeCode, undefined);", to: "" },
];

/** The mutations, by name. */
export const gateMutations: Readonly<Record<string, readonly Replacement[]>> = {
  none: [],
  "gate-removed": [{ from: 'if (peer.policy === "let-in") return undefined;', to: "if (peer) return undefined;" }],
  "runtime-half-removed": [{ from: "if (peer.authorized !== true) throw refused(peer.nativeCode, path);", to: "" }],
  "our-half-removed": ourHalf,
};

/** Applies a mutation to every gate that is loaded from now on; returns how many were. */
export function mutateGate(name: string): () => number {
  const replacements = gateMutations[name];
  if (replacements === undefined) throw new Error(`no mutation ${name}`);
  let loaded = 0;
  registerHooks({
    load(url, context, nextLoad) {
      const result = nextLoad(url, context);
      if (!new URL(url).pathname.endsWith("/transport/src/node-tls/gate.ts")) return result;
      loaded++;
      let source = readFileSync(new URL(url), "utf8"); // Deno passes no source on.
      for (const { from, to } of replacements) {
        if (source.split(from).length !== 2) throw new Error(`the gate has not exactly one "${from}"`);
        source = source.replace(from, to);
      }
      return { ...result, format: "module", source: stripTypeScriptTypes(source) };
    },
  });
  return () => loaded;
}
