// Runs cases, one after the other.

import { setTimeout as delay } from "node:timers/promises";
import { capabilityState, OptionsError } from "@tlskit/options";
import { X509Error } from "@tlskit/x509/error";
import { TransportError } from "../error.ts";
import { ConformanceFailure, within } from "./assert.ts";
import type { ConformanceCase, ConformanceContext } from "./case.ts";
import { CaseScope } from "./case-scope.ts";
import { withStrayErrors } from "./stray-errors.ts";

/** What became of a case. */
export interface ConformanceResult {
  readonly id: string;
  readonly ok: boolean;
  /** What was expected and what happened; absent if it held. */
  readonly reason?: string;
  readonly ms: number;
}

/** Options of {@link runConformanceCase}. */
export interface RunOptions {
  /**
   * After so many milliseconds a case has failed, whatever it still waits for; default 120,000, which no case comes near
   * on a busy machine. While an adapter is being written, less saves time.
   */
  readonly limitMs?: number | undefined;
}

const defaultLimitMs = 120_000;
// So long a case that was cut off may put back what it has changed.
const graceMs = 250;
// What was waiting for what has been closed now fails, and nobody listens: it must not be taken for the next case's.
const settleMs = 50;

/**
 * Runs one case. A case that needs what the runtime declares it cannot do must be refused when the options are
 * compiled; that is asserted in place of the case.
 *
 * Never rejects, and always ends: what hangs, or throws where nobody can catch it, has failed, and what it has left
 * behind is closed. (Only code that never returns cannot be stopped from within: whoever fears it runs cases in a child
 * process.) Cases are for one after the other, because some change the environment.
 *
 * @example
 * for (const one of conformanceCases) console.log(await runConformanceCase(one, context));
 */
export async function runConformanceCase(
  one: ConformanceCase,
  context: ConformanceContext,
  { limitMs = defaultLimitMs }: RunOptions = {},
): Promise<ConformanceResult> {
  const start = performance.now();
  const failure = await failureOf(one, context, limitMs);
  const ms = Math.round(performance.now() - start);
  return failure === undefined
    ? { id: one.id, ok: true, ms }
    : { id: one.id, ok: false, reason: describe(failure.reason), ms };
}

async function failureOf(
  one: ConformanceCase,
  context: ConformanceContext,
  limitMs: number,
): Promise<{ readonly reason: unknown } | undefined> {
  const stray = Promise.withResolvers<never>();
  stray.promise.catch(() => {});
  const scope = new CaseScope(context.transport);
  // Begun in a promise: what a case throws at once counts as well.
  const running = (): Promise<void> =>
    Promise.resolve().then(() => holds(one, { ...context, transport: scope.transport }));
  try {
    await withStrayErrors(stray.reject, async () => {
      const ended = running();
      try {
        await within(Promise.race([ended, stray.promise]), one.id, limitMs);
      } catch (reason) {
        scope.end();
        await within(ended, "its end", graceMs).catch(() => {});
        await delay(settleMs);
        throw reason;
      }
    });
    // What was thrown in the last turn.
    await Promise.race([stray.promise, undefined]);
    return undefined;
  } catch (reason) {
    return { reason };
  }
}

async function holds(one: ConformanceCase, context: ConformanceContext): Promise<void> {
  const unmet = (one.needs ?? []).filter((need) => capabilityState(context.capabilities, need) !== true);
  if (unmet.length === 0) await one.run(context);
  else await mustBeRefused(one, context, unmet);
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
