import { once } from "node:events";
import type { Server, Socket } from "node:net";

/** A server that listens. */
export interface Loopback {
  readonly port: number;
  /** Stops listening, and destroys the sockets. */
  readonly close: () => void;
}

/** Lets a server listen on a free port of 127.0.0.1; `sockets` is what it will have opened by the end. */
export async function startLoopback(server: Server, sockets: readonly Socket[]): Promise<Loopback> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const close = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { port: address.port, close };
}
