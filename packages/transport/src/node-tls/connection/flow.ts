// Backpressure.

/** Holds the peer back: a socket can do that itself, except where TLS does not pass it on. */
export interface Flow {
  pause(): void;
  resume(): void;
  isPaused(): boolean;
}

/** A flow that is controlled below TLS. */
export interface FlowBelow extends Flow {
  /** TLS has ended its direction: ends the one below as well, after what TLS has still to send. */
  end(): void;
  /** Whether the socket below keeps the process running while the connection is open; at first it does. */
  holdProcess(holds: boolean): void;
}
