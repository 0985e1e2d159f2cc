// What Deno is to the engine that all adapters share.

import type { NodeTlsRuntime } from "@tlskit/transport/node-tls";
import { assertUsable } from "./assert-usable.ts";
import { capabilities } from "./capabilities.ts";
import { FlowControlledDuplex } from "./flow-controlled-duplex.ts";
import { sentChain } from "./native-handle.ts";

/** Deno, to the engine. */
export const runtime: NodeTlsRuntime = {
  name: "deno",
  capabilities,
  assertUsable,
  sentChain,
  flowControl: (socket) => new FlowControlledDuplex(socket),
  server: {
    // Rustls takes handshake messages of up to 64 KiB; 512 bytes are for what surrounds the certificates.
    sentAnchorsLimit: 0xffff - 512,
    sharesTickets: true,
    noHandshakeTimeout: -1,
  },
};
