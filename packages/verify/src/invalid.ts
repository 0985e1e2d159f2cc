import { VerifyArgumentError } from "./error.ts";

/** An argument error that shows what was given, briefly. */
export function invalid(argument: string, expected: string, actual: unknown): VerifyArgumentError {
  return new VerifyArgumentError(argument, expected, describe(actual));
}

function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 60));
  if (typeof value === "number" || value === null || value === undefined) return String(value);
  if (value instanceof Date) return "an invalid Date";
  return typeof value === "object" ? `a value of type ${value.constructor?.name ?? "object"}` : `a ${typeof value}`;
}
