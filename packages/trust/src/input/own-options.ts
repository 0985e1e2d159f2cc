// Options as the caller gave them: none that nobody reads, and none that all objects inherit.

import { badArgument, strayArgument } from "./bad-argument.ts";

/**
 * The own options of an object, without a prototype.
 *
 * @param argument what the object is called
 * @throws TrustError TRUST_ARGUMENT_INVALID for what is no object, and for a name that is none of these: a misspelt `by`
 *   would distrust less than was meant
 */
export function ownOptions<Options extends object>(
  options: Options,
  names: readonly (keyof Options & string)[],
  argument = "options",
): Partial<Options> {
  if (typeof options !== "object" || options === null) throw badArgument(argument, "an object", options);
  for (const name of Object.keys(options)) {
    if ((names as readonly string[]).includes(name)) continue;
    throw strayArgument(argument, name, names);
  }
  return Object.assign(Object.create(null), options);
}
