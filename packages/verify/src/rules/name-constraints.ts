import { type Certificate, type GeneralName, TlsKitError } from "@tlskit/x509";
import type { Budget } from "../budget.ts";
import { describeIdentity } from "../identity/match.ts";
import { decodeSmtpUtf8Mailbox } from "../identity/other-name.ts";
import { show } from "../show.ts";
import type { NameConstraintSet } from "../trust-anchors.ts";
import { CONSTRAINT_TYPES, type Container } from "./constraint-match.ts";
import { malformedFinding } from "./extensions.ts";
import type { Finding, FindingOf, Findings, RuleContext } from "./rule.ts";

/**
 * RFC 5280, section 6.1.3 (b, c): every name of every certificate below, except of self-issued CAs, must be within the
 * permitted subtrees of its type and outside the excluded ones.
 */
export function nameConstraints({ certificate, anchor, below, budget }: RuleContext): Findings {
  const sets = [certificate.nameConstraints, anchor?.nameConstraints].filter((set) => set !== undefined).map(prepare);
  if (sets.length === 0) return undefined;
  return below.flatMap((subject, depth) =>
    depth > 0 && subject.isSelfIssued ? [] : violations(subject, depth, sets, certificate, budget),
  );
}

function violations(
  subject: Certificate,
  depth: number,
  sets: readonly PreparedSet[],
  by: Certificate,
  budget: Budget,
): readonly Finding[] {
  try {
    const names = constrainedNames(subject);
    return sets.flatMap((set) => {
      const violation = firstViolation(names, set, budget);
      return violation === undefined ? [] : [describe(violation, subject, depth, by)];
    });
  } catch (error) {
    if (!TlsKitError.is(error)) throw error;
    return [{ ...malformedFinding(subject, "subjectAltName", error), about: { certificate: subject, depth } }];
  }
}

type Violation = FindingOf<"NAME_CONSTRAINT_VIOLATION">;

interface FoundViolation {
  readonly name: GeneralName;
  readonly kind: Violation["details"]["violation"];
  readonly constraint?: GeneralName;
}

/** The constraints on one type of names. `contains` is undefined where the constraint means nothing. */
interface TypeConstraints {
  readonly excluded: PreparedConstraint[];
  readonly permitted: PreparedConstraint[];
}

interface PreparedConstraint {
  readonly base: GeneralName;
  readonly contains: Container<unknown> | undefined;
}

type PreparedSet = ReadonlyMap<string, TypeConstraints>;

function prepare(set: NameConstraintSet): PreparedSet {
  const known = prepared.get(set);
  if (known !== undefined) return known;
  const byType = new Map<string, TypeConstraints>();
  for (const list of ["excluded", "permitted"] as const) {
    for (const { base } of set[list] ?? []) {
      const entry = byType.get(base.type) ?? { excluded: [], permitted: [] };
      entry[list].push({ base, contains: CONSTRAINT_TYPES.get(base.type)?.readBase(base) });
      byType.set(base.type, entry);
    }
  }
  prepared.set(set, byType);
  return byType;
}

// Constraints are immutable, and belong to few certificates that are met again and again.
const prepared = new WeakMap<NameConstraintSet, PreparedSet>();

function firstViolation(names: readonly GeneralName[], set: PreparedSet, budget: Budget): FoundViolation | undefined {
  for (const name of names) {
    const constraints = set.get(name.type);
    const violation = constraints && violationOf(name, constraints, budget);
    if (violation !== undefined) return violation;
  }
  return undefined;
}

function violationOf(name: GeneralName, constraints: TypeConstraints, budget: Budget): FoundViolation | undefined {
  const { excluded, permitted } = constraints;
  const some = (excluded[0] ?? permitted[0])?.base;
  const type = CONSTRAINT_TYPES.get(name.type);
  if (type === undefined) return { name, kind: "unsupported-type", ...(some && { constraint: some }) };
  const value = type.readName(name);
  if (value === undefined) return { name, kind: "unreadable-name", ...(some && { constraint: some }) };
  for (const { base, contains } of excluded) {
    budget.spend("nameComparisons");
    // An exclusion that cannot be read might mean this name.
    if (contains === undefined || contains(value) !== "outside") return { name, kind: "excluded", constraint: base };
  }
  for (const { contains } of permitted) {
    budget.spend("nameComparisons");
    if (contains?.(value) === "inside") return undefined;
  }
  return permitted.length === 0 ? undefined : { name, kind: "not-permitted" };
}

// The subject is a directory name; its e-mail addresses count where there is no subjectAltName (RFC 5280, section
// 4.2.1.10); an SmtpUTF8Mailbox is a mailbox (RFC 9598, section 6). The common name is no DNS name here or anywhere.
function constrainedNames(certificate: Certificate): readonly GeneralName[] {
  const presented = certificate.subjectAltName;
  const names: GeneralName[] = [...(presented ?? [])];
  if (!certificate.subject.isEmpty) names.push({ type: "directory", value: certificate.subject });
  if (presented === undefined) {
    for (const value of certificate.subject.getAll("emailAddress")) names.push({ type: "email", value });
  }
  for (const name of presented ?? []) {
    if (name.type !== "other" || name.oid !== "1.3.6.1.5.5.7.8.9") continue;
    names.push({ type: "email", value: decodeSmtpUtf8Mailbox(name.value) ?? "" });
  }
  return names;
}

function describe(
  { name, kind, constraint }: FoundViolation,
  subject: Certificate,
  depth: number,
  by: Certificate,
): Violation {
  const text = describeIdentity(name);
  return {
    code: "NAME_CONSTRAINT_VIOLATION",
    message: `${show(subject)} has the name ${text}, ${PHRASES[kind]} by ${show(by).replace("The", "the")}.`,
    remedy: "Use a CA that may issue for this name, or leave the name out of the certificate.",
    details: {
      name: text,
      nameType: name.type,
      violation: kind,
      constrainedBy: by.subject.toString(),
      ...(constraint === undefined ? {} : { constraint: describeIdentity(constraint) }),
    },
    about: { certificate: subject, depth },
  };
}

const PHRASES: Readonly<Record<FoundViolation["kind"], string>> = {
  excluded: "which is excluded",
  "not-permitted": "which is not among those permitted",
  "unsupported-type": "of a type that is constrained in a way that is not understood",
  "unreadable-name": "which cannot be read, but names of its type are constrained",
};
