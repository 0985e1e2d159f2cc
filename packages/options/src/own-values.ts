/** Options that are objects themselves. */
import { shownText } from "./describe-value.ts";
import { OptionsError } from "./error.ts";
import { nearestName } from "./nearest-name.ts";
import { wrongType } from "./option-values.ts";

/**
 * Takes a nested object apart, once: getters run a single time, only its own properties count, unknown names are errors.
 * The result has no prototype; what is `undefined` is absent.
 *
 * @throws OptionsError OPTION_TYPE_INVALID, OPTION_UNKNOWN, with the path of the place
 */
export function ownValues<Name extends string>(
  value: unknown,
  path: string,
  known: readonly Name[],
): { readonly [N in Name]?: unknown } {
  const own: Record<string, unknown> = Object.create(null);
  for (const [name, each] of Object.entries(plainObjectAt(value, path))) {
    if (!(known as readonly string[]).includes(name)) throw unknownName(`${path}.${shownText(name)}`, name, known);
    if (each !== undefined) own[name] = each;
  }
  return own as { readonly [N in Name]?: unknown };
}

/** The value, if it is a plain object. @throws OptionsError OPTION_TYPE_INVALID */
export function plainObjectAt(value: unknown, path: string): object {
  if (typeof value === "object" && value !== null) {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === null || prototype === Object.prototype) return value;
  }
  throw wrongType(path, "a plain object", value);
}

/** Bytes of our own. @throws OptionsError OPTION_TYPE_INVALID */
export function ownBytes(value: unknown, path: string): Uint8Array {
  if (ArrayBuffer.isView(value) && value instanceof Uint8Array) return new Uint8Array(value);
  throw wrongType(path, "a Uint8Array", value);
}

function unknownName(path: string, name: string, known: readonly string[]): OptionsError<"OPTION_UNKNOWN"> {
  const nearest = nearestName(name, known);
  const advice = nearest === undefined ? `Its names are ${known.join(", ")}.` : `Did you mean ${nearest}?`;
  const details = nearest === undefined ? { path } : { path, nearest };
  return new OptionsError("OPTION_UNKNOWN", `There is no option ${JSON.stringify(path)}. ${advice}`, details);
}
