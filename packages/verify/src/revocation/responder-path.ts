import type { Certificate } from "@tlskit/x509";
import type { Settings } from "../input/settings.ts";
import { Judge, toReason } from "../judge.ts";
import type { Rule } from "../rules/rule.ts";
import type { Budget } from "../search/budget.ts";
import type { Fault } from "./crl-form.ts";
import type { Target } from "./state.ts";

/**
 * What forbids to believe a delegated OCSP responder, but for its signature: it must be issued by the issuer of the
 * certificate in question, for OCSP signing by name, and be valid under all that is above it.
 *
 * @see RFC 6960, section 4.2.2.2
 */
export function responderPathFault(
  responder: Certificate,
  { above, anchor }: Target,
  settings: Settings,
  rules: readonly Rule[],
  budget: Budget,
): Fault | undefined {
  // For this purpose the rule on extendedKeyUsage wants it by name.
  const leafJudge = new Judge({ ...settings, purpose: "ocspSigning" }, rules);
  const [own] = leafJudge.findings({ certificate: responder }, [], budget).map((one) => toReason(one, responder, 0));
  if (own !== undefined) return { code: "SIGNER_NOT_AUTHORISED", message: own.message };
  // What is above is on the path of the certificate in question and was judged there; here only its limits count.
  const judge = new Judge(
    settings,
    rules.filter(({ id }) => id === "name-constraints"),
  );
  const last = above.length - 1;
  for (const [place, certificate] of above.entries()) {
    const below = [responder, ...above.slice(0, place)];
    const candidate = place === last ? { certificate, anchor } : { certificate };
    const [finding] = judge.findings(candidate, below, budget).map((one) => toReason(one, certificate, place));
    if (finding !== undefined) return { code: "SIGNER_NOT_AUTHORISED", message: finding.message };
  }
  return undefined;
}
