// What callers pass in JavaScript, where no compiler has looked at it.

import { X509Error } from "./error.ts";

/** The error about an argument; `argument` is its path, as in `options.subjectAltName[0]`. */
export function badArgument(
  argument: string,
  expected: string,
  cause?: unknown,
  actual?: string,
): X509Error<"ARGUMENT_INVALID"> {
  const message = `${argument} makes no sense: expected ${expected}${actual === undefined ? "" : `, not ${actual}`}`;
  return new X509Error(
    "ARGUMENT_INVALID",
    message,
    { argument, expected },
    cause === undefined ? undefined : { cause },
  );
}

/**
 * Runs what does nothing but compute from an argument. What JavaScript itself throws there, about a missing field, a wrong
 * type or a foreign class, is a mistake in the argument, and is said so; it stays the cause.
 *
 * @throws X509Error ARGUMENT_INVALID
 */
export function fromArgument<T>(argument: string, expected: string, compute: () => T): T {
  try {
    return compute();
  } catch (cause) {
    if (!(cause instanceof TypeError || cause instanceof RangeError || cause instanceof SyntaxError)) throw cause;
    throw badArgument(argument, expected, cause);
  }
}

/** @throws X509Error ARGUMENT_INVALID unless it is an object, for options */
export function assertObject(value: unknown, argument: string): void {
  if (typeof value !== "object" || value === null) throw badArgument(argument, "an object");
}

/**
 * Throws unless it is an object that has none but these properties, and them itself: what is misspelt would be passed
 * over, and what all objects inherit was put there by somebody else.
 *
 * @param path what stands before the name of a property in the error
 * @throws X509Error ARGUMENT_INVALID
 */
export function assertNames(value: unknown, names: ReadonlySet<string>, argument: string, path: string = ""): void {
  assertObject(value, argument);
  for (const name in value as object) {
    if (names.has(name) && Object.hasOwn(value as object, name)) continue;
    const expected = `one of ${[...names].sort().join(", ")}`;
    const message = names.has(name)
      ? `${path}${name} is inherited: expected it of the object itself`
      : `there is no option ${shownValue(`${path}${name}`)}: expected ${expected}`;
    throw new X509Error("ARGUMENT_INVALID", message, { argument: `${path}${name}`, expected });
  }
}

/** @throws X509Error ARGUMENT_INVALID unless it is an array */
export function assertList(value: unknown, argument: string): asserts value is readonly unknown[] {
  if (!Array.isArray(value)) throw badArgument(argument, "an array");
}

/** Any value for an error message: never throws, never long. */
export function shownValue(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  return typeof value === "object" && value !== null
    ? "an object"
    : typeof value === "symbol"
      ? "a symbol"
      : String(value);
}

/** @throws X509Error ARGUMENT_INVALID unless it has this method: for what only has to behave like one of ours */
export function assertMethod(value: unknown, method: string, argument: string, expected: string): void {
  const has = fromArgument(argument, expected, () => typeof (value as Record<string, unknown>)[method] === "function");
  if (!has) throw badArgument(argument, expected);
}

/** @throws X509Error ARGUMENT_INVALID unless it is an instance of this class */
export function assertInstance(
  value: unknown,
  type: { readonly prototype: object },
  argument: string,
  expected: string,
): void {
  if (!(value instanceof (type as abstract new () => object)))
    throw badArgument(argument, expected, undefined, kindOf(value));
}

/** What was given instead: never its contents, which may be a key. */
function kindOf(value: unknown): string {
  if (typeof value === "string") return value.includes("-----BEGIN ") ? "PEM text" : "a string";
  if (typeof value !== "object" || value === null) return String(typeof value === "object" ? value : typeof value);
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  return typeof name === "string" && name !== "" ? `an object of type ${name}` : "an object";
}
