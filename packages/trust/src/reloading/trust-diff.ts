import type { TrustAnchor } from "@tlskit/verify";
import type { Certificate } from "@tlskit/x509";
import type { AnchorSet } from "../anchors/anchor-set.ts";
import { type DistrustEntry, distrustKey } from "../anchors/distrust-entry.ts";
import { constraintsKey } from "./generation.ts";

/** A certificate that two sets limit differently. */
export interface TrustChange {
  /** Whose limits are others. */
  readonly certificate: Certificate;
  /** What it was trusted for. */
  readonly before: readonly TrustAnchor[];
  /** What it is trusted for. */
  readonly after: readonly TrustAnchor[];
}

/** What differs between two sets: everything that can change a decision, and nothing else. */
export interface TrustDiff {
  /** Whether nothing differs: both have the same generation. */
  readonly same: boolean;
  /** Certificates that only the second set trusts. */
  readonly added: readonly Certificate[];
  /** Certificates that only the first set trusts. */
  readonly removed: readonly Certificate[];
  /** Certificates that both trust, within other limits. */
  readonly changed: readonly TrustChange[];
  /** What only the second set has on its block lists. */
  readonly distrusted: readonly DistrustEntry[];
  /** What only the first set has on its block lists. */
  readonly noLongerDistrusted: readonly DistrustEntry[];
  /** Pins of the second set alone, as `sha256/…`. */
  readonly pinned: readonly string[];
  /** Pins of the first set alone. */
  readonly unpinned: readonly string[];
}

/** Compares two sets. */
export function diffTrust(before: AnchorSet, after: AnchorSet): TrustDiff {
  const was = byCertificate(before);
  const is = byCertificate(after);
  const changed = [...is.values()].flatMap((anchors): TrustChange[] => {
    const certificate = anchors[0]?.certificate;
    const old = certificate && was.get(certificate.id);
    if (certificate === undefined || old === undefined || limits(old) === limits(anchors)) return [];
    return [Object.freeze({ certificate, before: Object.freeze(old), after: Object.freeze(anchors) })];
  });
  return Object.freeze({
    same: before.generation === after.generation,
    added: Object.freeze(after.certificates.filter(({ id }) => !was.has(id))),
    removed: Object.freeze(before.certificates.filter(({ id }) => !is.has(id))),
    changed: Object.freeze(changed),
    distrusted: onlyIn(after, before),
    noLongerDistrusted: onlyIn(before, after),
    pinned: Object.freeze(after.pinned.filter((pin) => !before.pinned.includes(pin))),
    unpinned: Object.freeze(before.pinned.filter((pin) => !after.pinned.includes(pin))),
  });
}

function byCertificate(root: AnchorSet): Map<string, TrustAnchor[]> {
  const anchors = new Map<string, TrustAnchor[]>();
  for (const anchor of root) {
    const same = anchors.get(anchor.certificate.id);
    if (same === undefined) anchors.set(anchor.certificate.id, [anchor]);
    else same.push(anchor);
  }
  return anchors;
}

function limits(anchors: readonly TrustAnchor[]): string {
  return anchors.map(constraintsKey).sort().join("\n");
}

function onlyIn(one: AnchorSet, other: AnchorSet): readonly DistrustEntry[] {
  const known = new Set(other.distrusted.map(distrustKey));
  return Object.freeze(one.distrusted.filter((entry) => !known.has(distrustKey(entry))));
}
