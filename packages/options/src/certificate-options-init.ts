import type { ReloadingTrust, TrustRoot } from "@tlskit/trust";
import type { VerificationProfile } from "@tlskit/verify";
import type { Certificate, PrivateCertificate } from "@tlskit/x509";
import type { KeyLog } from "./checks/key-log-option.ts";
import type { OcspStaple } from "./checks/ocsp-staple-option.ts";
import type { RevocationOption } from "./checks/revocation-option.ts";
import type { ServerNameIdentities } from "./checks/server-names.ts";
import type { SessionOptions } from "./checks/session-options.ts";
import type { AcceptableCiphers, CipherSelector } from "./ciphers/acceptable-ciphers.ts";
import type { DiffieHellmanParameters } from "./key-exchange/diffie-hellman-parameters.ts";
import type { FfdheName } from "./key-exchange/ffdhe.ts";
import type { KeyExchangeGroup } from "./key-exchange/groups.ts";
import type { SignatureScheme } from "./key-exchange/signature-schemes.ts";
import type { NegotiableTLSVersion, TLSVersion } from "./tls-version.ts";

/** Who may vouch for the peer: a set, one that follows its source, one certificate, several, or by name the system's own store (TRU-07). */
export type TrustRootOption = TrustRoot | ReloadingTrust | Certificate | readonly Certificate[] | "platform";

/** Which suites may be negotiated: a selection, an OpenSSL cipher string, or a selector of one's own (OPT-27). */
export type AcceptableCiphersOption = AcceptableCiphers | string | CipherSelector["selectCiphers"];

/** At most one minimum (OPT-23): to raise it is harmless, to lower it is not. */
export type MinimumVersionOptions = LoweredMinimum | RaisedMinimum;

/** A minimum below the default. */
export interface LoweredMinimum {
  readonly raiseMinimumTo?: undefined;
  /** The oldest version to negotiate, whatever it is (OPT-19). Below TLS 1.2 it leaves a warning. */
  readonly insecurelyLowerMinimumTo?: NegotiableTLSVersion | undefined;
}

/** A minimum above the default, or the default. */
export interface RaisedMinimum {
  /** The oldest version to negotiate; never lowers the default, TLS 1.2 (OPT-18). */
  readonly raiseMinimumTo?: TLSVersion | undefined;
  readonly insecurelyLowerMinimumTo?: undefined;
}

/** Who is asked for a certificate, who vouches for it, and how it is verified, if at all. */
export type PeerOptions = NobodyAsked | UnverifiedClients | UnverifiedPeer | VerifiedClients | VerifiedPeer;

/** A server that asks no client for a certificate: nothing is left to verify. */
export interface NobodyAsked extends NothingToVerify {
  readonly clientAuth: "none";
  readonly trustRoot?: never;
  readonly dangerouslySkipVerification?: false | undefined;
}

/** A server that asks for client certificates, and takes whatever comes. */
export interface UnverifiedClients extends SkippingOptions {
  readonly clientAuth: "request" | "require";
  readonly trustRoot?: never;
  /** Nothing was verified that could be verified again. */
  readonly sessions?: false | undefined;
}

/** A client, or a server by its defaults, without verification. */
export interface UnverifiedPeer extends SkippingOptions {
  readonly clientAuth?: undefined;
  readonly trustRoot?: never;
}

/** A server that asks for client certificates: to do so takes someone who vouches for them (OPT-06). */
export interface VerifiedClients extends VerifyingOptions {
  /** With `"request"` no certificate is fine, a bad one is not (OPT-07). */
  readonly clientAuth: "request" | "require";
  /** Who may vouch for clients. */
  readonly trustRoot: TrustRootOption;
  /** What clients have presented is kept in the process: their tickets are good for it alone. */
  readonly sessions?: boolean | (SessionOptions & { readonly ticketSecret?: undefined }) | undefined;
}

/** A client, or a server by its defaults. */
export interface VerifiedPeer extends VerifyingOptions {
  /**
   * Whether a server asks for a client certificate. Default: `"require"` if there is a `trustRoot`, as in Twisted
   * (OPT-06), else `"none"`. With `"request"` no certificate is fine, a bad one is not (OPT-07).
   */
  readonly clientAuth?: undefined;
  /**
   * Default for clients: the system's store (CLI-12); a server without it asks no client for a certificate.
   * `undefined` is refused, because a variable that nobody has set must not let everybody in: write `"platform"` for
   * the system's store, or leave it out.
   */
  readonly trustRoot?: TrustRootOption;
}

/** Verification of a server, or none. */
export type ClientVerificationOptions = UnverifiedServer | VerifiedServer;

