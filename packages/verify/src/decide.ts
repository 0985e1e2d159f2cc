/** The decision: a proof or a refusal. One core for synchronous and asynchronous cryptography. */
import { Certificate, TlsKitError } from "@tlskit/x509";
import { Budget, BudgetExhausted } from "./budget.ts";
import { toTrustAnchors } from "./certificate-set.ts";
import { diagnose } from "./diagnosis.ts";
import { type SkippedCertificate, VerificationError, VerifyArgumentError } from "./error.ts";
import { describeIdentity, matchIdentity } from "./identity/match.ts";
import type { VerifyPathInput } from "./input.ts";
import { invalid } from "./invalid.ts";
import { type Candidate, IssuerIndex } from "./issuer-index.ts";
import { Judge, toReason } from "./judge.ts";
import { LinkCache } from "./link-cache.ts";
import { LinkMemo } from "./link-memo.ts";
import { type SearchState, searchPath } from "./path-search.ts";
import { processPolicies } from "./policy-graph.ts";
import { rankReasons } from "./rank.ts";
import type { VerificationAttempt, VerificationReason } from "./reason.ts";
import { RevocationChecker } from "./revocation/checker.ts";
import type { RevocationDoubt } from "./revocation/doubt.ts";
import { readEvidence } from "./revocation/evidence.ts";
import { RevocationCheck } from "./revocation/revocation-check.ts";
import { malformedFinding } from "./rules/extensions.ts";
import type { Rule } from "./rules/rule.ts";
import { keyStrength, signatureStrength } from "./rules/strength.ts";
import { ADMIT_NOTHING, readSettings, type Settings } from "./settings.ts";
import type { Checking } from "./signature-check.ts";
import type { TrustAnchors } from "./trust-anchors.ts";
import { type MatchedName, type VerifiedPath, verifiedPath } from "./verified-path.ts";

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
  const settings = readSettings(input);
  const trust = toTrustAnchors(input.trust);
  const budget = new Budget(settings.budget);
  const leaf = readLeaf(input.leaf, settings, budget);
  const links = new LinkMemo(readLinks(input.links));
  const verification: Verification = {
    settings,
    budget,
    leaf,
    rules,
    links,
    skipped: [],
    judge: new Judge(settings, rules),
  };
  try {
    if (trust.size === 0) throw refuse(verification, [trustEmpty()]);
    const pool = readPool(input.intermediates ?? [], verification);
    const revocation = readRevocationCheck(input, verification, pool, doubts);
    return yield* decideAmong({ ...verification, ...revocation }, trust, pool);
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
  /** Absent where revocation is ignored. */
  readonly revocation?: RevocationCheck;
}

function readRevocationCheck(
  input: VerifyPathInput,
  { settings, budget, rules, links }: Verification,
  pool: readonly Certificate[],
  doubts: readonly RevocationDoubt[],
): Pick<Verification, "revocation"> {
  if (settings.revocation.mode === "ignore") return {};
  const evidence = readEvidence(input.revocation ?? {}, budget, doubts);
  const world = { settings, evidence, rules, pool, links, budget };
  return { revocation: new RevocationCheck(new RevocationChecker(world), settings.revocation.mode) };
}

function* decideAmong(
  verification: Verification,
  trust: TrustAnchors,
  pool: readonly Certificate[],
): Checking<VerifiedPath> {
  const { settings, budget, leaf, judge, links, revocation } = verification;
  const index = new IssuerIndex(trust, pool, settings.at);
  const state: SearchState = {
    index,
    judge,
    budget,
    links,
    unreadable: verification.skipped.length,
    ...asked(revocation),
  };
  const anchored = anchoredLeaf(trust, leaf);
  if (anchored !== undefined) {
    const path = yield* acceptAnchoredLeaf(state, anchored);
    if (path !== undefined) return proof(verification, path);
  }
  const plain: Candidate = { certificate: leaf };
  if (judge.findings(plain, [], budget).length === 0) {
    const path = yield* searchPath(state, [plain]);
    if (path !== undefined) return proof(verification, path);
  }
  const reasons = anchored === undefined ? [] : leafReasons(verification, anchored);
  if (reasons.length > 0) throw refuse(verification, [], [{ chain: [leaf], reasons }]);
  throw refuse(verification, [], yield* diagnose(state, plain));
}

function asked(revocation: RevocationCheck | undefined): Pick<SearchState, "accept" | "explain"> {
  if (revocation === undefined) return {};
  return {
    accept: (path) => revocation.accept(path),
    explain: (path, budget) => revocation.explain(path, budget),
  };
}

// A leaf that is itself an anchor: byte-equal, self-issued and self-signed (the signature is checked below).
function anchoredLeaf(trust: TrustAnchors, leaf: Certificate): Candidate | undefined {
  const anchor = leaf.isSelfIssued ? trust.find(leaf) : undefined;
  return anchor === undefined ? undefined : { certificate: leaf, anchor };
}

