import { readFileSync } from "node:fs";
import type { RuntimeName } from "./runtime.ts";

/** A case that is known to be decided otherwise, and why. */
export interface Exception {
  readonly id: string;
  readonly expected: string;
  readonly actual: string;
  readonly reason: string;
  /** Where it is; absent: everywhere. */
  readonly runtimes?: readonly RuntimeName[];
}

/** The reviewed list, for one runtime. */
export function readExceptions(runtime: RuntimeName): ReadonlyMap<string, Exception> {
  const all: readonly Exception[] = JSON.parse(
    readFileSync(new URL("../data/exceptions.json", import.meta.url), "utf8"),
  );
  return new Map(
    all.filter(({ runtimes }) => runtimes === undefined || runtimes.includes(runtime)).map((one) => [one.id, one]),
  );
}
