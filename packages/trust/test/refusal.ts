// Errors of this package, where a test wants one; anything else fails it.

import { TrustError } from "../src/index.ts";

/** The error that `run` throws. */
export function caught(run: () => unknown): TrustError {
  try {
    run();
  } catch (error) {
    return ours(error);
  }
  throw new Error("nothing was thrown");
}

/** The error that a promise is rejected with. */
export async function refusal(promise: Promise<unknown>): Promise<TrustError> {
  try {
    await promise;
  } catch (error) {
    return ours(error);
  }
  throw new Error("nothing was thrown");
}

function ours(error: unknown): TrustError {
  if (TrustError.is(error)) return error;
  throw error;
}
