/**
 * Why no path is good: walks the candidate paths again, this time keeping everything that is wrong instead of stopping
 * at it, and says which path came closest. The answer is a refusal whatever is found here, so the work is small and fixed.
 */
import { type Certificate, type PublicKey, TlsKitError } from "@tlskit/x509";
import { selfSigned, tooLong, unknownIssuer, untrustedRoot } from "../anchors/trust-findings.ts";
import { type Found, toReason } from "../judge.ts";
import type { Finding } from "../rules/rule.ts";
import { Budget, BudgetExhausted } from "../search/budget.ts";
import { type Candidate, compareKeyIdentifiers } from "../search/issuer-index.ts";
import { readKey } from "../search/link-memo.ts";
import { isLoop, type SearchState } from "../search/path-search.ts";
import type { Checking, SignatureVerdict } from "../search/signature-check.ts";
import { rankReasons, trustFaults } from "./rank.ts";
import type { VerificationAttempt, VerificationReason } from "./reason.ts";
import { show } from "./show.ts";

/** The candidate paths with all that is wrong with each, the best first; never empty unless the budget is tiny. */
export function* diagnose(state: SearchState, leaf: Candidate): Checking<readonly VerificationAttempt[]> {
  const attempts: VerificationAttempt[] = [];
  const { nameComparisons, pathLength } = state.budget.limits;
  const budget = new Budget({ ...DIAGNOSIS_BUDGET, nameComparisons, pathLength });
  const explorer: Explorer = { state: { ...state, budget }, attempts };
  try {
    yield* explore(explorer, [], leaf, []);
  } catch (error) {
    if (!(error instanceof BudgetExhausted)) throw error;
    // Nothing explained: then the work itself is the reason.
    if (attempts.length === 0) throw new BudgetExhausted(error.limit, state.budget.limits[error.limit]);
  }
  // A stable sort: of equals, the likelier candidate was looked at first.
  return attempts.sort((a, b) => badness(a) - badness(b) || b.chain.length - a.chain.length);
}

/** How many candidate paths are explained. */
const MAX_ATTEMPTS = 8;

// Besides the caller's own limits to names and to the length of paths.
const DIAGNOSIS_BUDGET = { signatures: 40, steps: 400, policyNodes: 2_000 };

interface Explorer {
  readonly state: SearchState;
  readonly attempts: VerificationAttempt[];
}

// Adds `candidate` to the path `below`, and goes on upwards.
function* explore(
  explorer: Explorer,
  below: readonly Certificate[],
  candidate: Candidate,
  reasonsBelow: readonly VerificationReason[],
): Checking<void> {
  const { state, attempts } = explorer;
  if (attempts.length >= MAX_ATTEMPTS) return;
  const { certificate, anchor } = candidate;
  const chain = [...below, certificate];
  const found = state.judge
    .findings(candidate, below, state.budget)
    .map((one) => toReason(one, certificate, below.length));
  const reasons = [...reasonsBelow, ...found];
  if (anchor !== undefined && below.length > 0) {
    const path = [...below.map((one) => ({ certificate: one })), candidate];
    // Where a signature is wrong or missing, there is no issuer who could have revoked anything.
    const isTrusted = trustFaults(reasons) === 0;
    const revocation = isTrusted && state.explain ? yield* state.explain(path, state.budget) : [];
    attempts.push(attempt(chain, [...reasons, ...revocation]));
  } else yield* exploreIssuers(explorer, chain, certificate, reasons);
}

function* exploreIssuers(
  explorer: Explorer,
  chain: readonly Certificate[],
  child: Certificate,
  reasons: readonly VerificationReason[],
): Checking<void> {
  const { state, attempts } = explorer;
  const end = (...findings: Found[]): void => {
    const last = findings.map((finding) => toReason(finding, child, chain.length - 1));
    attempts.push(attempt(chain, [...reasons, ...last]));
  };
  if (chain.length >= state.budget.limits.pathLength) return end(tooLong(state.budget.limits.pathLength));
  const links = yield* issuersWithVerdicts(state, chain, child);
  const signers = links.filter(({ verdict }) => verdict.kind !== "invalid");
  if (signers.length === 0 && child.isSelfIssued) {
    const self = yield* state.links.verify(child, child, state.budget);
    const trust = chain.length === 1 ? selfSigned(child) : untrustedRoot(child, isLeafTrusted(state, chain));
    if (self.kind === "valid") return end(trust);
    const unchecked = self.kind === "unable" && mayBeOwnIssuer(child) ? linkFault(child, child, self) : undefined;
    // Trusted or not, nobody can tell if it is what it says.
    if (unchecked !== undefined) return end(...(isAnchor(state, child) ? [] : [trust]), unchecked);
  }
  // Who has the right name but another key is the issuer only if nothing says that the key is another.
  const claimants = links.filter(
    ({ candidate }) => compareKeyIdentifiers(child, candidate.certificate) !== "different",
  );
  const next = signers.length > 0 ? signers : claimants.slice(0, 1);
  if (next.length === 0) {
    const { unreadable } = state;
    const leafIsTrusted = isLeafTrusted(state, chain);
    return end(
      unknownIssuer({ last: child, length: chain.length, leafIsTrusted, unreadable, hasNamesake: links.length > 0 }),
    );
  }
  for (const { candidate, verdict } of next) {
    const fault = linkFault(child, candidate.certificate, verdict);
    const soFar = fault === undefined ? reasons : [...reasons, toReason(fault, child, chain.length - 1)];
    yield* explore(explorer, chain, candidate, soFar);
  }
}

