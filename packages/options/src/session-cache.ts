import { readOptions } from "./input/own-values.ts";
import { wrongType, wrongValue } from "./input/wrong-value.ts";

/**
 * Keeps sessions of a client, as bytes that hold secrets: whoever reads one can read connections that resume it. Keys say
 * for which host, identity and trust a session is good; the adapter makes them.
 */
export interface SessionStore {
  /** Gives a session and forgets it, because each is used once (RFC 8446, appendix C.4). */
  take(key: string): Uint8Array | undefined | Promise<Uint8Array | undefined>;
  /** Keeps a session; an older one of the same key may be dropped. */
  put(key: string, session: Uint8Array): void | Promise<void>;
}

/**
 * Sessions in memory, the newest of each key; the key that was not used for the longest time goes first.
 *
 * @example
 * const store = new SessionCache();
 * const tls = optionsForClientTLS("example.org", { sessions: { store } });
 */
export class SessionCache implements SessionStore {
  readonly #sessions = new Map<string, Uint8Array>();
  readonly #maxEntries: number;

  /** @throws OptionsError OPTION_VALUE_INVALID, OPTION_TYPE_INVALID, OPTION_UNKNOWN */
  constructor(options: { readonly maxEntries?: number | undefined } = {}) {
    const maxEntries = readOptions(options, ["maxEntries"]).get("maxEntries") ?? 100;
    if (typeof maxEntries !== "number") throw wrongType("maxEntries", "a number", maxEntries);
    if (!Number.isSafeInteger(maxEntries) || maxEntries < 1) {
      throw wrongValue("maxEntries", "a whole number above 0", String(maxEntries));
    }
    this.#maxEntries = maxEntries;
  }

  /** How many sessions it holds. */
  get size(): number {
    return this.#sessions.size;
  }

  take(key: string): Uint8Array | undefined {
    const session = this.#sessions.get(key);
    this.#sessions.delete(key);
    return session;
  }

  put(key: string, session: Uint8Array): void {
    this.#sessions.delete(key);
    this.#sessions.set(key, session);
    for (const oldest of this.#sessions.keys()) {
      if (this.#sessions.size <= this.#maxEntries) return;
      this.#sessions.delete(oldest);
    }
  }

  /** Forgets everything. */
  clear(): void {
    this.#sessions.clear();
  }
}
