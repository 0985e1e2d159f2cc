// Listeners.

import { equal, hasCode, ok, rejects, within } from "../assert.ts";
import type { ConformanceCase, ConformanceContext } from "../case.ts";
import { goodServer } from "../pki.ts";
import { clientTls, echo, expectEcho, serverTls, withPlainServer, withServer } from "../talk.ts";

export const listeningCases: readonly ConformanceCase[] = [
  {
    id: "address-in-use",
    name: "an address that is taken is refused (TRN-02)",
    run: async (context) =>
      withServer(context, await serverTls(), async ({ port }) => {
        const second = context.transport.listen({ host: "127.0.0.1", port, tls: await serverTls() });
        const error = await rejects(within(second, "an answer"), "ADDRESS_IN_USE", "listen");
        equal("port" in error.details && error.details.port, port, "the port in the details");
      }),
  },
  {
    id: "address-unavailable",
    name: "an address that this machine does not have is refused",
    async run(context) {
      // RFC 5737: for documentation only.
      const attempt = context.transport.listen({ host: "192.0.2.1", port: 0, tls: await serverTls() });
      await rejects(within(attempt, "an answer"), "ADDRESS_UNAVAILABLE", "listen");
    },
  },
  {
    id: "listen-name-unknown",
    name: "a name to listen at that does not resolve is told as such",
    async run(context) {
      const attempt = context.transport.listen({ host: "nowhere.invalid", port: 0, tls: await serverTls() });
      const error = await rejects(within(attempt, "an answer"), "HOST_NOT_FOUND", "listen");
      equal("host" in error.details && error.details.host, "nowhere.invalid", "the host in the details");
    },
  },
  {
    id: "listen-needs-an-identity",
    name: "a server without an identity is refused before it listens",
    async run(context) {
      const { options } = await clientTls();
      await rejects(context.transport.listen({ port: 0, tls: options }), "OPTION_MISSING", "listen");
    },
  },
  {
    id: "listen-settings",
    name: "settings that make no sense are refused",
    async run(context) {
      const tls = await serverTls();
      for (const wrong of [
        { port: -1 },
        { port: 1.5 },
        { port: 0, maxPending: 0 },
        { port: 0, backlog: 0 },
        { port: 0, host: "" },
      ]) {
        await rejects(context.transport.listen({ ...wrong, tls }), "SETTING_INVALID", JSON.stringify(wrong));
      }
    },
  },
  {
    id: "listen-aborted-before",
    name: "an abort before the call wins",
    async run(context) {
      const attempt = context.transport.listen({ port: 0, tls: await serverTls(), signal: AbortSignal.abort() });
      await rejects(attempt, "ABORTED", "listen");
    },
  },
  {
    id: "listen-aborted",
    name: "an abort closes the listener",
    async run(context) {
      const controller = new AbortController();
      const { signal } = controller;
      const listener = await context.transport.listen({ host: "127.0.0.1", port: 0, tls: await serverTls(), signal });
      const accepting = listener.accept();
      controller.abort();
      await rejects(within(accepting, "accept"), "LISTENER_CLOSED", "accept");
      await within(listener.closed, "closed");
    },
  },
  {
    id: "iteration",
    name: "a listener is an async iterable; leaving a loop does not close it, closing it ends the loop",
    run: async (context) =>
      withServer(context, await serverTls(), async ({ listener, port }) => {
        const tls = await clientTls();
        const seen: number[] = [];
        const connect = () => context.transport.connect({ host: "127.0.0.1", port }, { tls });
        const first = await connect();
        for await (const connection of listener) {
          seen.push(1);
          connection.abort();
          break;
        }
        const looping = (async () => {
          for await (const connection of listener) {
            seen.push(2);
            connection.abort();
          }
        })();
        const second = await connect();
        await within(
          second.read().catch(() => null),
          "being let go",
        );
        await listener.close();
        await within(looping, "the loop ending");
        equal(seen, [1, 2], "the connections");
        first.abort();
        second.abort();
      }),
  },
  {
    id: "close-settles-everything",
    name: "close settles waiting accepts, drops handshakes under way and connections nobody took",
    run: async (context) =>
      withServer(context, await serverTls(), async ({ listener, port, errors }) => {
        const tls = await clientTls();
        const untaken = await context.transport.connect({ host: "127.0.0.1", port }, { tls });
        const silent = await context.transport.connect(
          { host: "127.0.0.1", port },
          { tls, secureTransport: "starttls" },
        );
        // The silent one comes first in line, so once a third is served, it is known to be under way.
        const taken = within(listener.accept(), "accepting");
        const third = await context.transport.connect({ host: "127.0.0.1", port }, { tls });
        (await taken).abort();
        await within(listener.close({ timeoutMs: 200 }), "close");
        await within(listener.close(), "close again");
        await rejects(listener.accept(), "LISTENER_CLOSED", "accept");
        await within(
          silent.read().catch(() => null),
          "the silent one being dropped",
        );
        equal(errors.length, 0, "what closing interrupts is not reported");
        for (const connection of [untaken, third]) connection.abort();
        silent.abort();
      }),
  },
  {
    id: "close-leaves-connections",
    name: "connections that were handed out outlive the listener, and the address is free at once",
    run: async (context) => {
      await withServer(context, await serverTls(), async ({ listener, port }) => {
        const serving = listener.accept().then(echo);
        serving.catch(() => {}); // If connecting fails, that is the news.
        const client = await context.transport.connect({ host: "127.0.0.1", port }, { tls: await clientTls() });
        await expectEcho(client);
        await within(listener.close(), "close");
        await expectEcho(client, "still here");
        const again = await context.transport.listen({ host: "127.0.0.1", port, tls: await serverTls() });
        equal(again.address.port, port, "the port");
        await again.close();
        await client.closeWrite();
        await within(serving, "the server");
        client.abort();
      });
    },
  },
  {
    id: "bounded-waiting",
    name: "no more connections are made than the limit says; the others wait for room",
    run: async (context) =>
      withServer(
        context,
        await serverTls(),
        async ({ listener, port }) => {
          const tls = await clientTls();
          let connected = 0;
          const attempts = Array.from({ length: 4 }, async () => {
            const connection = await context.transport.connect({ host: "127.0.0.1", port }, { tls });
            connected++;
            return connection;
          });
          await within(Promise.race(attempts), "the first");
          for (let count = 0; count < 4; count++) {
            ok(connected <= 2 + count, `${connected} connections when ${count} were taken`);
            (await within(listener.accept(), "accepting")).abort();
          }
          for (const connection of await within(Promise.all(attempts), "all of them")) connection.abort();
        },
        { maxPending: 2 },
      ),
  },
  {
    id: "no-room-is-reported",
    name: "who waits for room longer than the limit is dropped and reported",
    async run(context) {
      // The first one has to be there within the limit, too: how long that takes is the machine's affair.
      for (let limitMs = 250; !(await dropsWhoWaits(context, limitMs)); limitMs *= 2) {
        ok(limitMs < 30_000, "a connection within the limit");
      }
    },
  },
  {
    id: "error-report-names-the-peer",
    name: "a report says where the peer came from",
    async run(context) {
      const { promise, resolve } = Promise.withResolvers<number | undefined>();
      const listener = await context.transport.listen({
        host: "127.0.0.1",
        port: 0,
        tls: await serverTls(await goodServer()),
        onError: (_, { remoteAddress }) => resolve(remoteAddress?.port),
      });
      const { port } = listener.address;
      const client = await context.transport.connect(`127.0.0.1:${port}`, { secureTransport: "starttls" });
      await client.write(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]));
      equal(await within(promise, "the report"), client.localAddress?.port, "the peer's port");
      client.abort();
      await listener.close();
    },
  },
  {
    id: "plain-listener",
    name: "a listener for STARTTLS hands out connections in clear at once",
    needs: ["server-start-tls"],
    run: (context) =>
      withPlainServer(context, async ({ listener, port }) => {
        const client = await context.transport.connect(`127.0.0.1:${port}`, { secureTransport: "starttls" });
        const server = await within(listener.accept(), "accepting");
        equal([server.encrypted, client.encrypted], [false, false], "encrypted");
        await server.write(new Uint8Array([1]));
        equal((await within(client.read(), "reading"))?.byteLength, 1, "a byte in clear");
        client.abort();
        server.abort();
      }),
  },
];

