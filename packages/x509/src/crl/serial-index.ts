// Finds the entries of a CRL by serial number, without reading them all each time.
//
// Entries are sorted into buckets by a hash of their serial number, in two passes over typed arrays: 8 to 12 bytes for
// each entry. A CRL made to collide costs one pass over its entries, as without an index, and never more.

import { contentStart, elementEnd } from "../der/skip.ts";
import { derInteger } from "../der/writer.ts";

/** The index of one CRL. */
export class SerialIndex {
  readonly #bytes: Uint8Array;
  /** Bucket n holds the offsets from #starts[n] to #starts[n + 1], in the order of the CRL. */
  readonly #starts: Uint32Array;
  readonly #offsets: Uint32Array;

  /** `revoked` is the offset of revokedCertificates in a CRL that was outlined, with this many entries. */
  constructor(bytes: Uint8Array, revoked: number, count: number) {
    this.#bytes = bytes;
    const buckets = 2 ** Math.ceil(Math.log2(count + 1));
    const starts = new Uint32Array(buckets + 1);
    const offsets = new Uint32Array(count);
    const end = elementEnd(bytes, revoked);
    const first = contentStart(bytes, revoked);
    for (let at = first; at < end; at = elementEnd(bytes, at)) {
      const bucket = hashSerial(bytes, contentStart(bytes, at)) & (buckets - 1);
      starts[bucket + 1] = (starts[bucket + 1] ?? 0) + 1;
    }
    for (let bucket = 0; bucket < buckets; bucket++) {
      starts[bucket + 1] = (starts[bucket + 1] ?? 0) + (starts[bucket] ?? 0);
    }
    const next = starts.slice();
    for (let at = first; at < end; at = elementEnd(bytes, at)) {
      const bucket = hashSerial(bytes, contentStart(bytes, at)) & (buckets - 1);
      const place = next[bucket] ?? 0;
      offsets[place] = at;
      next[bucket] = place + 1;
    }
    this.#starts = starts;
    this.#offsets = offsets;
  }

  /** The offsets of the entries with this serial number, in the order of the CRL. */
  *find(serialNumber: bigint): Generator<number, undefined> {
    const wanted = derInteger(serialNumber);
    const bucket = hashSerial(wanted, 0) & (this.#starts.length - 2);
    const end = this.#starts[bucket + 1] ?? 0;
    for (let place = this.#starts[bucket] ?? 0; place < end; place++) {
      const at = this.#offsets[place] ?? 0;
      if (isElement(this.#bytes, contentStart(this.#bytes, at), wanted)) yield at;
    }
  }
}

// FNV-1a over the INTEGER at `at`, with its high bits mixed into the low ones, which pick the bucket.
function hashSerial(bytes: Uint8Array, at: number): number {
  const end = elementEnd(bytes, at);
  let hash = 0x811c9dc5;
  for (let index = contentStart(bytes, at); index < end; index++) {
    hash = Math.imul(hash ^ (bytes[index] ?? 0), 0x01000193);
  }
  return hash ^ (hash >>> 15);
}

function isElement(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  for (let index = 0; index < wanted.length; index++) if (bytes[at + index] !== wanted[index]) return false;
  return true;
}
