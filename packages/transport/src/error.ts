// The errors of connections: one vocabulary for all runtimes, whatever a runtime's own codes and messages are.

import type { PeerAddress, VerifiedPath } from "@tlskit/verify";
import { TlsKitError } from "@tlskit/x509/error";

/** How far a connection had come. */
export type ConnectionPhase = "connect" | "handshake" | "verify" | "open";

/**
 * Whom a connection was to lead to, where this side has dialled or knows the name: a UNIX socket's path is the `host`, and
 * its port 0. Errors of listeners, and of connections that are open, do not have it: there, the connection says.
 */
export type Destination = Partial<PeerAddress>;

/** The details of each error, by its code. */
export interface TransportErrorDetails {
  /** The target is not a host with a port. */
  TARGET_INVALID: { readonly target: string; readonly reason: string };
  /** A setting of connect, listen or startTls that makes no sense; `setting` names it. */
  SETTING_INVALID: { readonly setting: string; readonly expected: string; readonly actual: string };
  /** Bytes must be a Uint8Array; something else was given (TRN-15). */
  NOT_BYTES: { readonly method: string; readonly actual: string };
  /** The name does not resolve. */
  HOST_NOT_FOUND: { readonly host: string; readonly nativeCode: string };
  /** Nothing listens there, or a firewall says so. For a UNIX socket, here and below, `host` is its path and `port` 0. */
  CONNECTION_REFUSED: { readonly host: string; readonly port: number };
  /** The network has no way to that host. */
  HOST_UNREACHABLE: { readonly host: string; readonly port: number; readonly nativeCode: string };
  /** Another socket has that address. */
  ADDRESS_IN_USE: { readonly host: string; readonly port: number };
  /** This machine does not have that address, or the process may not use it. */
  ADDRESS_UNAVAILABLE: { readonly host: string; readonly port: number; readonly nativeCode: string };
  /** The process, or the system, has no file descriptor left. */
  TOO_MANY_FILES: { readonly nativeCode: string };
  /** The connection was not open and verified within `handshakeTimeoutMs`; `during` says what took too long. */
  HANDSHAKE_TIMEOUT: Destination & { readonly timeoutMs: number; readonly during: ConnectionPhase };
  /** An AbortSignal fired, or `abort()` was called; its reason is the `cause`. */
  ABORTED: Destination & { readonly during: ConnectionPhase };
  /**
   * The peer went away without saying goodbye. On a client in TLS 1.3, as the first that is heard after the handshake,
   * this is also how a refused client certificate looks: our own servers cut the connection, without an alert.
   */
  CONNECTION_RESET: Destination & { readonly during: ConnectionPhase; readonly nativeCode?: string };
  /** What the peer sent is not TLS. */
  PEER_NOT_TLS: Destination & { readonly nativeCode: string };
  /** The peer ended the connection with this TLS alert (RFC 8446 section 6); the codes below name the common ones. */
  HANDSHAKE_ALERT: Destination & {
    readonly alert: string;
    readonly during: ConnectionPhase;
    readonly nativeCode: string;
  };
  /** The handshake failed on our side, for a reason that has no code of its own. */
  HANDSHAKE_FAILED: Destination & { readonly nativeCode: string };
  /** No application protocol in common, or none negotiated where one is required. */
  NO_APPLICATION_PROTOCOL: Destination & { readonly ours: readonly string[]; readonly nativeCode?: string };
  /** No TLS version in common. */
  PROTOCOL_VERSION_MISMATCH: Destination & { readonly nativeCode: string };
  /** No cipher suite, group or signature algorithm in common. */
  NO_COMMON_PARAMETERS: Destination & { readonly nativeCode: string };
  /**
   * The server insists on a client certificate, and said so by an alert. On a client in TLS 1.3 it comes with the first
   * read or write, because the server decides after the client's handshake (TRN-37). From servers that send no alert,
   * ours among them, comes `CONNECTION_RESET` instead.
   */
  CLIENT_CERTIFICATE_REQUIRED: Destination & { readonly during: ConnectionPhase; readonly nativeCode?: string };
  /**
   * Our verifier accepts the peer and the runtime does not: refused. `path` is what ours found; absent where the runtime
   * ended the handshake before it showed a certificate.
   */
  RUNTIME_REFUSED: Destination & { readonly nativeCode: string; readonly path?: VerifiedPath };
  /** The runtime does not take our certificate, key or options. */
  RUNTIME_REFUSED_OPTIONS: { readonly nativeCode: string };
  /** A client asked for a name (SNI) that the server has no certificate for, or for none (`""`), and there is none for all others. */
  SERVER_NAME_UNKNOWN: { readonly serverName: string };
  /** The function that chooses certificates by name failed, or answered something else than one; the `cause` says how. */
  SERVER_NAME_RESOLVER_FAILED: { readonly serverName: string };
  /** This runtime does not show the certificates that the peer sent with its own, and without them there is no path. */
  PEER_CHAIN_UNAVAILABLE: Destination & { readonly runtime: string; readonly alternative: string };
  /** A record that is not what TLS allows, after the handshake. */
  PROTOCOL_ERROR: Destination & { readonly nativeCode: string };
  /** The connection, or that half of it, is already closed. */
  CONNECTION_CLOSED: { readonly method: string };
  /** Not now: `expected` says what must hold first. */
  INVALID_STATE: { readonly method: string; readonly expected: string };
  /** Bytes in clear came after the switch to TLS was agreed; they could be an attacker's (CVE-2011-0411). */
  STARTTLS_INJECTION: { readonly byteLength: number };
  /** The peer sent more data than is allowed before it is verified. */
  HELD_BYTES_EXCEEDED: Destination & { readonly limit: number };
  /** The listener is closed. */
  LISTENER_CLOSED: { readonly method: string };
  /** This adapter is for another runtime. */
  RUNTIME_MISMATCH: { readonly expected: string; readonly actual: string; readonly alternative: string };
  /** The adapter cannot do that on its runtime. */
  RUNTIME_UNSUPPORTED: { readonly runtime: string; readonly feature: string; readonly alternative: string };
  /** An identity's file is not there. */
  IDENTITY_FILE_MISSING: { readonly option: string; readonly path: string };
  /** An identity's file cannot be read. */
  IDENTITY_FILE_UNREADABLE: { readonly option: string; readonly path: string; readonly nativeCode: string };
  /** An identity's file holds something else; the `cause` says what is wrong and where. */
  IDENTITY_FILE_INVALID: { readonly option: string; readonly path: string };
  /** The runtime reports an error for which this package has no code. */
  RUNTIME_ERROR: Destination & { readonly nativeCode: string; readonly during: ConnectionPhase };
}

/** The stable codes of this package's errors. */
export type TransportErrorCode = keyof TransportErrorDetails;

/** The union over all codes, so that `switch (error.code)` narrows `error.details`. */
export type AnyTransportError = { [C in TransportErrorCode]: TransportError<C> }[TransportErrorCode];

/**
 * What went wrong with a connection or a listener. A peer whose certificate is refused by our verifier is a
 * `VerificationError` instead, which carries the reasons and the chain.
 *
 * @example
 * try { await connect("example.com:443") } catch (error) {
 *   if (TransportError.is(error) && error.code === "HANDSHAKE_ALERT") console.log(error.details.alert);
 *   else throw error;
 * }
 */
export class TransportError<C extends TransportErrorCode = TransportErrorCode> extends TlsKitError<
  C,
  TransportErrorDetails[C]
> {
  override get name(): string {
    return "TransportError";
  }

  /** Whether `value` is an error of this package, also of another copy of it. */
  static override is(value: unknown): value is AnyTransportError {
    return TlsKitError.is(value) && value.name === "TransportError";
  }
}
