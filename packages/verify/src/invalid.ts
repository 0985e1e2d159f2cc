import { VerifyArgumentError } from "./argument-error.ts";

/** An argument error that shows what was given, briefly. */
export function invalid(argument: string, expected: string, actual: unknown): VerifyArgumentError {
  return new VerifyArgumentError(argument, expected, describe(actual));
}

function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 60));
  if (typeof value === "number" || value === null || value === undefined) return String(value);
  if (value instanceof Date) return "an invalid Date";
  return typeof value === "object" ? `a value of type ${typeName(value)}` : `a ${typeof value}`;
}

/** What its prototype says: own properties may be anything, and do anything. */
function typeName(value: object): string {
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  return typeof name === "string" ? name : "object";
}
