// What a package lets be called, found by itself, so that no new function is forgotten; and what becomes of nonsense there.

/** A function, a method on its object, or a class to be made. */
export interface Callable {
  /** Such as `x509.pemDecode`, `Certificate.fromDer`, `leaf.toPem` and `new DerReader`. */
  readonly label: string;
  /** Its own name alone. */
  readonly name: string;
  readonly run: (...values: readonly unknown[]) => unknown;
}

/** The functions of entry points, and the static methods of their classes, but for errors. */
export function exportedFunctions(entries: Readonly<Record<string, object>>): Callable[] {
  return Object.entries(entries).flatMap(([label, entry]) => [
    ...ownMethods(label, entry, entry),
    ...classesOf(entry).flatMap(([name, type]) => ownMethods(name, type, type)),
  ]);
}

/** The classes of entry points, but for errors, to be made with `new`. */
export function exportedConstructors(entries: Readonly<Record<string, object>>): Callable[] {
  return Object.values(entries).flatMap((entry) =>
    classesOf(entry).map(([name, type]) => ({
      label: `new ${name}`,
      name,
      run: (...values) => Reflect.construct(type, values),
    })),
  );
}

/** The methods of objects, also those that a class above theirs has; getters are none. */
export function methodsOf(objects: Readonly<Record<string, object>>): Callable[] {
  return Object.entries(objects).flatMap(([label, owner]) => {
    const found: Callable[] = [];
    for (let holder = owner; ; found.push(...ownMethods(label, owner, holder))) {
      holder = Object.getPrototypeOf(holder) as object;
      if (holder === Object.prototype || holder === EventTarget.prototype) return found;
    }
  });
}

/** What {@link nonsenseMistakes} tries. */
export interface NonsenseTrial {
  /** What nobody should pass. */
  readonly nonsense: readonly unknown[];
  /** Arguments that are right, by the name of what is called, so that the one after them is looked at. */
  readonly right: Readonly<Record<string, readonly unknown[]>>;
  /** Whether what was thrown is an error that a caller should get. */
  readonly isOurs: (error: unknown) => boolean;
}

/** Calls with nonsense in the place of each argument, and returns what was thrown that should not be. */
export async function nonsenseMistakes({ name, run }: Callable, trial: NonsenseTrial): Promise<string[]> {
  const given = rightArguments(name, trial.right);
  const mistakes: string[] = [];
  for (const [index, value] of trial.nonsense.entries()) {
    for (let place = 0; place <= given.length; place++) {
      try {
        await run(...(place === given.length ? [...given, value] : given.with(place, value)));
      } catch (error) {
        if (!trial.isOurs(error)) mistakes.push(`${place} is ${index}: ${error}`);
      }
    }
  }
  return mistakes;
}

/** The arguments that are right for what has this name: none if they are not told. */
export function rightArguments(name: string, right: NonsenseTrial["right"]): readonly unknown[] {
  return Object.hasOwn(right, name) ? (right[name] ?? []) : [];
}

type Class = new (...values: readonly unknown[]) => object;

function ownMethods(label: string, owner: object, holder: object): Callable[] {
  return Object.getOwnPropertyNames(holder)
    .filter((name) => name !== "constructor" && name !== "prototype")
    .flatMap((name) => {
      const value: unknown = Object.getOwnPropertyDescriptor(holder, name)?.value;
      if (typeof value !== "function" || isClass(value)) return [];
      return [{ label: `${label}.${name}`, name, run: (...values) => Reflect.apply(value, owner, values) }];
    });
}

function classesOf(entry: object): (readonly [string, Class])[] {
  return Object.entries(entry).filter((pair): pair is [string, Class] => isClass(pair[1]) && !/Error$/.test(pair[0]));
}

function isClass(value: unknown): value is Class {
  return typeof value === "function" && /^class/.test(Function.prototype.toString.call(value));
}
