import { X509Error } from "../src/index.ts";

/** What the action returns; undefined where it throws an error of this package, and anything else that it throws is a fault. */
export function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (X509Error.is(error)) return undefined;
    throw error;
  }
}
