// Runs cases, one after the other.

import { capabilityState, OptionsError } from "@tlskit/options";
import { X509Error } from "@tlskit/x509/error";
import { TransportError } from "../error.ts";
import { ConformanceFailure, within } from "./assert.ts";
import type { ConformanceCase, ConformanceContext } from "./case.ts";

/** What became of a case. */
export interface ConformanceResult {
  readonly id: string;
  readonly ok: boolean;
  /** What was expected and what happened; absent if it held. */
  readonly reason?: string;
  readonly ms: number;
}

/** Turns a hang into a failure; no case should come near it, however busy the machine is. */
const caseLimitMs = 120_000;

/**
 * Runs one case. A case that needs what the runtime declares it cannot do must be refused when the options are
 * compiled; that is asserted in place of the case.
 *
 * @example
 * for (const one of conformanceCases) console.log(await runConformanceCase(one, context));
 */
export async function runConformanceCase(
  one: ConformanceCase,
  context: ConformanceContext,
): Promise<ConformanceResult> {
  const start = performance.now();
  const unmet = (one.needs ?? []).filter((need) => capabilityState(context.capabilities, need) !== true);
  const done = (reason?: unknown): ConformanceResult => {
    const ms = Math.round(performance.now() - start);
    return reason === undefined
      ? { id: one.id, ok: true, ms }
      : { id: one.id, ok: false, reason: describe(reason), ms };
  };
  try {
    const running = unmet.length === 0 ? one.run(context) : mustBeRefused(one, context, unmet);
    await within(running, one.id, caseLimitMs);
    return done();
  } catch (error) {
    return done(error);
  }
}

async function mustBeRefused(
  one: ConformanceCase,
  context: ConformanceContext,
  unmet: readonly string[],
): Promise<void> {
  const what = `without ${unmet.join(", ")}`;
  try {
    await one.run(context);
  } catch (error) {
    // A case wraps what it did not expect.
    const refusal = error instanceof ConformanceFailure ? (error.cause ?? error) : error;
    if (OptionsError.is(refusal) && refusal.code === "OPTION_UNSUPPORTED") return;
    // No option asks for the peer's chain: that it is missing shows only when a certificate needs it.
    if (TransportError.is(refusal) && refusal.code === "PEER_CHAIN_UNAVAILABLE") return;
    // Nor can a runtime be asked for an identity whose key it cannot even make.
    if (X509Error.is(refusal) && refusal.code === "UNSUPPORTED_ALGORITHM") return;
    throw new ConformanceFailure(what, "OPTION_UNSUPPORTED", String(error), error);
  }
  throw new ConformanceFailure(what, "OPTION_UNSUPPORTED", "the case holds: the capability is there");
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause === undefined
    ? error.message
    : `${error.message} (${cause instanceof Error ? cause.message : String(cause)})`;
}
