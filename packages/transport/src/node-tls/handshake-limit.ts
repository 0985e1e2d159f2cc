// One limit for everything between the call and the verified connection: a clock and an AbortSignal.

import { type ConnectionPhase, TransportError } from "../error.ts";

/** Starts something that settles with `resolve` or `reject`; returns what to do when the limit is reached first. */
export type LimitedStep<T> = (resolve: (value: T) => void, reject: (error: unknown) => void) => () => void;

interface RunningStep {
  readonly reject: (error: TransportError) => void;
  cleanUp: () => void;
}

/** See the head of this file. Whoever makes one calls `end` when the connection is there, or is not to be. */
export class HandshakeLimit {
  /** What is being waited for; told in the error. */
  phase: ConnectionPhase = "connect";
  readonly #timeoutMs: number;
  readonly #signal: AbortSignal | undefined;
  readonly #timer: ReturnType<typeof setTimeout>;
  #exceeded: TransportError | undefined;
  #running: RunningStep | undefined;

  constructor(timeoutMs: number, signal: AbortSignal | undefined) {
    this.#timeoutMs = timeoutMs;
    this.#signal = signal;
    this.#timer = setTimeout(() => this.#exceed(this.#timeoutError()), timeoutMs);
    if (signal?.aborted) this.#onAbort();
    else signal?.addEventListener("abort", this.#onAbort, { once: true });
  }

  /** Runs one step; rejects with `HANDSHAKE_TIMEOUT` or `ABORTED`, after the step's own clean-up, if it takes too long. */
  run<T>(step: LimitedStep<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#exceeded !== undefined) {
        reject(this.#exceeded);
        return;
      }
      const running: RunningStep = { reject, cleanUp: nothing };
      this.#running = running;
      running.cleanUp = step(
        (value) => {
          if (this.#running === running) this.#running = undefined;
          resolve(value);
        },
        (error) => {
          if (this.#running === running) this.#running = undefined;
          reject(error);
        },
      );
    });
  }

  /** Waits for a promise within the limit; what it resolves to later is dropped. What is there already is returned. */
  wait<T>(value: T | Promise<T>): T | Promise<T> {
    if (value instanceof Promise)
      value.catch(nothing); // If the limit has been reached, nobody listens.
    else if (this.#exceeded === undefined) return value;
    return this.run((resolve, reject) => {
      Promise.resolve(value).then(resolve, reject);
      return nothing;
    });
  }

  /** Whether the limit was reached. */
  get isExceeded(): boolean {
    return this.#exceeded !== undefined;
  }

  /** Forgets the clock and the signal. */
  end(): void {
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener("abort", this.#onAbort);
  }

  readonly #onAbort = (): void => {
    const cause = { cause: this.#signal?.reason };
    this.#exceed(new TransportError("ABORTED", "Connecting was aborted.", { during: this.phase }, cause));
  };

  #exceed(error: TransportError): void {
    if (this.#exceeded !== undefined) return;
    this.#exceeded = error;
    this.end();
    this.#running?.reject(error); // First, so that what the clean-up provokes cannot hide the reason.
    this.#running?.cleanUp();
  }

  #timeoutError(): TransportError<"HANDSHAKE_TIMEOUT"> {
    const timeoutMs = this.#timeoutMs;
    return new TransportError(
      "HANDSHAKE_TIMEOUT",
      `No verified connection within ${timeoutMs} ms (${waitedFor[this.phase]}).`,
      { timeoutMs, during: this.phase },
    );
  }
}

const nothing = (): void => {};

const waitedFor: Readonly<Record<ConnectionPhase, string>> = {
  connect: "it was still connecting",
  handshake: "the TLS handshake was not complete",
  verify: "the certificate was still being verified",
  open: "the connection was already open",
};
