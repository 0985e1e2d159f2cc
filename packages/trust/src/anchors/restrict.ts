/** Limits put on an anchor in addition to those it has: the result is never trusted for more than before. */
import type { DistrustAfter, NameConstraintSet, Purpose, TrustAnchor } from "@tlskit/verify";
import { type GeneralSubtree, generalSubtree } from "@tlskit/x509";
import { TrustError } from "../error.ts";
import { badArgument, strayArgument } from "../input/bad-argument.ts";
import { ALL_PURPOSES, assertPurpose } from "./purposes.ts";
import { copyDate, sealNameConstraints } from "./sealed-anchor.ts";

/** Names that a CA may, and may not, vouch for: texts as `generalSubtree` of `@tlskit/x509` reads them, or what it makes. */
export interface NameConstraintsInit {
  /** The names to trust it for, also as text for `generalSubtree`; left out: all of each kind. */
  readonly permitted?: readonly (string | GeneralSubtree)[] | undefined;
  /** The names not to trust it for. */
  readonly excluded?: readonly (string | GeneralSubtree)[] | undefined;
}

/** The anchor for these purposes only; undefined if it was trusted for none of them. */
export function limitPurposes(anchor: TrustAnchor, purposes: readonly Purpose[]): TrustAnchor | undefined {
  const left = (anchor.purposes ?? ALL_PURPOSES).filter((purpose) => purposes.includes(purpose));
  return left.length === 0 ? undefined : { ...anchor, purposes: left };
}

/** The anchor, no longer trusted for what is issued after `date`; an earlier date that it has already stays. */
export function limitIssuance(anchor: TrustAnchor, date: Date, purpose: Purpose | undefined): TrustAnchor {
  const known = anchor.distrustAfter;
  if (purpose === undefined && (known === undefined || known instanceof Date)) {
    return { ...anchor, distrustAfter: earlier(known, date) };
  }
  const dates: { [P in Purpose]?: Date } = {};
  for (const one of ALL_PURPOSES) {
    const before = known instanceof Date ? known : known?.[one];
    const after = purpose === undefined || purpose === one ? earlier(before, date) : before;
    if (after !== undefined) dates[one] = after;
  }
  return { ...anchor, distrustAfter: dates satisfies DistrustAfter };
}

/** The anchor with these name constraints and those it has. @throws TrustError NAME_CONSTRAINTS_CONFLICT */
export function limitNames(anchor: TrustAnchor, constraints: NameConstraintSet): TrustAnchor {
  const known = anchor.nameConstraints;
  if (known === undefined) return { ...anchor, nameConstraints: constraints };
  const both = new Set(known.permitted?.map(({ base }) => base.type));
  const conflict = constraints.permitted?.find(({ base }) => both.has(base.type));
  if (conflict !== undefined) {
    // Two lists of permitted names of one kind would have to be intersected; joining them would permit more, not less.
    const nameType = conflict.base.type;
    const message = `The anchor has permitted names of the kind ${JSON.stringify(nameType)} already. Give all of them at once, narrowed to what both may permit.`;
    throw new TrustError("NAME_CONSTRAINTS_CONFLICT", message, { nameType });
  }
  const permitted = [...(known.permitted ?? []), ...(constraints.permitted ?? [])];
  const excluded = [...(known.excluded ?? []), ...(constraints.excluded ?? [])];
  return {
    ...anchor,
    nameConstraints: {
      ...(permitted.length === 0 ? {} : { permitted }),
      ...(excluded.length === 0 ? {} : { excluded }),
    },
  };
}

/** @throws TrustError TRUST_ARGUMENT_INVALID; X509Error ARGUMENT_INVALID for a text that is no name */
export function readNameConstraints(value: NameConstraintsInit): NameConstraintSet {
  if (typeof value !== "object" || value === null) throw badArgument("nameConstraints", "an object", value);
  const own: NameConstraintsInit = Object.assign(Object.create(null), value);
  const stray = Object.keys(own).find((key) => key !== "permitted" && key !== "excluded");
  if (stray !== undefined) throw strayArgument("nameConstraints", stray, ["permitted", "excluded"]);
  const permitted = readSubtrees(own.permitted, "nameConstraints.permitted");
  const excluded = readSubtrees(own.excluded, "nameConstraints.excluded");
  if (permitted.length + excluded.length === 0) {
    throw badArgument("nameConstraints", "one permitted or excluded name at least", value);
  }
  return sealNameConstraints({ permitted, excluded }, "nameConstraints");
}

/** @throws TrustError TRUST_ARGUMENT_INVALID */
export function readPurposes(purposes: readonly unknown[]): readonly Purpose[] {
  if (purposes.length === 0) throw badArgument("purposes", "one purpose at least", undefined);
  return purposes.map((purpose, index) => {
    assertPurpose(purpose, `purposes[${index}]`);
    return purpose;
  });
}

/** @throws TrustError TRUST_ARGUMENT_INVALID */
export function readIssuanceLimit(date: unknown, purpose: unknown): Date {
  if (purpose !== undefined) assertPurpose(purpose, "purpose");
  return copyDate(date, "date");
}

function readSubtrees(value: NameConstraintsInit["permitted"], argument: string): readonly GeneralSubtree[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw badArgument(argument, "a list of names", value);
  return value.map((item: string | GeneralSubtree, index): GeneralSubtree => {
    return typeof item === "string" ? readSubtree(item, `${argument}[${index}]`) : item;
  });
}

// What people write who think of the names in certificates: "*@example.org" would be one mailbox, which nobody has.
function readSubtree(text: string, argument: string): GeneralSubtree {
  if (!text.includes("*")) return generalSubtree(text);
  const hint =
    'It has a star: "example.org" stands for that name and all below it, and a constraint on all mailboxes of a host is { base: { type: "email", value: "example.org" } }.';
  throw badArgument(argument, "a name constraint", text, hint);
}

function earlier(a: Date | undefined, b: Date): Date {
  return a !== undefined && a.getTime() < b.getTime() ? a : b;
}
