/**
 * The vocabulary in which an adapter says what its runtime can really do. Every adapter has one {@link Capabilities}
 * table with a row for every name here; a name added to the vocabulary makes each table a type error until it answers.
 */

/** Every capability, with what its presence means. The tables of the documentation are made from this. */
export const CAPABILITIES = {
  "tls1.0": "TLS 1.0 can be negotiated",
  "tls1.1": "TLS 1.1 can be negotiated",
  "tls1.2": "TLS 1.2 can be negotiated",
  "tls1.3": "TLS 1.3 can be negotiated",
  alpn: "application protocols can be negotiated, and a server without a common one refuses the client",
  "client-identity": "a client can present a certificate with its chain",
  "server-identity": "a server can present a certificate with its chain",
  "identity-rsa": "an identity can have an RSA key",
  "identity-rsa-pss": "an identity can have an RSASSA-PSS key",
  "identity-ecdsa-p256": "an identity can have a P-256 key",
  "identity-ecdsa-p384": "an identity can have a P-384 key",
  "identity-ecdsa-p521": "an identity can have a P-521 key",
  "identity-ed25519": "an identity can have an Ed25519 key",
  "identity-ed448": "an identity can have an Ed448 key",
  "identity-ml-dsa": "an identity can have an ML-DSA key",
  "identity-critical-extension":
    "an identity can have a critical extension other than keyUsage, extendedKeyUsage, subjectAltName, basicConstraints, nameConstraints and cRLDistributionPoints",
  "server-client-auth-request": "a server can ask for a client certificate and accept a client without one",
  "server-client-auth-require": "a server can insist on a client certificate",
  "client-peer-chain": "a client sees every certificate that the server sent",
  "server-peer-chain": "a server sees every certificate that the client sent",
  "client-skip-verification": "a client can connect to a server that nothing vouches for",
  "server-skip-verification": "a server can accept a client certificate that nothing vouches for",
  "client-start-tls": "a client can turn a plain connection into TLS",
  "server-start-tls": "a server can turn a plain connection into TLS",
} as const;

/** The name of a capability. */
export type CapabilityName = keyof typeof CAPABILITIES;

/** A capability that is absent: why, and what to do instead, each a sentence for people. */
export interface CapabilityGap {
  readonly reason: string;
  readonly alternative: string;
}

/** What is known of a capability: present, or absent with a reason. */
export type CapabilityState = true | CapabilityGap;

/** A row of the table; a probe runs once, when first asked for, because versions of one runtime differ. */
export type Capability = CapabilityState | { readonly probe: () => CapabilityState };

/** What one adapter can do on its runtime: the whole table. */
export type Capabilities = Readonly<Record<CapabilityName, Capability>>;

/** What became of each probe. A probe belongs to one table, so its object is the key. */
const probed = new WeakMap<object, CapabilityState>();

/**
 * The state of one capability; runs its probe if it has one and has not run yet. An exception of the probe is the
 * caller's to see: it is not taken for an answer, and the probe runs again the next time.
 *
 * @example
 * if (capabilityState(capabilities, "alpn") !== true) throw new Error("no ALPN here");
 */
export function capabilityState(capabilities: Capabilities, name: CapabilityName): CapabilityState {
  const capability = capabilities[name];
  if (capability === true || !hasProbe(capability)) return capability;
  let state = probed.get(capability);
  if (state === undefined) {
    state = capability.probe();
    probed.set(capability, state);
  }
  return state;
}

/** Of its own: a gap must not turn into a probe because Object.prototype has something of that name. */
function hasProbe(capability: Exclude<Capability, true>): capability is { readonly probe: () => CapabilityState } {
  return Object.hasOwn(capability, "probe");
}
