// What node:tls of Deno can do. Declared present: proven on the wire by the conformance cases; declared absent: refused.

import type { Capabilities, CapabilityGap } from "@tlskit/options";

/** The table for Deno, measured on 2.9.6. */
export const capabilities: Capabilities = {
  "tls1.0": tooOld("TLS 1.0"),
  "tls1.1": tooOld("TLS 1.1"),
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
  "identity-critical-extension": {
    reason: "Deno's TLS library does not load a certificate with a critical extension that it does not know.",
    alternative: "Use a certificate without that extension, or have the extension not critical.",
  },
  "server-client-auth-request": true,
  "server-client-auth-require": true,
  "client-peer-chain": true,
  "server-peer-chain": true,
  "client-skip-verification": true,
  "server-skip-verification": true,
  "client-start-tls": true,
  "server-start-tls": true,
};

/** Rustls, on which Deno stands, begins with TLS 1.2. */
function tooOld(name: string): CapabilityGap {
  return { reason: `Deno's TLS library does not have ${name}.`, alternative: "Use TLS 1.2 or later." };
}

/** Deno listens with them, and every handshake fails. */
function noSuchKey(name: string): CapabilityGap {
  return {
    reason: `Deno's TLS library cannot use ${name} keys.`,
    alternative: "Use an ECDSA (P-256), Ed25519 or RSA identity.",
  };
}
