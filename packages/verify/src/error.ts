import type { Certificate } from "@tlskit/x509";
import { TlsKitError, type TlsKitErrorJson } from "@tlskit/x509/error";
import { type PeerAddress, peerText } from "./input/peer-address.ts";
import type {
  VerificationAttempt,
  VerificationReason,
  VerificationReasonCode,
  VerificationReasonDetails,
} from "./reasons/reason.ts";
import {
  attemptToJSON,
  type CertificateSummaryJSON,
  certificateToJSON,
  reasonToJSON,
  type VerificationAttemptJSON,
  type VerificationReasonJSON,
} from "./reasons/reason-json.ts";
import type { Work } from "./search/budget.ts";

export { VerifyArgumentError } from "./input/argument-error.ts";

/** What a {@link VerificationError} is made of. */
export interface VerificationErrorFields {
  /** Ranked, the most useful first; never empty. */
  readonly reasons: readonly [VerificationReason, ...VerificationReason[]];
  /** The best candidate path, leaf first; empty only if the leaf did not parse. */
  readonly chain: readonly Certificate[];
  /** The candidate paths looked at, best first. */
  readonly attempts: readonly VerificationAttempt[];
  /** Certificates of the pool that did not parse. */
  readonly skipped: readonly SkippedCertificate[];
  /** What the decision cost. */
  readonly work: Work;
  /** The moment that validity was judged by. */
  readonly at: Date;
  /** Whom it was that showed the certificate, where somebody knows. */
  readonly peer?: PeerAddress | undefined;
}

/** A certificate of the pool that did not parse and took no part. */
export interface SkippedCertificate {
  /** Its place in `intermediates`. */
  readonly index: number;
  /** The parse error. */
  readonly error: TlsKitError;
}

/**
 * The certificate is refused. `code` is that of the most useful reason; `reasons` holds every reason found for the
 * best candidate path, each with the certificate it is about and what to do.
 *
 * @example
 * try { await verifyPath(input) } catch (error) {
 *   if (VerificationError.is(error)) for (const { message, remedy } of error.reasons) console.log(message, remedy);
 *   else throw error;
 * }
 */
export class VerificationError<C extends VerificationReasonCode = VerificationReasonCode> extends TlsKitError<
  C,
  VerificationReasonDetails[C]
> {
  /** Every reason found for the best candidate path, the most useful first; each once, and never none. */
  readonly reasons: readonly [VerificationReason, ...VerificationReason[]];
  /** The best candidate path, leaf first. */
  readonly chain: readonly Certificate[];
  /** The candidate paths looked at, best first; bounded. */
  readonly attempts: readonly VerificationAttempt[];
  /** Certificates of the pool that did not parse. */
  readonly skipped: readonly SkippedCertificate[];
  /** What the decision cost. */
  readonly work: Work;
  /** The moment that validity was judged by. */
  readonly at: Date;
  readonly #peer: PeerAddress | undefined;

  constructor(fields: VerificationErrorFields, options?: { cause?: unknown }) {
    const [first, ...others] = fields.reasons;
    const codes = [...new Set(others.map(({ code }) => code))].join(", ");
    const also = others.length === 0 ? "" : ` (and ${others.length} more: ${codes})`;
    // The first reason decides the code; the type parameter is chosen by whoever narrows on it.
    const who = fields.peer === undefined ? "" : `${peerText(fields.peer)}: `;
    super(first.code as C, who + first.message + also, first.details as VerificationReasonDetails[C], options);
    this.name = "VerificationError";
    this.reasons = fields.reasons;
    this.chain = fields.chain;
    this.attempts = fields.attempts;
    this.skipped = fields.skipped;
    this.work = fields.work;
    this.at = fields.at;
    this.#peer = fields.peer;
  }

  /** Whom it was that showed the certificate: for connections that somebody has dialled. The message begins with it. */
  get peer(): PeerAddress | undefined {
    return this.#peer;
  }

  /** The same refusal, of this peer. */
  withPeer(peer: PeerAddress): VerificationError<C> {
    const { reasons, chain, attempts, skipped, work, at } = this;
    const [first, ...others] = reasons;
    if (first === undefined) return this; // Never: there is always a reason.
    const options = "cause" in this ? { cause: this.cause } : {};
    return new VerificationError({ reasons: [first, ...others], chain, attempts, skipped, work, at, peer }, options);
  }

  /** Whether `value` is a VerificationError, also one of another copy of this package. */
  static override is(value: unknown): value is AnyVerificationError {
    return TlsKitError.is(value) && value.name === "VerificationError" && "reasons" in value;
  }

  /** The whole decision as JSON-safe data: reasons, chain, attempts, skipped certificates. */
  override toJSON(): VerificationErrorJSON {
    return {
      ...super.toJSON(),
      at: this.at.toISOString(),
      reasons: this.reasons.map(reasonToJSON),
      chain: this.chain.map(certificateToJSON),
      attempts: this.attempts.map(attemptToJSON),
      skipped: this.skipped.map(({ index, error }) => ({ index, code: error.code, message: error.message })),
      work: this.work,
      ...(this.#peer === undefined ? {} : { peer: this.#peer }),
    };
  }
}

/** The union over all codes, so that `switch (error.code)` narrows `error.details`. */
export type AnyVerificationError = { [C in VerificationReasonCode]: VerificationError<C> }[VerificationReasonCode];

/** The JSON form of a {@link VerificationError}. */
export interface VerificationErrorJSON extends TlsKitErrorJson {
  /** The moment that validity was judged by, in ISO 8601. */
  readonly at: string;
  /** Every reason found for the best candidate path, the most useful first. */
  readonly reasons: readonly VerificationReasonJSON[];
  /** The best candidate path, leaf first. */
  readonly chain: readonly CertificateSummaryJSON[];
  /** The candidate paths looked at, best first. */
  readonly attempts: readonly VerificationAttemptJSON[];
  /** Certificates of the pool that did not parse, by their places in it. */
  readonly skipped: readonly { readonly index: number; readonly code: string; readonly message: string }[];
  /** What the decision cost. */
  readonly work: Work;
  /** Whom it was that showed the certificate, where somebody knows. */
  readonly peer?: PeerAddress;
}

/** Nothing about revocation could be fetched; `failures` says of each address why. */
export class RevocationFetchError extends TlsKitError<
  "REVOCATION_FETCH_FAILED",
  { readonly failures: readonly string[] }
> {
  constructor(failures: readonly string[]) {
    super("REVOCATION_FETCH_FAILED", failures.join("; ") || "the certificate names no address over HTTP", { failures });
    this.name = "RevocationFetchError";
  }

  /** Whether `value` is a RevocationFetchError, also one of another copy of this package. */
  static override is(value: unknown): value is RevocationFetchError {
    return TlsKitError.is(value) && value.name === "RevocationFetchError";
  }
}