function* acceptAnchoredLeaf(state: SearchState, candidate: Candidate): Checking<readonly Candidate[] | undefined> {
  const { judge, budget, links } = state;
  if (judge.findings(candidate, [], budget).length > 0) return undefined;
  const verdict = yield* links.verify(candidate.certificate, candidate.certificate, budget);
  return verdict.kind === "valid" ? [candidate] : undefined;
}

function proof(verification: Verification, path: readonly Candidate[]): VerifiedPath {
  const { settings, budget, leaf, skipped, judge, links } = verification;
  const anchor = path.at(-1)?.anchor;
  if (anchor === undefined) throw invalid("path", "ended by an anchor", path);
  const below = path.slice(0, -1).map(({ certificate }) => certificate);
  links.keep(path.map(({ certificate }) => certificate));
  return verifiedPath({
    chain: [leaf, ...path.slice(1).map(({ certificate }) => certificate)],
    anchor,
    purpose: settings.purpose,
    profile: settings.profile,
    at: settings.at,
    checks: () => [...judge.checks(path), ...(verification.revocation?.checks() ?? [])],
    policies: () => validPolicies(below, settings),
    weaknesses: () => weaknesses(verification, path),
    skipped,
    revocation: verification.revocation?.accepted ?? [],
    work: budget.work(),
    name: () => matchedName(leaf, settings.name),
  });
}

function matchedName(leaf: Certificate, reference: Settings["name"]): MatchedName | undefined {
  const matched = reference && matchIdentity(leaf.subjectAltName ?? [], reference).matched;
  return reference && matched && { reference, presented: describeIdentity(matched) };
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
function validPolicies(below: readonly Certificate[], { policies }: Settings): readonly string[] {
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

function readLeaf(input: VerifyPathInput["leaf"], settings: Settings, budget: Budget): Certificate {
  try {
    budget.spend("bytes", sizeOf(input, "leaf"));
    return input instanceof Certificate ? input : Certificate.fromDer(input);
  } catch (error) {
    throw unreadLeaf(error, settings, budget);
  }
}

function unreadLeaf(error: unknown, settings: Settings, budget: Budget): unknown {
  const rest = { chain: [], attempts: [], skipped: [], work: budget.work(), at: settings.at };
  if (error instanceof BudgetExhausted) return new VerificationError({ reasons: [budgetExceeded(error)], ...rest });
  if (!TlsKitError.is(error) || error instanceof VerifyArgumentError) return error;
  const finding = malformedFinding(undefined, "certificate", error);
  const reason = { ...finding, rule: "readable", section: "RFC 5280 4.1", depth: 0 } as VerificationReason;
  return new VerificationError({ reasons: [reason], ...rest }, { cause: error });
}

function sizeOf(input: Certificate | Uint8Array, argument: string): number {
  if (input instanceof Certificate) return input.der.length;
  if (input instanceof Uint8Array) return input.length;
  throw invalid(argument, "a Certificate or its DER", input);
}

function readLinks(links: VerifyPathInput["links"]): LinkCache | undefined {
  if (links !== undefined && !LinkCache.is(links)) throw invalid("links", "a LinkCache", links);
  return links;
}

function readPool(
  input: Iterable<Certificate | Uint8Array>,
  { budget, skipped }: Verification,
): readonly Certificate[] {
  if (typeof input !== "object" || input === null || !(Symbol.iterator in input)) {
    throw invalid("intermediates", "certificates", input);
  }
  const pool: Certificate[] = [];
  let index = 0;
  for (const item of input) {
    if (index >= budget.limits.poolSize) throw new BudgetExhausted("poolSize", budget.limits.poolSize);
    budget.spend("bytes", sizeOf(item, `intermediates[${index}]`));
    const certificate = readPoolMember(item, index, skipped);
    if (certificate !== undefined) pool.push(certificate);
    index++;
  }
  return pool.length < 2 ? pool : [...new Map(pool.map((one) => [one.id, one])).values()];
}

function readPoolMember(
  item: Certificate | Uint8Array,
  index: number,
  skipped: SkippedCertificate[],
): Certificate | undefined {
  if (item instanceof Certificate) return item;
  try {
    return Certificate.fromDer(item);
  } catch (error) {
    if (!TlsKitError.is(error)) throw error;
    skipped.push({ index, error });
    return undefined;
  }
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

function budgetExceeded({ limit, allowed }: BudgetExhausted): VerificationReason {
  return {
    code: "BUDGET_EXCEEDED",
    message: `The decision would take more work than allowed (${limit}: ${allowed}).`,
    remedy: `Check what the peer sends: ordinary chains are far below this limit. If it is right, raise budget.${limit}.`,
    rule: "budget",
    section: "RFC 5280 9",
    details: { limit, allowed },
  };
}

// Only if the diagnosis ran out of its own budget before it explained a single path.
function undecided({ limits }: Budget): VerificationReason {
  return budgetExceeded(new BudgetExhausted("steps", limits.steps));
}
