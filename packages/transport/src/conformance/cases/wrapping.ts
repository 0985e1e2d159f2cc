// TLS over whatever carries bytes: pairs in memory, other TLS connections, UNIX sockets (TRN-34).

import { duplexPair } from "node:stream";
import type { StreamPair } from "../../contract.ts";
import { equal, ok, rejects, within } from "../assert.ts";
import type { ConformanceCase } from "../case.ts";
import { daysFromNow, issued, rootCa } from "../pki.ts";
import { clientTls, serverTls, talkToTheEnd, text, withPair } from "../talk.ts";
import { withWrappedPair } from "../wrapped-pair.ts";

/** Two ends of a pipe in memory, as web streams. */
function streamPairs(): [near: StreamPair, far: StreamPair] {
  const there = new TransformStream<Uint8Array, Uint8Array>();
  const back = new TransformStream<Uint8Array, Uint8Array>();
  return [
    { readable: back.readable, writable: there.writable },
    { readable: there.readable, writable: back.writable },
  ];
}

export const wrappingCases: readonly ConformanceCase[] = [
  {
    id: "wrap-duplex",
    name: "TLS runs over a pair of streams in memory, and ends in order (TRN-34)",
    run: (context) => withWrappedPair(context, duplexPair(), talkToTheEnd),
  },
  {
    id: "wrap-web-streams",
    name: "and over web streams",
    run: (context) => withWrappedPair(context, streamPairs(), talkToTheEnd),
  },
  {
    id: "wrap-tls-in-tls",
    name: "TLS runs inside TLS, each layer with a peer of its own",
    run: (context) =>
      withPair(context, async (outerClient, outerServer) => {
        const inside = await issued({ names: ["inside.example"] });
        const tls = { client: await clientTls("inside.example"), server: await serverTls(inside) };
        await withWrappedPair(
          context,
          [outerClient, outerServer],
          async (client, server) => {
            equal(client.peerCertificate?.id, inside.id, "whom the inner layer sees");
            ok(client.verifiedPath?.name?.reference.value === "inside.example", "and by which name");
            await rejects(outerClient.read(), "INVALID_STATE", "reading what belongs to the inner layer");
            await talkToTheEnd(client, server);
          },
          tls,
        );
        await within(Promise.all([outerClient.closed, outerServer.closed]), "the outer layer ending");
      }),
  },
  {
    id: "wrap-many",
    name: "twelve at once, each with its own peer",
    async run(context) {
      const tls = await serverTls(undefined, { trustRoot: (await rootCa()).certificate, clientAuth: "require" });
      const one = async (index: number): Promise<void> => {
        const identity = await issued({ names: [`client-${index}@example.org`], profile: "client" });
        const client = await clientTls("localhost", { identity });
        const ends = index % 2 === 0 ? duplexPair() : streamPairs();
        await withWrappedPair(
          context,
          ends,
          async (_, server) => equal(server.peerCertificate?.id, identity.id, "the peer"),
          {
            client,
            server: tls,
          },
        );
      };
      await Promise.all(Array.from({ length: 12 }, (_, index) => one(index)));
    },
  },
  {
    id: "wrap-stream-of-nothing",
    name: "a stream that gives chunks without bytes, and no end of them, runs into the limit",
    async run({ transport }) {
      const nothing = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array()) });
      const over = { readable: nothing, writable: new WritableStream<Uint8Array>() };
      const attempt = transport.wrapTls(over, { role: "client", tls: await clientTls(), handshakeTimeoutMs: 200 });
      await rejects(within(attempt, "the limit"), "HANDSHAKE_TIMEOUT", "the handshake");
    },
  },
  {
    id: "wrap-end-of-another",
    name: "the end of one connection does not touch the handshake of the next",
    async run(context) {
      const { transport } = context;
      const tls = await serverTls();
      await withWrappedPair(
        context,
        duplexPair(),
        async (first, itsServer) => {
          const [near, far] = duplexPair();
          const serving = transport.wrapTls(far, { role: "server", tls });
          serving.catch(() => {}); // If the client fails, that is the news.
          await new Promise((resolve) => setTimeout(resolve, 20)); // The server waits for the client's first word.
          first.abort();
          itsServer.abort();
          await rejects(first.closed, "ABORTED", "the first");
          await new Promise((resolve) => setTimeout(resolve, 20));
          const client = await transport.wrapTls(near, { role: "client", tls: await clientTls() });
          await talkToTheEnd(client, await within(serving, "the second"));
        },
        { server: tls },
      );
    },
  },
  {
    id: "wrap-refused-server",
    name: "a client refuses a server over any carrier, and ends the carrier (TRN-13)",
    async run({ transport }) {
      const [near, far] = streamPairs();
      const tls = await serverTls(await issued({ names: ["localhost"], notAfter: daysFromNow(-1) }));
      const serving = transport.wrapTls(far, { role: "server", tls }).then(
        (connection) => connection.read(),
        () => null,
      );
      const attempt = transport.wrapTls(near, { role: "client", tls: await clientTls() });
      await rejects(attempt, "CERTIFICATE_EXPIRED", "a client must refuse this server");
      const end = await within(
        serving.catch(() => null),
        "the server's end",
      );
      equal(end, null, "what the server got");
    },
  },
  {
    id: "wrap-refused-client",
    name: "a server refuses a client over any carrier",
    needs: ["server-client-auth-require"],
    async run({ transport }) {
      const [near, far] = duplexPair();
      const tls = await serverTls(undefined, { trustRoot: (await rootCa()).certificate, clientAuth: "require" });
      const serving = transport.wrapTls(far, { role: "server", tls });
      const client = transport.wrapTls(near, { role: "client", tls: await clientTls() });
      const codes = ["CLIENT_CERTIFICATE_REQUIRED"];
      const reading = client.then((connection) => connection.read()).catch(() => null);
      await rejects(within(serving, "the server's decision"), codes, "a server must refuse this client");
      near.destroy();
      equal(await within(reading, "the client learning of it"), null, "a refused client is told nothing");
    },
  },
  {
    id: "wrap-plain-connection",
    name: "a plain connection is taken over as startTls does it; what is no carrier is refused",
    async run({ transport }) {
      const tls = await clientTls();
      await rejects(
        transport.wrapTls({}, { role: "client", tls }),
        "SETTING_INVALID",
        "an object that carries nothing",
      );
      const [locked] = streamPairs();
      locked.readable.getReader();
      await rejects(transport.wrapTls(locked, { role: "client", tls }), "INVALID_STATE", "a locked stream");
      const [near] = duplexPair();
      const nameless = await serverTls();
      await rejects(transport.wrapTls(near, { role: "client", tls: nameless }), "SETTING_INVALID", "no name to verify");
      ok(!near.destroyed, "wrong options leave the carrier as it was");
      near.destroy();
    },
  },
  {
    id: "wrap-silent-peer",
    name: "a peer that says nothing is left after the limit, and the carrier with it",
    async run({ transport }) {
      const [near] = duplexPair();
      const settings = { role: "client", tls: await clientTls(), handshakeTimeoutMs: 200 } as const;
      await rejects(within(transport.wrapTls(near, settings), "the limit"), "HANDSHAKE_TIMEOUT", "the client");
      if (!near.destroyed) await within(new Promise((resolve) => near.once("close", resolve)), "the carrier's end");
    },
  },
  {
    id: "wrap-peer-not-tls",
    name: "a carrier that brings something else than TLS is told apart",
    async run({ transport }) {
      const [near, far] = streamPairs();
      const writer = far.writable.getWriter();
      writer.write(text("HTTP/1.1 400 Bad Request\r\n\r\n")).catch(() => {});
      const attempt = transport.wrapTls(near, { role: "client", tls: await clientTls() });
      await rejects(within(attempt, "the client"), "PEER_NOT_TLS", "what came is no TLS");
    },
  },
  {
    id: "wrap-carrier-breaks",
    name: "an error of the carrier is the error of the connection (TRN-23)",
    async run(context) {
      const [near, far] = streamPairs();
      await withWrappedPair(context, [near, far], async (client, server) => {
        const reading = client.read();
        server.abort();
        await rejects(within(reading, "the read"), ["CONNECTION_RESET", "ABORTED", "RUNTIME_ERROR"], "the client");
        await rejects(client.closed, ["CONNECTION_RESET", "ABORTED", "RUNTIME_ERROR"], "its end");
      });
    },
  },
];
