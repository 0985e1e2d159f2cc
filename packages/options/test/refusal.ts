import { type AnyOptionsError, OptionsError } from "../src/index.ts";

/** The error of this package that `run` throws; anything else fails the test. */
export function refusal(run: () => unknown): AnyOptionsError {
  try {
    run();
  } catch (error) {
    if (OptionsError.is(error)) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
