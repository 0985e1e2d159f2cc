import { describeIdentity, matchNames } from "../identity/match.ts";
import { nearMiss } from "../reasons/near-miss.ts";
import { quote, shorten, show } from "../reasons/show.ts";
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
      message: `${show(certificate)} names no ${KINDS[reference.type]}, so it cannot be for ${quote(reference.value)}.${nearMiss(mismatches, reference)}`,
      remedy: `Have the certificate issued with the subjectAltName ${expected}; a common name does not count.`,
      details: { expected, hasSubjectAltName: certificate.subjectAltName !== undefined },
    };
  }
  const names = presented.map(describeIdentity);
  return {
    code: "NAME_MISMATCH",
    message: `${show(certificate)} is for ${listed(names)}, not for ${expected}.${nearMiss(mismatches, reference)}`,
    remedy: "Connect by a name that the certificate has, or have it issued for the name that you use.",
    details: { expected, presented: names },
  };
}

const KINDS = { dns: "host name", ip: "IP address", uri: "URI", srv: "service", email: "e-mail address" } as const;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 4).map(shorten).join(", ");
  return names.length <= 4 ? shown : `${shown} and ${names.length - 4} more`;
}
