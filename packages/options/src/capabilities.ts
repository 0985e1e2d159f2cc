/**
 * The vocabulary in which an adapter says what its runtime can really do. Every adapter has one {@link Capabilities}
 * table with a row for every name here; a name added to the vocabulary makes each table a type error until it answers.
 */
import { shownText } from "./input/describe-value.ts";
import { wrongType } from "./input/wrong-value.ts";

const VOCABULARY = {
  "tls1.0": "TLS 1.0 can be negotiated",
  "tls1.1": "TLS 1.1 can be negotiated",
  "tls1.2": "TLS 1.2 can be negotiated",
  "tls1.3": "TLS 1.3 can be negotiated",
  "ciphers-tls1.2": "the cipher suites of TLS 1.2 and older can be chosen, in order",
  "ciphers-tls1.3": "the cipher suites of TLS 1.3 can be chosen",
  "cipher-security-level": "OpenSSL's security level can be set by @SECLEVEL=n in a cipher string",
  groups: "the groups for key exchange can be chosen: X25519, P-256, P-384, P-521",
  "group-x25519-ml-kem-768": "keys can be exchanged by X25519MLKEM768, which resists quantum computers",
  "group-p256-ml-kem-768": "keys can be exchanged by SecP256r1MLKEM768",
  "group-p384-ml-kem-1024": "keys can be exchanged by SecP384r1MLKEM1024",
  "group-x448": "keys can be exchanged by X448",
  "group-ffdhe": "keys can be exchanged by the finite-field groups of RFC 7919 in TLS 1.3",
  "client-signature-algorithms": "a client can choose the signature schemes",
  "server-signature-algorithms": "a server can choose the signature schemes",
  "signature-rsa-pss-pss": "the schemes for RSASSA-PSS keys can be chosen",
  "signature-ed448": "the scheme ed448 can be chosen",
  "signature-ml-dsa": "the schemes of ML-DSA can be chosen",
  "dh-parameters": "a server can offer DHE suites of TLS 1.2 with parameters of its own",
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
    "an identity can have a critical extension other than keyUsage, extendedKeyUsage, subjectAltName, basicConstraints, nameConstraints and crlDistributionPoints",
  "server-client-auth-request": "a server can ask for a client certificate and accept a client without one",
  "server-client-auth-require": "a server can insist on a client certificate",
  "client-peer-chain": "a client sees every certificate that the server sent",
  "server-peer-chain": "a server sees every certificate that the client sent",
  "client-skip-verification": "a client can connect to a server that nothing vouches for",
  "server-skip-verification": "a server can accept a client certificate that nothing vouches for",
  "server-name-identities": "a server can have another certificate for each name that clients ask for (SNI)",
  "client-sessions": "a client can resume sessions",
  "server-sessions": "a server can issue tickets, and resume the sessions in them",
  "server-sessions-by-name": "a session is resumed only under the name for which it was made",
  "server-ticket-secret": "the processes of one service can share the keys of tickets",
  "client-ocsp-staple": "a client can ask for a stapled OCSP response, and sees it",
  "server-ocsp-staple": "a server can staple an OCSP response",
  "client-key-log": "a client can write down the secrets of its connections, for debugging",
  "server-key-log": "a server can write down the secrets of its connections, for debugging",
  "key-exporter": "keys can be derived from a connection (RFC 5705, RFC 8446 section 7.5)",
  "client-start-tls": "a client can turn a plain connection into TLS",
  "server-start-tls": "a server can turn a plain connection into TLS",
} as const;

/** Every capability, with what its presence means. The tables of the documentation are made from this. */
export const CAPABILITIES: typeof VOCABULARY = /* @__PURE__ */ Object.freeze(VOCABULARY);

/** The name of a capability. */
export type CapabilityName = keyof typeof CAPABILITIES;

/** A capability that is absent: why, and what to do instead, each a sentence for people. */
export interface CapabilityGap {
  /** Why it cannot be done here: a sentence. */
  readonly reason: string;
  /** What to do instead: a sentence. */
  readonly alternative: string;
}

/** What is known of a capability: present, or absent with a reason. */
export type CapabilityState = true | CapabilityGap;

/** A row of the table; a probe runs once, when first asked for, because versions of one runtime differ. */
export type Capability = CapabilityState | { readonly probe: () => CapabilityState };

/** What one adapter can do on its runtime: the whole table. */
export type Capabilities = Readonly<Record<CapabilityName, Capability>>;

/**
 * A table as adapters export it: nobody can write to it, nor to its rows, and so talk a runtime into what it cannot do.
 *
 * @throws OptionsError OPTION_TYPE_INVALID for a row that is missing, or that is neither state nor probe
 * @example
 * export const capabilities: Capabilities = frozenCapabilities({ alpn: true, … });
 */
export function frozenCapabilities(table: Capabilities): Capabilities {
  for (const name of Object.keys(CAPABILITIES) as CapabilityName[]) Object.freeze(rowOf(table, name));
  return Object.freeze(table);
}

/** What became of each probe. A probe belongs to one table, so its object is the key. */
const probed = new WeakMap<object, CapabilityState>();

/**
 * The state of one capability; runs its probe if it has one and has not run yet. An exception of the probe is the
 * caller's to see: it is not taken for an answer, and the probe runs again the next time.
 *
 * @throws OptionsError OPTION_TYPE_INVALID for what is no table, has no such row, or no answer in it
 * @example
 * if (capabilityState(capabilities, "alpn") !== true) throw new Error("no ALPN here");
 */
export function capabilityState(capabilities: Capabilities, name: CapabilityName): CapabilityState {
  const capability = rowOf(capabilities, name);
  if (capability === true || !hasProbe(capability)) return capability;
  let state = probed.get(capability);
  if (state === undefined) {
    const answer = capability.probe();
    if (!isState(answer)) throw wrongType(`capabilities[${JSON.stringify(name)}].probe()`, ROW, answer);
    state = Object.freeze(answer);
    probed.set(capability, state);
  }
  return state;
}

/** A row that is not there must not pass for a capability that is, nor for one that is not. */
function rowOf(capabilities: Capabilities, name: CapabilityName): Capability {
  if (typeof capabilities !== "object" || capabilities === null) {
    throw wrongType("capabilities", "the table of an adapter", capabilities);
  }
  const row = Object.hasOwn(capabilities, name) ? capabilities[name] : undefined;
  if (isState(row) || (typeof row === "object" && typeof row.probe === "function")) return row;
  throw wrongType(`capabilities[${JSON.stringify(shownText(String(name)))}]`, ROW, row);
}

function isState(row: Capability | undefined): row is CapabilityState {
  if (row === true) return true;
  if (typeof row !== "object" || row === null || hasProbe(row)) return false;
  return typeof row.reason === "string" && typeof row.alternative === "string";
}

const ROW = "true, or a reason and an alternative";

/** Of its own: a gap must not turn into a probe because Object.prototype has something of that name. */
function hasProbe(capability: Exclude<Capability, true>): capability is { readonly probe: () => CapabilityState } {
  return Object.hasOwn(capability, "probe");
}
