import { describeIdentity, type IdentityMismatch, type MismatchCause } from "../identity/match.ts";
import type { ReferenceIdentity } from "../identity/reference.ts";
import { shorten } from "./show.ts";

/** Why a name does not match that looks as if it should: a sentence to append, or nothing. */
export function nearMiss(mismatches: readonly IdentityMismatch[], { value }: ReferenceIdentity): string {
  for (const { cause, presented } of mismatches) {
    const why = explain(cause, String(presented.value), value);
    if (why !== undefined) return ` ${shorten(describeIdentity(presented))} ${why}.`;
  }
  return "";
}

function explain(cause: MismatchCause, presented: string, wanted: string): string | undefined {
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