// Its subject is its issuer already.
function mayBeOwnIssuer(certificate: Certificate): boolean {
  return compareKeyIdentifiers(certificate, certificate) !== "different";
}

function isAnchor({ index }: SearchState, certificate: Certificate): boolean {
  return index
    .bySubject(certificate.subject)
    .some((one) => one.anchor !== undefined && one.certificate.equals(certificate));
}

// Among the anchors, but no anchor for itself: else there would be a path.
function isLeafTrusted(state: SearchState, [leaf]: readonly Certificate[]): boolean {
  return leaf !== undefined && isAnchor(state, leaf);
}

interface Link {
  readonly candidate: Candidate;
  readonly verdict: SignatureVerdict;
}

function* issuersWithVerdicts(
  state: SearchState,
  chain: readonly Certificate[],
  child: Certificate,
): Checking<readonly Link[]> {
  const links: Link[] = [];
  for (const candidate of state.index.issuersOf(child)) {
    state.budget.spend("steps");
    if (isLoop(candidate.certificate, chain)) continue;
    links.push({ candidate, verdict: yield* linkVerdict(state, child, candidate.certificate) });
    if (links.length >= MAX_ATTEMPTS) break;
  }
  return links;
}

function* linkVerdict(state: SearchState, child: Certificate, issuer: Certificate): Checking<SignatureVerdict> {
  let verdict: SignatureVerdict | undefined;
  for (const key of wholeKeys(state, issuer, MAX_HEIRS)) {
    verdict = yield* state.links.verify(child, issuer, state.budget, key);
    if (verdict.kind === "valid") break;
  }
  return verdict ?? (yield* state.links.verify(child, issuer, state.budget));
}

// A key that lacks its parameters has those of any DSA key above it (RFC 3279, section 2.3.2).
function* wholeKeys(state: SearchState, certificate: Certificate, heirs: number): Generator<PublicKey, void> {
  const key = readKey(certificate);
  if (TlsKitError.is(key)) return;
  if (!key.lacksParameters) return yield key;
  for (const issuer of heirs === 0 ? [] : state.index.issuersOf(certificate)) {
    state.budget.spend("steps");
    for (const whole of wholeKeys(state, issuer.certificate, heirs - 1)) {
      if (whole.type === "dsa") yield key.withParametersOf(whole);
    }
  }
}

// How many keys in a row may leave their parameters to the next one.
const MAX_HEIRS = 2;

function attempt(chain: readonly Certificate[], reasons: readonly VerificationReason[]): VerificationAttempt {
  return { chain, reasons: rankReasons(reasons) };
}

function badness({ reasons }: VerificationAttempt): number {
  return 1_000 * trustFaults(reasons) + reasons.length;
}

function linkFault(child: Certificate, issuer: Certificate, verdict: SignatureVerdict): Found | undefined {
  if (verdict.kind === "valid") return undefined;
  const algorithm = child.signatureAlgorithm.name;
  if (verdict.kind === "unable") return signatureFinding(unableFinding(child, verdict.error));
  return signatureFinding({
    code: "SIGNATURE_INVALID",
    message: `${show(child)} was not signed by the key of ${show(issuer).replace("The", "the")}.`,
    remedy:
      "Install the chain that belongs to this certificate, or the CA certificate that is in use now: one of them was replaced.",
    details: { issuer: issuer.subject.toString(), algorithm },
  });
}

function unableFinding(child: Certificate, error: TlsKitError): Finding {
  const isKey = error.code !== "UNSUPPORTED_ALGORITHM";
  const algorithm = child.signatureAlgorithm.name;
  return {
    code: isKey ? "SIGNATURE_INVALID" : "ALGORITHM_UNSUPPORTED",
    message: `The signature of ${show(child).replace("The", "the")} cannot be checked: ${error.message}`,
    remedy: "Have the certificate issued with RSA, ECDSA or Ed25519 and SHA-256 or better.",
    details: isKey ? { issuer: child.issuer.toString(), algorithm } : { algorithm, detail: error.message },
  } as Finding;
}

function signatureFinding(finding: Finding): Found {
  return { rule: "signature", section: "RFC 5280 6.1.3 (a)(1)", finding };
}
