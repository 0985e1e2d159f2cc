// Settings as the caller gave them: read once, of their own, none unknown.

import { nearestName, shownText } from "@tlskit/options";
import { TransportError } from "../../error.ts";
import { invalid } from "./setting-error.ts";

/** Values that nobody has checked yet; without a prototype, so that what is absent is absent. */
export type Unchecked<Name extends string> = { readonly [N in Name]?: unknown };

/**
 * Takes settings apart: getters run a single time, here, and what is on `Object.prototype` is not looked at. What is
 * `undefined` is absent. A name that does not exist would be ignored otherwise: it is an error.
 *
 * @throws {TransportError} `SETTING_INVALID`
 */
export function ownSettings<Name extends string>(
  method: string,
  settings: unknown,
  names: readonly Name[],
): Unchecked<Name> {
  if (!isPlainObject(settings)) throw invalid(`the argument of ${method}`, "a plain object", settings);
  const own: { [N in Name]?: unknown } = bare({});
  for (const [name, value] of Object.entries(settings)) {
    if (!isOneOf(name, names)) throw unknownSetting(method, name, names);
    if (value !== undefined) own[name] = value;
  }
  return own;
}

/** The same object without a prototype: for what reads options that it was not given. */
export function bare<T extends object>(options: T): T {
  return Object.assign(Object.create(null), options);
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function unknownSetting(method: string, name: string, names: readonly string[]): TransportError<"SETTING_INVALID"> {
  const setting = shownText(name);
  const nearest = nearestName(name, names);
  const list = `one of ${names.join(", ")}`;
  const forTls = names.includes("tls") ? " What decides about TLS and trust goes into tls." : "";
  const advice = nearest === undefined ? `The settings are ${names.join(", ")}.${forTls}` : `Did you mean ${nearest}?`;
  return new TransportError("SETTING_INVALID", `${method} has no setting ${JSON.stringify(setting)}. ${advice}`, {
    setting,
    expected: nearest ?? list,
    actual: "an unknown setting",
  });
}

function isOneOf<Name extends string>(name: string, names: readonly Name[]): name is Name {
  return (names as readonly string[]).includes(name);
}
