import type { TrustAnchor } from "@tlskit/verify";
import { digest } from "@tlskit/x509";

/**
 * SHA-256 over what the anchors are: their ids and constraints, sorted. Where they were found does not count, and
 * neither does their order, because no decision depends on either.
 */
export function generationOf(anchors: readonly TrustAnchor[]): string {
  const lines = anchors.map((anchor) => `${anchor.certificate.id} ${constraintsKey(anchor)}`).sort();
  const hash = digest("SHA-256", new TextEncoder().encode(lines.join("\n")));
  return Array.from(hash, (octet) => octet.toString(16).padStart(2, "0")).join("");
}

/** The same text for the same constraints; empty for an anchor without any. */
export function constraintsKey({ purposes, distrustAfter, nameConstraints }: TrustAnchor): string {
  if (purposes === undefined && distrustAfter === undefined && nameConstraints === undefined) return "";
  return canonicalJson({
    purposes: purposes === undefined ? undefined : [...new Set(purposes)].sort(),
    distrustAfter,
    nameConstraints,
  });
}

/** JSON with sorted keys; what has a DER form counts as its bytes, so that equal-looking names stay different. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (item instanceof Uint8Array) return { bytes: Array.from(item) };
    if (typeof item !== "object" || item === null || Array.isArray(item)) return item;
    const entries = Object.entries(item).map(([key, part]) => [key, hasDer(part) ? part.der : part] as const);
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function hasDer(value: unknown): value is { readonly der: Uint8Array } {
  return typeof value === "object" && value !== null && "der" in value && value.der instanceof Uint8Array;
}
