// Peers that do not speak TLS as they should; plain TCP, bound to loopback.
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import type { Misbehaviour } from "./situation.ts";

/** A TCP server that misbehaves, while `use` runs with its port. */
export async function misbehave<T>(how: Misbehaviour, use: (port: number) => Promise<T>): Promise<T> {
  const behave = behaviours[how];
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

const behaviours: Readonly<Record<Misbehaviour, (socket: Socket) => void>> = {
  // Greets in clear, as a mail server would.
  "speaks plaintext": (socket) => socket.write("220 mail.example ESMTP ready\r\n"),
  // Hangs up in the middle of the handshake: as soon as the first bytes of the ClientHello are there.
  "hangs up": (socket) => socket.once("data", () => socket.destroy()),
  // Takes the connection and never says a word.
  "stays silent": (socket) => socket.resume(),
};
