// What node:tls can do on Node 22, 24 and 26. Declared present: proven on the wire by the conformance cases.

import { generateKeyPairSync } from "node:crypto";
import type { Capabilities, CapabilityState } from "@tlskit/options";

/** The table for the Node that is running. */
export const capabilities: Capabilities = {
  "tls1.0": true,
  "tls1.1": true,
  "tls1.2": true,
  "tls1.3": true,
  alpn: true,
  "client-identity": true,
  "server-identity": true,
  "identity-rsa": true,
  "identity-rsa-pss": true,
  "identity-ecdsa-p256": true,
  "identity-ecdsa-p384": true,
  "identity-ecdsa-p521": true,
  "identity-ed25519": true,
  "identity-ed448": true,
  // OpenSSL 3.5 brought it: Node 24 has it, Node 22 has not.
  "identity-ml-dsa": { probe: mlDsa },
  "identity-critical-extension": true,
  "server-client-auth-request": true,
  "server-client-auth-require": true,
  "client-peer-chain": true,
  "server-peer-chain": { probe: serverPeerChain },
  "client-skip-verification": true,
  "server-skip-verification": true,
  "client-start-tls": true,
  "server-start-tls": true,
};

function mlDsa(): CapabilityState {
  try {
    (generateKeyPairSync as (type: string) => unknown)("ml-dsa-44");
    return true;
  } catch {
    return {
      reason: `Node ${process.versions.node} with OpenSSL ${process.versions.openssl} has no ML-DSA.`,
      alternative: "Use Node 24 or later, or an ECDSA identity.",
    };
  }
}

/** Measured: 24.21.0 hides them; 22.12, 22.23, 24.0 to 24.20, 25.0, 26.0 and 26.10 do not. */
function serverPeerChain(): CapabilityState {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major !== 24 || minor < 21) return true;
  return {
    reason: `Node ${process.versions.node} shows a server only the first of the certificates that a client sent.`,
    alternative: "Add the intermediate certificates to trustRoot, or use another version of Node.",
  };
}
