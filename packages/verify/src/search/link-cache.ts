import type { Certificate, PublicKey } from "@tlskit/x509";
import { invalid } from "../input/invalid.ts";
import { refuseStray } from "../input/stray-argument.ts";

/** How large a {@link LinkCache} may become. */
export interface LinkCacheOptions {
  /** How many links it holds at most, about 200 bytes each; the one that was not used for the longest time goes first. Default: 1,000. */
  readonly maxEntries?: number | undefined;
}

let known: (cache: LinkCache, link: string) => boolean;
let keep: (cache: LinkCache, link: string) => void;

/**
 * Remembers signatures that were found right: "this SubjectPublicKeyInfo verified this exact DER", by the full SHA-256
 * of both. Nothing else is in it: no name, time, trust, purpose or path, and nothing that was found wrong. So it makes
 * a decision cheaper, and never another one. Only the links of accepted paths are kept, so that a peer whom nobody
 * trusts cannot fill it.
 *
 * @example
 * const links = new LinkCache({ maxEntries: 10_000 });
 * await verifyPath({ ...input, links });
 */
export class LinkCache {
  static {
    known = (cache, link) => cache.#has(link);
    keep = (cache, link) => cache.#add(link);
  }

  /** How many links it holds at most. */
  readonly maxEntries: number;
  readonly #links = new Map<string, Entry>();
  // All of them in the order of their use, in a ring of which this is the beginning and the end. To put one first in the
  // order of a Map takes it out and in again, and leaves tables behind that engines are slow to collect.
  readonly #ring = new Entry("");

  /** @throws {VerifyArgumentError} if `maxEntries` is no whole number above 0, or for an option that is none */
  constructor(options: LinkCacheOptions = {}) {
    if (typeof options !== "object" || options === null) throw invalid("options", "an object", options);
    refuseStray(options, ["maxEntries"], "options");
    const { maxEntries = 1_000 } = options;
    if (!Number.isSafeInteger(maxEntries) || maxEntries < 1) {
      throw invalid("maxEntries", "a whole number above 0", maxEntries);
    }
    this.maxEntries = maxEntries;
  }

  /** How many links it holds. */
  get size(): number {
    return this.#links.size;
  }

  /** Forgets everything. */
  clear(): void {
    this.#links.clear();
    this.#ring.detach();
  }

  /** Whether `value` is a cache of this package; a look-alike object, which could answer anything, is not. */
  static is(value: unknown): value is LinkCache {
    return typeof value === "object" && value !== null && #links in value;
  }

  #has(link: string): boolean {
    const entry = this.#links.get(link);
    entry?.moveBefore(this.#ring);
    return entry !== undefined;
  }

  #add(link: string): void {
    if (this.#has(link)) return;
    const entry = new Entry(link);
    this.#links.set(link, entry);
    entry.moveBefore(this.#ring);
    if (this.#links.size <= this.maxEntries) return;
    const oldest = this.#ring.next;
    oldest.detach();
    this.#links.delete(oldest.link);
  }
}

/** A link, and its neighbours in the order of use. */
class Entry {
  readonly link: string;
  next: Entry = this;
  #previous: Entry = this;

  constructor(link: string) {
    this.link = link;
  }

  moveBefore(end: Entry): void {
    if (this.next === end) return;
    this.detach();
    this.next = end;
    this.#previous = end.#previous;
    end.#previous.next = this;
    end.#previous = this;
  }

  detach(): void {
    this.#previous.next = this.next;
    this.next.#previous = this.#previous;
    this.next = this;
    this.#previous = this;
  }
}

/** What a link is remembered by. */
export function linkId(certificate: Certificate, key: PublicKey): string {
  const known = ids.get(certificate);
  if (known?.key === key) return known.id;
  let hash = hashes.get(key);
  if (hash === undefined) {
    hash = key.spkiHash();
    hashes.set(key, hash);
  }
  const id = hash + certificate.id;
  ids.set(certificate, { key, id });
  return id;
}

// The keys of anchors live long, and are met in every path.
const hashes = new WeakMap<PublicKey, string>();

// So do the certificates that come again and again, and nearly all were signed by one key. The text is kept with its hash.
const ids = new WeakMap<Certificate, { readonly key: PublicKey; readonly id: string }>();

/** Whether this link was found right before. Not exported from the package. */
export function isKnownLink(cache: LinkCache, link: string): boolean {
  return known(cache, link);
}

/** Keeps a link whose signature was checked and right. Not exported from the package. */
export function keepLink(cache: LinkCache, link: string): void {
  keep(cache, link);
}
