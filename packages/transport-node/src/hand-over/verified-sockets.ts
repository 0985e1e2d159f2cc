// Verified sockets of Node: what every hand-over stands on.

import { createSocketHandOver, type SocketHandOver } from "@tlskit/transport/node-tls";
import { runtime } from "../runtime.ts";

const handOver: SocketHandOver = createSocketHandOver(runtime);

/** As `connect`, but resolves to the verified `tls.TLSSocket` itself. */
export const connectSocket: SocketHandOver["connectSocket"] = handOver.connectSocket;

/** As `listen`, but hands out the verified `tls.TLSSocket`s themselves. */
export const listenSockets: SocketHandOver["listenSockets"] = handOver.listenSockets;
