// The public keys that were imported last. Importing one costs a fifth of a verification with it, and certificates of the
// same few CAs come back with every connection. The bytes of a key say everything about it, so nothing can go stale.

import type { NativePublicKey } from "./backend.ts";

/** How many keys are kept, at about two kilobytes each. */
const maxKeys = 128;

/** Larger than any key that is of use: what strangers send may have a megabyte. */
const maxIdLength = 8192;

/** Keeps imported keys; the one that was not used for the longest time goes first. */
export class RecentKeys {
  readonly #keys: Map<string, NativePublicKey> = new Map();

  /** The key of this id, the text of its SubjectPublicKeyInfo; made, if it is not there. What cannot be made is not kept. */
  get(id: string, make: () => NativePublicKey): NativePublicKey {
    if (id.length > maxIdLength) return make();
    const known = this.#keys.get(id);
    const key = known ?? make();
    if (known !== undefined) this.#keys.delete(id);
    this.#keys.set(id, key);
    if (this.#keys.size > maxKeys) this.#dropOldest();
    return key;
  }

  /** How many are kept. */
  get size(): number {
    return this.#keys.size;
  }

  // A Map keeps the order of insertion.
  #dropOldest(): void {
    for (const id of this.#keys.keys()) {
      this.#keys.delete(id);
      return;
    }
  }
}
