/** The purposes that trust can be limited to, and how stores name them. */
import type { Purpose } from "@tlskit/verify";
import { notOneOf } from "../input/bad-argument.ts";

/** Every purpose, by the OID of its extended key usage (RFC 5280, section 4.2.1.12). */
const BY_OID: ReadonlyMap<string, Purpose> = new Map([
  ["1.3.6.1.5.5.7.3.1", "server"],
  ["1.3.6.1.5.5.7.3.2", "client"],
  ["1.3.6.1.5.5.7.3.3", "codeSigning"],
  ["1.3.6.1.5.5.7.3.4", "email"],
  ["1.3.6.1.5.5.7.3.8", "timeStamping"],
  ["1.3.6.1.5.5.7.3.9", "ocspSigning"],
]);

/** All purposes but `any`, which is the absence of one. */
export const ALL_PURPOSES: readonly Purpose[] = Object.freeze([...BY_OID.values()]);

/** anyExtendedKeyUsage. */
export const ANY_PURPOSE_OID = "2.5.29.37.0";

/** Which of our purposes these OIDs are; all of them for anyExtendedKeyUsage. OIDs that we have no purpose for are left out. */
export function purposesOf(oids: Iterable<string>): readonly Purpose[] {
  const found = new Set<Purpose>();
  for (const oid of oids) {
    if (oid === ANY_PURPOSE_OID) return ALL_PURPOSES;
    const purpose = BY_OID.get(oid);
    if (purpose !== undefined) found.add(purpose);
  }
  return ALL_PURPOSES.filter((purpose) => found.has(purpose));
}

/** @throws TrustError TRUST_ARGUMENT_INVALID */
export function assertPurpose(value: unknown, argument: string): asserts value is Purpose {
  if (ALL_PURPOSES.some((purpose) => purpose === value)) return;
  throw notOneOf(argument, ALL_PURPOSES, value);
}
