// What Bun is to the engine that all adapters share.

import type { NodeTlsRuntime } from "@tlskit/transport/node-tls";
import { capabilities } from "./capabilities.ts";

/** Bun, to the engine. */
export const runtime: NodeTlsRuntime = {
  name: "bun",
  capabilities,
  ciphers: {
    // RFC 9325, section 4.2: AEAD with forward secrecy. Bun's TLS 1.3 suites cannot be chosen, and are all of that kind.
    modern: "ECDHE+AESGCM:ECDHE+CHACHA20",
    // TLS 1.0 and 1.1 have only CBC suites. BoringSSL knows no security levels.
    legacy: "ECDHE+AESGCM:ECDHE+CHACHA20:ECDHE+AES",
  },
  x509ChainAsSent: true,
  needsSockets: true,
};
