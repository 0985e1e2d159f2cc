// What TLS runs over on Deno. Deno's TLS sockets go on taking in data while nobody reads, without limit, and one that was
// paused loses its end. So they are never paused here: what is paused is the socket underneath, which keeps its word.

import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { type ControlledDuplex, type FlowBelow, fatalAlert, type SeenInClear } from "@tlskit/transport/node-tls";
import type { PrivateCertificate } from "@tlskit/x509";
import { ClearRecords } from "./clear-records.ts";

type Done = (error?: Error | null) => void;

// How long a peer may take to receive the last words of a failed handshake (its alert).
const lastWordsMs = 1000;

/**
 * A duplex stream over a socket, or over anything else; it owns what it runs over. It keeps nothing: what comes is told at
 * once, and what is written goes on at once. The queues of `Duplex` would be a second set beside those of the socket, and
 * cost a transfer a quarter of its CPU.
 */
export class FlowControlledDuplex extends Duplex implements ControlledDuplex {
  readonly flow: FlowBelow = {
    pause: () => this.#hold(),
    resume: () => this.#release(),
    isPaused: () => this.#held,
    end: () => this.#endBelow(),
    holdProcess: (holds) => {
      const below = this.#below as Partial<Socket>;
      // What is no socket does not keep a process.
      if (holds) below.ref?.();
      else below.unref?.();
    },
  };
  readonly #below: Duplex;
  readonly #inClear = new ClearRecords();
  #chosenIdentity: PrivateCertificate | undefined;
  #held = false;
  /** Whether TLS wants more. */
  #wanted = false;
  /** How many writes are under way. */
  #writing = 0;
  /** Called when there are none. */
  readonly #whenIdle: (() => void)[] = [];
  #hasWritten = false;
  #ended = false;
  #reset = false;
  #destroying = false;

  constructor(below: Duplex) {
    super({ allowHalfOpen: true });
    this.#below = below;
    // Paused first: a listener for data alone would start it.
    below.pause();
    below.on("data", (chunk: Uint8Array) => {
      this.#inClear.take(chunk);
      this.emit("data", chunk);
    });
    below.once("end", () => {
      this.emit("end");
      if (!this.allowHalfOpen) this.#below.end();
    });
    below.on("error", (error: Error) => super.destroy(error));
    below.once("close", () => super.destroy());
    if (below.destroyed) super.destroy();
  }

  get inClear(): SeenInClear {
    return this.#inClear;
  }

  get chosenIdentity(): PrivateCertificate | undefined {
    return this.#chosenIdentity;
  }

  get remoteAddress(): string | undefined {
    return (this.#below as Partial<FlowControlledDuplex>).remoteAddress;
  }

  get remotePort(): number | undefined {
    return (this.#below as Partial<FlowControlledDuplex>).remotePort;
  }

  get localAddress(): string | undefined {
    return (this.#below as Partial<FlowControlledDuplex>).localAddress;
  }

  get localPort(): number | undefined {
    return (this.#below as Partial<FlowControlledDuplex>).localPort;
  }

  /** Deno's TLS looks for what it has to send whenever data comes; of a certificate that was chosen late it is not told. */
  sendOn(identity: PrivateCertificate): void {
    this.#chosenIdentity = identity;
    this.emit("data", new Uint8Array());
  }

  /** As long as TLS has said nothing, nothing is encrypted. */
  sayWhy(alert: number): void {
    const { helloVersion } = this.#inClear;
    // Who has said no hello has said something else, or goodbye.
    if (this.#hasWritten || helloVersion === null || this.#below.destroyed) return;
    this.write(fatalAlert(alert, helloVersion));
  }

  override pause(): this {
    this.#wanted = false;
    this.#below.pause();
    return this;
  }

  override resume(): this {
    this.#wanted = true;
    if (!this.#held) this.#below.resume();
    return this;
  }

  override write(chunk: Uint8Array, encodingOrDone?: BufferEncoding | Done, last?: Done): boolean {
    const done = typeof encodingOrDone === "function" ? encodingOrDone : last;
    if (this.#ended) {
      if (done !== undefined) queueMicrotask(done); // TLS has said goodbye; nobody listens any more.
      return true;
    }
    this.#hasWritten = true;
    this.#writing++;
    return this.#below.write(chunk, (error) => {
      this.#writing--;
      done?.(error);
      this.#notifyIdle();
    });
  }

  /** TLS destroys what it runs over before it has written why: it is given one turn for that. */
  override destroy(error?: Error): this {
    if (this.#destroying || this.destroyed) return this;
    this.#destroying = true;
    setImmediate(() => super.destroy(error));
    return this;
  }

  /** Cuts the connection, so that the peer sees a reset where that is possible. */
  resetAndDestroy(): this {
    this.#reset = true;
    super.destroy();
    return this;
  }

  override _destroy(error: Error | null, done: Done): void {
    if (this.#reset) reset(this.#below);
    else leave(this.#below);
    done(error);
  }

  #hold(): void {
    this.#held = true;
    this.#below.pause();
  }

  #release(): void {
    this.#held = false;
    this.#inClear.finish(); // There is a connection.
    if (this.#wanted) this.#below.resume();
  }

  /** What TLS writes last, it writes a moment after it has said that it is done. */
  #endBelow(): void {
    setImmediate(() => {
      if (this.#writing > 0) {
        this.#whenIdle.push(() => this.#endBelow());
        return;
      }
      this.#ended = true;
      this.#below.end();
    });
  }

  #notifyIdle(): void {
    if (this.#writing > 0) return;
    for (const idle of this.#whenIdle.splice(0)) idle();
  }
}

function reset(below: Duplex & { readonly resetAndDestroy?: () => unknown }): void {
  try {
    if (typeof below.resetAndDestroy === "function") below.resetAndDestroy();
    else below.destroy();
  } catch {
    below.destroy(); // Not a TCP socket, or no longer one.
  }
}

/** Ends it, and destroys it then; what was written and has not left yet gets a little time. */
function leave(below: Duplex): void {
  if (below.destroyed || below.writableFinished) {
    below.destroy();
    return;
  }
  const timer = setTimeout(() => below.destroy(), lastWordsMs);
  below.once("close", () => clearTimeout(timer));
  below.end(() => below.destroy());
}
