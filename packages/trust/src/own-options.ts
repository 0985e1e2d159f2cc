// Options as the caller gave them: none that nobody reads, and none that all objects inherit.

import { badArgument, strayArgument } from "./bad-argument.ts";

/**
 * The own options of an object, without a prototype.
 *
 * @throws TrustError TRUST_ARGUMENT_INVALID for what is no object, and for a name that is none of these: a misspelt `by`
 *   would distrust less than was meant
 */
export function ownOptions<Options extends object>(
  options: Options,
  names: readonly (keyof Options & string)[],
): Partial<Options> {
  if (typeof options !== "object" || options === null) throw badArgument("options", "an object", options);
  for (const name of Object.keys(options)) {
    if ((names as readonly string[]).includes(name)) continue;
    throw strayArgument("options", name, names);
  }
  return Object.assign(Object.create(null), options);
}
