// What is asked of a runtime: whether it lets a server in, by itself and with us.

/** A server that shows a chain, and what to trust. */
export interface Order {
  readonly id: number;
  readonly port: number;
  /** The name or address that the server must be for. */
  readonly name: string;
  /** PEM. */
  readonly trust: readonly string[];
}

/** Both verdicts on the same server: `"accepts"`, or the code of the refusal. */
export interface Verdicts {
  readonly native: string;
  readonly ours: string;
}
