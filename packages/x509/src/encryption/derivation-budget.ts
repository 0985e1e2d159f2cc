// How much work a stranger's file may ask for: its iteration counts are read before anything in it is authentic.

import { X509Error } from "../error.ts";

/** Five million iterations of PBKDF2 take about a second; what people write has some thousands to a million. */
const defaultIterations = 5_000_000;

/** The iterations that may still be run for one file. */
export class DerivationBudget {
  readonly #limit: number;
  #left: number;

  constructor(limit: number = defaultIterations) {
    if (!Number.isSafeInteger(limit) || limit < 1) {
      const expected = "a whole number above zero";
      throw new X509Error("ARGUMENT_INVALID", `maxIterations makes no sense: expected ${expected}`, {
        argument: "maxIterations",
        expected,
      });
    }
    this.#limit = limit;
    this.#left = limit;
  }

  /**
   * Takes `iterations`, as read from the file, `times` over.
   *
   * @throws X509Error KEY_INVALID if there are none, or more than are left
   */
  spend(iterations: number, times: number = 1): void {
    // The negation also refuses what is not a number.
    if (!(iterations >= 1 && iterations * times <= this.#left)) {
      const expected = `1 to ${this.#limit} iterations of key derivation in all`;
      throw new X509Error("KEY_INVALID", `too much work, or none: expected ${expected}`, { expected });
    }
    this.#left -= iterations * times;
  }
}
