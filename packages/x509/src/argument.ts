// What callers pass in JavaScript, where no compiler has looked at it.

import { X509Error } from "./error.ts";
import { inspectCustom } from "./text/inspect-symbol.ts";

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

/**
 * The properties of a plain object, without a prototype, and each read once: what `undefined` says is left out. Only its own
 * count, and all of them: what it inherits was put there by somebody else, and what is misspelt would be passed over.
 *
 * @param names those that it may have
 * @param path what stands before the name of a property in the error
 * @throws X509Error ARGUMENT_INVALID
 */
export function takeOwn<Fields extends object>(
  value: Fields,
  names: ReadonlySet<string>,
  argument: string,
  path: string = "",
): Fields {
  const own = ownNames(value, argument);
  if (own.length === 0) return nothing as Fields;
  const taken: Record<string, unknown> = Object.create(null);
  for (const name of own) {
    if (!names.has(name)) throw unknownName(`${path}${name}`, names);
    const one: unknown = value[name as keyof Fields];
    if (one !== undefined) taken[name] = one;
  }
  return taken as Fields;
}

/**
 * The names of all properties that a plain object has of its own.
 *
 * @throws X509Error ARGUMENT_INVALID for what is no plain object, or has a symbol for a name
 */
export function ownNames(value: unknown, argument: string): string[] {
  if (!isPlain(value)) throw badArgument(argument, "a plain object", undefined, kindOf(value));
  const names = Object.getOwnPropertyNames(value);
  for (const symbol of Object.getOwnPropertySymbols(value)) {
    // The values that this package reads show themselves by it.
    if (symbol !== inspectCustom) throw badArgument(argument, "names that are strings");
  }
  return names;
}

/** Room for most names, and not for a PKCS #8 key in base64. */
const maxShown = 128;

const nothing: object = /* @__PURE__ */ Object.freeze(/* @__PURE__ */ Object.create(null));

function unknownName(name: string, names: ReadonlySet<string>): X509Error<"ARGUMENT_INVALID"> {
  const expected = `one of ${[...names].sort().join(", ")}`;
  const message = `there is no option ${shownValue(name)}: expected ${expected}`;
  return new X509Error("ARGUMENT_INVALID", message, { argument: name, expected });
}

/**
 * Is it an object of no class? Also one of another realm, whose `Object.prototype` is another: that of a test runner, say.
 */
export function isPlain(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return true;
  return (
    typeof prototype === "object" &&
    Object.getPrototypeOf(prototype) === null &&
    Object.hasOwn(prototype, "isPrototypeOf")
  );
}

/** @throws X509Error ARGUMENT_INVALID unless it is an array */
export function assertList(value: unknown, argument: string): asserts value is readonly unknown[] {
  if (!Array.isArray(value)) throw badArgument(argument, "an array");
}

/** Any value for an error message: never throws, never long, and never a key that was given in the wrong place. */
export function shownValue(value: unknown): string {
  if (typeof value === "string") return isShowable(value) ? JSON.stringify(value) : shownText(value);
  return typeof value === "object" && value !== null
    ? "an object"
    : typeof value === "symbol"
      ? "a symbol"
      : String(value);
}

/** A text for an error, as {@link shownValue} without quotes. */
export function shownText(text: string): string {
  return isShowable(text) ? text : kindOf(text);
}

/** Longer texts in the place of a name are files, and those are often keys. */
function isShowable(text: string): boolean {
  return text.length <= maxShown && !text.includes("-----BEGIN ");
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
