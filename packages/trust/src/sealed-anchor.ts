/** Anchors that nobody can change from outside: dates, arrays and bytes are handed out as copies. */
import type { DistrustAfter, NameConstraintSet, Purpose, TrustAnchor } from "@tlskit/verify";
import type { GeneralName, GeneralSubtree } from "@tlskit/x509";
import { badArgument } from "./bad-argument.ts";
import { ALL_PURPOSES, assertPurpose } from "./purposes.ts";
import { readCertificate } from "./read-certificate.ts";

/**
 * The same anchor, sealed: a plain certificate without a private key, and limits that were checked and copied.
 *
 * @throws TrustError TRUST_ARGUMENT_INVALID
 */
export function sealAnchor(anchor: TrustAnchor, source: string | undefined = anchor.source): TrustAnchor {
  if (sealed.has(anchor) && source === anchor.source) return anchor;
  const { certificate, purposes, distrustAfter, nameConstraints } = anchor;
  const made: Record<string, unknown> = { certificate: readCertificate(certificate, "anchor.certificate") };
  if (source !== undefined) made.source = String(source);
  if (purposes !== undefined) made.purposes = sealPurposes(purposes);
  // Neither a Date nor a Uint8Array can be frozen.
  if (distrustAfter !== undefined)
    defineCopied(made, "distrustAfter", copyDistrustAfter(distrustAfter), copyDistrustAfter);
  if (nameConstraints !== undefined) {
    defineCopied(made, "nameConstraints", copyNameConstraints(nameConstraints), copyNameConstraints);
  }
  const result = Object.freeze(made) as unknown as TrustAnchor;
  sealed.add(result);
  return result;
}

const sealed = new WeakSet<TrustAnchor>();

/** A copy of name constraints, with copies of all bytes. */
export function copyNameConstraints({ permitted, excluded }: NameConstraintSet): NameConstraintSet {
  return Object.freeze({
    ...(permitted === undefined ? {} : { permitted: copySubtrees(permitted) }),
    ...(excluded === undefined ? {} : { excluded: copySubtrees(excluded) }),
  });
}

function copySubtrees(subtrees: readonly GeneralSubtree[]): readonly GeneralSubtree[] {
  return Object.freeze(subtrees.map(({ base }) => Object.freeze({ base: copyName(base) })));
}

function copyName(name: GeneralName): GeneralName {
  switch (name.type) {
    case "ip":
      return Object.freeze({ ...name, bytes: name.bytes.slice() });
    case "other":
    case "x400":
    case "ediParty":
      return Object.freeze({ ...name, value: name.value.slice() });
    default:
      return Object.freeze({ ...name });
  }
}

function sealPurposes(purposes: readonly Purpose[]): readonly Purpose[] {
  if (!Array.isArray(purposes)) throw badArgument("anchor.purposes", "a list of purposes", purposes);
  const list: readonly Purpose[] = [...purposes];
  // "any" stands for no limit elsewhere; in a list of limits it would say two things at once.
  for (const purpose of list) assertPurpose(purpose, "anchor.purposes");
  return Object.freeze(ALL_PURPOSES.filter((purpose) => list.includes(purpose)));
}

function copyDistrustAfter(value: Date | DistrustAfter): Date | DistrustAfter {
  if (value instanceof Date) return copyDate(value, "anchor.distrustAfter");
  if (typeof value !== "object" || value === null) {
    throw badArgument("anchor.distrustAfter", "a Date, or one for each purpose", value);
  }
  const copy: { [P in Purpose]?: Date } = Object.create(null);
  for (const [purpose, date] of Object.entries(value)) {
    assertPurpose(purpose, "anchor.distrustAfter");
    if (date !== undefined) copy[purpose] = copyDate(date, `anchor.distrustAfter.${purpose}`);
  }
  return Object.freeze(copy);
}

/** @throws TrustError TRUST_ARGUMENT_INVALID for what is no moment */
export function copyDate(value: unknown, argument: string): Date {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return new Date(value.getTime());
  throw badArgument(argument, "a valid Date", value);
}

function defineCopied<T>(target: object, name: string, own: T, copy: (value: T) => T): void {
  Object.defineProperty(target, name, { enumerable: true, get: () => copy(own) });
}
