// Somebody between client and server who damages what passes.

import { connect, createServer, type Socket } from "node:net";
import { type Loopback, startLoopback } from "@tlskit/cases";

/** What to do with the bytes that come from the server, of which `before` have passed already. */
export type Damage = (bytes: Buffer, before: number, to: Socket) => void;

/** Starts a proxy; what the client says passes by `forth`, what the server says by `back`. */
export async function startProxy(to: number, back: Damage, forth: Damage = pass): Promise<Loopback> {
  const sockets: Socket[] = [];
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ port: to, host: "127.0.0.1", noDelay: true });
    sockets.push(client, upstream);
    damage(client, upstream, forth);
    damage(upstream, client, back);
  });
  return startLoopback(server, sockets);
}

/** Leaves it as it is. */
function pass(bytes: Buffer, _before: number, to: Socket): void {
  to.write(bytes);
}

/** One byte a segment. */
export function trickle(bytes: Buffer, _before: number, to: Socket): void {
  for (const byte of bytes) to.write(Buffer.of(byte));
}

/** Everything up to there, and then something else, of all that follows: a record that stays incomplete is no fault. */
export function after(limit: number, then: (rest: Buffer, to: Socket) => void): Damage {
  return (bytes, before, to) => {
    const keep = Math.max(0, limit - before);
    if (bytes.byteLength <= keep) {
      to.write(bytes);
      return;
    }
    if (keep > 0) to.write(bytes.subarray(0, keep));
    then(bytes.subarray(keep), to);
  };
}

function damage(from: Socket, to: Socket, how: Damage): void {
  let before = 0;
  from.on("data", (bytes: Buffer) => {
    how(bytes, before, to);
    before += bytes.byteLength;
  });
  from.on("error", () => to.destroy());
  from.on("end", () => to.end());
  from.on("close", () => to.destroySoon());
}
