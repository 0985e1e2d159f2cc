// Bytes that were received and that nobody has read yet.

/** See the head of this file. Chunks are the runtime's, as it delivers them. */
export class ReceiveQueue {
  #chunks: Uint8Array[] = [];
  #byteLength = 0;

  get byteLength(): number {
    return this.#byteLength;
  }

  push(chunk: Uint8Array): void {
    if (chunk.byteLength === 0) return; // To a reader, no bytes would be the end.
    this.#chunks.push(chunk);
    this.#byteLength += chunk.byteLength;
  }

  /** The oldest chunk, in memory that is the caller's. */
  take(): Uint8Array | undefined {
    const first = this.#chunks.shift();
    if (first === undefined) return undefined;
    this.#byteLength -= first.byteLength;
    // To copy few bytes costs less than to look at their memory: JavaScriptCore must make an ArrayBuffer for that.
    if (first.byteLength <= few) return new Uint8Array(first);
    // Not a Buffer, whose `slice` does not copy.
    const bytes = new Uint8Array(first.buffer, first.byteOffset, first.byteLength);
    // Node 26 cuts chunks out of shared memory, which it goes on using: whoever transferred such an array (as byte
    // streams do) would take the memory away from under the runtime, and end the process.
    return bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
  }

  /** As much of the oldest chunk as there is room for; returns the part of `into` that is filled. */
  takeInto(into: Uint8Array): Uint8Array {
    const first = this.#chunks[0] ?? nothing;
    const count = Math.min(first.byteLength, into.byteLength);
    into.set(first.subarray(0, count));
    if (count === first.byteLength) this.#chunks.shift();
    else this.#chunks[0] = first.subarray(count);
    this.#byteLength -= count;
    return into.subarray(0, count);
  }

  /** Everything, as it came. */
  drain(): Uint8Array[] {
    const chunks = this.#chunks;
    this.#chunks = [];
    this.#byteLength = 0;
    return chunks;
  }
}

const few = 1024;
const nothing = new Uint8Array();
