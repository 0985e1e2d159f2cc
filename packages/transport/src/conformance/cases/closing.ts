// The end of connections.

import { equal, ok, rejects, within } from "../assert.ts";
import type { ConformanceCase } from "../case.ts";
import { clientTls, echo, readText, serverTls, text, withPair, withServer } from "../talk.ts";

export const closingCases: readonly ConformanceCase[] = [
  {
    id: "close-is-orderly",
    name: "close ends both sides, and both are told (TRN-18)",
    run: (context) =>
      withPair(context, async (client, server) => {
        const serving = echo(server).then(() => server.close());
        await within(client.close(), "close");
        await within(serving, "the server");
        await within(Promise.all([client.closed, server.closed]), "closed");
      }),
  },
  {
    id: "close-sends-what-is-pending",
    name: "what was written before close arrives (TRN-18)",
    run: (context) =>
      withPair(context, async (client, server) => {
        const writing = client.write(new Uint8Array(2_000_000).fill(7));
        const closing = client.close();
        let received = 0;
        for (let bytes = await server.read(); bytes !== null; bytes = await server.read()) received += bytes.byteLength;
        await server.close();
        await within(Promise.all([writing, closing]), "close");
        equal(received, 2_000_000, "what arrived");
      }),
  },
  {
    id: "close-twice",
    name: "close again, and after the end, does nothing (TRN-18)",
    run: (context) =>
      withPair(context, async (client, server) => {
        const serving = echo(server).then(() => server.close());
        await within(Promise.all([client.close(), client.close()]), "close, twice");
        await within(client.close(), "and again");
        await within(serving, "the server");
        await within(server.close(), "the server, again");
        client.abort();
        await within(client.closed, "closed is not changed by a late abort");
      }),
  },
  {
    id: "stream-of-something-else",
    name: "a chunk that is not bytes fails the stream, and the peer does not wait for ever",
    run: (context) =>
      withPair(context, async (client, server) => {
        await server.write(text("hello"));
        equal(await readText(client, 5), "hello", "what came before");
        const source = new ReadableStream({
          start(controller) {
            controller.enqueue("text");
            controller.close();
          },
        });
        const piping = source.pipeTo(client.writable as WritableStream<unknown>);
        await rejects(within(piping, "the pipe"), "NOT_BYTES", "the pipe");
        await rejects(within(client.closed, "closed"), "ABORTED", "closed");
        await within(drain(server), "the server seeing the end");
      }),
  },
  {
    id: "close-does-not-wait-for-ever",
    name: "a peer that does not end its side is cut off after the limit",
    run: (context) =>
      withPair(context, async (client, server) => {
        await server.write(text("I never stop"));
        await within(client.close({ timeoutMs: 100 }), "close");
        await within(client.closed, "closed");
        await within(drain(server), "the server seeing the end");
      }),
  },
  {
    id: "use-after-close",
    name: "reading and writing after close are refused (TRN-19)",
    run: (context) =>
      withPair(context, async (client, server) => {
        const serving = echo(server).then(() => server.close());
        const closing = client.close();
        await rejects(client.write(text("late")), "CONNECTION_CLOSED", "write");
        await rejects(client.read(), "CONNECTION_CLOSED", "read");
        await within(Promise.all([closing, serving]), "close");
        await rejects(client.write(text("later")), "CONNECTION_CLOSED", "write, afterwards");
      }),
  },
  {
    id: "write-after-close-write",
    name: "after closeWrite writing is refused and reading goes on; again, it does nothing",
    run: (context) =>
      withPair(context, async (client, server) => {
        await client.closeWrite();
        await client.closeWrite();
        await rejects(client.write(text("late")), "CONNECTION_CLOSED", "write");
        await server.write(text("heard"));
        equal(await readText(client, 5), "heard", "reading");
      }),
  },
  {
    id: "read-after-the-end",
    name: "after the peer has finished, every read says so",
    run: (context) =>
      withPair(context, async (client, server) => {
        await server.closeWrite();
        equal(await within(client.read(), "the end"), null, "the first read");
        equal(await within(client.read(), "the end"), null, "the second read");
        await client.write(text("still"));
        equal(await readText(server, 5), "still", "the other direction");
      }),
  },
  {
    id: "abort-is-immediate",
    name: "abort rejects what is pending with the reason, and delivers nothing more (TRN-24)",
    run: (context) =>
      withPair(context, async (client, server) => {
        await server.write(text("unread"));
        const reason = { why: "enough" };
        // The first read takes what has arrived; the second is the pending one.
        await within(client.read(), "the first read");
        const pending = client.read();
        client.abort(reason);
        const error = await rejects(within(pending, "the pending read"), "ABORTED", "read");
        ok(error.cause === reason, "the reason is the cause");
        await rejects(client.write(text("x")), "ABORTED", "write");
        await rejects(client.read(), "ABORTED", "read, afterwards");
        await rejects(client.closed, "ABORTED", "closed");
        client.abort("again");
        await within(client.close(), "close after abort");
        await within(drain(server), "the peer seeing the end");
      }),
  },
  {
    id: "abort-after-the-peer-has-ended",
    name: "abort after the peer has ended its direction is no orderly end for that peer either (TRN-22, TRN-24)",
    async run(context) {
      await withPair(context, async (client, server) => {
        await client.closeWrite();
        equal(await within(server.read(), "the server sees the end"), null, "the client's end");
        server.abort();
        await rejects(within(client.read(), "the client reading"), "CONNECTION_RESET", "cut, not ended");
        await rejects(within(client.closed, "the client's closed"), "CONNECTION_RESET", "closed tells, too");
      });
    },
  },
  {
    id: "abort-with-a-full-buffer",
    name: "abort with writes that cannot go out settles them (TRN-24)",
    run: (context) =>
      withPair(context, async (client) => {
        const writing = client.write(new Uint8Array(32 * 1024 * 1024));
        client.abort();
        await rejects(within(writing, "the write"), "ABORTED", "write");
      }),
  },
  {
    id: "closed-is-never-unhandled",
    name: "nobody has to look at closed",
    run: async (context) => {
      // The runner's process dies of unhandled rejections; that it goes on is the assertion.
      await withPair(context, async (client, server) => {
        client.abort("unobserved");
        await within(drain(server), "the peer");
      });
      await new Promise((resolve) => setTimeout(resolve, 0));
    },
  },
  {
    id: "dispose",
    name: "leaving an await using block closes the connection and the listener",
    run: async (context) =>
      withServer(context, await serverTls(), async ({ listener, port }) => {
        const serving = listener.accept().then(async (connection) => {
          await echo(connection);
          await connection[Symbol.asyncDispose]();
        });
        const client = await context.transport.connect({ host: "127.0.0.1", port }, { tls: await clientTls() });
        await within(client[Symbol.asyncDispose](), "the client");
        await within(serving, "the server");
        await within(listener[Symbol.asyncDispose](), "the listener");
        await rejects(listener.accept(), "LISTENER_CLOSED", "accept");
      }),
  },
];

async function drain(connection: { read(): Promise<Uint8Array | null> }): Promise<void> {
  try {
    while ((await connection.read()) !== null);
  } catch {
    // A reset is an end as well.
  }
}
