// What a case gets from the transport under test, until the case is over: an adapter that does not keep its promises must
// not hold up the cases after it.

import type { Transport } from "../contract.ts";
import { ConformanceFailure } from "./assert.ts";

/** Whatever a transport makes: listeners are closed, connections cut. */
interface Made {
  close?(options: { readonly timeoutMs: number }): unknown;
  abort?(): void;
}

/** See the head of this file. */
export class CaseScope {
  /** The transport under test. What it promises fails when the case is over. */
  readonly transport: Transport;
  readonly #over = Promise.withResolvers<never>();
  readonly #made = new Set<Made>();
  #isOver = false;

  constructor({ connect, listen, startTls, wrapTls }: Transport) {
    this.#over.promise.catch(() => {});
    this.transport = {
      connect: this.#watched(connect),
      listen: this.#watched(listen),
      startTls: this.#watched(startTls),
      wrapTls: this.#watched(wrapTls),
    } as Transport;
  }

  /** Fails what the transport still owes, and ends what it has made. */
  end(): void {
    this.#isOver = true;
    this.#over.reject(new ConformanceFailure("what the transport promised", "before the end of the case", "not yet"));
    for (const made of this.#made) discard(made);
    this.#made.clear();
  }

  #watched(method: (...values: readonly never[]) => Promise<unknown>): (...values: readonly never[]) => unknown {
    return (...values) => {
      const promised: unknown = method(...values);
      // What is no promise is the case's to find.
      if (!(promised instanceof Promise)) return promised;
      promised.then(
        (made) => this.#keep(made),
        () => {},
      );
      const answer = Promise.race([promised, this.#over.promise]);
      answer.catch(() => {}); // Nobody may be waiting for it any more.
      return answer;
    };
  }

  #keep(made: unknown): void {
    if (typeof made !== "object" || made === null) return;
    if (this.#isOver) discard(made);
    else this.#made.add(made);
  }
}

/** Nothing is expected of it any more. */
function discard(made: Made): void {
  try {
    if (typeof made.abort === "function") made.abort();
    else Promise.resolve(made.close?.({ timeoutMs: 0 })).catch(() => {});
  } catch {
    // Its failure is told already.
  }
}
