// From clear to TLS on the same connection, both sides, and the traps of it.

import type { PrivateCertificate } from "@tlskit/x509";
import type { Connection, PlainConnection } from "../../contract.ts";
import { equal, ok, rejects, within } from "../assert.ts";
import type { ConformanceCase, ConformanceContext } from "../case.ts";
import { daysFromNow, goodClient, goodServer, issued, rootCa } from "../pki.ts";
import { agree, withPlainPair } from "../plain-pair.ts";
import { clientTls, echo, expectEcho, readText, serverTls, text } from "../talk.ts";

async function talk(client: Connection, server: Connection): Promise<void> {
  try {
    const echoing = echo(server);
    await expectEcho(client);
    await client.closeWrite();
    await echoing;
  } finally {
    client.abort();
    server.abort();
  }
}

async function refused(context: ConformanceContext, identity: PrivateCertificate, code: string): Promise<void> {
  await withPlainPair(
    context,
    async (client, server) => {
      await agree(client, server);
      const serving = server
        .startTls()
        .then((connection) => connection.read())
        .catch(() => null);
      await rejects(client.startTls(), code, "the client");
      equal(
        await within(
          serving.catch(() => null),
          "the server's end",
        ),
        null,
        "what the server got",
      );
    },
    await serverTls(identity),
  );
}

