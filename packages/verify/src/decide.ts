/** The decision: a proof or a refusal. One core for synchronous and asynchronous cryptography. */
import { type Certificate, TlsKitError } from "@tlskit/x509";
import { readTrustLimits } from "./anchors/trust-limits.ts";
import { type SkippedCertificate, VerificationError } from "./error.ts";
import type { VerifyPathInput } from "./input/input.ts";
import { invalid } from "./input/invalid.ts";
import { readLeaf, readPool } from "./input/read-certificates.ts";
import { ADMIT_NOTHING, readSettings, type Settings } from "./input/settings.ts";
import { Judge, toReason } from "./judge.ts";
import { diagnose } from "./reasons/diagnosis.ts";
import { matchedName } from "./reasons/matched-name.ts";
import { rankReasons } from "./reasons/rank.ts";
import type { VerificationAttempt, VerificationReason } from "./reasons/reason.ts";
import { RevocationChecker } from "./revocation/checker.ts";
import type { RevocationDoubt } from "./revocation/doubt.ts";
import { readEvidence } from "./revocation/evidence.ts";
import { RevocationCheck } from "./revocation/revocation-check.ts";
import type { CertificateRevocationStatus } from "./revocation/status.ts";
import { processPolicies } from "./rules/policy-graph.ts";
import type { Rule } from "./rules/rule.ts";
import { keyStrength, signatureStrength } from "./rules/strength.ts";
import { Budget, BudgetExhausted } from "./search/budget.ts";
import { budgetExceeded } from "./search/budget-exceeded.ts";
import { AnchorIndex, toTrustAnchors } from "./search/certificate-set.ts";
import { type Candidate, IssuerIndex } from "./search/issuer-index.ts";
import { LinkCache } from "./search/link-cache.ts";
import { LinkMemo } from "./search/link-memo.ts";
import { type SearchState, searchPath } from "./search/path-search.ts";
import type { Checking } from "./search/signature-check.ts";
import { distrustByLogs } from "./transparency/distrust-check.ts";
import { type VerifiedPath, verifiedPath } from "./verified-path.ts";

/**
 * Decides about `input` under a rule table.
 *
 * @param doubts what is already known to be missing about revocation
 * @throws VerificationError, VerifyArgumentError, InvalidHostnameError
 */
export function* decide(
  input: VerifyPathInput,
  rules: readonly Rule[],
  doubts: readonly RevocationDoubt[] = [],
): Checking<VerifiedPath> {
  const trust = toTrustAnchors(input.trust);
  const settings = readSettings(input, readTrustLimits(trust));
  const budget = new Budget(settings.budget);
  const leaf = readLeaf(input.leaf, settings.at, budget);
  const links = new LinkMemo(readLinks(input.links));
  const verification: Verification = {
    settings,
    budget,
    leaf,
    rules,
    links,
    skipped: [],
    judge: new Judge(settings, rules),
    revocation: undefined,
  };
  try {
    if (trust.size === 0) throw refuse(verification, [trustEmpty()]);
    const pool = readPool(input.intermediates ?? [], budget, verification.skipped);
    verification.revocation = readRevocationCheck(input, verification, pool, doubts);
    return yield* decideAmong(verification, new AnchorIndex(trust), pool);
  } catch (error) {
    if (error instanceof BudgetExhausted) throw refuse(verification, [budgetExceeded(error)]);
    throw error;
  }
}

interface Verification {
  readonly settings: Settings;
  readonly budget: Budget;
  readonly leaf: Certificate;
  readonly rules: readonly Rule[];
  readonly links: LinkMemo;
  readonly skipped: SkippedCertificate[];
  readonly judge: Judge;
  /** Not there where revocation is ignored, and before the evidence about it was read. */
  revocation: RevocationCheck | undefined;
}

function readRevocationCheck(
  input: VerifyPathInput,
  { settings, budget, rules, links }: Verification,
  pool: readonly Certificate[],
  doubts: readonly RevocationDoubt[],
): RevocationCheck | undefined {
  if (settings.revocation.mode === "ignore") return undefined;
  const evidence = readEvidence(input.revocation ?? {}, budget, doubts);
  const world = { settings, evidence, rules, pool, links, budget };
  return new RevocationCheck(new RevocationChecker(world), settings.revocation.mode);
}

function* decideAmong(
  verification: Verification,
  anchors: AnchorIndex,
  pool: readonly Certificate[],
): Checking<VerifiedPath> {
  const { settings, budget, leaf, judge, links } = verification;
  const index = new IssuerIndex(anchors, pool, settings.at);
  const { accept, explain } = asked(verification);
  const state: SearchState = { index, judge, budget, links, unreadable: verification.skipped.length, accept, explain };
  // A leaf that is itself an anchor: byte-equal, self-issued and self-signed (the signature is checked below).
  const anchored = leaf.isSelfIssued ? anchors.findAll(leaf) : [];
  for (const candidate of anchored) {
    const path = yield* acceptAnchoredLeaf(state, candidate);
    if (path !== undefined) return proof(verification, path);
  }
  const plain: Candidate = { certificate: leaf };
  if (judge.findings(plain, [], budget).length === 0) {
    const path = yield* searchPath(state, [plain]);
    if (path !== undefined) return proof(verification, path);
  }
  const reasons = anchored[0] === undefined ? [] : leafReasons(verification, anchored[0]);
  if (reasons.length > 0) throw refuse(verification, [], [{ chain: [leaf], reasons }]);
  throw refuse(verification, [], yield* diagnose(state, plain));
}

