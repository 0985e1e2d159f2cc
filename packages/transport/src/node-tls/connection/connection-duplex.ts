// A verified connection as a duplex stream, for runtimes whose own TLS sockets must not be paused: whoever speaks HTTP on
// a socket pauses it.

import { Duplex } from "node:stream";
import type { TlsConnection } from "./tls-connection.ts";

type Done = (error?: Error | null) => void;

/** How long the peer may take to receive what was written before the stream was destroyed. */
const lastWordsMs = 1000;

/** What HTTP asks of a socket, over a connection that reads only when it is asked to. */
export class ConnectionDuplex extends Duplex {
  readonly encrypted = true;
  readonly authorized: boolean;
  readonly alpnProtocol: string | false;
  readonly remoteAddress: string | undefined;
  readonly remotePort: number | undefined;
  readonly localAddress: string | undefined;
  readonly localPort: number | undefined;
  readonly #connection: TlsConnection;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #timeoutMs = 0;

  constructor(connection: TlsConnection) {
    super({ allowHalfOpen: true });
    this.#connection = connection;
    this.authorized = connection.verifiedPath !== undefined;
    this.alpnProtocol = connection.negotiated.alpn ?? false;
    const { remoteAddress, localAddress } = connection;
    if (remoteAddress !== undefined && "host" in remoteAddress) {
      this.remoteAddress = remoteAddress.host;
      this.remotePort = remoteAddress.port;
    }
    if (localAddress !== undefined && "host" in localAddress) {
      this.localAddress = localAddress.host;
      this.localPort = localAddress.port;
    }
    // As with the runtimes' sockets of ours: who does not listen is not ended by it.
    this.on("error", () => {});
    // A connection that breaks while nobody reads.
    connection.closed.catch((error: Error) => this.destroy(error));
  }

  override _read(): void {
    this.#connection.read().then(
      (bytes) => {
        this.#alive();
        // A copy of the view, because HTTP wants Buffers.
        this.push(bytes === null ? null : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      },
      (error: Error) => this.destroy(error),
    );
  }

  override _write(chunk: Uint8Array, _encoding: string, done: Done): void {
    this.#alive();
    this.#connection.write(chunk).then(() => done(), done);
  }

  override _final(done: Done): void {
    this.#connection.closeWrite().then(() => done(), done);
  }

  override _destroy(error: Error | null, done: Done): void {
    clearTimeout(this.#timer);
    // Without an error, what was written still goes out: the peer must not lose it to a reset.
    if (error === null) this.#connection.close({ timeoutMs: lastWordsMs });
    else this.#connection.abort(error);
    done(error);
  }

  /** As `net.Socket` has it: `timeout` after so long without a byte in either direction. */
  setTimeout(milliseconds: number, callback?: () => void): this {
    this.#timeoutMs = milliseconds;
    if (callback !== undefined) this.once("timeout", callback);
    this.#alive();
    return this;
  }

  /** Small writes leave at once anyway. */
  setNoDelay(): this {
    return this;
  }

  /** What keeps the connection below alive is not ours to say. */
  setKeepAlive(): this {
    return this;
  }

  /** As `net.Socket` has it: while it is open, the process goes on. */
  ref(): this {
    this.#connection.holdProcess(true);
    return this;
  }

  /** As `net.Socket` has it: agents do not let a connection that is kept for later keep the process. */
  unref(): this {
    this.#connection.holdProcess(false);
    return this;
  }

  destroySoon(): void {
    if (this.writableFinished) this.destroy();
    else this.end(() => this.destroy());
  }

  #alive(): void {
    clearTimeout(this.#timer);
    if (this.#timeoutMs > 0 && !this.destroyed) {
      this.#timer = setTimeout(() => this.emit("timeout"), this.#timeoutMs);
    }
  }
}
