// What the handles below Deno's sockets give. One line of JSON per fact.

import { once } from "node:events";
import { type AddressInfo, createServer, connect as dial } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { connect, createServer as createTlsServer, type TLSSocket } from "node:tls";
import { createTestCa } from "@tlskit/testing";
import { FlowControlledDuplex } from "../src/flow-controlled-duplex.ts";
import { sentChain, writeNatively } from "../src/native-handle.ts";

function report(fact: string, value: unknown): void {
  process.stdout.write(`${JSON.stringify({ fact, value })}\n`);
}

const ca = await createTestCa();
const upper = await ca.createIntermediate();
const identity = await (await upper.createIntermediate()).issue("localhost");
const server = createTlsServer({ cert: identity.fullChainPem(), key: await identity.keyPair.toPem() });
const received: string[] = [];
server.on("secureConnection", (socket: TLSSocket) => {
  report("nobody has sent a chain", sentChain(socket) === undefined);
  socket.on("data", (bytes: Uint8Array) => received.push(bytes.toString()));
  socket.on("error", () => {});
});

const front = createServer((socket) => server.emit("connection", socket));
const path = join(tmpdir(), `tlskit-${process.pid}.sock`);
const piped = createServer((socket) => server.emit("connection", socket)).listen(path);
front.listen(0, "127.0.0.1");
await Promise.all([once(front, "listening"), once(piped, "listening")]);
const { port } = front.address() as AddressInfo;

async function secured(to: { port: number; host: string } | { path: string }) {
  const below = dial(to);
  await once(below, "connect");
  const stream = new FlowControlledDuplex(below);
  const socket = connect({ socket: stream, servername: "localhost", ca: ca.caPem });
  await once(socket, "secureConnect");
  return { below, stream, socket };
}

async function heard(text: string): Promise<boolean> {
  for (let tries = 0; tries < 200 && !received.join("").endsWith(text); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return received.join("").endsWith(text);
}

const { below, stream, socket } = await secured({ port, host: "127.0.0.1" });
const chain = [identity, ...identity.chain].map(({ der }) => Buffer.from(der).toString("base64"));
report(
  "the chain",
  sentChain(socket)
    ?.map((der) => Buffer.from(der).toString("base64"))
    .join() === chain.join(),
);
let written = 0;
const { write } = stream;
stream.write = (...given: Parameters<typeof write>) => {
  written++;
  return write.apply(stream, given);
};
const writer = writeNatively(socket, below);
socket.write("by itself");
report("what TLS writes by itself arrives", await heard("by itself"));
report("past the stream", written);
writer?.stop();
socket.write("through the stream");
report("what it writes afterwards arrives", await heard("through the stream"));
report("through the stream", written);
below.destroy();
await once(below, "close");
report("nothing below any more", writeNatively(socket, below) === undefined);
report("no handle", writeNatively(socket, new PassThrough()) === undefined);

const overPipe = await secured({ path });
report("a UNIX socket", writeNatively(overPipe.socket, overPipe.below) === undefined);
const inner = connect({ socket: new FlowControlledDuplex(overPipe.socket), servername: "localhost" });
report("TLS over TLS", writeNatively(inner, overPipe.socket) === undefined);
process.exit(0);
