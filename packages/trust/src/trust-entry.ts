import type { TrustAnchor } from "@tlskit/verify";
import { constraintsKey } from "./generation.ts";
import { sealAnchor } from "./sealed-anchor.ts";
import { type CertificateOrigin, formatOrigin } from "./trust-source.ts";

/** An anchor on its way into a set, with the places it was found at. */
export interface TrustEntry {
  readonly anchor: TrustAnchor;
  readonly origins: readonly CertificateOrigin[];
}

/**
 * Entries by certificate id. Equal certificates become one entry with all origins (TRU-12); they stay apart only where
 * they are limited in different ways, because "for servers, or until May" is not "for servers until May".
 */
export function collectEntries(entries: Iterable<TrustEntry>): ReadonlyMap<string, readonly TrustEntry[]> {
  const byId = new Map<string, readonly TrustEntry[]>();
  for (const entry of entries) {
    const { id } = entry.anchor.certificate;
    const same = byId.get(id);
    byId.set(id, same === undefined ? [freezeEntry(entry)] : merge(same, entry));
  }
  return byId;
}

function merge(same: readonly TrustEntry[], entry: TrustEntry): readonly TrustEntry[] {
  // One object per certificate: its decoded values are cached in it.
  const certificate = same[0]?.anchor.certificate ?? entry.anchor.certificate;
  const added = freezeEntry({ ...entry, anchor: { ...entry.anchor, certificate } });
  const key = constraintsKey(added.anchor);
  const twin = same.findIndex(({ anchor }) => constraintsKey(anchor) === key);
  const merged = twin === -1 ? [...same, added] : same.with(twin, joinOrigins(same[twin] ?? added, added));
  // Whatever limits one source puts on it, another one trusts it without.
  const unlimited = merged.find(({ anchor }) => constraintsKey(anchor) === "");
  return unlimited === undefined ? merged : [merged.reduce(joinOrigins, unlimited)];
}

function joinOrigins(entry: TrustEntry, other: TrustEntry): TrustEntry {
  const known = new Set(entry.origins.map(formatOrigin));
  const added = other.origins.filter((origin) => !known.has(formatOrigin(origin)));
  return added.length === 0 ? entry : Object.freeze({ ...entry, origins: Object.freeze([...entry.origins, ...added]) });
}

function freezeEntry({ anchor, origins }: TrustEntry): TrustEntry {
  const [first] = origins;
  const source = anchor.source ?? (first === undefined ? undefined : formatOrigin(first));
  const frozen = Object.freeze(origins.map((origin) => Object.freeze({ ...origin })));
  return Object.freeze({ anchor: sealAnchor(anchor, source), origins: frozen });
}
