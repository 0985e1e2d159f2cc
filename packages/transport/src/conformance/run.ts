// Runs cases, one after the other.

import { TransportError } from "../error.ts";
import { capabilityState, OptionsError } from "@tlskit/options";
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

/** Turns a hang into a failure; no case should come near it. */
const caseLimitMs = 20_000;

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
    if (OptionsError.is(error) && error.code === "OPTION_UNSUPPORTED") return;
    // No option asks for this one: it shows only when a peer's certificate needs others.
    if (TransportError.is(error) && error.code === "PEER_CHAIN_UNAVAILABLE") return;
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
