import { BUDGET_LIMITS, type BudgetLimits } from "./budget.ts";
import { VerifyArgumentError } from "./error.ts";
import { isCanonicalReference } from "./identity/canonical.ts";
import { parseHost } from "./identity/parse-host.ts";
import type { ReferenceIdentity } from "./identity/reference.ts";
import type { PolicyInput, PublicSuffixList, VerificationProfile, VerifyPathInput } from "./input.ts";
import { PURPOSES, type Purpose } from "./purpose.ts";

/** What the caller asked for, checked, with the defaults filled in. */
export interface Settings {
  readonly at: Date;
  readonly purpose: Purpose;
  readonly profile: VerificationProfile;
  readonly name?: ReferenceIdentity;
  readonly maxDepth?: number;
  readonly policies: PolicyInput;
  readonly publicSuffix?: PublicSuffixList;
  readonly budget: BudgetLimits;
}

/**
 * Checks everything but the certificates and the trust.
 *
 * @throws {VerifyArgumentError} naming the argument
 * @throws {InvalidHostnameError} if `name` is a string that is no host name
 */
export function readSettings(input: VerifyPathInput): Settings {
  if (typeof input !== "object" || input === null) throw invalid("input", "an object", input);
  const { purpose, profile = "compatible", at = new Date(), maxDepth, publicSuffix } = input;
  const { budget = {}, policies = {} } = input;
  if (!Object.hasOwn(PURPOSES, purpose)) throw invalid("purpose", oneOf(Object.keys(PURPOSES)), purpose);
  if (!PROFILES.includes(profile)) throw invalid("profile", oneOf(PROFILES), profile);
  if (!(at instanceof Date) || Number.isNaN(at.getTime())) throw invalid("at", "a valid Date", at);
  if (maxDepth !== undefined && !isCount(maxDepth)) throw invalid("maxDepth", "a whole number, 0 or more", maxDepth);
  if (publicSuffix !== undefined && typeof publicSuffix?.isPublicSuffix !== "function") {
    throw invalid("publicSuffix", "a PublicSuffixList", publicSuffix);
  }
  checkBudget(budget);
  checkPolicies(policies);
  const name = readName(input.name);
  return {
    at: new Date(at),
    purpose,
    profile,
    budget: { ...budget },
    policies: { ...policies },
    ...(name === undefined ? {} : { name }),
    ...(maxDepth === undefined ? {} : { maxDepth }),
    ...(publicSuffix === undefined ? {} : { publicSuffix }),
  };
}

/** An argument error that shows what was given, briefly. */
export function invalid(argument: string, expected: string, actual: unknown): VerifyArgumentError {
  return new VerifyArgumentError(argument, expected, describe(actual));
}

const PROFILES: readonly VerificationProfile[] = ["compatible", "rfc5280", "webpki"];

function readName(name: VerifyPathInput["name"]): ReferenceIdentity | undefined {
  if (name === undefined) return undefined;
  if (typeof name === "string") return parseHost(name);
  if (!isCanonicalReference(name))
    throw invalid("name", "a host name, or a ReferenceIdentity as its parsers make it", name);
  return name;
}

function checkBudget(budget: BudgetLimits): void {
  if (typeof budget !== "object" || budget === null) throw invalid("budget", "an object", budget);
  for (const [key, value] of Object.entries(budget)) {
    if (!BUDGET_LIMITS.some((limit) => limit === key)) throw invalid(`budget.${key}`, oneOf(BUDGET_LIMITS), key);
    if (value !== undefined && !isCount(value)) throw invalid(`budget.${key}`, "a whole number, 0 or more", value);
  }
}

function checkPolicies(policies: PolicyInput): void {
  if (typeof policies !== "object" || policies === null) throw invalid("policies", "an object", policies);
  const { initial, ...flags } = policies;
  if (initial !== undefined) {
    const isList =
      Array.isArray(initial) && initial.every((oid) => typeof oid === "string" && /^[0-2](?:\.\d+)+$/.test(oid));
    if (!isList) throw invalid("policies.initial", "a list of OIDs", initial);
  }
  for (const [key, value] of Object.entries(flags)) {
    if (!POLICY_FLAGS.includes(key)) throw invalid(`policies.${key}`, oneOf(["initial", ...POLICY_FLAGS]), key);
    if (value !== undefined && typeof value !== "boolean") throw invalid(`policies.${key}`, "true or false", value);
  }
}

const POLICY_FLAGS: readonly string[] = ["requireExplicit", "inhibitMapping", "inhibitAny"];

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function oneOf(names: readonly string[]): string {
  return `one of ${names.join(", ")}`;
}

function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 60));
  if (typeof value === "number" || value === null || value === undefined) return String(value);
  if (value instanceof Date) return "an invalid Date";
  return typeof value === "object" ? `a value of type ${value.constructor?.name ?? "object"}` : `a ${typeof value}`;
}
