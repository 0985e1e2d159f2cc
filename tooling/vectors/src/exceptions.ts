import { readFileSync } from "node:fs";
import type { RuntimeName } from "./runtime.ts";

/**
 * What an exception is about. All but the last are choices that this project has made; `faulty-case` is a case whose own
 * chain breaks the rule that it says it keeps, which must be shown from the file.
 */
export type ExceptionKind = "strength" | "expired-anchor" | "anchor-is-no-ca" | "algorithm" | "faulty-case";

/** A case that is known to be decided otherwise, and why. */
export interface Exception {
  readonly id: string;
  readonly kind: ExceptionKind;
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
