// The web streams of a connection, written by hand: the runtimes' own conversion (`Duplex.toWeb`) costs 1.7 times as
// much as raw events.

import type { ByteChannel } from "./byte-channel.ts";

/**
 * A byte stream over the channel. Nothing is read ahead (high-water mark 0): a `read()` before or after the stream was
 * looked at loses nothing. Nor is anything delivered to a reader that has given its lock back: what comes then is for
 * whoever asks next, here or there.
 */
export function readableOf(channel: ByteChannel): ReadableStream<Uint8Array<ArrayBuffer>> {
  // Whether a reader is gone whose own buffer is still the first to be filled.
  let isOrphaned = false;
  const stream: ReadableStream<Uint8Array<ArrayBuffer>> = new ReadableStream({
    type: "bytes",
    pull(controller) {
      const request = controller.byobRequest;
      const into = isOrphaned || !request?.view ? undefined : viewOf(request.view);
      const deliver = (bytes: Uint8Array | null): void => {
        if (bytes === null) {
          controller.close();
          request?.respond(0); // A BYOB reader that waits is answered only by this.
        } else if (into === undefined) controller.enqueue(bytes as Uint8Array<ArrayBuffer>);
        else request?.respond(bytes.byteLength);
        isOrphaned = false;
      };
      return new Promise((resolve, reject) => {
        channel.serve({
          into,
          isGone: () => !stream.locked,
          leave: () => {
            isOrphaned = request !== null;
            resolve();
          },
          // At once: before anybody else can ask.
          resolve: (bytes) => {
            deliver(bytes);
            resolve();
          },
          reject,
        });
      });
    },
    cancel(reason) {
      channel.abort(reason);
    },
  });
  return stream;
}

/**
 * A stream whose writes apply back-pressure, whose close ends our direction, and whose abort cuts the connection. So does a
 * chunk that is not bytes: nothing can be written to the stream any more, and the peer would wait for ever.
 */
export function writableOf(channel: ByteChannel): WritableStream<Uint8Array> {
  return new WritableStream({
    start({ signal }) {
      // The stream's own `abort` waits for the write that is under way, and that for the peer.
      signal.addEventListener("abort", () => channel.abort(signal.reason), { once: true });
    },
    write(bytes) {
      try {
        return channel.write(bytes);
      } catch (error) {
        channel.abort(error);
        throw error;
      }
    },
    close: () => channel.closeWrite(),
  });
}

function viewOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}
