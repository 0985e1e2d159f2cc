/** The errors for a value that cannot be used. */

import { OptionsError } from "../error.ts";
import { describeValue } from "./describe-value.ts";

/**
 * The error for a value of the wrong type.
 *
 * @param path the option's place; empty for all options together
 * @param advice in place of a description: what the value seems to be, and what makes the right thing of it
 */
export function wrongType(
  path: string,
  expected: string,
  value: unknown,
  advice?: string,
): OptionsError<"OPTION_TYPE_INVALID"> {
  const actual = describeValue(value);
  const subject = path === "" ? "The options" : path;
  const message = `${subject} must be ${expected}, but ${path === "" ? "are" : "is"} ${advice ?? actual}.`;
  return new OptionsError("OPTION_TYPE_INVALID", message, { path, expected, actual });
}

/** The error for a value of the right type that cannot be used. */
export function wrongValue(
  path: string,
  expected: string,
  actual: string,
  cause?: unknown,
): OptionsError<"OPTION_VALUE_INVALID"> {
  const message = `${path} must be ${expected}, but is ${actual}.`;
  const details = { path, expected, actual };
  return new OptionsError("OPTION_VALUE_INVALID", message, details, cause === undefined ? undefined : { cause });
}