const NO_STATUS: readonly CertificateRevocationStatus[] = [];

// What takes signatures to find out, or more than the path itself, is asked about paths that are good otherwise.
function asked({ revocation, settings, budget }: Verification): Pick<SearchState, "accept" | "explain"> {
  const { logs } = settings.limits;
  if (revocation === undefined && (logs === undefined || logs.size === 0)) return {};
  return {
    *accept(path) {
      if ((yield* distrustByLogs(path, settings, budget)).length > 0) return false;
      return revocation === undefined || (yield* revocation.accept(path));
    },
    *explain(path, spare) {
      const late = yield* distrustByLogs(path, settings, spare);
      return revocation === undefined ? late : [...late, ...(yield* revocation.explain(path, spare))];
    },
  };
}

function* acceptAnchoredLeaf(state: SearchState, candidate: Candidate): Checking<readonly Candidate[] | undefined> {
  const { judge, budget, links } = state;
  if (judge.findings(candidate, [], budget).length > 0) return undefined;
  const verdict = yield* links.verify(candidate.certificate, candidate.certificate, budget);
  return verdict.kind === "valid" ? [candidate] : undefined;
}

function proof(verification: Verification, path: readonly Candidate[]): VerifiedPath {
  const { settings, budget, leaf, skipped, judge, links, revocation } = verification;
  const anchor = path.at(-1)?.anchor;
  if (anchor === undefined) throw invalid("path", "ended by an anchor", path);
  const [, ...above] = path.map(({ certificate }) => certificate);
  links.keep(path);
  return verifiedPath({
    chain: [leaf, ...above],
    anchor,
    purpose: settings.purpose,
    profile: settings.profile,
    at: settings.at,
    checks: () => [...judge.checks(path), ...(revocation?.checks() ?? [])],
    policies: () => validPolicies(path, settings),
    weaknesses: () => weaknesses(verification, path),
    skipped,
    revocation: revocation?.accepted ?? NO_STATUS,
    work: budget.work(),
    name: () => matchedName(leaf, settings.name),
  });
}

// What the path would have been refused for, had no weakness been admitted.
function weaknesses({ settings, rules }: Verification, path: readonly Candidate[]): readonly VerificationReason[] {
  const strict = new Judge(
    { ...settings, admit: ADMIT_NOTHING },
    rules.filter(({ check }) => check === keyStrength || check === signatureStrength),
  );
  return path.flatMap((candidate, depth) => {
    const below = path.slice(0, depth).map(({ certificate }) => certificate);
    return strict.findings(candidate, below, new Budget()).map((one) => toReason(one, candidate.certificate, depth));
  });
}

// Where nobody demanded a policy, unreadable or excessive ones are no fault of the path: they just hold for nothing.
function validPolicies(path: readonly Candidate[], { policies }: Settings): readonly string[] {
  const below = path.slice(0, -1).map(({ certificate }) => certificate);
  try {
    return processPolicies(below, policies, new Budget()).policies;
  } catch (error) {
    if (error instanceof BudgetExhausted || TlsKitError.is(error)) return [];
    throw error;
  }
}

// What stops the decision comes first; what is wrong with the leaf itself is said in any case.
function refuse(
  verification: Verification,
  fatal: readonly VerificationReason[],
  attempts: readonly VerificationAttempt[] = [],
): VerificationError {
  const { leaf, skipped, budget, settings } = verification;
  const best = attempts[0];
  const found = best?.reasons ?? leafReasons(verification, { certificate: leaf });
  const [first = undecided(budget), ...others] = rankReasons([...fatal, ...found]);
  return new VerificationError({
    reasons: [first, ...others],
    chain: best?.chain ?? [leaf],
    attempts,
    skipped,
    work: budget.work(),
    at: settings.at,
  });
}

function leafReasons({ judge, leaf }: Verification, candidate: Candidate): readonly VerificationReason[] {
  try {
    return judge.findings(candidate, [], new Budget()).map((found) => toReason(found, leaf, 0));
  } catch (error) {
    if (error instanceof BudgetExhausted) return [budgetExceeded(error)];
    throw error;
  }
}

function readLinks(links: VerifyPathInput["links"]): LinkCache | undefined {
  if (links !== undefined && !LinkCache.is(links)) throw invalid("links", "a LinkCache", links);
  return links;
}

function trustEmpty(): VerificationReason {
  return {
    code: "TRUST_EMPTY",
    message: "There is no trusted certificate, so nothing can be verified.",
    remedy: "Give at least one trusted certificate, or use the trust store of the platform.",
    rule: "trust",
    section: "RFC 5280 6.1.1 (d)",
    details: {},
  };
}

// Only if the diagnosis ran out of its own budget before it explained a single path.
function undecided({ limits }: Budget): VerificationReason {
  return budgetExceeded(new BudgetExhausted("steps", limits.steps));
}
