// What node:tls of Deno can do. Declared present: proven on the wire by the conformance cases; declared absent: refused.

import { type Capabilities, type CapabilityGap, frozenCapabilities } from "@tlskit/options";

/** The table for Deno, measured on 2.9.6. */
export const capabilities: Capabilities = frozenCapabilities({
  "tls1.0": tooOld("TLS 1.0"),
  "tls1.1": tooOld("TLS 1.1"),
  "tls1.2": true,
  "tls1.3": true,
  "ciphers-tls1.2": fixed("cipher suites", "acceptableCiphers"),
  "ciphers-tls1.3": fixed("cipher suites", "acceptableCiphers"),
  "cipher-security-level": fixed("cipher suites", "acceptableCiphers"),
  groups: fixed("groups", "groups"),
  "group-x25519-ml-kem-768": true,
  "group-p256-ml-kem-768": noSuchGroup("SecP256r1MLKEM768"),
  "group-p384-ml-kem-1024": noSuchGroup("SecP384r1MLKEM1024"),
  "group-x448": noSuchGroup("X448"),
  "group-ffdhe": noSuchGroup("finite-field groups"),
  "client-signature-algorithms": fixed("signature schemes", "signatureAlgorithms"),
  "server-signature-algorithms": fixed("signature schemes", "signatureAlgorithms"),
  "signature-rsa-pss-pss": noSuchKey("RSASSA-PSS"),
  "signature-ed448": noSuchKey("Ed448"),
  "signature-ml-dsa": noSuchKey("ML-DSA"),
  "dh-parameters": {
    reason: "Deno's TLS library has no DHE suites.",
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
  "server-name-identities": true,
  "client-sessions": {
    reason: "Deno does not say whether a session was resumed.",
    alternative: "Leave sessions out: every connection makes a full handshake.",
  },
  "server-sessions": {
    reason: "Deno's servers resume sessions as they like, and nothing about it can be chosen.",
    alternative: "Leave sessions out.",
  },
  "server-sessions-by-name": {
    reason: "Deno's servers resume sessions as they like, and nothing about it can be chosen.",
    alternative: "Leave sessions out.",
  },
  "server-ticket-secret": {
    reason: "Deno does not let the keys of tickets be chosen.",
    alternative: "Leave sessions out.",
  },
  "client-ocsp-staple": {
    reason: "Deno does not show what the server stapled.",
    alternative: "Give CRLs or OCSP responses in revocation, or a function that fetches them.",
  },
  "server-ocsp-staple": {
    reason: "Deno cannot staple.",
    alternative: "Leave it out: clients can ask the responder that the certificate names.",
  },
  "client-key-log": noKeyLog(),
  "server-key-log": noKeyLog(),
  "key-exporter": {
    reason: "Deno has no exporter of key material.",
    alternative: "Run the program on Node or Bun.",
  },
  "client-start-tls": true,
  "server-start-tls": true,
});

/** Rustls, on which Deno stands, begins with TLS 1.2. */
function tooOld(name: string): CapabilityGap {
  return { reason: `Deno's TLS library does not have ${name}.`, alternative: "Use TLS 1.2 or later." };
}

/** Deno takes the option, and does what it always does. */
function fixed(what: string, option: string): CapabilityGap {
  return {
    reason: `Deno's TLS library always has its own ${what}, all of them modern, and takes no others.`,
    alternative: `Leave ${option} out, or run the program on Node or Bun.`,
  };
}

function noSuchGroup(name: string): CapabilityGap {
  return { reason: `Deno's TLS library has no ${name}.`, alternative: "Leave groups out." };
}

/** Deno listens with them, and every handshake fails. */
function noSuchKey(name: string): CapabilityGap {
  return {
    reason: `Deno's TLS library cannot use ${name} keys.`,
    alternative: "Use an ECDSA (P-256), Ed25519 or RSA identity.",
  };
}

function noKeyLog(): CapabilityGap {
  return {
    reason: "Deno does not show the secrets of a connection.",
    alternative: "Log the keys at the other end.",
  };
}
