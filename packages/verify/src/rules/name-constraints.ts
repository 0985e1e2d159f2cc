import { type Certificate, type GeneralName, TlsKitError } from "@tlskit/x509";
import type { Budget } from "../budget.ts";
import { describeIdentity } from "../identity/match.ts";
import { decodeSmtpUtf8Mailbox } from "../identity/other-name.ts";
import { show } from "../show.ts";
import type { NameConstraintSet } from "../trust-anchors.ts";
import { CONSTRAINT_TYPES, type Containment } from "./constraint-match.ts";
import { malformedFinding } from "./extensions.ts";
import type { Finding, FindingOf, Findings, RuleContext } from "./rule.ts";

/**
 * RFC 5280, section 6.1.3 (b, c): every name of every certificate below, except of self-issued CAs, must be within the
 * permitted subtrees of its type and outside the excluded ones.
 */
export function nameConstraints({ certificate, anchor, below, budget }: RuleContext): Findings {
  const sets = [certificate.nameConstraints, anchor?.nameConstraints].filter((set) => set !== undefined).map(counted);
  if (sets.length === 0) return undefined;
  return below.flatMap((subject, depth) =>
    depth > 0 && subject.isSelfIssued ? [] : violations(subject, depth, sets, certificate, budget),
  );
}

function violations(
  subject: Certificate,
  depth: number,
  sets: readonly CountedSet[],
  by: Certificate,
  budget: Budget,
): readonly Finding[] {
  try {
    const names = constrainedNames(subject);
    // As BoringSSL counts: all presented names times all constraints, without the subject.
    const count = (subject.subjectAltName ?? names).filter(isCompared).length;
    return sets.flatMap((set) => {
      budget.spend("nameComparisons", count * set.size);
      const violation = firstViolation(names, set.byType());
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

/** The constraints on one type of names. */
interface TypeConstraints {
  readonly some: GeneralName;
  /** The exclusion that a name falls under. */
  readonly exclusion: Finder;
  /** The permission that a name falls under; absent if the type is not restricted. */
  readonly permission?: Finder;
}

type Finder = (name: unknown) => GeneralName | undefined;

interface CountedSet {
  /** How many constraints a name may have to be compared with. */
  readonly size: number;
  /** The constraints, read when they are asked for: who has too many to be compared has too many to be read. */
  readonly byType: () => ReadonlyMap<string, TypeConstraints>;
}

function counted(set: NameConstraintSet): CountedSet {
  const known = met.get(set);
  if (known !== undefined) return known;
  let read: ReadonlyMap<string, TypeConstraints> | undefined;
  const size = [...(set.permitted ?? []), ...(set.excluded ?? [])].filter(({ base }) => isCompared(base)).length;
  const result: CountedSet = {
    size,
    byType: () => {
      read ??= readConstraints(set);
      return read;
    },
  };
  met.set(set, result);
  return result;
}

// Constraints are immutable, and belong to few certificates that are met again and again.
const met = new WeakMap<NameConstraintSet, CountedSet>();

function readConstraints(set: NameConstraintSet): ReadonlyMap<string, TypeConstraints> {
  const permitted = groupByType(set.permitted);
  const excluded = groupByType(set.excluded);
  const byType = new Map<string, TypeConstraints>();
  for (const type of new Set([...permitted.keys(), ...excluded.keys()])) {
    const allowed = permitted.get(type);
    const denied = excluded.get(type) ?? [];
    const some = allowed?.[0] ?? denied[0];
    if (some === undefined) continue;
    // An exclusion that cannot be read might mean any name, a permission that cannot be read means none.
    const exclusion = finder(type, denied, (where) => where !== "outside");
    const permission = allowed && { permission: finder(type, allowed, (where) => where === "inside") };
    byType.set(type, { some, exclusion, ...permission });
  }
  return byType;
}

function groupByType(subtrees: NameConstraintSet["permitted"] = []): ReadonlyMap<string, GeneralName[]> {
  return Map.groupBy(
    subtrees.map(({ base }) => base),
    ({ type }) => type,
  );
}

function finder(
  type: string,
  bases: readonly GeneralName[],
  counts: (where: Containment | undefined) => boolean,
): Finder {
  const rules = CONSTRAINT_TYPES.get(type);
  const readable = bases.map((base) => ({ base, contains: rules?.readBase(base) }));
  if (rules?.index && readable.every(({ contains }) => contains !== undefined)) return rules.index(bases);
  return (name) => readable.find(({ contains }) => counts(contains?.(name)))?.base;
}

// URIs are looked up, all other names are compared one by one.
function isCompared({ type }: GeneralName): boolean {
  return type !== "uri";
}

function firstViolation(
  names: readonly GeneralName[],
  byType: ReadonlyMap<string, TypeConstraints>,
): FoundViolation | undefined {
  for (const name of names) {
    const constraints = byType.get(name.type);
    const violation = constraints && violationOf(name, constraints);
    if (violation !== undefined) return violation;
  }
  return undefined;
}

function violationOf(name: GeneralName, { some, exclusion, permission }: TypeConstraints): FoundViolation | undefined {
  const type = CONSTRAINT_TYPES.get(name.type);
  if (type === undefined) return { name, kind: "unsupported-type", constraint: some };
  const value = type.readName(name);
  if (value === undefined) return { name, kind: "unreadable-name", constraint: some };
  const excluding = exclusion(value);
  if (excluding !== undefined) return { name, kind: "excluded", constraint: excluding };
  return permission === undefined || permission(value) ? undefined : { name, kind: "not-permitted" };
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
