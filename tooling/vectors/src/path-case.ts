/** The format of x509-limbo, with the fields that the PKITS cases add. */
import type { PolicyInput, Purpose, VerifyPathInput } from "@tlskit/verify";
import {
  matchIdentity,
  type PresentedIdentity,
  parseEmailId,
  parseHost,
  type ReferenceIdentity,
} from "@tlskit/verify/identity";
import { publicSuffixList } from "@tlskit/verify/public-suffix";
import { TlsKitError } from "@tlskit/x509/error";
import { derOf, readAnchors } from "./certificates.ts";
import type { Decision, RunSettings, VectorCase } from "./decision.ts";
import { namespaceOf } from "./namespace.ts";
import { type Outcome, outcomeOf, refusal, samePolicies } from "./outcome.ts";

interface PeerName {
  readonly kind: "DNS" | "IP" | "RFC822";
  readonly value: string;
}

/** One path validation case. */
export interface PathCase extends VectorCase {
  readonly validation_kind: "CLIENT" | "SERVER";
  readonly extended_key_usage?: readonly string[];
  readonly trusted_certs: readonly string[];
  readonly untrusted_intermediates: readonly string[];
  readonly peer_certificate: string;
  readonly validation_time: string | null;
  readonly expected_result: "SUCCESS" | "FAILURE";
  readonly expected_peer_name: PeerName | null;
  readonly expected_peer_names: readonly PeerName[];
  readonly max_chain_depth: number | null;
  readonly crls: readonly string[];
  readonly initial_policy_set?: readonly string[];
  readonly initial_explicit_policy?: boolean;
  readonly initial_policy_mapping_inhibit?: boolean;
  readonly initial_inhibit_any_policy?: boolean;
  readonly expected_user_constrained_policy_set?: readonly string[] | null;
}

/** Whether a case has this form. */
export function isPathCase(value: VectorCase): value is PathCase {
  return "peer_certificate" in value && "trusted_certs" in value;
}

/** Decides a case. */
export async function decidePathCase(test: PathCase, settings: RunSettings): Promise<Decision> {
  const { result, codes, message } = await verdictOf(test, settings);
  const isLax = result === "SUCCESS" && test.expected_result === "FAILURE" && settings.profile !== undefined;
  const said = isLax ? await whatIsLeftOut(test, settings.profile) : message;
  return {
    expected: test.expected_result,
    actual: result,
    accepts: test.expected_result === "SUCCESS",
    codes,
    ...(said === undefined ? {} : { message: said }),
  };
}

// Which rules would have refused, under the profile that the case is meant for.
async function whatIsLeftOut(test: PathCase, profile: RunSettings["profile"]): Promise<string | undefined> {
  const meant = await verdictOf(test, {});
  if (meant.result === "SUCCESS") return undefined;
  const rules = [...new Set(meant.rules)].join(", ");
  return `the profile ${profile} leaves out: ${rules} (${meant.codes[0]})`;
}

/** What our verifier says about a case, with the error itself. */
export async function verdictOf(test: PathCase, settings: RunSettings): Promise<Outcome> {
  const outcome = await outcomeOf(() => inputOf(test, settings));
  const { path } = outcome;
  if (path === undefined) return outcome;
  const policies = test.expected_user_constrained_policy_set ?? undefined;
  if (policies !== undefined && !samePolicies(path, policies)) {
    return refusal("WRONG_POLICIES", `The policies are ${path.policies.join()}, not ${policies.join()}.`);
  }
  const presented = path.leaf.subjectAltName ?? [];
  for (const name of test.expected_peer_names) {
    const fault = mismatchOf(presented, name);
    if (fault !== undefined) return fault;
  }
  return outcome;
}

// A name that nobody can ask for is not matched either.
function mismatchOf(presented: Iterable<PresentedIdentity>, name: PeerName): Outcome | undefined {
  try {
    if (matchIdentity(presented, reference(name)).matched !== undefined) return undefined;
    return refusal("NAME_MISMATCH", `The leaf is not for ${name.value}.`);
  } catch (error) {
    if (TlsKitError.is(error)) return refusal(error.code, error.message);
    throw error;
  }
}

function inputOf(test: PathCase, settings: RunSettings): VerifyPathInput {
  const { profile, admit } = namespaceOf(test.id);
  return {
    leaf: derOf(test.peer_certificate),
    intermediates: test.untrusted_intermediates.map(derOf),
    trust: readAnchors(test.trusted_certs),
    at: test.validation_time === null ? new Date() : new Date(test.validation_time),
    purpose: purposeOf(test),
    profile: settings.profile ?? profile,
    publicSuffix: publicSuffixList,
    policies: policiesOf(test),
    ...(admit === undefined ? {} : { insecurelyAdmit: admit }),
    ...(test.crls.length === 0 ? {} : { revocation: { mode: "require", scope: "path", crls: test.crls.map(derOf) } }),
    ...(test.expected_peer_name === null ? {} : { name: reference(test.expected_peer_name) }),
    ...(test.max_chain_depth === null ? {} : { maxDepth: test.max_chain_depth }),
  };
}

// What the certificate is to be used for, by name; else by who presents it.
function purposeOf({ validation_kind, extended_key_usage = [] }: PathCase): Purpose {
  const [wanted, ...others] = extended_key_usage;
  const named = wanted === undefined || others.length > 0 ? undefined : PURPOSES[wanted];
  return named ?? (validation_kind === "CLIENT" ? "client" : "server");
}

const PURPOSES: Readonly<Record<string, Purpose>> = {
  serverAuth: "server",
  clientAuth: "client",
  codeSigning: "codeSigning",
  emailProtection: "email",
  timeStamping: "timeStamping",
  OCSPSigning: "ocspSigning",
  anyExtendedKeyUsage: "any",
};

function policiesOf(test: PathCase): PolicyInput {
  return {
    ...(test.initial_policy_set === undefined ? {} : { initial: test.initial_policy_set }),
    requireExplicit: test.initial_explicit_policy ?? false,
    inhibitMapping: test.initial_policy_mapping_inhibit ?? false,
    inhibitAny: test.initial_inhibit_any_policy ?? false,
  };
}

function reference({ kind, value }: PeerName): ReferenceIdentity {
  return kind === "RFC822" ? parseEmailId(value) : parseHost(value);
}
