/**
 * Who may have issued a certificate: anchors and pool certificates of the right name, the likeliest first.
 *
 * @see RFC 4158, section 3.5, for the hints
 */
import type { Certificate, DistinguishedName } from "@tlskit/x509";
import type { TrustAnchor } from "../anchors/trust-anchors.ts";
import type { AnchorIndex } from "./certificate-set.ts";

/** A certificate that may be part of a path; with its anchor, if it is one. */
export interface Candidate {
  readonly certificate: Certificate;
  readonly anchor?: TrustAnchor;
}

/** Finds candidate issuers. */
export class IssuerIndex {
  readonly #anchors: AnchorIndex;
  readonly #at: Date;
  readonly #pool = new Map<string, Candidate[]>();
  readonly #certificates: readonly Certificate[];
  #distances: ReadonlyMap<string, number> | undefined;

  constructor(anchors: AnchorIndex, pool: readonly Certificate[], at: Date) {
    this.#anchors = anchors;
    this.#at = at;
    this.#certificates = pool;
    for (const certificate of pool) {
      const { key } = certificate.subject;
      const sameName = this.#pool.get(key);
      if (sameName === undefined) this.#pool.set(key, [{ certificate }]);
      else sameName.push({ certificate });
    }
  }

  /** Every certificate whose subject is the child's issuer: anchors first, then by hints. A hint orders, it never decides. */
  issuersOf(child: Certificate): readonly Candidate[] {
    const anchors = this.#ordered(this.#anchors.bySubject(child.issuer), child);
    const pool = this.#pool.get(child.issuer.key);
    return pool === undefined ? anchors : [...anchors, ...this.#ordered(pool, child)];
  }

  /** Every certificate of this subject, anchors first. */
  bySubject(name: DistinguishedName): readonly Candidate[] {
    return [...this.#anchors.bySubject(name), ...(this.#pool.get(name.key) ?? [])];
  }

  /** Whether a path from this certificate of the pool to an anchor exists, judged by names. */
  leadsToAnchor({ issuer }: Certificate): boolean {
    return this.#anchors.bySubject(issuer).length > 0 || this.#distance(issuer) !== undefined;
  }

  // How many pool certificates must at least stand between a certificate of this issuer and an anchor; undefined: no path
  // exists. Where there is no choice, nobody asks.
  #distance(issuer: DistinguishedName): number | undefined {
    this.#distances ??= distancesToAnchors(this.#anchors, this.#certificates);
    return this.#distances.get(issuer.key);
  }

  #ordered(candidates: readonly Candidate[], child: Certificate): readonly Candidate[] {
    if (candidates.length < 2) return candidates;
    const score = ({ certificate }: Candidate): number =>
      KEY_IDENTIFIER_SCORES[compareKeyIdentifiers(child, certificate)] +
      (certificate.isValidAt(this.#at) ? 0 : 100) +
      Math.min(this.#distance(certificate.issuer) ?? 99, 99);
    return candidates
      .map((candidate) => ({ candidate, score: score(candidate) }))
      .sort((a, b) => a.score - b.score)
      .map(({ candidate }) => candidate);
  }
}

/** Whether the issuer's key identifier is the one that the child names. */
export function compareKeyIdentifiers(
  child: Pick<Certificate, "authorityKeyIdentifier">,
  issuer: Certificate,
): "same" | "unknown" | "different" {
  const wanted = optional(() => child.authorityKeyIdentifier?.keyIdentifier);
  const actual = optional(() => issuer.subjectKeyIdentifier);
  if (wanted === undefined || actual === undefined) return "unknown";
  return wanted.length === actual.length && wanted.every((byte, index) => byte === actual[index])
    ? "same"
    : "different";
}

const KEY_IDENTIFIER_SCORES = { same: 0, unknown: 1_000, different: 2_000 } as const;

// A hint that cannot be read is no hint; the rule on readable extensions has its own say.
function optional<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

// For each issuer name: how many pool certificates it takes to get from there to an anchor's name. Breadth-first from
// the anchors, so that dead ends and cycles cost the search nothing.
function distancesToAnchors(anchors: AnchorIndex, certificates: readonly Certificate[]): ReadonlyMap<string, number> {
  const distances = new Map<string, number>();
  const subjectsByIssuer = new Map<string, string[]>();
  let frontier: string[] = [];
  for (const { issuer, subject } of certificates) {
    const subjects = subjectsByIssuer.get(issuer.key);
    if (subjects !== undefined) subjects.push(subject.key);
    else {
      subjectsByIssuer.set(issuer.key, [subject.key]);
      if (anchors.bySubject(issuer).length > 0) frontier.push(issuer.key);
    }
  }
  for (let distance = 0; frontier.length > 0; distance++) {
    const next: string[] = [];
    for (const name of frontier) {
      if (distances.has(name)) continue;
      distances.set(name, distance);
      next.push(...(subjectsByIssuer.get(name) ?? []));
    }
    frontier = next;
  }
  return distances;
}
