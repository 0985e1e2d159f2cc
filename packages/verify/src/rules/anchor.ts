import type { Certificate } from "@tlskit/x509";
import type { TrustAnchor } from "../anchors/trust-anchors.ts";
import { PURPOSES, type Purpose } from "../purpose.ts";
import type { VerificationReasonDetails } from "../reasons/reason.ts";
import { show, showTime } from "../reasons/show.ts";
import type { FindingOf, Findings, RuleContext } from "./rule.ts";

/** An anchor may be trusted for some purposes only. */
export function anchorPurposes({ certificate, anchor, settings: { purpose } }: RuleContext): Findings {
  if (anchor?.purposes === undefined) return undefined;
  if (purpose === "any" ? anchor.purposes.length > 0 : anchor.purposes.includes(purpose)) return undefined;
  const allowed = anchor.purposes.map((one) => PURPOSES[one].label).join(", ") || "nothing";
  return {
    code: "ANCHOR_RESTRICTED",
    message: `${show(certificate)} is trusted, but not for ${PURPOSES[purpose].label}: only for ${allowed}.`,
    remedy: "Use a certificate from a CA that is trusted for this purpose.",
    details: { restriction: "purpose", allowed: anchor.purposes.join(", ") },
  };
}

/** An anchor may be distrusted for leaves that were issued after a date. */
export function anchorDistrust({ certificate, anchor, below, settings }: RuleContext): Findings {
  const distrustAfter = anchor && distrustDate(anchor, settings.purpose);
  const { notBefore } = below[0] ?? certificate;
  if (distrustAfter === undefined || notBefore.getTime() <= distrustAfter.getTime()) return undefined;
  return issuedTooLate(certificate, { distrustAfter, issuedAt: notBefore, evidence: "notBefore" });
}

/** The moment after which this anchor must not have issued for this purpose. */
export function distrustDate({ distrustAfter }: TrustAnchor, purpose: Purpose): Date | undefined {
  return distrustAfter instanceof Date ? distrustAfter : distrustAfter?.[purpose];
}

/** The finding about a leaf that was issued too late. */
export function issuedTooLate(
  certificate: Certificate,
  details: VerificationReasonDetails["ANCHOR_DISTRUSTED"],
): FindingOf<"ANCHOR_DISTRUSTED"> {
  const until = showTime(details.distrustAfter);
  const how = details.evidence === "sct" ? "by the timestamps of the logs" : "by its notBefore";
  return {
    code: "ANCHOR_DISTRUSTED",
    message: `${show(certificate)} is trusted only for certificates issued until ${until}; this one is of ${showTime(details.issuedAt)}, ${how}.`,
    remedy: "Use a certificate from a CA that is still trusted.",
    details,
  };
}
