// Peers that are not what they should be: each gets a typed error within the limit, and nothing hangs.

import type { PlainConnection } from "../../contract.ts";
import { equal, hasCode, ok, rejects, within } from "../assert.ts";
import type { ConformanceCase, ConformanceContext } from "../case.ts";
import {
  clientTls,
  echo,
  expectEcho,
  readText,
  serverTls,
  text,
  withPair,
  withPlainServer,
  withServer,
} from "../talk.ts";

const limitMs = 150;

/** Connects to a server that misbehaves in clear. */
function clientMeets(
  id: string,
  name: string,
  code: string | readonly string[],
  behave: (server: PlainConnection) => Promise<void>,
): ConformanceCase {
  return {
    id,
    name,
    run: (context) =>
      withPlainServer(context, async ({ listener, port }) => {
        const behaving = listener.accept().then(behave);
        behaving.catch(() => {}); // The client may be gone first.
        const settings = { tls: await clientTls(), ...(id.includes("silent") && { handshakeTimeoutMs: limitMs }) };
        const attempt = context.transport.connect({ host: "127.0.0.1", port }, settings);
        await rejects(within(attempt, "an answer"), code, "the client");
        await listener.close({ timeoutMs: 0 }); // The limit may have been reached before anybody dialled.
        await within(
          behaving.catch(() => {}),
          "the peer",
        );
      }),
  };
}

/** Connects in clear to our server, misbehaves, and expects it to report that and live on. */
function serverMeets(
  id: string,
  name: string,
  code: string | readonly string[],
  behave: (client: PlainConnection) => Promise<void>,
): ConformanceCase {
  return {
    id,
    name,
    run: async (context) =>
      withServer(context, await serverTls(), async ({ listener, port, nextError }) => {
        const client = await connectInClear(context, port);
        await behave(client);
        hasCode(await nextError(), code, "the report");
        client.abort();
        await stillServes(context, listener, port);
      }),
  };
}

/**
 * The same with one that says too little, twice: it is dropped after the limit, and so is the next, whom the listener must
 * have lived to see. A good one would have to be done before so short a limit, which no machine promises.
 */
function serverLeaves(id: string, name: string, behave: (client: PlainConnection) => Promise<void>): ConformanceCase {
  return {
    id,
    name,
    run: async (context) =>
      withServer(
        context,
        await serverTls(),
        async ({ port, nextError }) => {
          for (let visit = 0; visit < 2; visit++) {
            const client = await connectInClear(context, port);
            await behave(client).catch(() => {}); // It may be dropped before it has said anything.
            hasCode(await nextError(), "HANDSHAKE_TIMEOUT", "the report");
            const answer = client.read().catch(() => null);
            equal(await within(answer, "being dropped"), null, "what it is told");
            client.abort();
          }
        },
        { handshakeTimeoutMs: limitMs },
      ),
  };
}

async function connectInClear({ transport }: ConformanceContext, port: number): Promise<PlainConnection> {
  return transport.connect({ host: "127.0.0.1", port }, { tls: await clientTls(), secureTransport: "starttls" });
}

async function stillServes(
  { transport }: ConformanceContext,
  listener: { accept(): Promise<Parameters<typeof echo>[0]> },
  port: number,
): Promise<void> {
  const serving = listener.accept().then(echo);
  serving.catch(() => {}); // If connecting fails, that is the news.
  const connection = await transport.connect({ host: "127.0.0.1", port }, { tls: await clientTls() });
  await expectEcho(connection);
  await connection.closeWrite();
  await within(serving, "the next connection");
  connection.abort();
}

async function drain(connection: PlainConnection): Promise<void> {
  while ((await connection.read()) !== null);
}

// A record header that promises a ClientHello of 512 bytes, and its beginning.
const halfHello = new Uint8Array([22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3]);
// Not a random look-alike: the first byte is no TLS content type.
const garbage = Uint8Array.from({ length: 2048 }, (_, index) => (index * 7 + 129) % 256);
// A ServerHello that ends after four bytes.
const shortServerHello = new Uint8Array([22, 3, 3, 0, 8, 2, 0, 0, 4, 3, 3, 3, 3]);
// A record longer than RFC 8446, section 5.1, allows.
const oversized = new Uint8Array([22, 3, 3, 0xff, 0xff, ...new Uint8Array(64)]);

