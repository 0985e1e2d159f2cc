// What node:tls can do on Node 22, 24 and 26. Declared present: proven on the wire by the conformance cases.

import { generateKeyPairSync } from "node:crypto";
import { createSecureContext, type SecureContextOptions } from "node:tls";
import { type Capabilities, type CapabilityState, frozenCapabilities } from "@tlskit/options";

/** The table for the Node that is running. */
export const capabilities: Capabilities = frozenCapabilities({
  "tls1.0": true,
  "tls1.1": true,
  "tls1.2": true,
  "tls1.3": true,
  "ciphers-tls1.2": true,
  "ciphers-tls1.3": true,
  "cipher-security-level": true,
  groups: true,
  // OpenSSL 3.5 brought them.
  "group-x25519-ml-kem-768": { probe: () => contextTakes({ ecdhCurve: "X25519MLKEM768" }, "X25519MLKEM768") },
  "group-p256-ml-kem-768": { probe: () => contextTakes({ ecdhCurve: "SecP256r1MLKEM768" }, "SecP256r1MLKEM768") },
  "group-p384-ml-kem-1024": { probe: () => contextTakes({ ecdhCurve: "SecP384r1MLKEM1024" }, "SecP384r1MLKEM1024") },
  "group-x448": true,
  "group-ffdhe": true,
  "client-signature-algorithms": true,
  "server-signature-algorithms": true,
  "signature-rsa-pss-pss": true,
  "signature-ed448": true,
  "signature-ml-dsa": { probe: () => contextTakes({ sigalgs: "mldsa44" }, "ML-DSA") },
  "dh-parameters": true,
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
  "server-name-identities": true,
  "client-sessions": true,
  "server-sessions": true,
  "server-sessions-by-name": true,
  "server-ticket-secret": true,
  "client-ocsp-staple": true,
  "server-ocsp-staple": true,
  "client-key-log": true,
  "server-key-log": true,
  "key-exporter": true,
  "client-start-tls": true,
  "server-start-tls": true,
});

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

function contextTakes(options: SecureContextOptions, name: string): CapabilityState {
  try {
    createSecureContext(options);
    return true;
  } catch {
    return {
      reason: `Node ${process.versions.node} with OpenSSL ${process.versions.openssl} has no ${name}.`,
      alternative: "Use a version of Node with OpenSSL 3.5, or choose another.",
    };
  }
}

/** Measured: 24.21.0 hides them; 22.12, 22.23, 24.0 to 24.20, 25.0, 26.0 and 26.10 do not. */
function serverPeerChain(): CapabilityState {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major !== 24 || minor < 21) return true;
  return {
    reason: `Node ${process.versions.node} shows a server only the first of the certificates that a client sent.`,
    alternative: "Give the intermediates of your clients in clientIntermediates, or use another version of Node.",
  };
}
