/** Takes options apart, at the top and below. */

import { OptionsError } from "../error.ts";
import { shownText } from "./describe-value.ts";
import { nearestName } from "./nearest-name.ts";
import { replacementFor } from "./option-names.ts";
import { wrongType } from "./wrong-value.ts";

/**
 * The properties of a plain object, each read once: getters run a single time. Only its own count, and all of them: one
 * that is not enumerable would be looked past, and a symbol is no name.
 *
 * @param path the place of the object; empty at the top
 * @throws OptionsError OPTION_TYPE_INVALID, OPTION_UNKNOWN
 */
export function ownEntries(value: unknown, path: string): [name: string, value: unknown][] {
  const object = plainObject(value, path);
  return Reflect.ownKeys(object).map((name) => {
    if (typeof name === "symbol") throw unknownName(String(name), path, []);
    return [name, Reflect.get(object, name)];
  });
}

/**
 * The same for an object whose names are known; unknown names are errors (OPT-48, CLI-02), whatever their values.
 *
 * @throws OptionsError OPTION_TYPE_INVALID, OPTION_UNKNOWN
 */
export function knownEntries<Name extends string>(
  value: unknown,
  known: readonly Name[],
  path: string = "",
): readonly (readonly [Name, unknown])[] {
  const entries = ownEntries(value, path);
  const unknown = entries.find(([name]) => !(known as readonly string[]).includes(name));
  if (unknown !== undefined) throw unknownName(unknown[0], path, known);
  return entries as [Name, unknown][];
}

/** The options at the top; what is `undefined` is absent. @throws OptionsError OPTION_TYPE_INVALID, OPTION_UNKNOWN */
export function readOptions<Name extends string>(options: unknown, known: readonly Name[]): ReadonlyMap<Name, unknown> {
  return new Map(knownEntries(options, known).filter(([, value]) => value !== undefined));
}

/**
 * The values of a nested object, without a prototype; what is `undefined` is absent.
 *
 * @throws OptionsError OPTION_TYPE_INVALID, OPTION_UNKNOWN, with the path of the place
 */
export function ownValues<Name extends string>(
  value: unknown,
  path: string,
  known: readonly Name[],
): { readonly [N in Name]?: unknown } {
  const own: { [N in Name]?: unknown } = Object.create(null);
  for (const [name, each] of knownEntries(value, known, path)) if (each !== undefined) own[name] = each;
  return own;
}

/** Bytes of our own. @throws OptionsError OPTION_TYPE_INVALID */
export function ownBytes(value: unknown, path: string): Uint8Array {
  if (value instanceof Uint8Array && ArrayBuffer.isView(value)) return new Uint8Array(value);
  throw wrongType(path, "a Uint8Array", value);
}

/**
 * Whether an object is really of its class: one that has but the prototype, and a Proxy, lack the private state.
 *
 * @param read reads what only that state can give
 */
export function isGenuine(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** Options that are inherited would be looked past: only plain objects, whose options are their own, are taken. */
function plainObject(value: unknown, path: string): object {
  if (typeof value === "object" && value !== null) {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === null || prototype === Object.prototype || isForeignRoot(prototype)) return value;
  }
  throw wrongType(path, "a plain object", value);
}

// The `Object.prototype` of another realm: what `structuredClone` gives in a test runner is a plain object, too.
function isForeignRoot(prototype: unknown): boolean {
  return (
    typeof prototype === "object" &&
    prototype !== null &&
    Object.getPrototypeOf(prototype) === null &&
    Object.hasOwn(prototype, "isPrototypeOf")
  );
}

function unknownName(name: string, path: string, known: readonly string[]): OptionsError<"OPTION_UNKNOWN"> {
  const shown = path === "" ? shownText(name) : `${path}.${shownText(name)}`;
  const replacement = path === "" ? replacementFor(name) : undefined;
  if (replacement !== undefined) {
    const [, nothing] = /^nothing: (.*)$/.exec(replacement) ?? [];
    const instead =
      nothing === undefined ? `; its place is taken by ${replacement}` : `, and none is needed: ${nothing}`;
    const message = `There is no option ${shown}${instead}.`;
    return new OptionsError("OPTION_UNKNOWN", message, { path: shown, replacement });
  }
  const nearest = nearestName(name, known);
  const list = known.length === 0 ? "Names are strings." : `The names are ${known.join(", ")}.`;
  const advice = nearest === undefined ? list : `Did you mean ${nearest}?`;
  const details = nearest === undefined ? { path: shown } : { path: shown, nearest };
  return new OptionsError("OPTION_UNKNOWN", `There is no option ${JSON.stringify(shown)}. ${advice}`, details);
}
