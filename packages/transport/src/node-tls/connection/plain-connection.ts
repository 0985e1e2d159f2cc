// A connection in clear, to be made TLS by agreement (STARTTLS).

import type { Socket } from "node:net";
import type { Role } from "@tlskit/options";
import type { PeerAddress } from "@tlskit/verify";
import type { ReferenceIdentity } from "@tlskit/verify/identity";
import type { Connection, PlainConnection, UpgradeOptions } from "../../contract.ts";
import { mapNativeError } from "../native/native-error.ts";
import { ChannelConnection, type ShownConnection } from "./channel-connection.ts";
import { closedError, invalidState } from "./channel-error.ts";
import { ignoreLateErrors, socketItself } from "./raw-socket.ts";

/** Does what `startTls` does, with what `connect` or `listen` was given as defaults. */
export type Upgrade = (plain: SocketConnection, options: UpgradeOptions) => Promise<Connection>;

/** What was dialled. */
export interface Dialled {
  /** The name that the server is to have, unless the options say another. A UNIX socket has none. */
  readonly name: ReferenceIdentity | undefined;
  readonly peer: PeerAddress;
}

/** A socket taken out of a {@link SocketConnection}. */
export interface DetachedSocket {
  readonly socket: Socket;
  /** What was received and not read. */
  readonly received: readonly Uint8Array[];
}

/** What a plain connection is made of. */
export interface SocketConnectionParts {
  readonly socket: Socket;
  readonly role: Role;
  readonly dialled?: Dialled;
  readonly upgrade: Upgrade;
}

/** See the head of this file. */
export class SocketConnection extends ChannelConnection implements PlainConnection {
  readonly encrypted = false;
  readonly role: Role;
  readonly #dialled: Dialled | undefined;
  readonly #socket: Socket;
  readonly #upgrade: Upgrade;

  constructor({ socket, role, dialled, upgrade }: SocketConnectionParts) {
    ignoreLateErrors(socket);
    super({ socket, underneath: socketItself(socket), mapError: (error) => mapNativeError(error, { during: "open" }) });
    this.role = role;
    this.#dialled = dialled;
    this.#socket = socket;
    this.#upgrade = upgrade;
    Object.freeze(this);
  }

  /** Not a field: connections are printed. */
  get dialled(): Dialled | undefined {
    return this.#dialled;
  }

  async startTls(options: UpgradeOptions = {}): Promise<Connection> {
    return this.#upgrade(this, options);
  }

  protected get shownAs(): ShownConnection {
    return { name: "PlainConnection", role: this.role, attributes: {} };
  }

  /**
   * Takes the socket out. Nothing may be under way: a read would swallow the beginning of TLS, and a locked stream
   * belongs to someone (TRN-07).
   *
   * @param method who asks, for the error
   * @throws {TransportError} `INVALID_STATE`; `CONNECTION_CLOSED` if the peer has ended: no handshake can succeed
   */
  detach(method: string): DetachedSocket {
    if (this.channel.isDetached) throw invalidState(method, "a connection that has not become TLS");
    if (this.hasLockedStream) throw invalidState(method, "streams that are not locked");
    if (this.channel.hasEnded) throw closedError(method);
    if (this.channel.isOver) throw invalidState(method, "a connection that is open both ways");
    if (this.channel.isBusy) throw invalidState(method, "that no read or write is pending");
    return { socket: this.#socket, received: this.channel.detach() };
  }
}
