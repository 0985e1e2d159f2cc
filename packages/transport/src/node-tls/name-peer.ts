// Of the many connections of a program, which one is it that failed? What makes connections says it, once for all that can
// go wrong between the call and the verified connection.

import { type PeerAddress, peerText, VerificationError } from "@tlskit/verify";
import { type Destination, TransportError, type TransportErrorCode, type TransportErrorDetails } from "../error.ts";

/**
 * The same error, of this peer; one that names a host already, or is about no peer, is returned as it is.
 *
 * @example
 * throw namePeer(error, { host: "example.org", port: 443 }); // "example.org:443: The TLS handshake failed …"
 */
export function namePeer<E>(error: E, peer: PeerAddress | undefined): E | TransportError | VerificationError {
  if (peer === undefined) return error;
  if (VerificationError.is(error)) return error.withPeer(peer);
  if (!TransportError.is(error) || !aboutPeers.has(error.code) || "host" in error.details) return error;
  const details = { ...error.details, ...peer };
  const cause = "cause" in error ? { cause: error.cause } : {};
  return new TransportError(error.code, `${peerText(peer)}: ${error.message}`, details, cause);
}

/** The codes whose details say whom the connection was to lead to. */
type AboutPeer = {
  [C in TransportErrorCode]: keyof Destination extends keyof TransportErrorDetails[C]
    ? undefined extends TransportErrorDetails[C]["host" & keyof TransportErrorDetails[C]]
      ? C
      : never
    : never;
}[TransportErrorCode];

const codes: Readonly<Record<AboutPeer, true>> = {
  HANDSHAKE_TIMEOUT: true,
  ABORTED: true,
  CONNECTION_RESET: true,
  PEER_NOT_TLS: true,
  HANDSHAKE_ALERT: true,
  HANDSHAKE_FAILED: true,
  NO_APPLICATION_PROTOCOL: true,
  PROTOCOL_VERSION_MISMATCH: true,
  NO_COMMON_PARAMETERS: true,
  CLIENT_CERTIFICATE_REQUIRED: true,
  RUNTIME_REFUSED: true,
  PEER_CHAIN_UNAVAILABLE: true,
  PROTOCOL_ERROR: true,
  HELD_BYTES_EXCEEDED: true,
  RUNTIME_ERROR: true,
};

const aboutPeers: ReadonlySet<string> = new Set(Object.keys(codes));
