/** What is said where a limit to the work is reached: which one it is, and who can change it. */

import type { VerificationReason } from "../reasons/reason.ts";
import type { BudgetExhausted, BudgetLimit } from "./budget.ts";

/** A limit that was reached, as a reason. */
export function budgetExceeded(exhausted: BudgetExhausted): VerificationReason {
  const { limit, allowed } = exhausted;
  return {
    code: "BUDGET_EXCEEDED",
    message: `The decision would take more than ${allowedWork(exhausted)}.`,
    remedy: `Check what the peer sends: ordinary chains are far below the default. If it is right, raise budget.${limit} of verifyPath; connections have the defaults.`,
    rule: "budget",
    section: "RFC 5280 9",
    details: { limit, allowed },
  };
}

/** A limit as a sentence names it. */
export function allowedWork({ limit, allowed }: BudgetExhausted): string {
  return `the ${allowed} ${WORK[limit]} that budget.${limit} allows`;
}

const WORK: Readonly<Record<BudgetLimit, string>> = {
  signatures: "checks of signatures",
  steps: "candidates for issuers",
  nameComparisons: "comparisons of a name with a constraint",
  policyNodes: "nodes and edges of the policy graph",
  pathLength: "certificates in a path",
  poolSize: "intermediate certificates",
  bytes: "bytes of certificates and OCSP responses",
  revocationSources: "CRLs or OCSP responses",
};
