// Bytes over a runtime's duplex socket, plain or TLS: reads with a bounded queue, writes that resolve when the bytes
// are gone, and the ends of both directions. Every promise settles, whatever the socket does or fails to do.

import type { Duplex } from "node:stream";
import { TransportError } from "../../error.ts";
import { closedError, invalidState, isBytes, notBytes } from "./channel-error.ts";
import type { Flow } from "./flow.ts";
import type { Underneath } from "./raw-socket.ts";
import { ReceiveQueue } from "./receive-queue.ts";

/** Turns what the socket reported into one of our errors; `heard`: whether anything was received before. */
export type ErrorMapper = (error: unknown, heard: boolean) => Error;

// The queue is filled by `data` events, which cost less than `readable` events; this bounds it.
const queueLimit = 256 * 1024;
// As long as nobody has asked for anything: thousands of connections may wait to be accepted.
const unaskedLimit = 16 * 1024;

/** Somebody who waits for bytes. */
export interface Waiter {
  readonly into: Uint8Array | undefined;
  readonly resolve: (bytes: Uint8Array | null) => void;
  readonly reject: (error: Error) => void;
  /** Whether nobody waits any more: then `leave` is called in place of the others, and the bytes stay. */
  readonly isGone?: () => boolean;
  readonly leave?: () => void;
}

/** See the constructor of {@link ByteChannel}. */
export interface ChannelSettings {
  readonly idle?: boolean;
  readonly isSilence?: (() => boolean) | undefined;
  readonly isReset?: (() => boolean) | undefined;
}

/** See the head of this file. Reading from the socket starts with the construction. */
export class ByteChannel {
  readonly closed: Promise<void>;
  readonly #socket: Duplex;
  readonly #mapError: ErrorMapper;
  readonly #pendingWrites = new Set<(error: Error) => void>();
  readonly #underneath: Underneath;
  readonly #flow: Flow;
  readonly #isSilence: (() => boolean) | undefined;
  readonly #isReset: (() => boolean) | undefined;
  readonly #queue = new ReceiveQueue();
  #limit = unaskedLimit;
  #waiter: Waiter | undefined;
  #failure: Error | undefined;
  #heard = false;
  #readEnded = false;
  #writeEnded = false;
  /** The peer is not there any more to receive what we send. */
  #peerGone = false;
  #finished = false;
  #detached = false;
  #over = false;
  #closing: Promise<void> | undefined;
  readonly #settleClosed: { readonly resolve: () => void; readonly reject: (error: Error) => void };

