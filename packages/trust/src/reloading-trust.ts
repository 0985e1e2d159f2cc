import { platform } from "#platform";
import { isAnchorSet } from "./anchors/anchor-set.ts";
import { TrustError } from "./error.ts";
import { badArgument } from "./input/bad-argument.ts";
import { ownOptions } from "./input/own-options.ts";
import { TrustChangeEvent, type TrustEventMap, TrustReloadErrorEvent } from "./reloading/trust-event.ts";
import { TrustRoot } from "./trust-root.ts";

/** How {@link ReloadingTrust} keeps its set up to date. Times are in milliseconds. */
export interface ReloadingTrustOptions {
  /** How often the source is read again. Default: 5 minutes. `Infinity`: only when `refresh()` is called. */
  readonly interval?: number | undefined;
  /**
   * How long the last good set may be used after it was read, while the source cannot be read again. Default: 24 hours.
   * After that there is no set any more, but the error TRUST_STALE. `Infinity`: for ever.
   */
  readonly maxStale?: number | undefined;
  /** The clock, in milliseconds since 1970; for tests. Default: `Date.now`. */
  readonly now?: (() => number) | undefined;
}

/**
 * Trust that follows its source: a set that is read again and again, and replaced as a whole when it has changed.
 *
 * - Whoever decides takes one snapshot and uses it to the end: `await trust.snapshot()`. A snapshot never changes; its
 *   `generation` is another one exactly when its contents are, so that contexts, sessions and tickets are keyed by it.
 * - If the source cannot be read, or is empty, the last good set stays, and the event `error` says why. When that set
 *   is older than `maxStale`, `snapshot()` rejects with TRUST_STALE: a root that was removed must not be trusted for ever.
 * - Events: `change` ({@link TrustChangeEvent}, with what differs) and `error`
 *   ({@link TrustReloadErrorEvent}).
 * - Nothing here keeps a process alive. `close()` ends the reading; the last set can be used until it is stale.
 *
 * @example
 * const trust = await ReloadingTrust.start(() => platformTrust(), { interval: 60_000 });
 * trust.addEventListener("change", ({ diff }) => console.log(diff.added.length, diff.removed.length));
 * const path = await verifyPath({ leaf, trust: await trust.snapshot(), purpose: "server" });
 * trust.close();
 */
export class ReloadingTrust extends EventTarget implements Disposable {
  readonly #load: () => Promise<TrustRoot>;
  readonly #now: () => number;
  readonly #interval: number;
  readonly #maxStale: number;
  readonly #stop: () => void;
  #good: TrustRoot;
  #readAt: number;
  #lastError: unknown;
  #reading: Promise<TrustRoot> | undefined;
  #closed = false;

