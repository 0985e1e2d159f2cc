// What cases assert with: no test framework.

import { TlsKitError } from "@tlskit/x509/error";

/** A case does not hold. */
export class ConformanceFailure extends TlsKitError<
  "CONFORMANCE_FAILED",
  { readonly expected: string; readonly actual: string }
> {
  override get name(): string {
    return "ConformanceFailure";
  }

  constructor(what: string, expected: unknown, actual: unknown, cause?: unknown) {
    const details = { expected: show(expected), actual: show(actual) };
    super("CONFORMANCE_FAILED", `${what}: expected ${details.expected}, got ${details.actual}`, details, { cause });
  }

  /** Whether `value` is a ConformanceFailure, also one of another copy of this package. */
  static override is(value: unknown): value is ConformanceFailure {
    return TlsKitError.is(value) && value.name === "ConformanceFailure";
  }
}

/** The values are the same, structurally. */
export function equal(actual: unknown, expected: unknown, what: string): void {
  if (show(actual) !== show(expected)) throw new ConformanceFailure(what, expected, actual);
}

/** It holds. */
export function ok(condition: boolean, what: string): asserts condition {
  if (!condition) throw new ConformanceFailure(what, true, false);
}

/** The promise rejects with an error of tlskit that has one of these codes; returns it. */
export async function rejects(
  promise: Promise<unknown>,
  codes: string | readonly string[],
  what: string,
): Promise<TlsKitError> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    return hasCode(error, codes, what);
  }
  throw new ConformanceFailure(
    what,
    codes,
    value === undefined || value === null ? value : `success (${typeof value})`,
  );
}

/** The error is one of tlskit's and has one of these codes; returns it. */
export function hasCode(error: unknown, codes: string | readonly string[], what: string): TlsKitError {
  if (!TlsKitError.is(error)) throw new ConformanceFailure(what, codes, `a foreign error: ${String(error)}`, error);
  if (![codes].flat().includes(error.code))
    throw new ConformanceFailure(what, codes, `${error.code}: ${error.message}`, error);
  return error;
}

/** Waits for a promise, but not for ever. The bound is far from what anything takes: it only turns a hang into a failure. */
export function within<T>(promise: Promise<T>, what: string, milliseconds: number = 60_000): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new ConformanceFailure(what, `an answer within ${milliseconds} ms`, "none")),
    milliseconds,
  );
  const answer = Promise.race([promise, late]).finally(() => clearTimeout(timer));
  answer.catch(() => {}); // Where a case has failed meanwhile, nobody waits for it any more.
  return answer;
}

function show(value: unknown): string {
  if (value instanceof Uint8Array) return `${value.byteLength} bytes [${value.subarray(0, 16).join(" ")}…]`;
  return JSON.stringify(value) ?? String(value);
}
