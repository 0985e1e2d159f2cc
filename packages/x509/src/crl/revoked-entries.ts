// The entries of one CRL: one after another, or by serial number.

import { limitFail } from "../der/fail.ts";
import { contentStart, elementEnd } from "../der/skip.ts";
import type { DistinguishedName } from "../distinguished-name/distinguished-name.ts";
import { Printable } from "../text/printable.ts";
import { CrlEntry } from "./crl-entry.ts";
import type { CrlOutline } from "./crl-outline.ts";
import { SerialIndex } from "./serial-index.ts";

/** Indirect CRLs may have a serial number once for each issuer; more than this comes from someone who wants us to work. */
const maxSameSerial = 4096;

/** Makes entries when they are asked for, and forgets them again. */
export class RevokedEntries extends Printable implements Iterable<CrlEntry> {
  readonly #bytes: Uint8Array;
  readonly #outline: CrlOutline;
  #index: SerialIndex | undefined;

  constructor(bytes: Uint8Array, outline: CrlOutline) {
    super();
    this.#bytes = bytes;
    this.#outline = outline;
  }

  *[Symbol.iterator](): Generator<CrlEntry, undefined> {
    const { revoked, issuerEntries } = this.#outline;
    if (revoked === 0) return;
    const end = elementEnd(this.#bytes, revoked);
    let issuer = -1;
    let next = 0;
    for (let at = contentStart(this.#bytes, revoked); at < end; at = elementEnd(this.#bytes, at)) {
      if (issuerEntries[next] === at) {
        issuer = at;
        next++;
      }
      yield new CrlEntry(this.#bytes, at, issuer);
    }
  }

  /** `<RevokedEntries 3>` */
  override toString(): string {
    return `<RevokedEntries ${this.#outline.entryCount}>`;
  }

  /**
   * The first entry for this certificate that says it is revoked, else one that says it no longer is.
   *
   * @throws X509Error EXTENSION_INVALID, DER_LIMIT_EXCEEDED
   */
  find(serialNumber: bigint, issuer: DistinguishedName, crlIssuer: DistinguishedName): CrlEntry | undefined {
    const { revoked, entryCount } = this.#outline;
    if (revoked === 0) return undefined;
    this.#index ??= new SerialIndex(this.#bytes, revoked, entryCount);
    let removed: CrlEntry | undefined;
    let count = 0;
    // The names that count for many entries, and may be many, are compared once.
    let compared: number | undefined;
    let isAbout = false;
    for (const at of this.#index.find(serialNumber)) {
      if (++count > maxSameSerial) limitFail(at, "entries with one serial number", maxSameSerial);
      const issuerEntry = this.#issuerEntryFor(at);
      const entry = new CrlEntry(this.#bytes, at, issuerEntry);
      if (issuerEntry !== compared) isAbout = CrlEntry.isAbout(entry, issuer, crlIssuer);
      compared = issuerEntry;
      if (!isAbout) continue;
      if (entry.reason !== "removeFromCRL") return entry;
      removed ??= entry;
    }
    return removed;
  }

  // The last entry with a certificateIssuer up to this one, by bisection.
  #issuerEntryFor(at: number): number {
    const { issuerEntries } = this.#outline;
    let low = 0;
    let high = issuerEntries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((issuerEntries[middle] ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return issuerEntries[low - 1] ?? -1;
  }
}
