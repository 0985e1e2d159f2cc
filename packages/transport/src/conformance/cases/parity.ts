// What Twisted's TLS transport promises and no other group of cases proves, in terms of this connection API.

import { CertificateOptions } from "@tlskit/options";
import { TransportError } from "../../error.ts";
import { equal, ok, rejects, within } from "../assert.ts";
import { clientHello } from "../capture-hello.ts";
import type { ConformanceCase } from "../case.ts";
import { goodServer, strangerCa } from "../pki.ts";
import {
  clientRefuses,
  clientTls,
  readText,
  serverRefuses,
  serverTls,
  text,
  withPair,
  withPlainServer,
  withServer,
} from "../talk.ts";

export const parityCases: readonly ConformanceCase[] = [
  {
    id: "handshake-begins-at-once",
    name: "the handshake begins with the connection, before anything is written (TRN-10)",
    async run(context) {
      ok((await clientHello(context, await clientTls())).extensions.size > 0, "a hello, unasked");
    },
  },
  {
    id: "nothing-sent-to-the-refused",
    name: "a server that is refused receives nothing, and sees no orderly end (TRN-12, TRN-13)",
    async run(context) {
      const identity = await (await strangerCa()).issue("localhost");
      await withServer(context, await serverTls(identity), async ({ listener, port, nextError }) => {
        // In TLS 1.2 and 1.3 alike the server may be done before the client has decided.
        const seen = Promise.race([listener.accept().then((connection) => connection.read()), nextError()]);
        seen.catch(() => {});
        const attempt = context.transport.connect({ host: "127.0.0.1", port }, { tls: await clientTls() });
        await rejects(within(attempt, "connecting"), "UNKNOWN_ISSUER", "refused");
        const outcome = await within(
          seen.catch((error: unknown) => error),
          "the server",
        );
        ok(TransportError.is(outcome), `an error, not data and not an end (${String(outcome)})`);
      });
    },
  },
  {
    id: "environment-cannot-switch-it-off",
    name: "NODE_TLS_REJECT_UNAUTHORIZED=0 in the environment lets nobody in, on either side",
    async run(context) {
      const before = process.env[switchName];
      process.env[switchName] = "0";
      try {
        await clientRefuses(context, await (await strangerCa()).issue("localhost"), "UNKNOWN_ISSUER");
        const stranger = await (await strangerCa()).issueWith({ names: ["client@example.org"], profile: "client" });
        await serverRefuses(context, stranger, ["UNKNOWN_ISSUER", "RUNTIME_REFUSED", "UNTRUSTED_ROOT"]);
      } finally {
        if (before === undefined) delete process.env[switchName];
        else process.env[switchName] = before;
      }
    },
  },
  {
    id: "small-writes",
    name: "two thousand small writes that nobody waits for arrive whole before the end (TRN-14, TRN-17)",
    run: (context) =>
      withPair(context, async (client, server) => {
        const writes = Array.from({ length: 2000 }, (_, index) => client.write(Uint8Array.of(index % 251)));
        const closing = client.close();
        let at = 0;
        for (let bytes = await server.read(); bytes !== null; bytes = await server.read()) {
          for (const byte of bytes) equal(byte, at++ % 251, "the next byte");
        }
        equal(at, 2000, "all of them");
        await server.close();
        await within(Promise.all([...writes, closing]), "every write");
      }),
  },
  {
    id: "abort-before-the-handshake",
    name: "to give up before the handshake cuts the connection at once, on both sides (TRN-20)",
    run: (context) =>
      withPlainServer(context, async ({ listener, port }) => {
        const giveUp = new AbortController();
        const tls = await clientTls();
        const attempt = context.transport.connect({ host: "127.0.0.1", port }, { tls, signal: giveUp.signal });
        attempt.catch(() => {});
        const peer = await within(listener.accept(), "accepting");
        await within(peer.read(), "the hello");
        giveUp.abort();
        await rejects(within(attempt, "giving up"), "ABORTED", "the client");
        await rejects(within(peer.read(), "the peer"), "CONNECTION_RESET", "the peer");
        peer.abort();
      }),
  },
  {
    id: "closed-comes-last",
    name: "closed settles once, when nothing is left to be read (TRN-21)",
    run: (context) =>
      withPair(context, async (client, server) => {
        let settled = 0;
        client.closed.finally(() => settled++);
        await server.write(text("last words"));
        await Promise.all([server.closeWrite(), client.closeWrite()]);
        equal(await within(server.read(), "the server"), null, "the client's end");
        equal(settled, 0, "not while something waits to be read");
        equal(await readText(client, 10), "last words", "what was waiting");
        equal(await within(client.read(), "the client"), null, "the server's end");
        await within(client.closed, "closed");
        client.abort();
        await client.close();
        await client.closed;
        equal(settled, 1, "once");
      }),
  },
  {
    id: "pipe-to",
    name: "a stream that is piped in arrives whole, and then the end (TRN-27)",
    run: (context) =>
      withPair(context, async (client, server) => {
        const piping = blocks(64).pipeTo(client.writable);
        let received = 0;
        for (let bytes = await server.read(); bytes !== null; bytes = await server.read()) received += bytes.byteLength;
        equal(received, 64 * blockLength, "what arrived");
        await within(piping, "the pipe");
        await Promise.all([client.close(), server.close()]);
      }),
  },
  {
    id: "pipe-of-a-failing-source",
    name: "a source that fails cuts the connection: half of it must not look like all of it (TRN-28)",
    run: (context) =>
      withPair(context, async (client, server) => {
        const bug = new Error("the disk is away");
        const piping = blocks(4, bug).pipeTo(client.writable);
        piping.catch(() => {}); // Awaited below.
        const reading = (async () => {
          while ((await server.read()) !== null);
        })();
        await rejects(within(reading, "the server"), "CONNECTION_RESET", "the server");
        const failed = await piping.then(
          () => undefined,
          (error: unknown) => error,
        );
        equal(failed, bug, "what the pipe tells");
        await rejects(client.closed, "ABORTED", "the client");
      }),
  },
  {
    id: "writer-of-the-closed",
    name: "a writer of a connection that is closed is refused (TRN-29)",
    run: (context) =>
      withPair(context, async (client, server) => {
        await Promise.all([client.close(), server.close()]);
        const writer = client.writable.getWriter();
        writer.closed.catch(() => {});
        await rejects(writer.write(text("late")), "CONNECTION_CLOSED", "a late write");
      }),
  },
  {
    id: "options-do-not-leak",
    name: "protocols for one listener are not another's that has the same options otherwise (TRN-31)",
    async run(context) {
      const base = new CertificateOptions({ identity: await goodServer() });
      const tls = await clientTls("localhost", { acceptableProtocols: ["h2"] });
      const alpnWith = (server: CertificateOptions): Promise<string | undefined> => {
        let alpn: string | undefined;
        const use = withPair(
          context,
          async (client) => {
            alpn = client.negotiated.alpn;
          },
          { server, client: tls },
        );
        return use.then(() => alpn);
      };
      equal(await alpnWith(base.with({ acceptableProtocols: ["h2"] })), "h2", "the one");
      equal(await alpnWith(base), undefined, "the other");
      equal(base.acceptableProtocols.length, 0, "the options that both are made of");
    },
  },
  {
    id: "ways-to-end",
    name: "ends are told apart: orderly, lost, aborted (TRN-36)",
    async run(context) {
      await withPair(context, async (client, server) => {
        await within(Promise.all([client.close(), server.close()]), "closing");
        await within(Promise.all([client.closed, server.closed]), "an orderly end is no error");
      });
      await withPair(context, async (client, server) => {
        // What the peer has still to say of the handshake (tickets) is on its way before.
        await server.write(text("."));
        await readText(client, 1);
        const reason = new Error("enough");
        client.abort(reason);
        const { cause } = await rejects(client.closed, "ABORTED", "our own doing");
        equal(cause, reason, "why");
        await rejects(within(server.closed, "the peer"), "CONNECTION_RESET", "the peer's loss");
      });
    },
  },
];

/** The runtimes read it; ours must not matter. */
const switchName = "NODE_TLS_REJECT_UNAUTHORIZED";

const blockLength = 16_384;

/** A source that is pulled: so many blocks, and then the end or an error. */
function blocks(count: number, error?: Error): ReadableStream<Uint8Array> {
  let left = count;
  return new ReadableStream({
    pull(controller) {
      if (left-- > 0) controller.enqueue(new Uint8Array(blockLength).fill(left));
      else if (error === undefined) controller.close();
      else controller.error(error);
    },
  });
}