export const hostileCases: readonly ConformanceCase[] = [
  clientMeets(
    "server-speaks-clear",
    "a server that does not speak TLS is told apart",
    "PEER_NOT_TLS",
    async (server) => {
      await server.write(text("220 mail.example.org ESMTP ready\r\n"));
      await drain(server);
    },
  ),
  clientMeets("server-sends-garbage", "so is one that sends garbage", "PEER_NOT_TLS", async (server) => {
    await server.write(garbage);
    await drain(server);
  }),
  clientMeets(
    "server-sends-oversized-record",
    "a record that is too long ends the handshake",
    "PEER_NOT_TLS",
    async (server) => {
      await server.write(oversized);
      await drain(server);
    },
  ),
  clientMeets(
    "server-sends-nonsense-in-tls",
    "so does a message that makes no sense; that it is TLS is not denied",
    "HANDSHAKE_FAILED",
    async (server) => {
      await server.read();
      await server.write(shortServerHello);
      await drain(server);
    },
  ),
  clientMeets(
    "server-hangs-up",
    "a server that hangs up mid-handshake is reported",
    "CONNECTION_RESET",
    async (server) => {
      await server.read();
      await server.close();
    },
  ),
  clientMeets("server-resets", "so is one that resets the connection", "CONNECTION_RESET", async (server) => {
    await server.read();
    server.abort();
  }),
  clientMeets(
    "server-silent",
    "a server that says nothing is left after the limit (TRN-03)",
    "HANDSHAKE_TIMEOUT",
    async (server) => {
      await drain(server);
    },
  ),
  serverMeets("client-speaks-clear", "a client that does not speak TLS is reported", "PEER_NOT_TLS", (client) =>
    client.write(text("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")),
  ),
  serverMeets("client-sends-garbage", "so is one that sends garbage", "PEER_NOT_TLS", (client) =>
    client.write(garbage),
  ),
  serverMeets(
    "client-hangs-up-at-once",
    "a client that says nothing and leaves is reported",
    "CONNECTION_RESET",
    (client) => client.close(),
  ),
  serverMeets("client-hangs-up", "so is one that leaves in its first message", "CONNECTION_RESET", async (client) => {
    await client.write(halfHello);
    await client.close();
  }),
  serverMeets("client-resets", "so is one that resets the connection", "CONNECTION_RESET", async (client) => {
    await client.write(halfHello);
    client.abort();
  }),
  serverLeaves("client-silent", "a client that says nothing is dropped after the limit", async () => {}),
  serverLeaves("client-silent-midway", "so is one that stops in its first message", (client) =>
    client.write(halfHello),
  ),
  {
    id: "truncated-by-reset",
    name: "a peer that resets the connection is not taken for one that has finished (TRN-22)",
    run: (context) =>
      withPair(context, async (client, server) => {
        await server.write(text("half of"));
        equal(await readText(client, 7), "half of", "what came before");
        server.abort();
        const outcome = await within(
          client.read().then(
            (bytes) => (bytes === null ? "end" : "bytes"),
            (error: unknown) => error,
          ),
          "the end",
        );
        hasCode(outcome, "CONNECTION_RESET", "the client");
        await rejects(client.write(text("anyone?")), ["CONNECTION_RESET", "CONNECTION_CLOSED"], "writing afterwards");
        await rejects(client.closed, "CONNECTION_RESET", "closed");
      }),
  },
  {
    id: "many-bad-peers",
    name: "fifty bad peers at once are each reported, and a good one is served between them",
    run: async (context) =>
      withServer(context, await serverTls(), async ({ listener, port, errors, nextError }) => {
        const bad = await Promise.all(Array.from({ length: 50 }, () => connectInClear(context, port)));
        await Promise.all(bad.slice(0, 25).map((client) => client.write(garbage).catch(() => {})));
        await stillServes(context, listener, port);
        for (const client of bad) client.abort();
        for (let count = 0; count < 50; count++) await nextError();
        ok(errors.length === 50, `50 reports, not ${errors.length}`);
        await stillServes(context, listener, port);
      }),
  },
];
