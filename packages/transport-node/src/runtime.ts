// What Node is to the engine that all adapters share.

import type { NodeTlsRuntime } from "@tlskit/transport/node-tls";
import { capabilities } from "./capabilities.ts";

/** Node, to the engine. */
export const runtime: NodeTlsRuntime = {
  name: "node",
  capabilities,
  ciphers: {
    // RFC 9325, section 4.2: AEAD with forward secrecy. The TLS 1.3 suites are all of that kind.
    modern: [
      "TLS_AES_128_GCM_SHA256",
      "TLS_AES_256_GCM_SHA384",
      "TLS_CHACHA20_POLY1305_SHA256",
      "ECDHE+AESGCM",
      "ECDHE+CHACHA20",
    ].join(":"),
    // TLS 1.0 and 1.1 have only CBC suites and SHA-1, which OpenSSL's security level 1 refuses.
    legacy:
      "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:ECDHE+AESGCM:ECDHE+AES:@SECLEVEL=0",
  },
  x509ChainAsSent: true,
};
