// A conformance case is plain data and a function: whoever has an adapter can run it, in any runtime, with or without a
// test framework.

import type { Capabilities, CapabilityName } from "@tlskit/options";
import type { Transport } from "../contract.ts";

/** What a case is given. */
export interface ConformanceContext {
  /** The runtime that the caller says this is: `"node"`, `"bun"`, `"deno"`. */
  readonly runtime: string;
  /** What is being judged. */
  readonly transport: Transport;
  readonly capabilities: Capabilities;
}

/** One thing that an adapter must do. */
export interface ConformanceCase {
  /** Stable, kebab-case, unique. */
  readonly id: string;
  /** A sentence; carries the row ids of the Twisted behaviours it proves. */
  readonly name: string;
  /** What the runtime must be able to do. If it declares that it cannot, the case asserts that it is refused. */
  readonly needs?: readonly CapabilityName[] | undefined;
  /** Throws, or rejects, if it does not hold. */
  run(context: ConformanceContext): Promise<void>;
}
