import { type Certificate, type GeneralName, TlsKitError } from "@tlskit/x509";
import type { NameConstraintSet } from "../anchors/trust-anchors.ts";
import { describeIdentity } from "../identity/match.ts";
import { decodeSmtpUtf8Mailbox } from "../identity/other-name.ts";
import { shorten, show } from "../reasons/show.ts";
import type { Budget } from "../search/budget.ts";
import { CONSTRAINT_TYPES, type Containment } from "./constraint-match.ts";
import { malformedFinding } from "./extensions.ts";
import type { Finding, FindingOf, Findings, RuleContext } from "./rule.ts";

/**
 * RFC 5280, section 6.1.3 (b, c): every name of every certificate below, except of self-issued CAs, must be within the
 * permitted subtrees of its type and outside the excluded ones.
 */
export function nameConstraints({ certificate, anchor, below, budget }: RuleContext): Findings {
  const [own, imposed] = [certificate.nameConstraints, anchor?.nameConstraints];
  if (own === undefined && imposed === undefined) return undefined;
  const sets: ConstraintsOf[] = [];
  if (own !== undefined) sets.push({ by: certificate, source: "certificate", set: counted(own) });
  if (imposed !== undefined) sets.push({ by: certificate, source: "trust-store", set: counted(imposed) });
  return below.flatMap((subject, depth) =>
    depth > 0 && subject.isSelfIssued ? [] : violations(subject, depth, sets, budget),
  );
}

/** What the trust store lets an anchor vouch for holds for a leaf that is its own anchor, too. */
export function anchorNameConstraints({ certificate, anchor, budget }: RuleContext): Findings {
  const imposed = anchor?.nameConstraints;
  if (imposed === undefined) return undefined;
  return violations(certificate, 0, [{ by: certificate, source: "trust-store", set: counted(imposed) }], budget);
}

/** Constraints, on what `by` vouches for, and whose they are: its own, or those that the trust store has put on it. */
interface ConstraintsOf {
  readonly by: Certificate;
  readonly source: Violation["details"]["source"];
  readonly set: CountedSet;
}

