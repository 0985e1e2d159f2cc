// Hash functions by their names, as callers spell them.

import { shownValue } from "../argument.ts";
import { X509Error } from "../error.ts";
import type { HashName } from "./hash-name.ts";

/**
 * The hash function of this name, in upper or lower case.
 *
 * @param names those that may be meant
 * @throws X509Error ARGUMENT_INVALID, with the names that there are
 */
export function hashNamed<Name extends HashName>(given: unknown, argument: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === given || name.toLowerCase() === given);
  if (found === undefined) throw unknownChoice(argument, given, names);
  return found;
}

/** The error for what is none of the choices. */
export function unknownChoice(
  argument: string,
  value: unknown,
  choices: readonly string[],
): X509Error<"ARGUMENT_INVALID"> {
  const expected = `one of ${choices.join(", ")}`;
  return new X509Error("ARGUMENT_INVALID", `unknown ${argument} ${shownValue(value)}: expected ${expected}`, {
    argument,
    expected,
  });
}
