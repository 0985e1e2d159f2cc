// Verified sockets for what speaks a protocol on sockets by itself: node:http, node:http2, undici.

import type { TLSSocket } from "node:tls";
import type { ByteConnection, ConnectOptions, Listener, ListenOptions, Target } from "../contract.ts";
import { TransportError } from "../error.ts";
import { connect } from "./connect.ts";
import { listen } from "./listen.ts";
import { assertRuntime, type NodeTlsRuntime } from "./runtime.ts";
import { TlsConnection } from "./tls-connection.ts";

/** What {@link createSocketHandOver} returns. */
export interface SocketHandOver {
  /** As `connect` of a transport; what it resolves to has passed the gate, and nothing was read from it. */
  connectSocket(target: Target, options?: Omit<ConnectOptions, "secureTransport">): Promise<TLSSocket>;
  /** As `listen` of a transport. */
  listenSockets(options: Omit<ListenOptions, "secureTransport">): Promise<SocketListening>;
}

/** A listener of verified sockets. */
export interface SocketListening extends Pick<Listener, "address" | "close" | "closed"> {
  /** Hands every verified socket to `take`; resolves when the listener is closed. To be called once. */
  each(take: (socket: TLSSocket) => void): Promise<void>;
}

/**
 * Connects and listens as a transport does, with the same gate, and hands out the runtime's own sockets. From then on
 * they are the taker's: their errors are the runtime's.
 *
 * @example
 * const { connectSocket } = createSocketHandOver({ name: "node", capabilities, … });
 */
export function createSocketHandOver(transport: NodeTlsRuntime): SocketHandOver {
  const runtime = { ...transport, handsOver: true };
  return {
    connectSocket: async (target, options = {}) => {
      assertRuntime(runtime);
      return socketOf(await connect(runtime, target, options), true);
    },
    listenSockets: async (options) => {
      assertRuntime(runtime);
      const listener = await listen(runtime, options);
      return {
        address: listener.address,
        closed: listener.closed,
        close: (closing) => listener.close(closing),
        each: async (take) => {
          for await (const connection of listener) take(socketOf(connection, false));
        },
      };
    },
  };
}

/** A client that sees the server's end has nothing to add; a server may still be answering. */
function socketOf(connection: ByteConnection, isClient: boolean): TLSSocket {
  if (!(connection instanceof TlsConnection)) {
    const expected = 'a verified connection: secureTransport "on"';
    const message = `secureTransport must be ${expected}, but is "starttls".`;
    throw new TransportError("SETTING_INVALID", message, { setting: "secureTransport", expected, actual: "starttls" });
  }
  const socket = connection.handOver();
  socket.allowHalfOpen = !isClient;
  return socket;
}
