// Work that is too short to be timed alone, done twenty times.

import type { Work } from "./measure.ts";

export function repeated(once: () => unknown): Work {
  return () => {
    for (let index = 0; index < repeats; index++) once();
    return repeats;
  };
}

/** As {@link repeated}, one after the other. */
export function repeatedAsync(once: () => Promise<unknown>): Work {
  return async () => {
    for (let index = 0; index < repeats; index++) await once();
    return repeats;
  };
}

const repeats = 20;
