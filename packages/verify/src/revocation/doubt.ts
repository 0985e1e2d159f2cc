import { printable } from "../reasons/printable.ts";

/** Why a CRL or an OCSP response does not tell the status of a certificate. */
export type RevocationDoubtCode =
  | "NO_SOURCE"
  | "UNREADABLE"
  | "NOT_YET_VALID"
  | "STALE"
  | "NOT_CONFORMING"
  | "CRITICAL_EXTENSION"
  | "WEAK_SIGNATURE"
  | "SIGNATURE_INVALID"
  | "ALGORITHM_UNSUPPORTED"
  | "SIGNER_UNKNOWN"
  | "SIGNER_NOT_AUTHORISED"
  | "SIGNER_REVOKED"
  | "SIGNER_STATUS_UNKNOWN"
  | "OUT_OF_SCOPE"
  | "BASE_MISSING"
  | "REASONS_NOT_COVERED"
  | "RESPONDER_ERROR"
  | "NO_MATCHING_RESPONSE"
  | "RESPONDER_DOES_NOT_KNOW"
  | "FETCH_FAILED"
  | "BUDGET_EXCEEDED";

/** One source that was looked at, and why it does not count. JSON-safe. */
export interface RevocationDoubt {
  readonly source: "crl" | "ocsp" | "none";
  /** Its place in `crls` or `ocspResponses`. */
  readonly index?: number;
  readonly code: RevocationDoubtCode;
  /** A sentence for people. */
  readonly message: string;
}

/** Says why; the text is safe to print. */
export function doubt(
  source: RevocationDoubt["source"],
  index: number | undefined,
  code: RevocationDoubtCode,
  message: string,
): RevocationDoubt {
  return { source, ...(index === undefined ? {} : { index }), code, message: printable(message) };
}

/** Collects doubts: each once, and no more than anybody reads. */
export class Doubts {
  readonly #list: RevocationDoubt[] = [];

  add(one: RevocationDoubt): void {
    const isKnown = this.#list.some(
      (other) =>
        other.source === one.source &&
        other.index === one.index &&
        other.code === one.code &&
        other.message === one.message,
    );
    if (!isKnown && this.#list.length < MAX_DOUBTS) this.#list.push(one);
  }

  /** Puts the one that says most before the others. */
  addFirst(one: RevocationDoubt): void {
    this.#list.unshift(one);
  }

  /** Whether there is one about this source. */
  isAbout(source: RevocationDoubt["source"], index: number): boolean {
    return this.#list.some((one) => one.source === source && one.index === index);
  }

  get list(): readonly RevocationDoubt[] {
    return this.#list;
  }
}

const MAX_DOUBTS = 50;
