import type { Connection } from "@tlskit/transport";
import { VerificationError } from "@tlskit/verify";
import { TlsKitError } from "@tlskit/x509/error";
import type { Outcome } from "./situation.ts";

/** What to show of a connection that stood. */
export function connectedOutcome({ negotiated }: Connection): Outcome {
  return { code: "connected", reasons: [], negotiated };
}

/** What to show of an error: its code, and every reason in plain words. */
export function refusedOutcome(error: unknown): Outcome {
  if (VerificationError.is(error)) {
    return { code: error.code, reasons: error.reasons.map((reason) => `${reason.code}: ${reason.message}`) };
  }
  if (TlsKitError.is(error)) return { code: error.code, reasons: [error.message] };
  return { code: "UNEXPECTED", reasons: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
}