  /**
   * @param idle does not read: the socket is someone else's to use, and the channel is only good to `fail`
   * @param isSilence whether the peer has not sent one byte, so that an end without data cannot be its word
   * @param isReset whether the system says that the connection is no more
   */
  constructor(
    socket: Duplex,
    mapError: ErrorMapper,
    underneath: Underneath,
    { idle = false, isSilence, isReset }: ChannelSettings = {},
  ) {
    this.#socket = socket;
    this.#mapError = mapError;
    this.#underneath = underneath;
    this.#isSilence = isSilence;
    this.#isReset = isReset;
    const below = underneath.below?.flow;
    this.#flow = below ?? socket;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    promise.catch(() => {}); // Observing it is the caller's choice.
    this.closed = promise;
    this.#settleClosed = { resolve, reject };
    if (!idle) {
      socket.on("data", this.#onData);
      socket.on("end", this.#onEnd);
      socket.on("error", this.#onError);
    }
    socket.on("close", this.#onClose);
    below?.resume();
    // A socket may have been destroyed between the event that led here and now, or have ended while its peer was being
    // verified; then nothing more is emitted.
    if (socket.destroyed) this.#onClose();
    else if (socket.readableEnded && !idle) this.#onEnd();
  }

  read(into?: Uint8Array): Promise<Uint8Array | null> {
    if (into !== undefined && !isBytes(into)) throw notBytes("read", into);
    return new Promise((resolve, reject) => this.serve({ into, resolve, reject }));
  }

  /** Gives somebody the next bytes, or `null` at the end: at once, or when they come. */
  serve(waiter: Waiter): void {
    this.#limit = queueLimit;
    if (this.#hasWaiter()) waiter.reject(invalidState("read", "no other read is pending"));
    else if (waiter.into?.byteLength === 0) waiter.reject(invalidState("read", "the buffer has room"));
    else if (this.#queue.byteLength > 0) {
      this.#waiter = waiter;
      this.#serve();
    } else if (this.#failure !== undefined) waiter.reject(this.#failure);
    else if (this.#closing !== undefined) waiter.reject(closedError("read"));
    else if (this.#readEnded) waiter.resolve(null);
    else this.#waiter = waiter;
  }

  write(bytes: Uint8Array): Promise<void> {
    if (!isBytes(bytes)) throw notBytes("write", bytes);
    this.#failIfGone();
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (this.#writeEnded || this.#over) return Promise.reject(closedError("write"));
    if (bytes.byteLength === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const fail = (error: Error): void => reject(error);
      this.#pendingWrites.add(fail);
      this.#socket.write(bytes, (error) => {
        // A write fails because the socket is going down: `close` settles it, which knows the real reason.
        if (error || !this.#pendingWrites.delete(fail)) return;
        resolve();
      });
    });
  }

  closeWrite(): Promise<void> {
    this.#failIfGone();
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (this.#over || this.#finished) return Promise.resolve();
    this.#writeEnded = true;
    return new Promise((resolve, reject) => {
      this.#pendingWrites.add(reject);
      this.#socket.end(() => {
        this.#finished = true;
        this.#underneath.below?.flow.end();
        if (this.#pendingWrites.delete(reject)) resolve();
        this.#destroyIfDone();
      });
    });
  }

  close(timeoutMs: number): Promise<void> {
    this.#closing ??= this.#closeWithin(timeoutMs);
    return this.#closing;
  }

  abort(reason: unknown): void {
    if (this.#over) return;
    this.fail(new TransportError("ABORTED", "The connection was aborted.", { during: "open" }, { cause: reason }));
  }

  /** Ends everything with `error`: nothing more is delivered. */
  fail(error: Error): void {
    if (this.#over) return;
    this.#failure ??= error;
    this.#queue.drain();
    this.#underneath.cut();
    this.#onClose();
  }

  /** Gives the socket back, with the bytes that were received and not read; for STARTTLS. The channel is finished then. */
  detach(): Uint8Array[] {
    this.#socket.pause();
    const unread = this.#queue.drain();
    this.#detached = true;
    this.#settleClosed.resolve();
    this.#failure = invalidState("using this object", "a connection that has not become TLS");
    this.#finish();
    return unread;
  }

  /** Whether the socket was given back. */
  get isDetached(): boolean {
    return this.#detached;
  }

  /** Whether an open connection keeps the process running, where flow is controlled below TLS. */
  holdProcess(holds: boolean): void {
    this.#underneath.below?.flow.holdProcess(holds);
  }

  /** What has become of it, for people. */
  get state(): string {
    if (this.#detached) return "became TLS";
    if (this.#over) return this.#failure === undefined ? "closed" : `ended by ${nameOf(this.#failure)}`;
    if (this.#closing !== undefined) return "closing";
    if (this.#writeEnded) return this.#readEnded ? "closing" : "open for reading";
    return this.#readEnded ? "open for writing" : "open";
  }

  get isBusy(): boolean {
    return this.#hasWaiter() || this.#pendingWrites.size > 0;
  }

  /** Whether the peer has ended its direction. */
  get hasEnded(): boolean {
    return this.#readEnded;
  }

  get isOver(): boolean {
    return this.#over || this.#closing !== undefined || this.#writeEnded;
  }

  async #closeWithin(timeoutMs: number): Promise<void> {
    if (this.#over) return;
    this.#queue.drain();
    this.#settleWaiter(null);
    const timer = setTimeout(() => {
      this.#underneath.cut();
      this.#onClose();
    }, timeoutMs);
    this.closeWrite().catch(() => {}); // The reason is what `closed` tells.
    this.#flow.resume();
    this.#destroyIfDone();
    await this.closed.catch(() => {});
    clearTimeout(timer);
  }

  readonly #onData = (chunk: Uint8Array): void => {
    this.#heard = true;
    if (this.#closing !== undefined || this.#over) return; // Nobody will read it.
    this.#queue.push(chunk);
    this.#serve();
    if (this.#queue.byteLength < this.#limit) return;
    this.#flow.pause();
    this.#lookForReset(); // As long as it is paused, nothing is told.
  };

  /** Whether somebody waits; who has gone meanwhile is let go. */
  #hasWaiter(): boolean {
    const waiter = this.#waiter;
    if (waiter?.isGone?.() !== true) return waiter !== undefined;
    this.#waiter = undefined;
    waiter.leave?.();
    return false;
  }

  /** Gives a reader that waits what there is. What a buffer has become since it was given is its reader's affair. */
  #serve(): void {
    const waiter = this.#waiter;
    if (waiter === undefined || this.#queue.byteLength === 0 || !this.#hasWaiter()) return;
    this.#waiter = undefined;
    const { into, resolve, reject } = waiter;
    try {
      if (into?.byteLength === 0) reject(invalidState("read", "a buffer that is not transferred meanwhile"));
      else resolve((into === undefined ? this.#queue.take() : this.#queue.takeInto(into)) ?? null);
    } catch (error) {
      reject(invalidState("read", "a buffer that can be written to", error));
    }
    if (this.#queue.byteLength < queueLimit / 2 && this.#flow.isPaused() && !this.#over) this.#flow.resume();
  }

  readonly #onEnd = (): void => {
    if (this.#over) return;
    this.#lookForReset();
    // Ours to close meanwhile: what the peer says about the end is no news.
    if (this.#closing === undefined && !this.#heard && (this.#peerGone || this.#isSilence?.())) this.#onError(wasReset);
    if (this.#over) return;
    this.#readEnded = true;
    this.#settleWaiter(null);
    this.#destroyIfDone();
  };

  /** Whether the peer is still there to receive what we send. After two orderly ends there is no connection either. */
  #lookForReset(): void {
    this.#peerGone = !this.#writeEnded && this.#isReset?.() === true;
    if (this.#pendingWrites.size > 0) this.#failIfGone();
  }

  /** Nothing can be sent any more; and not every runtime would ever say so. */
  #failIfGone(): void {
    if (this.#peerGone) this.#onError(wasReset);
  }

  readonly #onError = (error: unknown): void => {
    if (this.#over) return;
    this.#failure ??= this.#mapError(error, this.#heard);
    // Node reports an alert that comes after the handshake (TLS 1.3: the server refuses our certificate) by `error`,
    // and then an orderly end, and never closes. The first word counts.
    this.#onClose();
    this.#socket.destroy();
  };

  readonly #onClose = (): void => {
    if (this.#over) return;
    const clean = this.#closing !== undefined || (this.#readEnded && this.#writeEnded);
    if (this.#failure === undefined && !clean) this.#failure = this.#mapError(wasReset, this.#heard);
    if (this.#closing !== undefined || this.#failure === undefined) this.#settleClosed.resolve();
    else this.#settleClosed.reject(this.#failure);
    this.#finish();
  };

  /** Settles what is pending. In an orderly end nothing is, and making an error costs more than closing. */
  #finish(): void {
    this.#over = true;
    // The runtime keeps its sockets for a while after their end: what hangs on them would be kept as well.
    this.#removeListeners();
    for (const fail of this.#pendingWrites) fail(this.#failure ?? closedError("write"));
    this.#pendingWrites.clear();
    const waiter = this.#waiter;
    this.#waiter = undefined;
    waiter?.reject(this.#failure ?? closedError("read"));
  }

  #destroyIfDone(): void {
    if (this.#readEnded && this.#finished && !this.#over) this.#socket.destroy();
  }

  #settleWaiter(bytes: Uint8Array | null): void {
    const waiter = this.#waiter;
    this.#waiter = undefined;
    waiter?.resolve(bytes);
  }

  #removeListeners(): void {
    this.#socket.off("data", this.#onData);
    this.#socket.off("end", this.#onEnd);
    this.#socket.off("error", this.#onError);
    this.#socket.off("close", this.#onClose);
  }
}

const wasReset = { code: "ECONNRESET" };

function nameOf(error: Error): string {
  return TransportError.is(error) ? error.code : error.name;
}
