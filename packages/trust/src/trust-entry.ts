import type { TrustAnchor } from "@tlskit/verify";
import { OriginList } from "./anchors/origin-list.ts";
import { sealAnchor } from "./anchors/sealed-anchor.ts";
import { constraintsKey } from "./reloading/generation.ts";
import { type CertificateOrigin, formatOrigin } from "./trust-source.ts";

/** An anchor on its way into a set, with the places it was found at. */
export interface TrustEntry {
  /** The certificate, and the limits of the trust in it. */
  readonly anchor: TrustAnchor;
  /** Where it was found; each place once. */
  readonly origins: readonly CertificateOrigin[];
}

/**
 * Entries by certificate id. Equal certificates become one entry with all origins (TRU-12); they stay apart only where
 * they are limited in different ways, because "for servers, or until May" is not "for servers until May".
 */
export function collectEntries(entries: Iterable<TrustEntry>): ReadonlyMap<string, readonly TrustEntry[]> {
  const byId = new Map<string, Map<string, Found>>();
  for (const { anchor, origins } of entries) {
    const { id } = anchor.certificate;
    const same = byId.get(id) ?? new Map<string, Found>();
    byId.set(id, same);
    const [other] = same.values();
    const key = constraintsKey(anchor);
    const known = same.get(key);
    if (known === undefined) same.set(key, found(anchor, origins, other));
    else known.origins.add(origins);
  }
  return new Map([...byId].map(([id, same]) => [id, freezeEntries(same)]));
}

/** A certificate within one set of limits, and where it was found so far. */
interface Found {
  readonly anchor: TrustAnchor;
  readonly origins: OriginList;
}

function found(anchor: TrustAnchor, origins: readonly CertificateOrigin[], other: Found | undefined): Found {
  const [first] = origins;
  const source = anchor.source ?? (first === undefined ? undefined : formatOrigin(first));
  // One object per certificate: its decoded values are cached in it.
  const shared = other === undefined ? anchor : { ...anchor, certificate: other.anchor.certificate };
  return { anchor: sealAnchor(shared, source), origins: new OriginList(origins) };
}

/** Whatever limits one source puts on it, another one trusts it without. */
function freezeEntries(same: ReadonlyMap<string, Found>): readonly TrustEntry[] {
  const unlimited = same.get("");
  if (unlimited === undefined) return [...same.values()].map(freezeEntry);
  for (const { origins } of same.values()) if (origins !== unlimited.origins) unlimited.origins.add(origins.list);
  return [freezeEntry(unlimited)];
}

function freezeEntry({ anchor, origins }: Found): TrustEntry {
  return Object.freeze({ anchor, origins: origins.list });
}
