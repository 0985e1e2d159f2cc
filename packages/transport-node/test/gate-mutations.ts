// Loads the gate with a part of it taken out. To be imported before anything that loads the gate.

import { registerHooks } from "node:module";

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
      let source = String(
        Buffer.isBuffer(result.source) ? result.source : new TextDecoder().decode(result.source as Uint8Array),
      );
      for (const { from, to } of replacements) {
        if (source.split(from).length !== 2) throw new Error(`the gate has not exactly one "${from}"`);
        source = source.replace(from, to);
      }
      return { ...result, source };
    },
  });
  return () => loaded;
}
