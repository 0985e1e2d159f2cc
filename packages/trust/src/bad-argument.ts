import { describeType } from "./describe-type.ts";
import { TrustError } from "./error.ts";

/** The error for an argument that is not what it must be. Contents are never shown, except numbers. */
export function badArgument(
  argument: string,
  expected: string,
  value: unknown,
  hint?: string,
): TrustError<"TRUST_ARGUMENT_INVALID"> {
  const actual = typeof value === "number" ? String(value) : describeType(value);
  const advice = hint === undefined ? "" : ` ${hint}`;
  return new TrustError("TRUST_ARGUMENT_INVALID", `${argument} must be ${expected}, but is ${actual}.${advice}`, {
    argument,
    expected,
    actual,
  });
}
