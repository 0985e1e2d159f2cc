// A pair of web streams as a duplex stream of the runtime, which is what TLS runs over. The pair is ours from then on.

import { Duplex } from "node:stream";
import type { StreamPair } from "../../contract.ts";
import { TransportError } from "../../error.ts";
import { invalidState, isBytes } from "../connection/channel-error.ts";

/** Whether `value` has a readable and a writable web stream. */
export function isStreamPair(value: unknown): value is StreamPair {
  if (typeof value !== "object" || value === null) return false;
  const { readable, writable } = value as Partial<StreamPair>;
  return typeof readable?.getReader === "function" && typeof writable?.getWriter === "function";
}

/** See the head of this file. */
export class StreamPairDuplex extends Duplex {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;

  /** @throws {TransportError} `INVALID_STATE` if one of them is in someone's hands */
  constructor({ readable, writable }: StreamPair) {
    if (readable.locked || writable.locked) throw invalidState("wrapTls", "streams that are not locked");
    super({ allowHalfOpen: true });
    this.#reader = readable.getReader();
    this.#writer = writable.getWriter();
    this.#writer.closed.catch((error: unknown) => this.destroy(asError(error)));
  }

  override _read(): void {
    this.#pull().catch((error: unknown) => this.destroy(asError(error)));
  }

  async #pull(): Promise<void> {
    for (;;) {
      const { done, value } = await this.#reader.read();
      if (!done && !isBytes(value)) throw invalidState("wrapTls", "a stream of Uint8Array");
      if (done || value.byteLength > 0) {
        this.push(done ? null : value);
        return;
      }
      // A source that gives nothing, and goes on with it, must not keep everybody else from their turn.
      await new Promise((resolve) => setImmediate(resolve));
      if (this.destroyed) return;
    }
  }

  override _write(chunk: Uint8Array, _encoding: string, done: (error?: Error) => void): void {
    // A copy: the runtime's memory must not be transferred, and a stream may do that.
    this.#writer.write(new Uint8Array(chunk)).then(
      () => done(),
      (error: unknown) => done(asError(error)),
    );
  }

  override _final(done: (error?: Error) => void): void {
    this.#writer.close().then(
      () => done(),
      (error: unknown) => done(asError(error)),
    );
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    // What is already closed stays as it is.
    this.#writer.abort(error ?? undefined).catch(() => {});
    this.#reader.cancel(error ?? undefined).catch(() => {});
    done(error);
  }
}

/** A stream may fail with anything. */
function asError(error: unknown): Error {
  if (error instanceof Error) return error;
  const details = { nativeCode: "UNKNOWN", during: "open" } as const;
  return new TransportError("RUNTIME_ERROR", "The stream underneath failed.", details, { cause: error });
}