/** A server that is not verified. */
export interface UnverifiedServer extends SkippingOptions {
  readonly trustRoot?: undefined;
}

/** A server that is verified. */
export interface VerifiedServer extends VerifyingOptions {
  /** Default: the system's store (CLI-12). */
  readonly trustRoot?: TrustRootOption | undefined;
}

/** How the peer is verified. */
export interface VerifyingOptions {
  /**
   * For servers: untrusted intermediates for our verifier, besides those that a client shows. Needed where the runtime
   * hides what a client sends with its certificate (Node 24.21); it looks at that itself. For clients that send none
   * give them as `intermediates` of a TrustRoot, from where the runtime gets them as well.
   */
  readonly clientIntermediates?: readonly Certificate[] | undefined;
  /** The largest number of intermediate certificates in the peer's path; default 9 (OPT-08). */
  readonly verifyDepth?: number | undefined;
  /** How formal the verifier is; default `"compatible"`. */
  readonly profile?: VerificationProfile | undefined;
  /** What is done about revoked certificates; default: nothing. By our verifier, from what is given, stapled or fetched. */
  readonly revocation?: RevocationOption | undefined;
  readonly dangerouslySkipVerification?: false | undefined;
}

/** That the peer is not verified. */
export interface SkippingOptions extends NothingToVerify {
  /** Takes whatever certificate the peer shows: anyone on the path can read and change everything. Leaves a trace. */
  readonly dangerouslySkipVerification: true;
}

/** What means nothing where nothing is verified. */
export interface NothingToVerify {
  readonly clientIntermediates?: undefined;
  readonly verifyDepth?: undefined;
  readonly profile?: undefined;
  readonly revocation?: undefined;
}

/** What has no conditions. */
export interface UnconditionalOptions {
  /** Our certificate with its key and chain: a server's own, or a client's for servers that ask for one. */
  readonly identity?: PrivateCertificate | undefined;
  /**
   * For servers: the identity by the name that the client asks for (OPT-49). `identity` is for all other names, and for
   * clients that send none; without it they are refused.
   */
  readonly contextForServerName?: ServerNameIdentities | undefined;
  /**
   * Resumption; default: none. A client resumes only what it verifies again, by the chain it has kept, under the present
   * options. So does a server with what it has kept of its clients, in memory: each process resumes its own sessions only.
   */
  readonly sessions?: boolean | SessionOptions | undefined;
  /** For servers: the OCSP response about our certificate, for clients that ask for it. */
  readonly ocspStaple?: OcspStaple | undefined;
  /** Writes the secrets of each connection down: whoever reads them can read everything. Leaves a trace. */
  readonly dangerouslyLogKeys?: KeyLog | undefined;
  /** The newest version to negotiate, included (OPT-20). */
  readonly lowerMaximumSecurityTo?: NegotiableTLSVersion | undefined;
  /**
   * The cipher suites that may be negotiated, the most preferred first; a server's order counts. Suites that the runtime
   * does not have are passed over (OPT-31). Default: those of Mozilla's intermediate configuration (OPT-26).
   */
  readonly acceptableCiphers?: AcceptableCiphersOption | undefined;
  /** The groups for key exchange, the most preferred first (OPT-34). Default: X25519MLKEM768, X25519, P-256, P-384, P-521. */
  readonly groups?: readonly KeyExchangeGroup[] | undefined;
  /** The signature schemes for handshakes, the most preferred first. Default: all but those with SHA-1. */
  readonly signatureAlgorithms?: readonly SignatureScheme[] | undefined;
  /** For servers with DHE suites of TLS 1.2, which are off without it (OPT-33); a group of RFC 7919 by its name. */
  readonly dhParameters?: DiffieHellmanParameters | FfdheName | undefined;
}

/** ALPN. */
export type ProtocolOptions = MandatoryProtocol | OptionalProtocol;

/** Any protocol, or none. */
export interface OptionalProtocol {
  /** Application protocols (ALPN), the most preferred first; empty: none (OPT-42). */
  readonly acceptableProtocols?: readonly string[] | undefined;
  readonly requireProtocol?: false | undefined;
}

/** A protocol that must be negotiated. */
export interface MandatoryProtocol {
  /** Application protocols (ALPN), the most preferred first. */
  readonly acceptableProtocols: readonly string[];
  /** Refuses a connection that has not negotiated this protocol, or, with `true`, any of `acceptableProtocols`. */
  readonly requireProtocol: string | true;
}

/**
 * What {@link CertificateOptions} are made of. Contradictions are type errors, and errors at run time. Compilers tell what is
 * missing by the last alternative of each: the most usual one.
 */
export type CertificateOptionsInit = UnconditionalOptions & MinimumVersionOptions & ProtocolOptions & PeerOptions;
