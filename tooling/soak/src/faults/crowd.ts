// Many sockets at once that want nothing good.

import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** Opens so many connections, one after the other in small groups, and says something on each. */
export async function crowd(
  port: number,
  size: number,
  say?: (index: number) => Uint8Array | undefined,
): Promise<Socket[]> {
  const sockets: Socket[] = [];
  for (let index = 0; index < size; index += group) {
    const some = Array.from({ length: Math.min(group, size - index) }, () => connect(port, "127.0.0.1"));
    for (const socket of some) socket.on("error", () => {}); // Being cut is what they are for.
    await Promise.all(
      some.map((socket) => Promise.race([once(socket, "connect"), once(socket, "close")]).catch(() => {})),
    );
    for (const [offset, socket] of some.entries()) {
      const words = say?.(index + offset);
      if (words !== undefined) socket.write(words);
      // A socket that nobody reads never learns that it was cut.
      socket.resume();
    }
    sockets.push(...some);
  }
  return sockets;
}

/** Sends them away. */
export function disperse(sockets: readonly Socket[]): void {
  for (const socket of sockets) socket.destroy();
}

const group = 100;