export const startTlsCases: readonly ConformanceCase[] = [
  {
    id: "starttls",
    name: "a connection in clear becomes TLS, verified (TRN-04, TRN-06)",
    needs: ["client-start-tls", "server-start-tls"],
    run: (context) =>
      withPlainPair(context, async (client, server) => {
        equal([client.encrypted, client.role, server.role], [false, "client", "server"], "in clear");
        await agree(client, server);
        const [ours, theirs] = await Promise.all([client.startTls(), server.startTls()]);
        ok(ours.verifiedPath !== undefined, "the proof");
        equal(ours.negotiated.version, "TLSv1.3", "the version");
        await talk(ours, theirs);
        await within(client.closed, "the plain connection being over");
      }),
  },
  {
    id: "starttls-client-certificate",
    name: "client certificates are verified after STARTTLS as well",
    needs: ["client-start-tls", "server-start-tls", "server-client-auth-require"],
    run: async (context) =>
      withPlainPair(
        context,
        async (client, server) => {
          await agree(client, server);
          const tls = await clientTls("localhost", { identity: await goodClient() });
          const [ours, theirs] = await Promise.all([client.startTls({ tls }), server.startTls()]);
          ok(theirs.verifiedPath !== undefined, "the proof");
          await talk(ours, theirs);
        },
        await serverTls(undefined, { trustRoot: (await rootCa()).certificate, clientAuth: "require" }),
      ),
  },
  {
    id: "starttls-client-certificate-refused",
    name: "and refused",
    needs: ["client-start-tls", "server-start-tls", "server-client-auth-require"],
    run: async (context) =>
      withPlainPair(
        context,
        async (client, server) => {
          await agree(client, server);
          const identity = await issued({ names: ["a@b.example"], profile: "client", notAfter: daysFromNow(-1) });
          const tls = await clientTls("localhost", { identity });
          const connecting = client
            .startTls({ tls })
            .then((connection) => connection.read())
            .catch(() => null);
          await rejects(server.startTls(), "CERTIFICATE_EXPIRED", "the server");
          equal(
            await within(
              connecting.catch(() => null),
              "the client's end",
            ),
            null,
            "what the client got",
          );
        },
        await serverTls(undefined, { trustRoot: (await rootCa()).certificate, clientAuth: "require" }),
      ),
  },
  {
    id: "starttls-reversed",
    name: "who dialled may be the TLS server (TRN-04)",
    needs: ["client-start-tls", "server-start-tls"],
    run: (context) =>
      withPlainPair(context, async (client, server) => {
        await agree(client, server);
        const [theirs, ours] = await Promise.all([
          client.startTls({ role: "server", tls: await serverTls() }),
          server.startTls({ role: "client", tls: await clientTls() }),
        ]);
        equal([ours.role, theirs.role], ["client", "server"], "the roles");
        await talk(ours, theirs);
      }),
  },
  {
    id: "starttls-function",
    name: "startTls as a function does the same",
    needs: ["client-start-tls", "server-start-tls"],
    run: (context) =>
      withPlainPair(context, async (client, server) => {
        await agree(client, server);
        const { startTls } = context.transport;
        const [ours, theirs] = await Promise.all([
          startTls(client, { role: "client", tls: await clientTls() }),
          startTls(server, { role: "server", tls: await serverTls() }),
        ]);
        await talk(ours, theirs);
      }),
  },
  {
    id: "starttls-expired",
    name: "an expired server is refused after STARTTLS",
    needs: ["client-start-tls", "server-start-tls"],
    run: async (context) =>
      refused(
        context,
        await issued({ names: ["localhost", "127.0.0.1"], notAfter: daysFromNow(-1) }),
        "CERTIFICATE_EXPIRED",
      ),
  },
  {
    id: "starttls-wrong-name",
    name: "and one with another name",
    needs: ["client-start-tls", "server-start-tls"],
    run: async (context) => refused(context, await issued({ names: ["elsewhere.example"] }), "NAME_MISMATCH"),
  },
  {
    id: "starttls-eager-client",
    name: "a client that begins TLS without waiting for the answer is understood",
    needs: ["client-start-tls", "server-start-tls"],
    run: (context) =>
      withPlainPair(context, async (client, server) => {
        await client.write(text("STARTTLS\n"));
        const connecting = client.startTls();
        connecting.catch(() => {});
        const received = await within(readAtLeast(server, 9 + 5), "command and hello");
        equal(new TextDecoder().decode(received.subarray(0, 9)), "STARTTLS\n", "the command");
        const [theirs, ours] = await Promise.all([server.startTls({ leftover: received.subarray(9) }), connecting]);
        await talk(ours, theirs);
      }),
  },
  {
    id: "starttls-only-one-side",
    name: "a side that does not switch sees TLS records, and nothing is lost (TRN-05)",
    needs: ["client-start-tls"],
    run: (context) =>
      withPlainPair(context, async (client, server) => {
        await client.write(text("in clear;"));
        const connecting = client.startTls();
        connecting.catch(() => {});
        const received = await within(readAtLeast(server, 9 + 5), "bytes in clear, then a record");
        equal(new TextDecoder().decode(received.subarray(0, 9)), "in clear;", "what was written in clear");
        equal([received[9], received[10]], [22, 3], "a handshake record");
        server.abort();
        await rejects(connecting, "CONNECTION_RESET", "the client");
      }),
  },
  {
    id: "starttls-twice",
    name: "a plain connection becomes TLS once",
    needs: ["client-start-tls", "server-start-tls"],
    run: (context) =>
      withPlainPair(context, async (client, server) => {
        await agree(client, server);
        const [ours, theirs] = await Promise.all([client.startTls(), server.startTls()]);
        await rejects(client.startTls(), "INVALID_STATE", "the second time");
        await rejects(client.read(), "INVALID_STATE", "reading past TLS");
        await talk(ours, theirs);
      }),
  },
  {
    id: "starttls-locked-stream",
    name: "a stream in someone's hands keeps the connection as it is (TRN-07)",
    needs: ["client-start-tls"],
    run: (context) =>
      withPlainPair(context, async (client, server) => {
        const reader = client.readable.getReader();
        await rejects(client.startTls(), "INVALID_STATE", "while locked");
        reader.releaseLock();
        await server.write(text("still here"));
        equal(await readText(client, 10), "still here", "the connection");
      }),
  },
  {
    id: "starttls-silent-peer",
    name: "a peer that agrees on TLS and then says nothing is left after the limit",
    needs: ["client-start-tls"],
    run: (context) =>
      withPlainPair(context, async (client) => {
        await rejects(client.startTls({ handshakeTimeoutMs: 150 }), "HANDSHAKE_TIMEOUT", "the client");
      }),
  },
  {
    id: "starttls-needs-a-name",
    name: "a client without a name to verify is refused before anything is sent",
    needs: ["client-start-tls"],
    run: (context) =>
      withPlainPair(context, async (_, server) => {
        const { options } = await clientTls();
        const attempt = context.transport.startTls(server, { role: "client", tls: options });
        await rejects(attempt, "SETTING_INVALID", "no name was dialled");
        equal((await goodServer()).subject.isEmpty, false, "the identity was not touched");
      }),
  },
];

async function readAtLeast(connection: PlainConnection, count: number): Promise<Uint8Array> {
  let received = new Uint8Array();
  while (received.byteLength < count) {
    const bytes = await connection.read();
    if (bytes === null) break;
    received = new Uint8Array([...received, ...bytes]);
  }
  return received;
}
