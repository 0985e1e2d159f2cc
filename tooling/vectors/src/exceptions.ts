import { readFileSync } from "node:fs";
import type { RuntimeName } from "./runtime.ts";

/** A case that is known to be decided otherwise, and why. */
export interface Exception {
  readonly id: string;
  readonly expected: string;
  readonly actual: string;
  readonly reason: string;
  /** What the runtimes lack, where it is that. */
  readonly algorithm?: string;
  /** Where it is; absent: everywhere. */
  readonly runtimes?: readonly RuntimeName[];
}

/** The reviewed list. */
export function allExceptions(): readonly Exception[] {
  return JSON.parse(readFileSync(new URL("../data/exceptions.json", import.meta.url), "utf8"));
}

/** The part of the list that is about one runtime. */
export function readExceptions(runtime: RuntimeName): ReadonlyMap<string, Exception> {
  const all = allExceptions();
  return new Map(
    all.filter(({ runtimes }) => runtimes === undefined || runtimes.includes(runtime)).map((one) => [one.id, one]),
  );
}
