import { NO_LIMITS, type TrustLimits } from "../anchors/trust-limits.ts";
import { isCanonicalReference } from "../identity/canonical.ts";
import { parseHost } from "../identity/parse-host.ts";
import type { ReferenceIdentity } from "../identity/reference.ts";
import { PURPOSES, type Purpose } from "../purpose.ts";
import { type RevocationSettings, readRevocation } from "../revocation/revocation-settings.ts";
import { BUDGET_LIMITS, type BudgetLimits } from "../search/budget.ts";
import type { Complete } from "./complete.ts";
import type { AdmittedWeakness, PolicyInput, PublicSuffixList, VerificationProfile, VerifyPathInput } from "./input.ts";
import { invalid } from "./invalid.ts";
import { readMoment } from "./moment.ts";
import { ownProperties } from "./own-properties.ts";
import { refuseStray, strayArgument } from "./stray-argument.ts";
import { wrongName } from "./wrong-name.ts";

/** What the caller asked for, checked, with the defaults filled in. */
export interface Settings {
  readonly at: Date;
  readonly purpose: Purpose;
  readonly profile: VerificationProfile;
  readonly name: ReferenceIdentity | undefined;
  readonly maxDepth: number | undefined;
  readonly policies: PolicyInput;
  readonly admit: Admission;
  readonly revocation: RevocationSettings;
  readonly publicSuffix: PublicSuffixList | undefined;
  readonly budget: BudgetLimits | undefined;
  /** What the trust store says about whole paths. */
  readonly limits: TrustLimits;
}

/** The settings as the caller gives them. */
export type SettingsInput = Omit<VerifyPathInput, "leaf" | "intermediates" | "trust" | "links">;

/** The weaknesses that are admitted, with nothing left out. */
export type Admission = Complete<AdmittedWeakness>;

/** The default: no weakness is admitted. NIST SP 800-131A for the size of RSA keys. */
export const ADMIT_NOTHING: Admission = { signatureHashes: [], keyTypes: [], minimumRsaBits: 2048 };

/**
 * The caller's own properties and nothing inherited, all of them known: a misspelt `name` must not verify without one.
 *
 * @throws VerifyArgumentError naming the property
 */
export function readInput(input: VerifyPathInput): VerifyPathInput {
  return readOwn(input, INPUT_NAMES);
}

/** As {@link readInput}, for an input with these properties; what is an object of settings in it is copied, too. */
export function readOwn<T extends object>(input: T, names: Readonly<Record<keyof T, true>>): T {
  const own = ownProperties(input, "input");
  for (const key in own) if (!Object.hasOwn(names, key)) throw strayArgument(key, Object.keys(names));
  // A variable that nobody has set must not verify without a name, either.
  if ("name" in own && own.name === undefined) {
    throw invalid("name", "a name", undefined, "Leave it out if no name is to be checked.");
  }
  for (const name of OBJECTS) {
    const value: unknown = own[name];
    if (Array.isArray(value)) throw invalid(name, "an object", value, LIST_ADVICE[name]);
    if (typeof value === "object" && value !== null) own[name] = ownProperties(value, name);
  }
  return own as T;
}

const OBJECTS = ["budget", "policies", "revocation", "insecurelyAdmit"] as const;

const LIST_ADVICE: { readonly [N in (typeof OBJECTS)[number]]?: string } = { policies: "Write { initial: [...] }." };

const INPUT_NAMES: Readonly<Record<keyof VerifyPathInput, true>> = {
  leaf: true,
  intermediates: true,
  trust: true,
  at: true,
  purpose: true,
  name: true,
  profile: true,
  policies: true,
  revocation: true,
  insecurelyAdmit: true,
  links: true,
  budget: true,
  maxDepth: true,
  publicSuffix: true,
};

/**
 * Checks everything but the certificates and the trust.
 *
 * @param limits what the trust store says about whole paths
 * @throws VerifyArgumentError naming the argument
 * @throws {InvalidHostnameError} if `name` is a string that is no host name
 */
export function readSettings(input: SettingsInput, limits: TrustLimits = NO_LIMITS): Settings {
  if (typeof input !== "object" || input === null) throw invalid("input", "an object", input);
  const { purpose, profile = "compatible", at, maxDepth, publicSuffix } = input;
  const { budget, policies } = input;
  // What is no text can be one purpose when it is looked up, and another one when it is used.
  const isPurpose = typeof purpose === "string" && Object.hasOwn(PURPOSES, purpose);
  if (!isPurpose) throw invalid("purpose", oneOf(Object.keys(PURPOSES)), purpose);
  if (!PROFILES.includes(profile)) throw invalid("profile", oneOf(PROFILES), profile);
  const moment = at === undefined ? new Date() : readMoment(at);
  if (moment === undefined) throw invalid("at", "a valid Date", at, adviceOnTime(at));
  if (maxDepth !== undefined && !isCount(maxDepth)) throw invalid("maxDepth", "a whole number, 0 or more", maxDepth);
  if (publicSuffix !== undefined && typeof publicSuffix?.isPublicSuffix !== "function") {
    const advice = "publicSuffixList of @tlskit/verify/public-suffix is one.";
    throw invalid("publicSuffix", "a PublicSuffixList", publicSuffix, advice);
  }
  if (budget !== undefined) checkBudget(budget);
  const name = readName(input.name);
  // Everything is an own property, whatever somebody put on Object.prototype.
  return {
    at: moment,
    purpose,
    profile,
    budget: budget && { ...budget },
    policies: policies === undefined ? NO_POLICIES : readPolicies(policies),
    admit: readAdmission(input.insecurelyAdmit),
    revocation: readRevocation(input.revocation),
    limits,
    name,
    maxDepth,
    publicSuffix,
  };
}

