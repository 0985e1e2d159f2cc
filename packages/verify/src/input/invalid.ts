import { VerifyArgumentError } from "./argument-error.ts";

/**
 * An argument error that shows what was given, briefly.
 *
 * @param advice a sentence: what to do instead
 */
export function invalid(argument: string, expected: string, actual: unknown, advice?: string): VerifyArgumentError {
  const promised = isPromise(actual) ? "Await it first." : undefined;
  return new VerifyArgumentError(argument, expected, describe(actual), promised ?? advice);
}

function describe(value: unknown): string {
  // It may hold a key, and is never shown.
  if (typeof value === "string" && value.includes("-----BEGIN ")) return "PEM text";
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (typeof value === "number" || value === null || value === undefined) return String(value);
  if (value instanceof Date) return "an invalid Date";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  return typeof value === "object" ? `a value of type ${typeName(value)}` : `a ${typeof value}`;
}

function isPromise(value: unknown): boolean {
  return value instanceof Promise;
}

/** What its prototype says: own properties may be anything, and do anything. */
function typeName(value: object): string {
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  return typeof name === "string" ? name : "object";
}
