import { PURPOSES } from "../purpose.ts";
import { show, showTime } from "../show.ts";
import type { Findings, RuleContext } from "./rule.ts";

/** An anchor may be trusted for some purposes only. */
export function anchorPurposes({ certificate, anchor, settings: { purpose } }: RuleContext): Findings {
  if (anchor?.purposes === undefined || purpose === "any" || anchor.purposes.includes(purpose)) return undefined;
  return {
    code: "ANCHOR_RESTRICTED",
    message: `${show(certificate)} is trusted, but not for ${PURPOSES[purpose].label}.`,
    remedy: "Use a certificate from a CA that is trusted for this purpose.",
    details: { restriction: "purpose", allowed: anchor.purposes.join(", ") },
  };
}

/** An anchor may be distrusted for leaves that were issued after a date. */
export function anchorDistrust({ certificate, anchor, below }: RuleContext): Findings {
  const after = anchor?.distrustAfter;
  const leaf = below[0] ?? certificate;
  if (after === undefined || leaf.notBefore.getTime() <= after.getTime()) return undefined;
  return {
    code: "ANCHOR_RESTRICTED",
    message: `${show(certificate)} is trusted only for certificates issued until ${showTime(after)}.`,
    remedy: "Use a certificate from a CA that is still trusted.",
    details: { restriction: "distrust-after", allowed: after.toISOString() },
  };
}
