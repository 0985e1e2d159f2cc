// Peers that do not speak TLS as they should; plain TCP, bound to loopback.
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

/** A TCP server that treats each connection as `behave` does, while `use` runs with its port. */
export async function withTcpServer<T>(
  behave: (socket: Socket) => void,
  use: (port: number) => Promise<T>,
): Promise<T> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
    behave(socket);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await use((server.address() as AddressInfo).port);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

/** Greets in clear, as a mail server would. */
export function speakPlaintext(socket: Socket): void {
  socket.write("220 mail.example ESMTP ready\r\n");
}

/** Hangs up in the middle of the handshake: as soon as the first bytes of the ClientHello are there. */
export function hangUp(socket: Socket): void {
  socket.once("data", () => socket.destroy());
}

/** Takes the connection and never says a word. */
export function staySilent(socket: Socket): void {
  socket.resume();
}
