// Full handshakes: both ends in one process, one byte there and back, eight at a time.

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import * as nodeTls from "node:tls";
import { Certificate, CertificateOptions, type Connection, connect, listen, optionsForClientTLS } from "@tlskit/tls";
import type { Work } from "../measure.ts";
import { makePki, type Pki } from "./pki.ts";

/** Ours, with one options object for all connections; `more` are roots that are trusted as well. */
export async function handshakeOurs(more: readonly string[]): Promise<Work> {
  const { root, server } = await makePki();
  const listener = await listen({
    host: "127.0.0.1",
    port: 0,
    tls: new CertificateOptions({ identity: server }),
  });
  serveOurs(listener);
  const roots = [root, ...more.map((pem) => Certificate.fromPem(pem))];
  const tls = optionsForClientTLS("localhost", { trustRoot: roots });
  const { port } = listener.address;
  const byte = Uint8Array.of(1);
  return eightAtATime(async () => {
    const connection = await connect({ host: "127.0.0.1", port }, { tls });
    await connection.write(byte);
    if ((await connection.read()) === null) throw new Error("no echo");
    await connection.close();
  });
}

/** The runtime's own, with one context for all connections: what anyone would do who knows what it costs. */
export async function handshakeRaw(more: readonly string[]): Promise<Work> {
  const pki = await makePki();
  const secureContext = nodeTls.createSecureContext({ ca: [pki.caPem, ...more] });
  return rawHandshakes(pki, { secureContext });
}

/** The runtime's own, as its documentation shows it: the roots are given to every connection. */
export async function handshakeRawEach(more: readonly string[]): Promise<Work> {
  const pki = await makePki();
  return rawHandshakes(pki, { ca: [pki.caPem, ...more] });
}

async function rawHandshakes(pki: Pki, options: nodeTls.ConnectionOptions): Promise<Work> {
  const server = nodeTls.createServer({ cert: pki.certPem, key: pki.keyPem, noDelay: true }, (socket) => {
    socket.on("data", (bytes) => socket.write(bytes)).on("error", () => {});
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return eightAtATime(async () => {
    const socket = nodeTls.connect({ port, host: "127.0.0.1", servername: "localhost", ...options });
    await once(socket, "secureConnect");
    if (!socket.authorized) throw new Error("not verified");
    socket.setNoDelay(true);
    socket.write("x");
    await once(socket, "data");
    socket.end();
    await once(socket, "close");
  });
}

async function serveOurs(connections: AsyncIterable<Connection>): Promise<void> {
  for await (const connection of connections) echo(connection);
}

async function echo(connection: Connection): Promise<void> {
  for (let bytes = await connection.read(); bytes !== null; bytes = await connection.read()) {
    await connection.write(bytes);
  }
  await connection.close();
}

function eightAtATime(once: () => Promise<void>): Work {
  return async () => {
    let left = batch;
    const lane = async (): Promise<void> => {
      while (left-- > 0) await once();
    };
    await Promise.all(Array.from({ length: 8 }, lane));
    return batch;
  };
}

const batch = 40;
