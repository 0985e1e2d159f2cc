// A stream that carries TLS on Node, kept until its other side has taken everything. Node destroys what is below TLS as
// soon as both directions have ended. The system looks after the rest of a socket by itself; what goes over a stream is
// delivered only as long as someone is there to take it.

import { Duplex } from "node:stream";
import { cut, ignoreLateErrors } from "../connection/raw-socket.ts";

// How long the other side may take to take note of the end.
const lingerMs = 1000;

/** See the head of this file. The carrier is ours from then on. */
export class LingeringDuplex extends Duplex {
  readonly #carrier: Duplex;

  constructor(carrier: Duplex) {
    super({ allowHalfOpen: true });
    this.#carrier = carrier;
    carrier.allowHalfOpen = true;
    carrier.on("data", (chunk: Uint8Array) => {
      if (!this.destroyed && !this.push(chunk)) carrier.pause();
    });
    carrier.once("end", () => this.push(null));
    carrier.on("error", (error) => this.destroy(error));
    carrier.once("close", () => {
      if (!carrier.readableEnded || !carrier.writableFinished) this.destroy();
    });
    carrier.pause();
    if (carrier.destroyed) this.destroy();
  }

  override _read(): void {
    this.#carrier.resume();
  }

  override _write(chunk: Uint8Array, _encoding: string, done: (error?: Error | null) => void): void {
    this.#carrier.write(chunk, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#carrier.end(done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (error === null && this.writableFinished) linger(this.#carrier);
    else cut(this.#carrier);
    done(error);
  }
}

/** Takes what still comes, until the end or the limit. */
function linger(carrier: Duplex): void {
  ignoreLateErrors(carrier);
  const end = (): void => {
    clearTimeout(timer);
    carrier.destroy();
  };
  const timer = setTimeout(end, lingerMs);
  if (carrier.readableEnded || carrier.destroyed) end();
  carrier.once("end", end);
  carrier.once("close", end);
  carrier.resume();
}
