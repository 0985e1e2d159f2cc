// The engine that all adapters share: connect, listen and startTls on node:tls.

import type { Target, Transport } from "../contract.ts";
import { TransportError } from "../error.ts";
import { connect } from "./connect.ts";
import { listen } from "./listen.ts";
import { currentRuntime, type NodeTlsRuntime } from "./runtime.ts";
import { startTls } from "./start-tls.ts";

/**
 * A transport on the node:tls of one runtime. Adapters export what it returns; programs use an adapter.
 *
 * @example
 * export const { connect, listen, startTls } = createNodeTlsTransport({ name: "node", capabilities, … });
 */
export function createNodeTlsTransport(runtime: NodeTlsRuntime): Transport {
  // The contract's overloads are about `secureTransport`, which decides what comes out at run time.
  return {
    connect: async (target: Target, options: unknown = {}) => {
      assertRuntime(runtime);
      return connect(runtime, target, options);
    },
    listen: async (options: unknown) => {
      assertRuntime(runtime);
      return listen(runtime, options);
    },
    startTls: async (plain: unknown, options: unknown) => {
      assertRuntime(runtime);
      return startTls(runtime, plain, options);
    },
  } as Transport;
}

/** An adapter's capability table is true of its own runtime only. */
function assertRuntime({ name: expected }: NodeTlsRuntime): void {
  const actual = currentRuntime();
  if (actual === expected) return;
  const alternative = actual === "unknown" ? "@tlskit/tls" : `@tlskit/transport-${actual}`;
  throw new TransportError(
    "RUNTIME_MISMATCH",
    `@tlskit/transport-${expected} was loaded in ${actual}: import ${alternative} there.`,
    { expected, actual, alternative },
  );
}
