// An identity that follows its files, because certificates are renewed while programs run.

import type { PrivateCertificate } from "@tlskit/x509";
import { ownSettings } from "../settings/own-settings.ts";
import { invalid } from "../settings/setting-error.ts";
import { type IdentityFiles, loadIdentity } from "./load-identity.ts";

/** How {@link IdentityWatcher} watches. Times are in milliseconds. */
export interface IdentityWatchOptions {
  /** How often the files are read; default: a minute. They are read, not watched: tools replace files and links as they like. */
  readonly interval?: number | undefined;
  /** How long before the end the event `expiring` comes; default: 14 days. */
  readonly expiresWithin?: number | undefined;
}

/** The files hold another identity. */
export class IdentityChangeEvent extends Event {
  /** What it was. */
  readonly previous: PrivateCertificate;
  /** What it is from now on. */
  readonly current: PrivateCertificate;

  constructor(previous: PrivateCertificate, current: PrivateCertificate) {
    super("change");
    this.previous = previous;
    this.current = current;
  }
}

/** The files could not be read, or do not belong together; the last good identity stays. */
export class IdentityErrorEvent extends Event {
  /** As `loadIdentity` throws it. */
  readonly error: unknown;

  constructor(error: unknown) {
    super("error");
    this.error = error;
  }
}

/** The identity ends soon, or has ended. Once for each identity. */
export class IdentityExpiringEvent extends Event {
  /** The one that is in use. */
  readonly identity: PrivateCertificate;
  /** When the first certificate of its chain, or its own, ends. */
  readonly expiresAt: Date;

  constructor(identity: PrivateCertificate, expiresAt: Date) {
    super("expiring");
    this.identity = identity;
    this.expiresAt = expiresAt;
  }
}

/** The events by their names. */
export interface IdentityEventMap {
  readonly change: IdentityChangeEvent;
  readonly error: IdentityErrorEvent;
  readonly expiring: IdentityExpiringEvent;
}

/**
 * An identity that is read again and again, and replaced as a whole when its files hold another one. Nothing here keeps a
 * process alive; `close()` ends the reading.
 *
 * @example
 * const watcher = await IdentityWatcher.start({ cert: "fullchain.pem", key: "privkey.pem" });
 * const tls = new CertificateOptions({ identity: watcher.identity });
 * const listener = await listen({ port: 443, tls });
 * watcher.addEventListener("change", ({ current }) => {
 *   listener.update(tls.with({ identity: current })).catch((error) => console.error("the old one stays:", error));
 * });
 * watcher.addEventListener("expiring", ({ expiresAt }) => console.warn(`the certificate ends on ${expiresAt}`));
 */
export class IdentityWatcher extends EventTarget implements Disposable {
  readonly #files: IdentityFiles;
  readonly #expiresWithin: number;
  readonly #timer: ReturnType<typeof setInterval>;
  #identity: PrivateCertificate;
  #warned: PrivateCertificate | undefined;
  #reading: Promise<PrivateCertificate> | undefined;
  #isClosed = false;

  private constructor(files: IdentityFiles, first: PrivateCertificate, interval: number, expiresWithin: number) {
    super();
    this.#files = files;
    this.#identity = first;
    this.#expiresWithin = expiresWithin;
    // What goes wrong is told by the event.
    this.#timer = setInterval(() => this.refresh().catch(() => {}), interval);
    this.#timer.unref();
    // When the caller has had the time to listen.
    setTimeout(() => this.#warn(), 0).unref();
  }

  /**
   * Reads the files for the first time; a failure here is the caller's.
   *
   * @throws what `loadIdentity` throws; {TransportError} `SETTING_INVALID`
   */
  static async start(files: IdentityFiles, options: IdentityWatchOptions = {}): Promise<IdentityWatcher> {
    const own = ownSettings("IdentityWatcher.start", options, ["interval", "expiresWithin"]);
    const interval = milliseconds("interval", own.interval, 60_000, 10);
    const expiresWithin = milliseconds("expiresWithin", own.expiresWithin, 14 * 86_400_000, 0);
    // Of our own: what the caller's object becomes later does not matter.
    const copy = { ...files };
    return new IdentityWatcher(copy, await loadIdentity(copy), interval, expiresWithin);
  }

  /** The last good one. */
  get identity(): PrivateCertificate {
    return this.#identity;
  }

  /** When the first of its certificates ends. */
  get expiresAt(): Date {
    return expiryOf(this.#identity);
  }

  /**
   * Reads the files now; calls while they are being read share one reading.
   *
   * @throws what `loadIdentity` throws; the last good identity stays, and the event `error` was dispatched
   */
  refresh(): Promise<PrivateCertificate> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  /** Stops reading; there are no events any more, and `identity` stays what it is, also where files are being read. */
  close(): void {
    this.#isClosed = true;
    clearInterval(this.#timer);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** As that of `EventTarget`, with the types of the events. */
  override addEventListener<K extends keyof IdentityEventMap>(
    type: K,
    listener: ((event: IdentityEventMap[K]) => void) | null,
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

  async #read(): Promise<PrivateCertificate> {
    try {
      const next = await loadIdentity(this.#files);
      const previous = this.#identity;
      if (!isSame(previous, next) && !this.#isClosed) {
        this.#identity = next;
        this.dispatchEvent(new IdentityChangeEvent(previous, next));
      }
      this.#warn();
      return this.#identity;
    } catch (error) {
      if (!this.#isClosed) this.dispatchEvent(new IdentityErrorEvent(error));
      this.#warn();
      throw error;
    }
  }

  #warn(): void {
    const { identity, expiresAt } = this;
    if (this.#isClosed || this.#warned === identity || expiresAt.getTime() - Date.now() > this.#expiresWithin) return;
    this.#warned = identity;
    this.dispatchEvent(new IdentityExpiringEvent(identity, expiresAt));
  }
}

function expiryOf(identity: PrivateCertificate): Date {
  return new Date(Math.min(...[identity, ...identity.chain].map(({ notAfter }) => notAfter.getTime())));
}

function isSame(one: PrivateCertificate, other: PrivateCertificate): boolean {
  const ids = (identity: PrivateCertificate): string => [identity, ...identity.chain].map(({ id }) => id).join(" ");
  return ids(one) === ids(other);
}

function milliseconds(setting: string, value: unknown, standard: number, min: number): number {
  if (value === undefined) return standard;
  if (typeof value === "number" && value >= min && value <= 2 ** 31 - 1) return value;
  throw invalid(setting, `from ${min} to ${2 ** 31 - 1} milliseconds`, value);
}
