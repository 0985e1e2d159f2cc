/** What a `ReloadingTrust` tells its listeners. */
import type { Certificate } from "@tlskit/x509";
import type { TrustRoot } from "./trust-root.ts";

/** The set has changed, as a whole and at once. */
export class TrustChangeEvent extends Event {
  /** The set until now. */
  readonly previous: TrustRoot;
  /** The set from now on. */
  readonly current: TrustRoot;
  /** The certificates that are trusted now and were not. */
  readonly added: readonly Certificate[];
  /** The certificates that were trusted and are no more. */
  readonly removed: readonly Certificate[];

  constructor(previous: TrustRoot, current: TrustRoot) {
    super("change");
    this.previous = previous;
    this.current = current;
    this.added = Object.freeze(current.certificates.filter((one) => previous.find(one) === undefined));
    this.removed = Object.freeze(previous.certificates.filter((one) => current.find(one) === undefined));
  }
}

/** The source could not be read; the last good set stays until it is stale. */
export class TrustReloadErrorEvent extends Event {
  /** What went wrong: a `TrustError` where this package reads the source. */
  readonly error: unknown;
  /** When the last good set was read. */
  readonly readAt: Date;

  constructor(error: unknown, readAt: Date) {
    super("error");
    this.error = error;
    this.readAt = readAt;
  }
}

/** The events by their names. */
export interface TrustEventMap {
  readonly change: TrustChangeEvent;
  readonly error: TrustReloadErrorEvent;
}
