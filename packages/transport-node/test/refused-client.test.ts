// A server that refuses a client's certificate resets the connection after the client's handshake. Whatever the client does
// in that moment, it must not take that for an orderly end.

import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { optionsForClientTLS } from "@tlskit/options";
import { createTestCa } from "@tlskit/testing";
import { connect } from "@tlskit/transport-node";
import { expect, test } from "vitest";

// In a thread of its own, so that the reset is there while the client has not looked yet.
const server = `
  const { parentPort, workerData } = require("node:worker_threads");
  const net = require("node:net");
  const tls = require("node:tls");
  const secure = tls.createServer({ ...workerData });
  const carriers = new Map();
  secure.on("secureConnection", (socket) => {
    const carrier = carriers.get(socket.remotePort);
    carrier.destroySoon = () => carrier.destroy();
    carrier.resetAndDestroy();
  });
  secure.on("tlsClientError", () => {});
  const listener = net.createServer((socket) => {
    socket.on("error", () => {});
    carriers.set(socket.remotePort, socket);
    secure.emit("connection", socket);
  });
  listener.listen(0, "127.0.0.1", () => parentPort.postMessage(listener.address().port));
`;

test("TRN-22: a reset that our own last words met is no orderly end", async () => {
  const ca = await createTestCa();
  const identity = await ca.issue("localhost");
  const workerData = { cert: identity.fullChainPem(), key: await identity.keyPair.toPem() };
  const worker = new Worker(server, { eval: true, workerData });
  try {
    const [port] = (await once(worker, "message")) as [number];
    const tls = optionsForClientTLS("localhost", { trustRoot: ca.certificate });
    for (let round = 0; round < 20; round++) {
      const connection = await connect({ host: "127.0.0.1", port }, { tls });
      connection.write(new Uint8Array(10)).catch(() => {});
      // The reset arrives while nobody looks; if it does not, the runtime sees it by itself.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
      connection.closeWrite().catch(() => {});
      await expect(connection.read()).rejects.toMatchObject({ code: "CONNECTION_RESET" });
      await expect(connection.closed).rejects.toMatchObject({ code: "CONNECTION_RESET" });
    }
  } finally {
    await worker.terminate();
  }
});