const NO_POLICIES: PolicyInput = /* @__PURE__ */ Object.freeze(Object.create(null));

const PROFILES: readonly VerificationProfile[] = ["compatible", "rfc5280", "webpki"];

function readName(name: VerifyPathInput["name"]): ReferenceIdentity | undefined {
  if (name === undefined) return undefined;
  if (typeof name === "string") return parseHost(name);
  const own = copyName(name);
  if (!isCanonicalReference(own)) throw wrongName(name);
  return own;
}

/** A copy of a name, whatever was given for one: what is judged is what was checked. */
export function copyName<T extends string | ReferenceIdentity>(name: T): T {
  if (typeof name !== "object" || name === null) return name;
  const own = { ...name };
  // Not by `slice`: that of a Buffer copies nothing.
  return own.type === "ip" && own.bytes instanceof Uint8Array ? { ...own, bytes: new Uint8Array(own.bytes) } : own;
}

function checkBudget(budget: BudgetLimits): void {
  if (typeof budget !== "object" || budget === null) throw invalid("budget", "an object", budget);
  refuseStray(budget, BUDGET_LIMITS, "budget");
  for (const [key, value] of Object.entries(budget)) {
    if (value !== undefined && !isCount(value)) throw invalid(`budget.${key}`, "a whole number, 0 or more", value);
  }
}

function readPolicies(policies: PolicyInput): PolicyInput {
  if (typeof policies !== "object" || policies === null) throw invalid("policies", "an object", policies);
  refuseStray(policies, ["initial", ...POLICY_FLAGS], "policies");
  const { initial, ...flags } = policies;
  for (const [key, value] of Object.entries(flags)) {
    if (value !== undefined && typeof value !== "boolean") throw invalid(`policies.${key}`, "true or false", value);
  }
  // Without a prototype: what is absent must stay absent.
  const own = Object.assign(Object.create(null), flags);
  if (initial !== undefined) own.initial = readPolicyOids(initial);
  return own;
}

function readPolicyOids(initial: readonly string[]): readonly string[] {
  if (!Array.isArray(initial)) throw invalid("policies.initial", "a list of OIDs", initial);
  const own: readonly unknown[] = [...initial];
  const wrong = own.findIndex((oid) => typeof oid !== "string" || !/^[0-2](?:\.\d+)+$/.test(oid));
  if (wrong !== -1) throw invalid(`policies.initial[${wrong}]`, 'an OID like "2.23.140.1.2.1"', own[wrong]);
  return own as readonly string[];
}

function readAdmission(given: AdmittedWeakness | undefined): Admission {
  if (given === undefined) return ADMIT_NOTHING;
  if (typeof given !== "object" || given === null) throw invalid("insecurelyAdmit", "an object", given);
  refuseStray(given, Object.keys(ADMIT_NOTHING), "insecurelyAdmit");
  const { signatureHashes = [], keyTypes = [], minimumRsaBits = ADMIT_NOTHING.minimumRsaBits } = given;
  if (!isCount(minimumRsaBits) || minimumRsaBits < 1024 || minimumRsaBits > 2048) {
    throw invalid("insecurelyAdmit.minimumRsaBits", "a whole number from 1024 to 2048", minimumRsaBits);
  }
  return {
    signatureHashes: readList("insecurelyAdmit.signatureHashes", signatureHashes, ["SHA-1"]),
    keyTypes: readList("insecurelyAdmit.keyTypes", keyTypes, ["dsa"]),
    minimumRsaBits,
  };
}

function readList<T extends string>(argument: string, value: readonly T[], allowed: readonly T[]): readonly T[] {
  if (!Array.isArray(value)) throw invalid(argument, "a list", value);
  const own: readonly T[] = [...value];
  const wrong = own.findIndex((item) => !allowed.includes(item));
  if (wrong !== -1) throw invalid(argument, `a list of ${allowed.join(", ")}`, own[wrong]);
  return own;
}

const POLICY_FLAGS: readonly string[] = ["requireExplicit", "inhibitMapping", "inhibitAny"];

function adviceOnTime(at: unknown): string | undefined {
  if (typeof at === "number") return "new Date(milliseconds) makes one.";
  return typeof at === "string" ? "new Date(text) makes one." : undefined;
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function oneOf(names: readonly string[]): string {
  return `one of ${names.join(", ")}`;
}
