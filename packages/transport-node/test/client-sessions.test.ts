// What a server keeps of its clients, to verify them again when they resume, has a limit.

import { once } from "node:events";
import { connect as connectNatively } from "node:tls";
import { CertificateOptions, optionsForClientTLS } from "@tlskit/options";
import { createTestCa } from "@tlskit/testing";
import { expect, test } from "vitest";
import { connect, listen } from "../src/index.ts";

test("a server that has no room for more clients goes on with other tickets, and none is refused", async () => {
  const ca = await createTestCa();
  const trustRoot = ca.certificate;
  const identity = await ca.issueWith({ names: ["client@example.org"], profile: "client" });
  const errors: unknown[] = [];
  await using listener = await listen({
    host: "127.0.0.1",
    port: 0,
    tls: new CertificateOptions({ identity: await ca.issue("localhost"), trustRoot, sessions: true }),
    onError: (error) => errors.push(error),
  });
  const { port } = listener.address;
  const tls = optionsForClientTLS("localhost", { trustRoot, identity, sessions: true });
  const resumes = async (): Promise<boolean> => {
    const [client, server] = await Promise.all([connect({ host: "127.0.0.1", port }, { tls }), listener.accept()]);
    await server.write(new Uint8Array(1));
    await client.read();
    await Promise.all([client.close(), server.close()]);
    return client.negotiated.resumed;
  };
  expect([await resumes(), await resumes()]).toEqual([false, true]);
  // As much as OpenSSL takes of a peer, or nearly.
  const extension = { oid: "1.3.6.1.4.1.99999.1", critical: false, value: new Uint8Array(95_000) };
  const large = await ca.issueWith({ names: ["large@example.org"], profile: "client", extensions: [extension] });
  for (let count = 0; count * 95_000 < 8 * 1024 * 1024; count++) {
    const other = await ca.issueWith({ names: [`client${count}@example.org`], profile: "client" });
    const cert = `${other.toPem()}${large.toPem()}`;
    const socket = connectNatively({
      host: "127.0.0.1",
      port,
      servername: "localhost",
      ca: ca.caPem,
      cert,
      key: await other.keyPair.toPem(),
    });
    socket.on("error", () => {}).resume();
    const server = await listener.accept();
    expect(server.peerChain.length).toBe(2);
    socket.destroy();
    server.abort();
    await once(socket, "close");
  }
  expect([await resumes(), await resumes()]).toEqual([false, true]);
  expect(errors).toEqual([]);
});
