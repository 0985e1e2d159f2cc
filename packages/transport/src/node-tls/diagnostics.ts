// What happens, for whoever subscribes to node:diagnostics_channel (TRN-33). No payload holds a secret.

import { channel } from "node:diagnostics_channel";
import type { Role } from "@tlskit/options";
import type { Address, Connection, Negotiated, UnixAddress } from "../contract.ts";

/** `tlskit:listen`: a listener is ready. */
export interface ListenMessage {
  readonly address: Address | UnixAddress;
}

/** `tlskit:handshake`: a connection has passed the gate. */
export interface HandshakeMessage {
  readonly role: Role;
  readonly localAddress: Address | undefined;
  readonly remoteAddress: Address | undefined;
  readonly negotiated: Negotiated;
  /** The SHA-256 of the peer's certificate, in hex. */
  readonly peer: string | undefined;
}

/** `tlskit:refusal`: a handshake failed, or its peer was refused. */
export interface RefusalMessage {
  readonly role: Role;
  readonly remoteAddress: Address | undefined;
  /** A `VerificationError` with its reasons, or a `TransportError`. */
  readonly error: unknown;
}

/** `tlskit:close`: a verified connection has ended. */
export interface CloseMessage {
  readonly role: Role;
  readonly localAddress: Address | undefined;
  readonly remoteAddress: Address | undefined;
  /** What ended it; absent after an orderly end. */
  readonly error?: unknown;
}

const listening = channel("tlskit:listen");
const handshakes = channel("tlskit:handshake");
const refusals = channel("tlskit:refusal");
const closes = channel("tlskit:close");

/** Tells of a listener. */
export function publishListen(message: ListenMessage): void {
  if (listening.hasSubscribers) listening.publish(Object.freeze(message));
}

/** Tells of a refusal. */
export function publishRefusal(message: RefusalMessage): void {
  if (refusals.hasSubscribers) refusals.publish(Object.freeze(message));
}

/** Tells of a connection, and later of its end. */
export function publishConnection(connection: Connection): void {
  const { role, localAddress, remoteAddress } = connection;
  if (handshakes.hasSubscribers) {
    const { negotiated, peerCertificate } = connection;
    handshakes.publish(Object.freeze({ role, localAddress, remoteAddress, negotiated, peer: peerCertificate?.id }));
  }
  if (!closes.hasSubscribers) return;
  const ends = { role, localAddress, remoteAddress };
  connection.closed.then(
    () => closes.publish(Object.freeze(ends)),
    (error: unknown) => closes.publish(Object.freeze({ ...ends, error })),
  );
}
