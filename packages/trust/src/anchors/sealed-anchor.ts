/** Anchors that nobody can change from outside: dates are handed out as copies. */
import type { DistrustAfter, NameConstraintSet, Purpose, TrustAnchor } from "@tlskit/verify";
import { encodeNameConstraints, type NameConstraintsInput, readExtensionValue, TlsKitError } from "@tlskit/x509";
import { badArgument } from "../input/bad-argument.ts";
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
  if (nameConstraints !== undefined) {
    made.nameConstraints = sealNameConstraints(nameConstraints, "anchor.nameConstraints");
  }
  // A Date cannot be frozen.
  if (distrustAfter !== undefined) {
    const own = copyDistrustAfter(distrustAfter);
    Object.defineProperty(made, "distrustAfter", { enumerable: true, get: () => copyDistrustAfter(own) });
  }
  const result = Object.freeze(made) as unknown as TrustAnchor;
  sealed.add(result);
  return result;
}

const sealed = new WeakSet<TrustAnchor>();

/**
 * Name constraints as their DER says them: checked, and a copy that nobody can change.
 *
 * @throws TrustError TRUST_ARGUMENT_INVALID
 */
export function sealNameConstraints(value: NameConstraintsInput, argument: string): NameConstraintSet {
  if (typeof value === "object" && sealedNames.has(value)) return value as NameConstraintSet;
  try {
    const own = readExtensionValue("nameConstraints", encodeNameConstraints(value));
    sealedNames.add(own);
    return own;
  } catch (error) {
    if (!TlsKitError.is(error)) throw error;
    throw badArgument(argument, "permitted or excluded names, one at least", value, error.message);
  }
}

const sealedNames = new WeakSet<object>();

function sealPurposes(purposes: readonly Purpose[]): readonly Purpose[] {
  if (!Array.isArray(purposes)) throw badArgument("anchor.purposes", "a list of purposes", purposes);
  const list: readonly Purpose[] = [...purposes];
  // "any" stands for no limit elsewhere; in a list of limits it would say two things at once.
  for (const purpose of list) assertPurpose(purpose, "anchor.purposes");
  return Object.freeze(ALL_PURPOSES.filter((purpose) => list.includes(purpose)));
}

function copyDistrustAfter(value: Date | DistrustAfter): Date | DistrustAfter {
  if (value instanceof Date) return copyDate(value, "anchor.distrustAfter");
  // Of an object of another kind nobody knows where it keeps what it says.
  if (!isPlain(value)) throw badArgument("anchor.distrustAfter", "a Date, or one for each purpose", value);
  const copy: { [P in Purpose]?: Date } = Object.create(null);
  for (const [purpose, date] of Object.entries(value)) {
    assertPurpose(purpose, "anchor.distrustAfter");
    if (date !== undefined) copy[purpose] = copyDate(date, `anchor.distrustAfter.${purpose}`);
  }
  return Object.freeze(copy);
}

function isPlain(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** @throws TrustError TRUST_ARGUMENT_INVALID for what is no moment */
export function copyDate(value: unknown, argument: string): Date {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return new Date(value.getTime());
  throw badArgument(argument, "a valid Date", value);
}
