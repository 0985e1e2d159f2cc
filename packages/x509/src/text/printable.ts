// How objects show themselves in console.log.

import { inspectCustom } from "./inspect-symbol.ts";

/**
 * The base of all that shows its text in `console.log`, on Node, Bun and Deno. A base, and not a method of each class:
 * a class with a computed name in it is one that bundlers cannot leave out.
 */
export abstract class Printable {
  /** @internal What `console.log` shows. */
  [inspectCustom](): string {
    return this.shown();
  }

  /** For subclasses that show more than their text. */
  protected shown(): string {
    return this.toString();
  }
}

/**
 * Freezes an object whose bytes and times are getters, because each reader gets a copy, and lets `console.log` show what
 * they return, in place of `[Getter]`.
 */
export function freezeShown<T extends object>(fields: T): Readonly<T> {
  return Object.freeze(Object.defineProperty(fields, inspectCustom, { value: plain }));
}

function plain(this: object): object {
  return { ...this };
}
