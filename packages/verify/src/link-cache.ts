import type { Certificate, PublicKey } from "@tlskit/x509";
import { invalid } from "./invalid.ts";
import { refuseStray } from "./stray-argument.ts";

/** How large a {@link LinkCache} may become. */
export interface LinkCacheOptions {
  /** How many links it holds at most, about 200 bytes each; the one that was not used for the longest time goes first. Default: 1,000. */
  readonly maxEntries?: number;
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
  // A Set keeps the order of insertion: the first is the one that was not used for the longest time.
  readonly #links = new Set<string>();

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
  }

  /** Whether `value` is a cache of this package; a look-alike object, which could answer anything, is not. */
  static is(value: unknown): value is LinkCache {
    return typeof value === "object" && value !== null && #links in value;
  }

  #has(link: string): boolean {
    if (!this.#links.delete(link)) return false;
    this.#links.add(link);
    return true;
  }

  #add(link: string): void {
    this.#links.delete(link);
    this.#links.add(link);
    if (this.#links.size <= this.maxEntries) return;
    for (const oldest of this.#links) {
      this.#links.delete(oldest);
      return;
    }
  }
}

/** What a link is remembered by. */
export function linkId(certificate: Certificate, key: PublicKey): string {
  let hash = hashes.get(key);
  if (hash === undefined) {
    hash = key.spkiHash();
    hashes.set(key, hash);
  }
  return hash + certificate.id;
}

// The keys of anchors live long, and are met in every path.
const hashes = new WeakMap<PublicKey, string>();

/** Whether this link was found right before. Not exported from the package. */
export function isKnownLink(cache: LinkCache, link: string): boolean {
  return known(cache, link);
}

/** Keeps a link whose signature was checked and right. Not exported from the package. */
export function keepLink(cache: LinkCache, link: string): void {
  keep(cache, link);
}
