/** The status of one certificate by itself, for those whose path is already known to be good. */
import type { Certificate } from "@tlskit/x509";
import { genuineCertificate } from "../input/genuine.ts";
import type { AdmittedWeakness, VerificationProfile } from "../input/input.ts";
import { invalid } from "../input/invalid.ts";
import { readOwn, readSettings, type SettingsInput } from "../input/settings.ts";
import { RULES } from "../rules/table.ts";
import { Budget, BudgetExhausted, type BudgetLimits } from "../search/budget.ts";
import { allowedWork } from "../search/budget-exceeded.ts";
import { LinkMemo } from "../search/link-memo.ts";
import { type Checking, runAsync, runSync } from "../search/signature-check.ts";
import { RevocationChecker } from "./checker.ts";
import { doubt } from "./doubt.ts";
import { readEvidence } from "./evidence.ts";
import type { RevocationSources } from "./revocation-input.ts";
import type { CertificateRevocationStatus } from "./status.ts";

/** What {@link checkRevocation} decides about. */
export interface CheckRevocationInput extends RevocationSources {
  /** The certificate, its issuer, and so on up to the one that is trusted. Nothing of it is verified here. */
  readonly chain: readonly Certificate[];
  /** Where else CRL issuers may be found; hostile input. */
  readonly intermediates?: Iterable<Certificate> | undefined;
  /** Default: now. */
  readonly at?: Date | undefined;
  /** How old a CRL or response may be, in seconds; as in `RevocationInput`. */
  readonly maxAge?: number | undefined;
  /** Default: `"compatible"`. */
  readonly profile?: VerificationProfile | undefined;
  /** Weak cryptography that counts although it can be broken; default: none. */
  readonly insecurelyAdmit?: AdmittedWeakness | undefined;
  /** How much work is allowed; default: `DEFAULT_BUDGET`. */
  readonly budget?: BudgetLimits | undefined;
}

/**
 * Whether the first certificate of a chain is revoked. The chain is taken to be verified: use `verifyPath` with
 * `revocation` to decide about both. CRL issuers outside of the chain, and OCSP responders, are verified.
 *
 * @throws {VerifyArgumentError} `VERIFY_ARGUMENT_INVALID`: an argument is unusable
 * @example
 * const { status, doubts } = await checkRevocation({ chain: path.chain, crls: [await readFile("ca.crl")] });
 */
export async function checkRevocation(input: CheckRevocationInput): Promise<CertificateRevocationStatus> {
  return runAsync(statusOf(input));
}

/**
 * As {@link checkRevocation}, at once, where the runtime's cryptography is synchronous (Node, Bun, Deno).
 *
 * @throws {X509Error} `CRYPTO_NOT_SYNCHRONOUS` elsewhere
 */
export function checkRevocationSync(input: CheckRevocationInput): CertificateRevocationStatus {
  return runSync(statusOf(input));
}

function* statusOf(input: CheckRevocationInput): Checking<CertificateRevocationStatus> {
  const own = readOwn(input, INPUT_NAMES);
  const { intermediates = [], crls = [], ocspResponses = [] } = own;
  const chain = readChain(own.chain);
  const [, ...above] = chain;
  const settings = readSettings(asSettings(own));
  const budget = new Budget(settings.budget);
  try {
    const evidence = readEvidence({ crls, ocspResponses }, budget);
    const pool = [...above, ...certificates(intermediates, budget)];
    const links = new LinkMemo(undefined);
    const checker = new RevocationChecker({ settings, evidence, rules: RULES, pool, links, budget });
    const [status] = yield* checker.check(candidates(chain));
    if (status === undefined) throw invalid("chain", "two certificates or more", chain);
    return status;
  } catch (error) {
    if (!(error instanceof BudgetExhausted)) throw error;
    const message = `It would take more than ${allowedWork(error)}.`;
    const doubts = [doubt("none", undefined, "BUDGET_EXCEEDED", message)];
    return { status: "unknown", doubts, certificate: chain[0], depth: 0 };
  }
}

function readChain(chain: unknown): readonly [Certificate, Certificate, ...Certificate[]] {
  const [first, second, ...others] = Array.isArray(chain) ? chain.map(genuineCertificate) : [];
  const rest = others.filter((one) => one !== undefined);
  if (first === undefined || second === undefined || rest.length < others.length) {
    throw invalid("chain", "two certificates or more", chain);
  }
  return [first, second, ...rest];
}

// Without a prototype: what is absent must stay absent.
function asSettings({ at, profile, insecurelyAdmit, budget, maxAge }: CheckRevocationInput): SettingsInput {
  const revocation = Object.assign(Object.create(null), { mode: "require", scope: "leaf", maxAge });
  return Object.assign(Object.create(null), { at, profile, insecurelyAdmit, budget, revocation, purpose: "any" });
}

const INPUT_NAMES: Readonly<Record<keyof CheckRevocationInput, true>> = {
  chain: true,
  intermediates: true,
  crls: true,
  ocspResponses: true,
  at: true,
  maxAge: true,
  profile: true,
  insecurelyAdmit: true,
  budget: true,
};

function certificates(list: Iterable<Certificate>, budget: Budget): readonly Certificate[] {
  if (typeof list !== "object" || list === null || !(Symbol.iterator in list)) {
    throw invalid("intermediates", "certificates", list);
  }
  const pool: Certificate[] = [];
  for (const one of list) {
    const own = genuineCertificate(one);
    if (own === undefined) throw invalid(`intermediates[${pool.length}]`, "a Certificate", one);
    if (pool.length >= budget.limits.poolSize) throw new BudgetExhausted("poolSize", budget.limits.poolSize);
    pool.push(own);
  }
  return pool;
}

function candidates(chain: readonly Certificate[]): Parameters<RevocationChecker["check"]>[0] {
  return chain.map((certificate, depth) => {
    return depth === chain.length - 1 ? { certificate, anchor: { certificate } } : { certificate };
  });
}
