// Parts of the gate that are taken out.

/** A part of the gate, and what it is replaced with. */
export interface Replacement {
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

/** The source of the gate with these replacements, each of which must be possible exactly once. */
export function mutated(source: string, replacements: readonly Replacement[]): string {
  let result = source;
  for (const { from, to } of replacements) {
    if (result.split(from).length !== 2) throw new Error(`the source has not exactly one "${from}"`);
    result = result.replace(from, to);
  }
  return result;
}