function violations(
  subject: Certificate,
  depth: number,
  sets: readonly ConstraintsOf[],
  budget: Budget,
): readonly Finding[] {
  try {
    const names = namesOf(subject);
    return sets.flatMap((constraints) => {
      const { set } = constraints;
      budget.spend("nameComparisons", names.compared * set.size);
      if (set.uris > 0 && names.uris > 0)
        budget.spend("nameComparisons", set.isUriIndexed ? names.uriLabels : names.uris * set.uris);
      const violation = firstViolation(names, set.byType());
      return violation === undefined ? [] : [describe(violation, subject, depth, constraints)];
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
  /** How many constraints a name may have to be compared with: as BoringSSL counts, but long directory names as many. */
  readonly size: number;
  /** Constraints on URIs, which are looked up if all of them can be read. */
  readonly uris: number;
  readonly isUriIndexed: boolean;
  /** The constraints, read when they are asked for: who has too many to be compared has too many to be read. */
  readonly byType: () => ReadonlyMap<string, TypeConstraints>;
}

function counted(set: NameConstraintSet): CountedSet {
  const known = met.get(set);
  if (known !== undefined) return known;
  const bases = [...(set.permitted ?? []), ...(set.excluded ?? [])].map(({ base }) => base);
  const uris = bases.filter((base) => !isCompared(base));
  let read: ReadonlyMap<string, TypeConstraints> | undefined;
  const result: CountedSet = {
    size: bases.reduce((sum, base) => sum + weight(base), 0),
    uris: uris.length,
    isUriIndexed: uris.every((base) => CONSTRAINT_TYPES.get("uri")?.readBase(base) !== undefined),
    byType: () => {
      read ??= readConstraints(set);
      return read;
    },
  };
  met.set(set, result);
  return result;
}

// A directory name is compared attribute by attribute.
function weight(base: GeneralName): number {
  if (base.type === "directory") return Math.max(1, base.value.rdns.length);
  return isCompared(base) ? 1 : 0;
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
  { byType }: SubjectNames,
  constraints: ReadonlyMap<string, TypeConstraints>,
): FoundViolation | undefined {
  for (const [type, constraint] of constraints) {
    for (const one of byType.get(type) ?? []) {
      const violation = violationOf(one, constraint);
      if (violation !== undefined) return violation;
    }
  }
  return undefined;
}

function violationOf(
  { name, value }: ReadName,
  { some, exclusion, permission }: TypeConstraints,
): FoundViolation | undefined {
  if (!CONSTRAINT_TYPES.has(name.type)) return { name, kind: "unsupported-type", constraint: some };
  const read = value();
  if (read === undefined) return { name, kind: "unreadable-name", constraint: some };
  const excluding = exclusion(read);
  if (excluding !== undefined) return { name, kind: "excluded", constraint: excluding };
  return permission === undefined || permission(read) ? undefined : { name, kind: "not-permitted" };
}

/** The names of one certificate, as constraints see them. */
interface SubjectNames {
  readonly byType: ReadonlyMap<string, readonly ReadName[]>;
  /** How many names are compared: as BoringSSL counts, all presented ones, without the subject. */
  readonly compared: number;
  readonly uris: number;
  /** How many questions it takes to look up all of its URIs. */
  readonly uriLabels: number;
}

/** A name, and what it is read as: once, however many constraints ask. */
interface ReadName {
  readonly name: GeneralName;
  readonly value: () => unknown;
}

// Asked again for every path that the certificate is on.
function namesOf(subject: Certificate): SubjectNames {
  const known = prepared.get(subject);
  if (known !== undefined) return known;
  const names = constrainedNames(subject);
  const uris = names.filter((name) => !isCompared(name));
  const result: SubjectNames = {
    byType: Map.groupBy(names.map(readOnce), ({ name: { type } }) => type),
    compared: (subject.subjectAltName ?? names).filter(isCompared).length,
    uris: uris.length,
    uriLabels: uris.reduce((sum, { value }) => sum + String(value).split(".").length, 0),
  };
  prepared.set(subject, result);
  return result;
}

const prepared = new WeakMap<Certificate, SubjectNames>();

function readOnce(name: GeneralName): ReadName {
  let isRead = false;
  let read: unknown;
  const value = (): unknown => {
    if (!isRead) read = CONSTRAINT_TYPES.get(name.type)?.readName(name);
    isRead = true;
    return read;
  };
  return { name, value };
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
  { by, source }: ConstraintsOf,
): Violation {
  const text = describeIdentity(name);
  const whose = `${source === "certificate" ? "" : "what the trust store allows "}${show(by).replace("The", "the")}`;
  return {
    code: "NAME_CONSTRAINT_VIOLATION",
    message: `${show(subject)} has the name ${shorten(text)}, ${PHRASES[kind]} by ${whose}.`,
    remedy: REMEDIES[source],
    details: {
      name: text,
      nameType: name.type,
      violation: kind,
      constrainedBy: by.subject.toString(),
      source,
      ...(constraint === undefined ? {} : { constraint: describeIdentity(constraint) }),
    },
    about: { certificate: subject, depth },
  };
}

const REMEDIES = {
  certificate: "Use a CA that may issue for this name, or leave the name out of the certificate.",
  "trust-store":
    "Use a CA that may issue for this name, or change the name constraints that the trust store puts on this one.",
} as const;

const PHRASES: Readonly<Record<FoundViolation["kind"], string>> = {
  excluded: "which is excluded",
  "not-permitted": "which is not among those permitted",
  "unsupported-type": "of a type that is constrained in a way that is not understood",
  "unreadable-name": "which cannot be read, but names of its type are constrained",
};
