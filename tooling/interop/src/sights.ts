// What a server saw, in order, whether someone waits for it or not.

import type { Sight } from "./peer.ts";

/** A queue of what was seen. */
export class Sights {
  readonly #seen: Sight[] = [];
  readonly #waiting: ((sight: Sight) => void)[] = [];

  push(sight: Sight): void {
    const waiter = this.#waiting.shift();
    if (waiter === undefined) this.#seen.push(sight);
    else waiter(sight);
  }

  next(): Promise<Sight> {
    const sight = this.#seen.shift();
    if (sight !== undefined) return Promise.resolve(sight);
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }
}
