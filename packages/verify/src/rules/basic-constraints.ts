import type { Certificate } from "@tlskit/x509";
import type { VerificationReasonDetails } from "../reasons/reason.ts";
import { show } from "../reasons/show.ts";
import type { Finding, Findings, RuleContext } from "./rule.ts";

/** RFC 5280, section 6.1.4 (k): who issues must be marked as a CA. */
export function caBit({ certificate }: RuleContext): Findings {
  const constraints = certificate.basicConstraints;
  if (constraints?.ca) return undefined;
  const problem =
    constraints !== undefined ? "ca-bit-not-set" : certificate.version === 3 ? "no-basic-constraints" : "version-1";
  return {
    code: "ISSUER_NOT_CA",
    message: `${show(certificate)} issued another one, but is not marked as a certificate authority.`,
    remedy: "Have the certificate issued by a CA certificate (basicConstraints with CA:TRUE).",
    details: { problem },
  };
}

/** RFC 5280, section 6.1.4 (l, m): no more intermediates below than pathLenConstraint; self-issued ones do not count. */
export function pathLength({ certificate, below }: RuleContext): Findings {
  const limit = certificate.basicConstraints?.pathLength;
  if (limit === undefined) return undefined;
  const actual = countIntermediates(below);
  if (actual <= limit) return undefined;
  return exceeded(
    `${show(certificate)} allows ${limit} intermediate CA${limit === 1 ? "" : "s"} below itself, but there ${actual === 1 ? "is" : "are"} ${actual}.`,
    { limit, actual, source: "certificate" },
  );
}

/** The caller's own limit, counted as pathLenConstraint of the anchor would be. */
export function maxDepth({ certificate, below, settings }: RuleContext): Findings {
  const limit = settings.maxDepth;
  if (limit === undefined) return undefined;
  const actual = countIntermediates([...below, certificate]);
  if (actual <= limit) return undefined;
  return exceeded(
    `The path has ${actual} intermediate CA${actual === 1 ? "" : "s"}, more than the ${limit} that maxDepth allows.`,
    { limit, actual, source: "maxDepth" },
  );
}

function countIntermediates(path: readonly Certificate[]): number {
  let count = 0;
  for (let depth = 1; depth < path.length; depth++) if (!path[depth]?.isSelfIssued) count++;
  return count;
}

function exceeded(message: string, details: VerificationReasonDetails["PATH_LENGTH_EXCEEDED"]): Finding {
  return {
    code: "PATH_LENGTH_EXCEEDED",
    message,
    remedy: `Have the certificate issued by a CA that is nearer to the root, or ${RAISE[details.source]}.`,
    details,
  };
}

const RAISE = {
  certificate: "have the CA's certificate issued with a larger path length",
  maxDepth: "raise maxDepth, which options of connections call verifyDepth",
} as const;
