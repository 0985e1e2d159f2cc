/** Revocation as the path search and the diagnosis see it: a last word on a path, and the reasons for it. */

import { printable } from "../reasons/printable.ts";
import type { VerificationReason } from "../reasons/reason.ts";
import { show, showTime } from "../reasons/show.ts";
import type { Budget } from "../search/budget.ts";
import type { Candidate } from "../search/issuer-index.ts";
import type { Checking } from "../search/signature-check.ts";
import type { VerificationCheck } from "../verified-path.ts";
import type { RevocationChecker } from "./checker.ts";
import type { RevocationDoubt } from "./doubt.ts";
import type { RevocationMode } from "./revocation-input.ts";
import type { CertificateRevocationStatus } from "./status.ts";

/** Accepts or explains paths, and remembers what it found about the accepted one. */
export class RevocationCheck {
  readonly #checker: RevocationChecker;
  readonly #mode: RevocationMode;
  #accepted: readonly CertificateRevocationStatus[] = [];

  constructor(checker: RevocationChecker, mode: RevocationMode) {
    this.#checker = checker;
    this.#mode = mode;
  }

  /** Whether nothing about revocation speaks against the path. */
  *accept(path: readonly Candidate[]): Checking<boolean> {
    this.#accepted = yield* this.#checker.check(path);
    return this.#accepted.every((status) => !isFatal(status, this.#mode));
  }

  /** What speaks against the path. */
  *explain(path: readonly Candidate[], budget: Budget): Checking<readonly VerificationReason[]> {
    const statuses = yield* this.#checker.withBudget(budget).check(path);
    return statuses.flatMap((status) => (isFatal(status, this.#mode) ? [reasonOf(status)] : []));
  }

  /** The statuses of the path that was accepted last. */
  get accepted(): readonly CertificateRevocationStatus[] {
    return this.#accepted;
  }

  /** The checks that the accepted path has passed. */
  checks(): readonly VerificationCheck[] {
    return this.#accepted.map(({ depth }) => ({ ...RULE, depth }));
  }
}

const RULE = { rule: "revocation", section: "RFC 5280 6.1.3 (a)(3)" } as const;

function isFatal({ status }: CertificateRevocationStatus, mode: RevocationMode): boolean {
  return status === "revoked" || (status === "unknown" && mode === "require");
}

function reasonOf(status: CertificateRevocationStatus): VerificationReason {
  const { certificate, depth } = status;
  const name = printable(show(certificate));
  const place = { ...RULE, certificate, depth };
  if (status.status !== "revoked") {
    return {
      code: "REVOCATION_STATUS_UNKNOWN",
      message: `Whether ${name.replace("The", "the")} is revoked is not known: ${summary(status.doubts)}`,
      remedy:
        "Give a current CRL or OCSP response of its issuer, or a fetcher that gets one (revocation.fetch), or do not require that the status is known.",
      details: { why: status.doubts },
      ...place,
    };
  }
  const { revokedAt, reason, evidence } = status;
  const { source = "crl", index = 0 } = evidence[0] ?? {};
  return {
    code: "CERTIFICATE_REVOKED",
    message: `${name} was revoked by its issuer on ${showTime(revokedAt)}${reason === undefined ? "" : ` (${reason})`}.`,
    remedy: "Do not trust it: have a new certificate issued, for a new key.",
    details: { revokedAt, ...(reason === undefined ? {} : { reason }), source, index },
    ...place,
  };
}

function summary(doubts: readonly RevocationDoubt[]): string {
  const shown = doubts.slice(0, 3).map(({ source, index, message }) => {
    return source === "none" ? message : `${LABELS[source]} ${index ?? ""}: ${message}`;
  });
  return shown.join(" ") + (doubts.length > shown.length ? ` (and ${doubts.length - shown.length} more)` : "");
}

const LABELS = { crl: "CRL", ocsp: "OCSP response" } as const;
