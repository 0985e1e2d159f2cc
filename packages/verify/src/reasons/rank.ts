/** Which reason helps a person most, and which path came closest. */
import type { VerificationReason, VerificationReasonCode } from "./reason.ts";

/**
 * The reasons, the most useful first: what stops every decision, then who is trusted, then time, then name, then the
 * rest (CLI-11: the chain comes before the name). Of one code, the one nearest to the leaf first; none twice.
 */
export function rankReasons(reasons: readonly VerificationReason[]): readonly VerificationReason[] {
  const unique = new Map<string, VerificationReason>();
  for (const reason of reasons) {
    const key = keyOf(reason);
    // Each further CA makes the same path longer: the last one knows how long it is.
    if (!unique.has(key) || key === TOO_DEEP) unique.set(key, reason);
  }
  return [...unique.values()].sort(
    (a, b) => ORDER.indexOf(a.code) - ORDER.indexOf(b.code) || (a.depth ?? 0) - (b.depth ?? 0),
  );
}

/** How many of the reasons mean that no trusted issuer stands behind the leaf. */
export function trustFaults(reasons: readonly VerificationReason[]): number {
  return reasons.filter(({ code }) => TRUST_FAULTS.has(code)).length;
}

// The same unreadable field trips several rules, and is one reason; so is a path that is too long for the caller.
function keyOf(reason: VerificationReason): string {
  const { code, certificate, rule, message } = reason;
  const about = certificate?.id ?? "";
  if (code === "CERTIFICATE_MALFORMED") return `${code} ${about}`;
  if (code === "PATH_LENGTH_EXCEEDED" && reason.details.source === "maxDepth") return TOO_DEEP;
  return `${code} ${about} ${rule} ${message}`;
}

const TOO_DEEP = "PATH_LENGTH_EXCEEDED maxDepth";

const ORDER: readonly VerificationReasonCode[] = [
  "TRUST_EMPTY",
  "BUDGET_EXCEEDED",
  "CERTIFICATE_MALFORMED",
  "SIGNATURE_ALGORITHM_MISMATCH",
  "SIGNATURE_INVALID",
  "SELF_SIGNED",
  "UNTRUSTED_ROOT",
  "UNKNOWN_ISSUER",
  "CERTIFICATE_DISTRUSTED",
  "CERTIFICATE_REVOKED",
  "PIN_MISMATCH",
  "CERTIFICATE_EXPIRED",
  "CERTIFICATE_NOT_YET_VALID",
  "NAME_MISMATCH",
  "NAME_MISSING",
  "ISSUER_NOT_CA",
  "EXTENDED_KEY_USAGE_MISMATCH",
  "NAME_CONSTRAINT_VIOLATION",
  "PATH_LENGTH_EXCEEDED",
  "POLICY_VIOLATION",
  "ANCHOR_RESTRICTED",
  "ANCHOR_DISTRUSTED",
  "KEY_USAGE_MISSING",
  "CRITICAL_EXTENSION_UNKNOWN",
  "WEAK_SIGNATURE",
  "WEAK_KEY",
  "CERTIFICATE_NOT_CONFORMING",
  "ALGORITHM_UNSUPPORTED",
  "REVOCATION_STATUS_UNKNOWN",
];

const TRUST_FAULTS: ReadonlySet<VerificationReasonCode> = new Set([
  "BUDGET_EXCEEDED",
  "SIGNATURE_INVALID",
  "SELF_SIGNED",
  "UNTRUSTED_ROOT",
  "UNKNOWN_ISSUER",
]);
