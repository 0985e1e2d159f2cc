// Verified sockets for what speaks a protocol on sockets by itself: node:http, node:http2, undici.

import type { Duplex } from "node:stream";
import type {
  Address,
  ByteConnection,
  Connection,
  ConnectOptions,
  Listener,
  ListenOptions,
  Target,
  UnixAddress,
  UnixListenOptions,
} from "../contract.ts";
import { connect } from "./client/connect.ts";
import { ConnectionDuplex } from "./connection/connection-duplex.ts";
import type { TlsConnection } from "./connection/tls-connection.ts";
import { mapNativeError } from "./native/native-error.ts";
import { assertRuntime, type NodeTlsRuntime } from "./runtime.ts";
import { listen } from "./server/listen.ts";
import { invalid } from "./settings/setting-error.ts";
import { uncaught } from "./uncaught.ts";

/** What is known of the peer of a socket that was handed over. */
export type VerifiedPeer = Pick<
  Connection,
  | "role"
  | "peerCertificate"
  | "peerChain"
  | "verifiedPath"
  | "dangerouslyUnverified"
  | "localCertificate"
  | "negotiated"
>;

/** A `tls.TLSSocket`; where the runtime's own cannot be paused, a duplex stream that has of it what HTTP uses. */
export type VerifiedSocket = Duplex & {
  readonly alpnProtocol: string | false | null;
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
};

/** What {@link createSocketHandOver} returns. */
export interface SocketHandOver {
  /** As `connect` of a transport; what it resolves to has passed the gate, and nothing was read from it. */
  connectSocket(target: Target, options?: Omit<ConnectOptions, "secureTransport">): Promise<VerifiedSocket>;
  /**
   * As `listen` of a transport.
   *
   * @param method whose options they are, for errors
   */
  listenSockets(
    options: Omit<ListenOptions, "secureTransport"> | Omit<UnixListenOptions, "secureTransport">,
    method?: string,
  ): Promise<SocketListening>;
}

/** A listener of verified sockets. */
export interface SocketListening
  extends Pick<Listener<Connection, Address | UnixAddress>, "address" | "close" | "closed" | "update"> {
  /** Hands every verified socket to `take`; resolves when the listener is closed. To be called once. */
  each(take: (socket: VerifiedSocket) => void): Promise<void>;
}

/**
 * Connects and listens as a transport does, with the same gate, and hands out the runtime's own sockets. From then on
 * they are the taker's: their errors are the runtime's.
 *
 * @example
 * const { connectSocket } = createSocketHandOver({ name: "node", capabilities, … });
 */
export function createSocketHandOver(transport: NodeTlsRuntime): SocketHandOver {
  const runtime = { ...transport, handsOver: transport.flowControl === undefined };
  return {
    connectSocket: async (target, options = {}) => {
      assertRuntime(runtime);
      assertSecure(options);
      const connection = await connect(runtime, target, options);
      const socket = socketOf(connection, runtime, true);
      if (!socket.readableEnded) return socket;
      connection.abort();
      throw mapNativeError({ code: "ECONNRESET" }, { during: "open" });
    },
    listenSockets: async (options, method) => {
      assertRuntime(runtime);
      assertSecure(options);
      const listener = await listen(runtime, options, method);
      return {
        address: listener.address,
        closed: listener.closed,
        close: (closing) => listener.close(closing),
        update: (tls) => listener.update(tls),
        each: async (take) => {
          for await (const connection of listener) {
            try {
              const socket = socketOf(connection, runtime, false);
              // It has ended while it was verified: nobody would be told of that again, and it has asked nothing.
              if (socket.readableEnded) connection.abort();
              else take(socket);
            } catch (bug) {
              // Of a handler of the caller's. It costs this connection, and not all that are still to come.
              connection.abort(bug);
              uncaught(bug);
            }
          }
        },
      };
    },
  };
}

const peers = new WeakMap<object, VerifiedPeer>();

/**
 * What is known of the peer of a socket that was handed over; `undefined` for any other object.
 *
 * @example
 * const server = await serveHttps({ port: 8443, tls }, (request, response) => {
 *   response.end(`hello ${peerOf(request.socket)?.peerCertificate?.subject}`);
 * });
 */
export function peerOf(socket: object): VerifiedPeer | undefined {
  return peers.get(socket);
}

/** Lets {@link peerOf} answer for what stands for a socket: an HTTP/2 session. */
export function standsFor(object: object, socket: object): void {
  const peer = peers.get(socket);
  if (peer !== undefined) peers.set(object, peer);
}

/** There is nothing to hand over of a connection in clear. */
function assertSecure(options: unknown): void {
  const { secureTransport } = (options ?? {}) as ConnectOptions;
  if (secureTransport !== undefined && secureTransport !== "on")
    throw invalid("secureTransport", '"on"', secureTransport);
}

/** A client that sees the server's end has nothing to add; a server may still be answering. */
function socketOf(connection: ByteConnection, runtime: NodeTlsRuntime, isClient: boolean): VerifiedSocket {
  const tls = connection as TlsConnection;
  const socket: VerifiedSocket = runtime.handsOver ? tls.handOver() : new ConnectionDuplex(tls);
  socket.allowHalfOpen = !isClient;
  const { role, peerCertificate, peerChain, verifiedPath, dangerouslyUnverified, localCertificate, negotiated } = tls;
  peers.set(
    socket,
    Object.freeze({
      role,
      peerCertificate,
      peerChain,
      verifiedPath,
      dangerouslyUnverified,
      localCertificate,
      negotiated,
    }),
  );
  return socket;
}
