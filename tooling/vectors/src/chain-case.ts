/** BoringSSL's verify_certificate_chain cases: a chain, how far its last certificate is trusted, and the errors expected. */
import type { Purpose, VerifyPathInput } from "@tlskit/verify";
import { publicSuffixList } from "@tlskit/verify/public-suffix";
import { derOf, readAnchors } from "./certificates.ts";
import type { Decision, Inapplicable, RunSettings, VectorCase } from "./decision.ts";
import { namespaceOf } from "./namespace.ts";
import { type Outcome, outcomeOf, refusal, samePolicies } from "./outcome.ts";

/** One chain and its verdict. */
export interface ChainCase extends VectorCase {
  readonly leaf: string;
  readonly untrusted_intermediates: readonly string[];
  readonly last_cert: string;
  readonly last_cert_trust: string;
  readonly key_purpose: string;
  readonly digest_policy: string;
  readonly validation_time: string;
  /** OIDs, with commas between them. */
  readonly expected_user_constrained_policy_set: string | null;
  readonly expected_errors: string;
  readonly expected_result: "SUCCESS" | "FAILURE";
}

/** Whether a case has this form. */
export function isChainCase(value: VectorCase): value is ChainCase {
  return "last_cert_trust" in value && "key_purpose" in value;
}

/** Whether the expected refusal is a limit to the work. */
export function isAboutWork(test: ChainCase): boolean {
  return /Too many name constraints checks|Iteration limit exceeded/i.test(test.expected_errors);
}

/** Decides a case, or says why it cannot be asked here. */
export async function decideChainCase(test: ChainCase, settings: RunSettings): Promise<Decision | Inapplicable> {
  const purpose = PURPOSES[test.key_purpose];
  if (purpose === undefined) return { inapplicable: `There is no purpose ${test.key_purpose}.` };
  if (!TRUST.has(test.last_cert_trust)) return { inapplicable: `There is no trust ${test.last_cert_trust}.` };
  const { result, codes, message } = await verdictOf(test, purpose, settings);
  return {
    expected: test.expected_result,
    actual: result,
    accepts: test.expected_result === "SUCCESS",
    codes,
    ...(message === undefined ? {} : { message }),
  };
}

async function verdictOf(test: ChainCase, purpose: Purpose, settings: RunSettings): Promise<Outcome> {
  const outcome = await outcomeOf(() => inputOf(test, purpose, settings));
  const { path } = outcome;
  const policies = test.expected_user_constrained_policy_set?.split(/[\s,]+/);
  if (path === undefined || policies === undefined || samePolicies(path, policies)) return outcome;
  return refusal("WRONG_POLICIES", `The policies are ${path.policies.join()}, not ${policies.join()}.`);
}

function inputOf(test: ChainCase, purpose: Purpose, settings: RunSettings): VerifyPathInput {
  return {
    leaf: derOf(test.leaf),
    intermediates: test.untrusted_intermediates.map(derOf),
    trust: readAnchors([test.last_cert]),
    at: new Date(test.validation_time),
    purpose,
    profile: settings.profile ?? namespaceOf(test.id).profile,
    publicSuffix: publicSuffixList,
    ...(test.digest_policy === "STRONG" ? {} : { insecurelyAdmit: { signatureHashes: ["SHA-1"] } }),
  };
}

// Its strict purposes add rules of BoringSSL's own; the other purposes are not for us.
const PURPOSES: Readonly<Record<string, Purpose>> = {
  SERVER_AUTH: "server",
  CLIENT_AUTH: "client",
  ANY_EKU: "any",
};

// What it says about the anchor and is true here: an anchor's validity counts always, and a leaf that is trusted itself
// must be self-signed. Everything else (constraints, distrust) has no equivalent.
const TRUST: ReadonlySet<string> = new Set([
  "TRUSTED_ANCHOR",
  "TRUSTED_ANCHOR_WITH_EXPIRATION",
  "TRUSTED_ANCHOR_OR_LEAF",
  "TRUSTED_LEAF_REQUIRE_SELF_SIGNED",
]);
