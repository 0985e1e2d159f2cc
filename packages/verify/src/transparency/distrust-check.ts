/** `distrustAfter` by the timestamps of logs: a CA that dates a certificate back does not get past it. */

import type { Settings } from "../input/settings.ts";
import { toReason } from "../judge.ts";
import type { VerificationReason } from "../reasons/reason.ts";
import { distrustDate, issuedTooLate } from "../rules/anchor.ts";
import type { Budget } from "../search/budget.ts";
import type { Candidate } from "../search/issuer-index.ts";
import type { Checking } from "../search/signature-check.ts";
import { loggedAt } from "./logged-at.ts";

/** What forbids a path: its leaf says that it is old enough, but no log has seen it before the date. */
export function* distrustByLogs(
  path: readonly Candidate[],
  { limits: { logs }, purpose }: Settings,
  budget: Budget,
): Checking<readonly VerificationReason[]> {
  const [leaf, issuer] = path;
  const top = path.at(-1);
  const distrustAfter = top?.anchor && distrustDate(top.anchor, purpose);
  if (logs === undefined || distrustAfter === undefined || leaf === undefined || issuer === undefined) return [];
  const issuedAt = yield* loggedAt(leaf.certificate, issuer.certificate, logs, budget);
  if (top === undefined || issuedAt === undefined || issuedAt <= distrustAfter) return [];
  const finding = issuedTooLate(top.certificate, { distrustAfter, issuedAt, evidence: "sct" });
  const section = "the anchor's distrustAfter, RFC 6962 3.2";
  return [toReason({ rule: "anchor-distrust", section, finding }, top.certificate, path.length - 1)];
}
