// What Bun is to the engine that all adapters share.

import type { NodeTlsRuntime } from "@tlskit/transport/node-tls";
import { capabilities } from "./capabilities.ts";

/** Bun, to the engine. */
export const runtime: NodeTlsRuntime = {
  name: "bun",
  capabilities,
  // Its getPeerX509Certificate is made of the same, and costs three times as much.
  chainAsSent: "getPeerCertificate",
  needsSockets: true,
  dialsTls: true,
};
