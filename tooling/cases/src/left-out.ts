// An option that is `undefined` counts as left out: what tells where it does not.
import { isDeepStrictEqual } from "node:util";

/** The names of what may be left out of T, of any of its alternatives. */
export type OptionalName<T> = T extends unknown
  ? { [K in keyof T]-?: Pick<Partial<T>, K> extends Pick<T, K> ? K : never }[keyof T]
  : never;

/**
 * All that may be left out of T, as `undefined`, but for what is refused then: an option that is forgotten here does not
 * compile.
 */
export type EveryUndefined<T, Refused extends PropertyKey = never> = {
  readonly [Name in Exclude<OptionalName<T>, Refused>]: undefined;
};

/** A function that takes options, for {@link undefinedMistakes}. */
export interface LeftOutTrial {
  readonly label: string;
  /** All options, each `undefined`: an {@link EveryUndefined}. */
  readonly every: Readonly<Record<string, undefined>>;
  /** What makes the call a good one. */
  readonly given?: object;
  /** Calls it, and returns what can be compared: nothing that is drawn by lot. */
  readonly call: (options: never) => unknown;
}

/** Which options are not as if left out when they are `undefined`: one by one, and all at once. */
export async function undefinedMistakes({ every, given = {}, call }: LeftOutTrial): Promise<string[]> {
  const mistakes: string[] = [];
  const compare = async (name: string, left: object, unset: object): Promise<void> => {
    const [expected, actual] = [await outcome(() => call(left as never)), await outcome(() => call(unset as never))];
    if (!isDeepStrictEqual(actual, expected)) mistakes.push(`${name}: ${shown(actual)} instead of ${shown(expected)}`);
  };
  for (const name of Object.keys(every)) {
    const { [name]: _, ...left } = given as Readonly<Record<string, unknown>>;
    await compare(name, left, { ...left, [name]: undefined });
  }
  await compare("all", given, { ...every, ...given });
  return mistakes;
}

async function outcome(run: () => unknown): Promise<unknown> {
  try {
    return { value: await run() };
  } catch (error) {
    return { error: error instanceof Error ? [error.name, error.message, Reflect.get(error, "code")] : error };
  }
}

function shown(value: unknown): string {
  return JSON.stringify(value, (_, one) => (typeof one === "bigint" ? `${one}` : one));
}
