// How objects show themselves in console.log.

import { inspectCustom } from "./inspect-symbol.ts";

/**
 * The base of all that shows its text in `console.log`, on Node, Bun and Deno. A base, and not a method of each class:
 * a class with a computed name in it is one that bundlers cannot leave out.
 */
export abstract class Printable {
  /** @internal What `console.log` shows. */
  [inspectCustom](): string {
    return this.toString();
  }
}
