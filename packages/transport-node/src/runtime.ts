// What Node is to the engine that all adapters share.

import type { NodeTlsRuntime } from "@tlskit/transport/node-tls";
import { capabilities } from "./capabilities.ts";
import { isReset } from "./is-reset.ts";

/** Node, to the engine. */
export const runtime: NodeTlsRuntime = {
  name: "node",
  capabilities,
  marksKeyShares: true,
  chainAsSent: "getPeerX509Certificate",
  countsBelow: true,
  isReset,
};
