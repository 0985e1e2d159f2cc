/** What a `ReloadingTrust` tells its listeners. */

import type { TrustRoot } from "../trust-root.ts";
import { diffTrust, type TrustDiff } from "./trust-diff.ts";

/** The set has changed, as a whole and at once. */
export class TrustChangeEvent extends Event {
  /** The set until now. */
  readonly previous: TrustRoot;
  /** The set from now on. */
  readonly current: TrustRoot;
  /** What differs. */
  readonly diff: TrustDiff;

  constructor(previous: TrustRoot, current: TrustRoot) {
    super("change");
    this.previous = previous;
    this.current = current;
    this.diff = diffTrust(previous, current);
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
