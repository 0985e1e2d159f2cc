// A socket in place of a stream. Bun's TLS over streams loses data when one side has ended and the other has not; its TLS
// over sockets does not. So there the bytes of TLS take a way through the loopback interface, where they are as safe as
// on any network.

import { connect, createServer, type Server, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { TLSSocket } from "node:tls";
import { bridgeSockets, cut, ignoreLateErrors } from "../connection/raw-socket.ts";
import type { HandshakeLimit } from "../handshake-limit.ts";
import { mapNativeError } from "../native/native-error.ts";
import { bare } from "../settings/own-settings.ts";

const loopback = "127.0.0.1";

/** Whether TLS runs on this in every runtime: a socket, and not one that is TLS itself. */
export function isPlainSocket(raw: Duplex): raw is Socket {
  return raw instanceof Socket && !(raw instanceof TLSSocket);
}

/** A socket whose bytes are those of `carrier`. What ends or breaks the one, ends or breaks the other. */
export async function bridge(carrier: Duplex, limit: HandshakeLimit): Promise<Socket> {
  const server = createServer(bare({ allowHalfOpen: true, noDelay: true }));
  const sockets = new Set<Socket>();
  try {
    const pair = await limit.run<SocketPair>((resolve, reject) => {
      openPair(server, sockets, resolve, (error) =>
        reject(mapNativeError(error, { during: "connect", host: loopback })),
      );
      return () => {};
    });
    sockets.delete(pair.near);
    sockets.delete(pair.far);
    bridgeSockets.add(pair.near);
    join(carrier, pair.far);
    return pair.near;
  } finally {
    server.close();
    for (const socket of sockets) socket.destroy();
  }
}

interface SocketPair {
  readonly near: Socket;
  readonly far: Socket;
}

function openPair(
  server: Server,
  sockets: Set<Socket>,
  resolve: (pair: SocketPair) => void,
  failed: (error: unknown) => void,
): void {
  let near: Socket | undefined;
  const match = (): void => {
    const port = near?.localPort;
    // Anyone on this machine may connect in that moment: ours is the one with our port.
    for (const far of sockets) {
      if (near !== undefined && far !== near && far.remotePort === port) resolve({ near, far });
    }
  };
  server.on("error", failed);
  server.on("connection", (socket) => {
    ignoreLateErrors(socket);
    sockets.add(socket);
    match();
  });
  server.listen(bare({ port: 0, host: loopback }), () => {
    const { port } = server.address() as { readonly port: number };
    const socket = connect(bare({ port, host: loopback, noDelay: true, allowHalfOpen: true }));
    sockets.add(socket);
    socket.on("error", failed);
    socket.once("connect", () => {
      near = socket;
      match();
    });
  });
}

function join(carrier: Duplex, far: Socket): void {
  carrier.allowHalfOpen = true;
  carrier.pipe(far);
  far.pipe(carrier);
  // `pipe` passes an end on; a breakdown it does not.
  const broken = (): void => {
    cut(far);
    carrier.destroy();
  };
  for (const stream of [carrier, far]) {
    stream.on("error", broken);
    stream.once("close", () => {
      if (!stream.readableEnded || !stream.writableFinished) broken();
    });
  }
}
