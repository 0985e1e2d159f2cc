// What the handles below Deno's TLS sockets give. One line of JSON per fact.

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer, type TLSSocket } from "node:tls";
import { createTestCa } from "@tlskit/testing";
import { sentChain } from "../src/native-handle.ts";

function report(fact: string, value: unknown): void {
  process.stdout.write(`${JSON.stringify({ fact, value })}\n`);
}

const ca = await createTestCa();
const upper = await ca.createIntermediate();
const identity = await (await upper.createIntermediate()).issue("localhost");
const server = createServer({ cert: identity.fullChainPem(), key: await identity.keyPair.toPem() });
const accepted = once(server, "secureConnection");
server.listen(0, "127.0.0.1");
await once(server, "listening");

const { port } = server.address() as AddressInfo;
const socket = connect({ port, host: "127.0.0.1", servername: "localhost", ca: ca.caPem });
await once(socket, "secureConnect");
const base64 = (ders: readonly Uint8Array[] = []) => ders.map((der) => Buffer.from(der).toString("base64")).join();
report("all that a server sent, and nothing else", base64(sentChain(socket)));
report("what it sent", base64([identity, ...identity.chain].map(({ der }) => der)));
const [atServer] = (await accepted) as [TLSSocket];
report("a client that sent none", sentChain(atServer) === undefined);
atServer.on("error", () => {});
socket.destroy();
await once(socket, "close");
report("a socket that is closed", sentChain(socket) === undefined);
process.exit(0);
