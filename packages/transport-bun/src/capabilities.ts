// What node:tls of Bun can do. Declared present: proven on the wire by the conformance cases; declared absent: refused.

import { type Capabilities, type CapabilityGap, frozenCapabilities } from "@tlskit/options";

/** The table for Bun, measured on 1.4.5. */
export const capabilities: Capabilities = frozenCapabilities({
  "tls1.0": true,
  "tls1.1": true,
  "tls1.2": true,
  "tls1.3": true,
  "ciphers-tls1.2": true,
  "ciphers-tls1.3": {
    reason: "Bun's TLS library always has its three suites of TLS 1.3, and chooses among them by itself.",
    alternative: 'Leave the suites of TLS 1.3 as they are, or set lowerMaximumSecurityTo: "TLSv1.2".',
  },
  "cipher-security-level": {
    reason: "Bun's TLS library has no security levels.",
    alternative: "Leave @SECLEVEL out, and name the suites.",
  },
  groups: true,
  "group-x25519-ml-kem-768": true,
  "group-p256-ml-kem-768": noSuchGroup("SecP256r1MLKEM768"),
  "group-p384-ml-kem-1024": noSuchGroup("SecP384r1MLKEM1024"),
  "group-x448": noSuchGroup("X448"),
  "group-ffdhe": noSuchGroup("finite-field groups"),
  "client-signature-algorithms": true,
  "server-signature-algorithms": true,
  "signature-rsa-pss-pss": noSuchKey("RSASSA-PSS"),
  "signature-ed448": noSuchKey("Ed448"),
  "signature-ml-dsa": noSuchKey("ML-DSA"),
  "dh-parameters": {
    reason: "Bun's TLS library has no DHE suites.",
    alternative: "Leave dhParameters out: ECDHE suites need none.",
  },
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
  "server-name-identities": true,
  "client-sessions": true,
  "server-sessions": true,
  "server-sessions-by-name": {
    reason: "Bun resumes a session under any name of a server.",
    alternative: "Leave sessions out on this server, or serve each name on a listener of its own.",
  },
  "server-ticket-secret": {
    reason: "Bun does not let the keys of tickets be chosen.",
    alternative: "Leave sessions.ticketSecret out: tickets are then good for the process that issued them.",
  },
  "client-ocsp-staple": {
    reason: "Bun does not show what the server stapled.",
    alternative: "Give CRLs or OCSP responses in revocation, or a function that fetches them.",
  },
  "server-ocsp-staple": {
    reason: "Bun cannot staple.",
    alternative: "Leave it out: clients can ask the responder that the certificate names.",
  },
  "client-key-log": {
    reason: "Bun shows no secrets of clients with TLS 1.3.",
    alternative: "Log the keys on the server.",
  },
  "server-key-log": true,
  "key-exporter": true,
  "client-start-tls": true,
  "server-start-tls": true,
});

/** BoringSSL, on which Bun stands, has none of these. */
function noSuchGroup(name: string): CapabilityGap {
  return {
    reason: `Bun's TLS library has no ${name}.`,
    alternative: 'Use "X25519MLKEM768", "X25519", "P-256", "P-384" or "P-521".',
  };
}

/** BoringSSL, on which Bun stands, signs handshakes with none of these. */
function noSuchKey(name: string): CapabilityGap {
  return {
    reason: `Bun's TLS library cannot use ${name} keys.`,
    alternative: "Use an ECDSA (P-256), Ed25519 or RSA identity.",
  };
}
