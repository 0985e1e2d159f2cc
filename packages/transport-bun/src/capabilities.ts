// What node:tls of Bun can do. Declared present: proven on the wire by the conformance cases; declared absent: refused.

import type { Capabilities, CapabilityGap } from "@tlskit/options";

/** The table for Bun, measured on 1.4.5. */
export const capabilities: Capabilities = {
  "tls1.0": true,
  "tls1.1": true,
  "tls1.2": true,
  "tls1.3": true,
  alpn: true,
  "client-identity": true,
  "server-identity": true,
  "identity-rsa": true,
  "identity-rsa-pss": noSuchKey("RSASSA-PSS"),
  "identity-ecdsa-p256": true,
  "identity-ecdsa-p384": true,
  "identity-ecdsa-p521": true,
  "identity-ed25519": true,
  "identity-ed448": noSuchKey("Ed448"),
  "identity-ml-dsa": noSuchKey("ML-DSA"),
  "identity-critical-extension": true,
  "server-client-auth-request": true,
  "server-client-auth-require": true,
  "client-peer-chain": true,
  "server-peer-chain": true,
  "client-skip-verification": true,
  "server-skip-verification": true,
  "client-start-tls": true,
  "server-start-tls": true,
};

/** BoringSSL, on which Bun stands, signs handshakes with none of these. */
function noSuchKey(name: string): CapabilityGap {
  return {
    reason: `Bun's TLS library cannot use ${name} keys.`,
    alternative: "Use an ECDSA (P-256), Ed25519 or RSA identity.",
  };
}
