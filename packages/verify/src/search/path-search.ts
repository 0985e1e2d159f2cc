/**
 * The search for a path that is good in every respect: depth first, anchors first, backtracking over whatever the pool
 * holds. A candidate is dropped at the first thing that is wrong with it; why a leaf is refused is found out by
 * `diagnosis.ts` afterwards.
 *
 * @see RFC 4158; RFC 5280, section 6.1
 */
import { type Certificate, type PublicKey, TlsKitError } from "@tlskit/x509";
import type { Judge } from "../judge.ts";
import type { VerificationReason } from "../reasons/reason.ts";
import type { Budget } from "./budget.ts";
import type { Candidate, IssuerIndex } from "./issuer-index.ts";
import { type LinkMemo, readKey } from "./link-memo.ts";
import type { Checking } from "./signature-check.ts";

/** What the search and the diagnosis share. */
export interface SearchState {
  readonly index: IssuerIndex;
  readonly judge: Judge;
  readonly links: LinkMemo;
  readonly budget: Budget;
  /** How many certificates of the pool could not be read. */
  readonly unreadable: number;
  /** The last word on a path that is otherwise good; a refusal makes the search go on. */
  readonly accept?: ((path: readonly Candidate[]) => Checking<boolean>) | undefined;
  /** What `accept` refuses a path for. */
  readonly explain?:
    | ((path: readonly Candidate[], budget: Budget) => Checking<readonly VerificationReason[]>)
    | undefined;
}

/** The first good path that continues `path` to an anchor, or undefined. */
export function* searchPath(
  state: SearchState,
  path: readonly Candidate[],
): Checking<readonly Candidate[] | undefined> {
  const { index, judge, budget } = state;
  const below = path.map(({ certificate }) => certificate);
  const child = below.at(-1);
  if (child === undefined || path.length >= budget.limits.pathLength) return undefined;
  for (const candidate of index.issuersOf(child)) {
    budget.spend("steps");
    if (candidate.anchor === undefined && !index.leadsToAnchor(candidate.certificate)) continue;
    if (isLoop(candidate.certificate, below)) continue;
    if (judge.findings(candidate, below, budget).length > 0) continue;
    if (!(yield* linksHold(state, below, candidate))) continue;
    const longer = [...path, candidate];
    if (candidate.anchor !== undefined) {
      if (state.accept === undefined || (yield* state.accept(longer))) return longer;
      continue;
    }
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

// A DSA key may leave its domain parameters to its issuer's (RFC 3279, section 2.3.2; RFC 5280, section 6.1.4 (e)): the
// link below such a key can be checked only when that issuer is found.
function* linksHold(
  state: SearchState,
  below: readonly Certificate[],
  { certificate, anchor }: Candidate,
): Checking<boolean> {
  let key = readKey(certificate);
  if (TlsKitError.is(key)) return false;
  if (key.lacksParameters) return anchor === undefined;
  for (let depth = below.length - 1; depth >= 0; depth--) {
    const child = below[depth];
    if (child === undefined) return false;
    const { links, budget } = state;
    const verdict = links.recall(child, key, budget) ?? (yield* links.check(child, key));
    if (verdict.kind !== "valid") return false;
    const next = readKey(child);
    if (depth === 0 || TlsKitError.is(next) || !next.lacksParameters) return true;
    // Parameters come from an issuer that uses DSA itself, or "by other means", which we do not have.
    if (key.type !== "dsa") return false;
    key = next.withParametersOf(key);
  }
  return true;
}

function sameKey(a: Certificate, b: Certificate): boolean {
  const [one, other]: readonly (PublicKey | TlsKitError)[] = [readKey(a), readKey(b)];
  return (
    one !== undefined && other !== undefined && !TlsKitError.is(one) && !TlsKitError.is(other) && one.equals(other)
  );
}
