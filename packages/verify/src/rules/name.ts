import { describeIdentity, type IdentityMismatch, type MismatchCause, matchNames } from "../identity/match.ts";
import type { ReferenceIdentity } from "../identity/reference.ts";
import { quote, shorten, show } from "../show.ts";
import type { Findings, RuleContext } from "./rule.ts";

/** RFC 9525, section 6: the wanted identity must be in subjectAltName; the common name never counts. */
export function name({ certificate, settings: { name: reference } }: RuleContext): Findings {
  if (reference === undefined) return undefined;
  const presented = certificate.subjectAltName ?? [];
  const { mismatches } = matchNames(presented, reference);
  if (mismatches === undefined) return undefined;
  const expected = describeIdentity(reference);
  if (mismatches.every(({ cause }) => cause === "other-type")) {
    return {
      code: "NAME_MISSING",
      message: `${show(certificate)} names no ${KINDS[reference.type]}, so it cannot be for ${quote(reference.value)}.${explained(mismatches, reference)}`,
      remedy: `Have the certificate issued with the subjectAltName ${expected}; a common name does not count.`,
      details: { expected, hasSubjectAltName: certificate.subjectAltName !== undefined },
    };
  }
  const names = presented.map(describeIdentity);
  return {
    code: "NAME_MISMATCH",
    message: `${show(certificate)} is for ${listed(names)}, not for ${expected}.${explained(mismatches, reference)}`,
    remedy: "Connect by a name that the certificate has, or have it issued for the name that you use.",
    details: { expected, presented: names },
  };
}

const KINDS = { dns: "host name", ip: "IP address", uri: "URI", srv: "service", email: "e-mail address" } as const;

// Why a name does not match that looks as if it should.
function explained(mismatches: readonly IdentityMismatch[], { value }: ReferenceIdentity): string {
  for (const { cause, presented } of mismatches) {
    const why = nearMiss(cause, String(presented.value), value);
    if (why !== undefined) return ` ${shorten(describeIdentity(presented))} ${why}.`;
  }
  return "";
}

function nearMiss(cause: MismatchCause, presented: string, wanted: string): string | undefined {
  switch (cause) {
    case "wildcard-depth":
      return "stands for exactly one label in the place of the star";
    case "wildcard-not-allowed":
      if (!wanted.endsWith(presented.slice(presented.lastIndexOf("*") + 1).toLowerCase())) return undefined;
      return "counts for nothing: a star must be the whole first label, and have two labels or more behind it";
    case "ambiguous":
      return "counts for nothing: a SPIFFE certificate must have exactly one URI";
    case "other-type":
      return presented === wanted ? "is a name of another kind" : undefined;
    default:
      return undefined;
  }
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 4).map(shorten).join(", ");
  return names.length <= 4 ? shown : `${shown} and ${names.length - 4} more`;
}
