// The web streams of a connection, written by hand: the runtimes' own conversion (`Duplex.toWeb`) costs 1.7 times as
// much as raw events.

import type { ByteChannel } from "./byte-channel.ts";

/**
 * A byte stream over the channel. Nothing is read ahead (high-water mark 0): a `read()` before or after the stream was
 * looked at loses nothing.
 */
export function readableOf(channel: ByteChannel): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    type: "bytes",
    pull(controller) {
      const request = controller.byobRequest;
      const deliver = (bytes: Uint8Array | null): void => {
        if (bytes === null) {
          controller.close();
          request?.respond(0); // A BYOB reader that waits is answered only by this.
        } else if (request) request.respond(bytes.byteLength);
        else controller.enqueue(bytes as Uint8Array<ArrayBuffer>);
      };
      return channel.read(request?.view ? viewOf(request.view) : undefined).then(deliver);
    },
    cancel(reason) {
      channel.abort(reason);
    },
  });
}

/**
 * A stream whose writes apply back-pressure, whose close ends our direction, and whose abort cuts the connection. So does a
 * chunk that is not bytes: nothing can be written to the stream any more, and the peer would wait for ever.
 */
export function writableOf(channel: ByteChannel): WritableStream<Uint8Array> {
  return new WritableStream({
    write(bytes) {
      try {
        return channel.write(bytes);
      } catch (error) {
        channel.abort(error);
        throw error;
      }
    },
    close: () => channel.closeWrite(),
    abort: (reason) => channel.abort(reason),
  });
}

function viewOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}
