/** A chain, and what a server needs to show it. All in PEM. */
export interface ShownCase {
  readonly id: string;
  /** The leaf, and what it brings along. */
  readonly chain: string;
  /** The leaf's key. */
  readonly key: string;
  /** What a client asks for. */
  readonly name: string;
  readonly trust: readonly string[];
}
