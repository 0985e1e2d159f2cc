// What an object of the caller's says: its own properties, and all of them, each read once.

import { invalid } from "./invalid.ts";

/**
 * A copy without a prototype. An object of a class is refused: what its getters say, or properties that are hidden, would
 * be passed over, and a `name` that is passed over verifies without one.
 *
 * @throws VerifyArgumentError
 */
export function ownProperties(value: unknown, argument: string): Record<string, unknown> {
  if (!isPlain(value))
    throw invalid(argument, "a plain object", value, "An object of a class says more than it shows.");
  const own: Record<string, unknown> = Object.create(null);
  for (const name of Reflect.ownKeys(value)) {
    if (typeof name !== "string") throw invalid(argument, "an object whose names are strings", value);
    own[name] = Reflect.get(value, name);
  }
  return own;
}

// Of another realm, too, whose `Object.prototype` is another.
function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return true;
  return (
    typeof prototype === "object" &&
    Object.getPrototypeOf(prototype) === null &&
    Object.hasOwn(prototype, "isPrototypeOf")
  );
}