/** Whether a second connection was dropped for want of room; not if the first one was too late for this limit. */
async function dropsWhoWaits({ transport }: ConformanceContext, handshakeTimeoutMs: number): Promise<boolean> {
  const report = Promise.withResolvers<readonly [error: unknown, port: number | undefined]>();
  const listener = await transport.listen({
    host: "127.0.0.1",
    port: 0,
    tls: await serverTls(),
    maxPending: 1,
    handshakeTimeoutMs,
    onError: (error, { remoteAddress }) => report.resolve([error, remoteAddress?.port]),
  });
  const target = { host: "127.0.0.1", port: listener.address.port };
  const options = { tls: await clientTls(), handshakeTimeoutMs: 120_000 };
  const first = await transport.connect(target, options).catch(() => undefined);
  const second = transport.connect(target, options);
  second.then(
    (connection) => connection.abort(),
    () => {},
  );
  const [error, port] = await within(report.promise, "the report");
  const isSecond = first !== undefined && port !== first.localAddress?.port;
  if (isSecond) {
    hasCode(error, "HANDSHAKE_TIMEOUT", "the report");
    await rejects(within(second, "the second"), "CONNECTION_RESET", "the second client");
  }
  first?.abort();
  await within(listener.close({ timeoutMs: 0 }), "closing the listener");
  return isSecond;
}
