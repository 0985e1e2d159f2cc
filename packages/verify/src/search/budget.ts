/**
 * The work one verification may cost. The pool of intermediates is hostile input: without limits a peer can make
 * any path builder run for hours (cross-sign meshes, thousands of same-name certificates, huge constraint lists).
 */

/** Limits to the work of one verification; each defaults to the value in {@link DEFAULT_BUDGET}. */
export interface BudgetLimits {
  /** Signature verifications. */
  readonly signatures?: number | undefined;
  /** Candidate issuers looked at while building paths. */
  readonly steps?: number | undefined;
  /** Comparisons of one name with one name constraint. */
  readonly nameComparisons?: number | undefined;
  /** Nodes and edges of the policy graph. */
  readonly policyNodes?: number | undefined;
  /** Certificates in a path, leaf and anchor included. */
  readonly pathLength?: number | undefined;
  /** Certificates taken from `intermediates`. */
  readonly poolSize?: number | undefined;
  /** Bytes of the leaf, of the certificates of the pool and of OCSP responses in DER, together. */
  readonly bytes?: number | undefined;
  /** CRLs and OCSP responses, each. */
  readonly revocationSources?: number | undefined;
}

/** What one verification spent. */
export interface Work {
  /** Signature verifications. */
  readonly signatures: number;
  /** Candidate issuers looked at. */
  readonly steps: number;
  /** Comparisons of one name with one name constraint. */
  readonly nameComparisons: number;
  /** Nodes and edges of the policy graph. */
  readonly policyNodes: number;
  /** Bytes of certificates and OCSP responses in DER. */
  readonly bytes: number;
}

/** The kinds of work that are bounded. */
export type BudgetLimit = keyof BudgetLimits;

/** The limits used where the caller gives none, each with its source. */
export const DEFAULT_BUDGET: Readonly<Record<BudgetLimit, number>> = {
  // rustls-webpki, after RUSTSEC-2023-0053; Go's crypto/x509 also stops at 100 signature checks per verification.
  signatures: 100,
  // The BetterTLS path building suite takes 100 at most; a hundred times that still ends in a tenth of a second.
  steps: 10_000,
  // OpenSSL (NAME_CHECK_MAX) and BoringSSL; names times constraints are counted, whether they are compared or not.
  nameComparisons: 1_048_576,
  // Ten times OpenSSL's OPENSSL_POLICY_TREE_NODES_MAX, because edges count too.
  policyNodes: 10_000,
  // Twice what any public hierarchy shows; bounds the depth of the search where self-issued certificates evade maxDepth.
  pathLength: 20,
  // OpenSSL clients accept at most 100 KiB of certificates (SSL_CTX_set_max_cert_list), GnuTLS 16 certificates; a thousand is far beyond both.
  poolSize: 1_000,
  // Forty times the 100 KiB; a thousand certificates of ordinary size are half of it.
  bytes: 4_194_304,
  // As many as certificates; who has more knows which of them are about the path.
  revocationSources: 1_000,
};

/** The names of all limits. */
export const BUDGET_LIMITS: readonly BudgetLimit[] = Object.keys(DEFAULT_BUDGET) as BudgetLimit[];

/** Thrown inside the core when a limit is reached; never leaves the package. */
export class BudgetExhausted {
  readonly limit: BudgetLimit;
  readonly allowed: number;

  constructor(limit: BudgetLimit, allowed: number) {
    this.limit = limit;
    this.allowed = allowed;
  }
}

/** Counts work and stops it at the limits. */
export class Budget {
  readonly limits: Readonly<Record<BudgetLimit, number>>;
  signatures = 0;
  steps = 0;
  nameComparisons = 0;
  policyNodes = 0;
  bytes = 0;

  constructor(limits?: BudgetLimits) {
    this.limits = limits === undefined ? DEFAULT_BUDGET : withDefaults(limits);
  }

  /** Counts work, or throws {@link BudgetExhausted}. */
  spend(kind: keyof Work, amount = 1): void {
    if (this[kind] + amount > this.limits[kind]) throw new BudgetExhausted(kind, this.limits[kind]);
    this[kind] += amount;
  }

  /** What has been spent so far. */
  work(): Work {
    const { signatures, steps, nameComparisons, policyNodes, bytes } = this;
    return { signatures, steps, nameComparisons, policyNodes, bytes };
  }
}

function withDefaults(limits: BudgetLimits): Readonly<Record<BudgetLimit, number>> {
  const given = Object.entries(limits).filter(([, value]) => value !== undefined);
  return { ...DEFAULT_BUDGET, ...Object.fromEntries(given) };
}
