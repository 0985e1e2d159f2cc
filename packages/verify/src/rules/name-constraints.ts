import type { Certificate, GeneralName } from "@tlskit/x509";
import type { Budget } from "../budget.ts";
import { describeIdentity } from "../identity/match.ts";
import { decodeSmtpUtf8Mailbox } from "../identity/other-name.ts";
import { show } from "../show.ts";
import type { NameConstraintSet } from "../trust-anchors.ts";
import { containment, isConstrainable } from "./constraint-match.ts";
import type { FindingOf, Findings, RuleContext } from "./rule.ts";

/**
 * RFC 5280, section 6.1.3 (b, c): every name of every certificate below, except of self-issued CAs, must be within the
 * permitted subtrees of its type and outside the excluded ones.
 */
export function nameConstraints({ certificate, anchor, below, budget }: RuleContext): Findings {
  const sets = [certificate.nameConstraints, anchor?.nameConstraints].filter((set) => set !== undefined);
  if (sets.length === 0) return undefined;
  const findings: Violation[] = [];
  for (const [depth, subject] of below.entries()) {
    if (depth > 0 && subject.isSelfIssued) continue;
    const names = constrainedNames(subject);
    for (const set of sets) {
      const violation = firstViolation(names, set, budget);
      if (violation !== undefined) findings.push(describe(violation, subject, depth, certificate));
    }
  }
  return findings;
}

type Violation = FindingOf<"NAME_CONSTRAINT_VIOLATION">;

interface FoundViolation {
  readonly name: GeneralName;
  readonly kind: Violation["details"]["violation"];
  readonly constraint?: GeneralName;
}

function firstViolation(
  names: readonly GeneralName[],
  set: NameConstraintSet,
  budget: Budget,
): FoundViolation | undefined {
  for (const name of names) {
    const violation = violationOf(name, set, budget);
    if (violation !== undefined) return violation;
  }
  return undefined;
}

function violationOf(name: GeneralName, set: NameConstraintSet, budget: Budget): FoundViolation | undefined {
  const { type } = name;
  for (const { base } of set.excluded ?? []) {
    budget.spend("nameComparisons");
    if (base.type !== type) continue;
    if (!isConstrainable(type)) return { name, kind: "unsupported-type", constraint: base };
    const where = containment(type, name, base);
    if (where === "unreadable-name") return { name, kind: "unreadable-name", constraint: base };
    // An unreadable exclusion might mean this name.
    if (where !== "outside") return { name, kind: "excluded", constraint: base };
  }
  let isConstrained = false;
  for (const { base } of set.permitted ?? []) {
    budget.spend("nameComparisons");
    if (base.type !== type) continue;
    if (!isConstrainable(type)) return { name, kind: "unsupported-type", constraint: base };
    const where = containment(type, name, base);
    if (where === "inside") return undefined;
    if (where === "unreadable-name") return { name, kind: "unreadable-name", constraint: base };
    isConstrained = true;
  }
  return isConstrained ? { name, kind: "not-permitted" } : undefined;
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
