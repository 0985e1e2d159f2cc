// Somebody on the path, who adds bytes in clear to the server's agreement to TLS (CVE-2011-0411, CVE-2021-23222).

import { connect, createServer, type Socket } from "node:net";
import { type Loopback, startLoopback } from "@tlskit/cases";

/** A proxy in front of a server: passes on everything, and adds `injected` right after the first thing that the server says that `isAgreement`. */
export async function startInjector(
  to: number,
  isAgreement: (said: string) => boolean,
  injected: string,
): Promise<Loopback> {
  const sockets: Socket[] = [];
  const server = createServer((client) => {
    const upstream = connect(to, "127.0.0.1");
    sockets.push(client, upstream);
    for (const socket of [client, upstream]) socket.on("error", () => {});
    client.pipe(upstream);
    let isDone = false;
    upstream.on("data", (bytes: Buffer) => {
      const adds = !isDone && isAgreement(bytes.toString("latin1"));
      isDone ||= adds;
      // In one write, so that it comes in one piece, as an attacker would have it.
      client.write(adds ? Buffer.concat([bytes, Buffer.from(injected)]) : bytes);
    });
    upstream.on("end", () => client.end());
  });
  return startLoopback(server, sockets);
}
