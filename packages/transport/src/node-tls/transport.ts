// The engine that all adapters share: connect, listen, startTls and wrapTls on node:tls.

import type { Target, Transport, UnixTarget } from "../contract.ts";
import { connect } from "./client/connect.ts";
import { assertRuntime, type NodeTlsRuntime } from "./runtime.ts";
import { listen } from "./server/listen.ts";
import { startTls } from "./upgrade/start-tls.ts";
import { wrapTls } from "./upgrade/wrap-tls.ts";

/**
 * A transport on the node:tls of one runtime. Adapters export what it returns; programs use an adapter.
 *
 * @example
 * export const { connect, listen, startTls, wrapTls } = createNodeTlsTransport({ name: "node", capabilities, … });
 */
export function createNodeTlsTransport(runtime: NodeTlsRuntime): Transport {
  // The contract's overloads are about `secureTransport`, which decides what comes out at run time.
  return {
    connect: async (target: Target | UnixTarget, options: unknown = {}) => {
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
    wrapTls: async (over: unknown, options: unknown) => {
      assertRuntime(runtime);
      return wrapTls(runtime, over, options);
    },
  } as Transport;
}
