import type { ReloadingTrust, TrustRoot } from "@tlskit/trust";
import type { VerificationProfile } from "@tlskit/verify";
import type { Certificate, PrivateCertificate } from "@tlskit/x509";
import type { KeyLog } from "../checks/key-log-option.ts";
import type { CheckedOcspStaple } from "../checks/ocsp-staple-option.ts";
import type { ClientAuth } from "../checks/option-values.ts";
import type { CheckedRevocation } from "../checks/revocation-option.ts";
import type { CheckedServerNames } from "../checks/server-names.ts";
import type { CheckedSessions } from "../checks/session-options.ts";
import type { DiffieHellmanParameters } from "../key-exchange/diffie-hellman-parameters.ts";
import type { KeyExchangeGroup } from "../key-exchange/groups.ts";
import type { SignatureScheme } from "../key-exchange/signature-schemes.ts";
import type { NegotiableTLSVersion } from "../tls-version.ts";

/** The side of a connection that options are compiled for. */
export type Role = "client" | "server";

/** Something weakened on purpose. The adapter emits each `code` as a warning, once per process. */
export interface OptionsWarning {
  readonly code:
    | "DANGEROUSLY_SKIPS_VERIFICATION"
    | "INSECURE_TLS_VERSION"
    | "WEAK_CIPHERS"
    | "LOW_SECURITY_LEVEL"
    | "DANGEROUSLY_LOGS_KEYS"
    | "CHAIN_REPEATS_LEAF";
  /** The option that did it. */
  readonly path: string;
  /** A sentence for people. */
  readonly message: string;
}

/** The cipher suites to be set, by OpenSSL's names, the most preferred first. */
export interface CompiledCiphers {
  /** For TLS 1.3; `undefined` where the runtime's own are used, which are all of the kind that is wanted. */
  readonly tls13: readonly string[] | undefined;
  /** For TLS 1.2 and older; empty if there is only TLS 1.3. */
  readonly tls12: readonly string[];
  /** OpenSSL's security level, where the runtime has such a thing; `undefined`: its own. */
  readonly securityLevel: number | undefined;
}

/** What an adapter needs of the options, for one role: plain frozen data, complete, every contradiction removed. */
export interface CompiledOptions {
  readonly role: Role;
  /** The oldest version to negotiate. */
  readonly minVersion: NegotiableTLSVersion;
  /** The newest version to negotiate. */
  readonly maxVersion: NegotiableTLSVersion;
  /** The cipher suites; `undefined` where the runtime's own selection cannot be changed, and nobody asked for that. */
  readonly ciphers: CompiledCiphers | undefined;
  /** The groups for key exchange, the most preferred first; `undefined` as with `ciphers`. */
  readonly groups: readonly KeyExchangeGroup[] | undefined;
  /** The signature schemes for handshakes, the most preferred first; `undefined` as with `ciphers`. */
  readonly signatureAlgorithms: readonly SignatureScheme[] | undefined;
  /** The group for DHE suites; servers only. */
  readonly dhParameters: DiffieHellmanParameters | undefined;
  /** Application protocols, the most preferred first; empty: none are offered. */
  readonly alpn: readonly string[];
  /** Not empty: a connection that has not negotiated one of these must be refused. */
  readonly requireProtocol: readonly string[];
  /** Our certificate, its key and its chain; a server without one has identities for names. */
  readonly identity: PrivateCertificate | undefined;
  /** For servers: finds the identity for the name that a client asks for; `identity` is for all others. */
  readonly contextForServerName: CheckedServerNames | undefined;
  /** Whether the peer's certificate is verified at all: on a server that asks for none, and with `skipVerification`, it is not. */
  readonly verifyPeer: boolean;
  /** Who may vouch for the peer; `"platform"`: the result of `platformTrust()`. Without `verifyPeer`: the empty set. */
  readonly trust: TrustRoot | ReloadingTrust | "platform";
  /** For servers; on clients always `"none"`. */
  readonly clientAuth: ClientAuth;
  /** For servers: untrusted certificates for our verifier, besides those that a client has shown. */
  readonly clientIntermediates: readonly Certificate[];
  /** The largest number of intermediate certificates in a path: `maxDepth` of `verifyPath`. */
  readonly verifyDepth: number;
  /** For `verifyPath`. */
  readonly profile: VerificationProfile;
  /** What is done about revoked certificates of the peer; `undefined`: nothing. */
  readonly revocation: CheckedRevocation | undefined;
  /** Whether a client asks for a stapled OCSP response. */
  readonly requestStaple: boolean;
  /** Resumption; `undefined`: none. */
  readonly sessions: CheckedSessions | undefined;
  /** For servers: gives what is stapled. */
  readonly ocspStaple: CheckedOcspStaple | undefined;
  /** Where the secrets of connections go. */
  readonly keyLog: KeyLog | undefined;
  /** `dangerouslySkipVerification`: the peer's certificate is asked for, but nothing is verified. Connections show it. */
  readonly skipVerification: boolean;
  /** What was weakened on purpose; to be emitted by the adapter, each code once per process. */
  readonly warnings: readonly OptionsWarning[];
}
