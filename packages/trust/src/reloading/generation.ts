import type { TrustAnchor } from "@tlskit/verify";
import { digest } from "@tlskit/x509";

/** Everything that a decision can depend on. */
export interface DecisiveParts {
  readonly anchors: readonly TrustAnchor[];
  /** A text for each line of the block lists. */
  readonly distrusted: readonly string[];
  /** As `sha256/…`. */
  readonly pins: readonly string[];
  /** The keys of logs, by their hashes. */
  readonly logs: readonly string[];
}

/**
 * SHA-256 over the ids of the anchors, their constraints, block lists, pins and logs, sorted. Where they were found does
 * not count, and neither does their order, because no decision depends on either.
 */
export function generationOf({ anchors, distrusted, pins, logs }: DecisiveParts): string {
  const lines = anchors.map((anchor) => `${anchor.certificate.id} ${constraintsKey(anchor)}`);
  const others = [
    distrusted.map((one) => `distrust ${one}`),
    pins.map((one) => `pin ${one}`),
    logs.map((one) => `log ${one}`),
  ];
  // Names can hold line breaks; JSON keeps every line one line.
  const text = [...lines, ...others.flat()].map((line) => JSON.stringify(line)).sort();
  const hash = digest("SHA-256", new TextEncoder().encode(text.join("\n")));
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
