// Reads all that an object says, as deep as it goes, and tries to change all that it gave.

import { inspect } from "node:util";

/** How methods are called that need arguments, and which are left alone. */
export interface Calls {
  /** Arguments, by the name of the method. */
  readonly arguments: Readonly<Record<string, readonly (readonly unknown[])[]>>;
  /** Methods that answer anew each time, or change what they are called on by their nature. */
  readonly skipped: ReadonlySet<string>;
}

/** All that the value says: by its getters, and its methods that only read. */
export async function lookAt(value: unknown, calls: Calls): Promise<string> {
  const seen: unknown = await look(value, calls, [], () => undefined);
  return inspect(seen, { depth: Number.POSITIVE_INFINITY, maxArrayLength: null, maxStringLength: null });
}

/** Changes everything that the value gives away, as far as it lets itself be changed; how many things there were. */
export async function vandalise(value: unknown, calls: Calls): Promise<number> {
  const found = new Set<object>();
  await look(value, calls, [], (given) => found.add(given));
  for (const one of found) spoil(one);
  return found.size;
}

/** The names under which an object answers, other than to what all objects are asked. */
export function namesOf(value: object): readonly string[] {
  const names = new Set<string>();
  for (let at: object | null = value; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const name of Object.getOwnPropertyNames(at)) if (name !== "constructor") names.add(name);
  }
  return [...names];
}

async function look(
  value: unknown,
  calls: Calls,
  above: readonly object[],
  tell: (given: object) => void,
): Promise<unknown> {
  if (typeof value === "function") return "(a function)";
  if (typeof value !== "object" || value === null) return value;
  if (above.includes(value) || above.length > maxDepth) return "(above)";
  tell(value);
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("hex");
  if (value instanceof Date) return value.getTime();
  const below = (one: unknown) => look(one, calls, [...above, value], tell);
  const all: unknown[] = [];
  if (Symbol.iterator in value) {
    for (const one of value as Iterable<unknown>) all.push(await below(one));
    if (Array.isArray(value) || value instanceof Set || value instanceof Map) return all;
  }
  const said: Record<string, unknown> = {};
  for (const name of namesOf(value)) {
    for (const [label, read] of readings(value, name, calls)) said[label] = await below(await attempt(read));
  }
  return [all, said];
}

function readings(value: object, name: string, calls: Calls): [label: string, read: () => unknown][] {
  const read = (): unknown => Reflect.get(value, name);
  const found = attemptNow(read);
  if (typeof found !== "function") return [[name, read]];
  if (calls.skipped.has(name)) return [];
  const lists = (Object.hasOwn(calls.arguments, name) ? calls.arguments[name] : undefined) ?? [[]];
  return lists.map((list, index) => [`${name} ${index}`, () => Reflect.apply(found, value, [...list])]);
}

async function attempt(read: () => unknown): Promise<unknown> {
  try {
    return await read();
  } catch (error) {
    return `(throws) ${String(error)}`;
  }
}

function attemptNow(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function spoil(value: object): void {
  if (value instanceof Date) value.setTime(0);
  else if (value instanceof Set || value instanceof Map) value.clear();
  for (const name of Reflect.ownKeys(value)) {
    const old: unknown = Reflect.get(value, name);
    Reflect.set(value, name, typeof old === "number" ? old ^ 0xff : "spoilt");
    if (!ArrayBuffer.isView(value)) Reflect.deleteProperty(value, name);
  }
  // Whoever adds to an object of a class has not changed what that says.
  if (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype) Reflect.set(value, "added", "spoilt");
}

const maxDepth = 12;
