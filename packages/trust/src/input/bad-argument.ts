import { TrustError } from "../error.ts";
import { describeType } from "./describe-type.ts";

/** The error for an argument that is not what it must be. Contents are never shown, except numbers. */
export function badArgument(
  argument: string,
  expected: string,
  value: unknown,
  hint?: string,
): TrustError<"TRUST_ARGUMENT_INVALID"> {
  const actual = typeof value === "number" ? String(value) : describeType(value);
  return refused(argument, expected, actual, typeof value === "object" && isPromise(value) ? "Await it first." : hint);
}

/** The error for a text that is none of a few words: it is shown if it could be meant as one. */
export function notOneOf(
  argument: string,
  words: readonly string[],
  value: unknown,
): TrustError<"TRUST_ARGUMENT_INVALID"> {
  const isWord = typeof value === "string" && /^[\w.-]{1,40}$/.test(value);
  return refused(argument, `one of ${words.join(", ")}`, isWord ? `"${value}"` : describeType(value));
}

/** The error for a property that nobody reads. */
export function strayArgument(
  parent: string,
  name: string,
  known: readonly string[],
): TrustError<"TRUST_ARGUMENT_INVALID"> {
  return refused(`${parent}.${name}`, `left out: it is none of ${known.join(", ")}`, "given");
}

function refused(
  argument: string,
  expected: string,
  actual: string,
  hint?: string,
): TrustError<"TRUST_ARGUMENT_INVALID"> {
  const advice = hint === undefined ? "" : ` ${hint}`;
  return new TrustError("TRUST_ARGUMENT_INVALID", `${argument} must be ${expected}, but is ${actual}.${advice}`, {
    argument,
    expected,
    actual,
  });
}

function isPromise(value: unknown): boolean {
  return value instanceof Promise;
}