  private constructor(load: () => Promise<TrustRoot>, first: TrustRoot, startedAt: number, options: Settings) {
    super();
    this.#load = load;
    this.#good = first;
    this.#readAt = startedAt;
    this.#now = options.now;
    this.#interval = options.interval;
    this.#maxStale = options.maxStale;
    this.#stop = Number.isFinite(options.interval)
      ? platform.repeat(options.interval, () => this.#refreshQuietly())
      : () => {};
  }

  /**
   * Reads the source for the first time; a failure here is the caller's, because there is no last good set yet.
   *
   * @param load reads the source: `platformTrust`, `() => trustRootFromFile("/etc/my/roots.pem")`. A set without
   *   anchors counts as a failure, unless the first one was empty, too.
   * @throws TrustError TRUST_ARGUMENT_INVALID, and whatever `load` throws
   */
  static async start(load: () => Promise<TrustRoot>, options: ReloadingTrustOptions = {}): Promise<ReloadingTrust> {
    if (typeof load !== "function") {
      throw badArgument(
        "load",
        "a function that gives a TrustRoot",
        load,
        "Write () => platformTrust(), or another source.",
      );
    }
    const settings = readSettings(options);
    const startedAt = settings.now();
    return new ReloadingTrust(load, checkRoot(await load()), startedAt, settings);
  }

  /** The last good set, at once, however old: to look at. Decisions take `snapshot()`, which knows about staleness. */
  get current(): TrustRoot {
    return this.#good;
  }

  /** When the last good set was read. */
  get readAt(): Date {
    return new Date(this.#readAt);
  }

  /** Whether `close()` was called. */
  get closed(): boolean {
    return this.#closed;
  }

  /**
   * The set to decide by, now: the last good one. If it is stale, the source is read first.
   *
   * @throws TrustError TRUST_STALE with the last error as its cause
   */
  async snapshot(): Promise<TrustRoot> {
    const age = this.#now() - this.#readAt;
    if (age <= this.#maxStale) {
      // Timers stand still while a machine sleeps.
      if (age > this.#interval) this.#refreshQuietly();
      return this.#good;
    }
    if (this.#closed) throw this.#stale();
    try {
      return await this.refresh();
    } catch (error) {
      this.#lastError = error;
      throw this.#stale();
    }
  }

  /**
   * Reads the source now; calls while it is being read share one reading.
   *
   * @returns the new set, or the old one if nothing has changed
   * @throws what went wrong; the last good set stays, and the event `error` was dispatched
   */
  refresh(): Promise<TrustRoot> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  /** Stops reading. The last set can be used until it is stale. */
  close(): void {
    this.#closed = true;
    this.#stop();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** As that of `EventTarget`, with the types of both events. */
  override addEventListener<K extends keyof TrustEventMap>(
    type: K,
    listener: ((event: TrustEventMap[K]) => void) | null,
    options?: Parameters<EventTarget["addEventListener"]>[2],
  ): void;
  override addEventListener(
    type: string,
    listener: Parameters<EventTarget["addEventListener"]>[1],
    options?: Parameters<EventTarget["addEventListener"]>[2],
  ): void;
  override addEventListener(
    type: string,
    listener: unknown,
    options?: Parameters<EventTarget["addEventListener"]>[2],
  ): void {
    super.addEventListener(type, listener as EventListener, options);
  }

  #refreshQuietly(): void {
    if (this.#closed) return;
    // The event has told of it.
    this.refresh().catch(() => {});
  }

  async #read(): Promise<TrustRoot> {
    const startedAt = this.#now();
    try {
      const next = checkRoot(await this.#load());
      if (next.size === 0 && this.#good.size > 0) throw emptied();
      this.#readAt = startedAt;
      this.#lastError = undefined;
      return this.#replace(next);
    } catch (error) {
      this.#lastError = error;
      this.dispatchEvent(new TrustReloadErrorEvent(error, this.readAt));
      throw error;
    }
  }

  /** The same contents are the same set: whoever keeps contexts by the object need not make them again. */
  #replace(next: TrustRoot): TrustRoot {
    const previous = this.#good;
    if (next.generation === previous.generation && hasSameIntermediates(previous, next)) return previous;
    this.#good = next;
    if (next.generation !== previous.generation) this.dispatchEvent(new TrustChangeEvent(previous, next));
    return next;
  }

  #stale(): TrustError<"TRUST_STALE"> {
    const readAt = this.readAt;
    const message = `The trust store was last read at ${readAt.toISOString()}, and not again since: after ${this.#maxStale} ms the old set counts no more. The cause says why; correct the source, or raise maxStale.`;
    const cause = this.#lastError === undefined ? undefined : { cause: this.#lastError };
    return new TrustError("TRUST_STALE", message, { readAt, maxStale: this.#maxStale }, cause);
  }
}

interface Settings {
  readonly interval: number;
  readonly maxStale: number;
  readonly now: () => number;
}

function readSettings(options: ReloadingTrustOptions): Settings {
  const own = ownOptions(options, ["interval", "maxStale", "now"]);
  const { interval = DEFAULT_INTERVAL, maxStale = DEFAULT_MAX_STALE, now = Date.now } = own;
  if (interval !== Number.POSITIVE_INFINITY && !(interval >= 1 && interval <= LONGEST_INTERVAL)) {
    throw badArgument("interval", `from 1 to ${LONGEST_INTERVAL} milliseconds, or Infinity`, interval);
  }
  if (typeof maxStale !== "number" || !(maxStale >= 0)) {
    throw badArgument("maxStale", "0 milliseconds or more, or Infinity", maxStale);
  }
  if (typeof now !== "function") throw badArgument("now", "a function that gives milliseconds", now);
  return { interval, maxStale, now };
}

/** They decide nothing, and so are no part of the generation; but a path may be found by a new one. */
function hasSameIntermediates(a: TrustRoot, b: TrustRoot): boolean {
  const ids = new Set(a.intermediates.map(({ id }) => id));
  return ids.size === b.intermediates.length && b.intermediates.every(({ id }) => ids.has(id));
}

function checkRoot(root: unknown): TrustRoot {
  if (root instanceof TrustRoot && isAnchorSet(root)) return root;
  throw badArgument("load()", "a TrustRoot", root, "trustRootFromCertificates([...]) makes one of certificates.");
}

function emptied(): TrustError<"TRUST_ROOT_EMPTY"> {
  const message = "The source of trust is empty now, which is hardly ever meant: the last good set stays.";
  return new TrustError("TRUST_ROOT_EMPTY", message, { operation: "ReloadingTrust" });
}

const DEFAULT_INTERVAL = 300_000;
const DEFAULT_MAX_STALE = 86_400_000;
/** What a timer takes. */
const LONGEST_INTERVAL = 2_147_483_647;
