import { VerificationError } from "../src/index.ts";

/** The refusal that `run` throws; anything else fails the test. */
export function refusal(run: () => unknown): VerificationError {
  try {
    run();
  } catch (error) {
    if (VerificationError.is(error)) return error;
    throw error;
  }
  throw new Error("accepted, but should have been refused");
}
