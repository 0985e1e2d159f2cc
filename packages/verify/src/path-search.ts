/**
 * The search for a path that is good in every respect: depth first, anchors first, backtracking over whatever the pool
 * holds. A candidate is dropped at the first thing that is wrong with it; why a leaf is refused is found out by
 * `diagnosis.ts` afterwards.
 *
 * @see RFC 4158; RFC 5280, section 6.1
 */
import type { Certificate } from "@tlskit/x509";
import type { Budget } from "./budget.ts";
import type { Candidate, IssuerIndex } from "./issuer-index.ts";
import type { Judge } from "./judge.ts";
import type { Checking, SignatureVerdict } from "./signature-check.ts";

/** What the search and the diagnosis share. */
export interface SearchState {
  readonly index: IssuerIndex;
  readonly judge: Judge;
  readonly links: LinkMemo;
  readonly budget: Budget;
  /** How many certificates of the pool could not be read. */
  readonly unreadable: number;
}

/** The first good path that continues `path` to an anchor, or undefined. */
export function* searchPath(
  state: SearchState,
  path: readonly Candidate[],
): Checking<readonly Candidate[] | undefined> {
  const { index, judge, links, budget } = state;
  const below = path.map(({ certificate }) => certificate);
  const child = below.at(-1);
  if (child === undefined || path.length >= budget.limits.pathLength) return undefined;
  for (const candidate of index.issuersOf(child)) {
    budget.spend("steps");
    if (candidate.anchor === undefined && index.distance(candidate.certificate) === undefined) continue;
    if (isLoop(candidate.certificate, below)) continue;
    if (judge.findings(candidate, below, budget).length > 0) continue;
    const verdict = yield* links.verify(child, candidate.certificate, budget);
    if (verdict.kind !== "valid") continue;
    const longer = [...path, candidate];
    if (candidate.anchor !== undefined) return longer;
    const found = yield* searchPath(state, longer);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** RFC 4158, section 2.4.1: no name and key twice in one path. */
export function isLoop(candidate: Certificate, below: readonly Certificate[]): boolean {
  return below.some((other) => {
    // A key that cannot be read verifies nothing, so it cannot make a loop either.
    return other === candidate || (other.subject.key === candidate.subject.key && sameKey(other, candidate));
  });
}

/** Remembers, within one verification, which key signed which certificate: no signature is checked twice. */
export class LinkMemo {
  readonly #verdicts = new Map<Certificate, { readonly issuer: Certificate; readonly verdict: SignatureVerdict }[]>();

  *verify(certificate: Certificate, issuer: Certificate, budget: Budget): Checking<SignatureVerdict> {
    const known = this.#verdicts.get(certificate) ?? [];
    const same = known.find((entry) => entry.issuer === issuer || sameKey(entry.issuer, issuer));
    if (same !== undefined) return same.verdict;
    budget.spend("signatures");
    const verdict = yield { certificate, issuer };
    this.#verdicts.set(certificate, [...known, { issuer, verdict }]);
    return verdict;
  }
}

function sameKey(a: Certificate, b: Certificate): boolean {
  try {
    return a.publicKey.equals(b.publicKey);
  } catch {
    return false;
  }
}
