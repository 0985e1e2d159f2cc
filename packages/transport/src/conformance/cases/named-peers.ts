// Of the many connections of a program, which one is it that failed?

import { VerificationError } from "@tlskit/verify";
import type { TlsKitError } from "@tlskit/x509/error";
import type { ConnectOptions } from "../../contract.ts";
import { equal, ok, rejects, within } from "../assert.ts";
import type { ConformanceCase, ConformanceContext } from "../case.ts";
import { strangerCa } from "../pki.ts";
import { agree, withPlainPair } from "../plain-pair.ts";
import { clientTls, serverTls, text, withPlainServer, withServer } from "../talk.ts";

const host = "127.0.0.1";

/** The error names this peer, to people and to programs. */
function names({ message, details }: TlsKitError, port: number, what: string): void {
  ok(message.startsWith(`${host}:${port}: `), `the message of ${what} names the peer: ${message}`);
  const { host: told, port: toldPort } = details as { readonly host?: string; readonly port?: number };
  equal(`${told}:${toldPort}`, `${host}:${port}`, `the details of ${what}`);
}

/** Connects to somebody who accepts a connection and does this with it. */
async function failing(
  context: ConformanceContext,
  code: string | readonly string[],
  peer: "garbage" | "silence" | "hang up",
  options: Omit<ConnectOptions, "secureTransport"> = {},
): Promise<void> {
  await withPlainServer(context, async ({ listener, port }) => {
    const attempt = context.transport.connect({ host, port }, { tls: await clientTls(), ...options });
    attempt.catch(() => {});
    // Who gives up soon may never be there.
    const answering = listener.accept().then(async (accepted) => {
      if (peer === "garbage") await accepted.write(text("220 mail.example ESMTP\r\n"));
      if (peer === "hang up") accepted.abort();
    });
    answering.catch(() => {});
    names(await rejects(within(attempt, "an answer"), code, peer), port, peer);
  });
}

export const namedPeerCases: readonly ConformanceCase[] = [
  {
    id: "errors-name-the-peer",
    name: "an error of a handshake says which host and port the connection was to lead to",
    async run(context) {
      await failing(context, "PEER_NOT_TLS", "garbage");
      await failing(context, "CONNECTION_RESET", "hang up");
      await failing(context, "HANDSHAKE_TIMEOUT", "silence", { handshakeTimeoutMs: 1 });
    },
  },
  {
    id: "aborts-name-the-peer",
    name: "an abort says which connection it has ended, and keeps its reason as the cause",
    async run({ transport }) {
      const reason = { why: "changed my mind" };
      const attempt = transport.connect(
        { host, port: 1 },
        { tls: await clientTls(), signal: AbortSignal.abort(reason) },
      );
      const error = await rejects(attempt, "ABORTED", "connect");
      names(error, 1, "an abort");
      ok(error.cause === reason, "the reason is the cause");
    },
  },
  {
    id: "refusals-name-the-peer",
    name: "the refusal of a certificate says who showed it, and keeps every reason",
    async run(context) {
      const stranger = await (await strangerCa()).issue("somebody.example");
      await withServer(context, await serverTls(stranger), async ({ port }) => {
        const attempt = context.transport.connect({ host, port }, { tls: await clientTls() });
        const error = await rejects(within(attempt, "an answer"), ["NAME_MISMATCH", "UNKNOWN_ISSUER"], "connect");
        ok(VerificationError.is(error), "a VerificationError");
        ok(error.message.startsWith(`${host}:${port}: `), `the message names the peer: ${error.message}`);
        equal(error.peer, { host, port }, "the peer");
        equal(error.toJSON().peer, { host, port }, "the peer in JSON");
        ok(error.reasons.length > 1 && error.chain[0]?.id === stranger.id, "reasons and chain are there");
      });
    },
  },
  {
    id: "starttls-errors-name-the-peer",
    name: "so does what goes wrong after STARTTLS: the connection knows what was dialled",
    run: (context) =>
      withPlainPair(context, async (client, server) => {
        await agree(client, server);
        const port = client.remoteAddress?.port ?? 0;
        const attempt = client.startTls();
        attempt.catch(() => {});
        ok((await within(server.read(), "the hello")) !== null, "a hello");
        await server.write(text("454 TLS not available\r\n"));
        names(await rejects(within(attempt, "an answer"), "PEER_NOT_TLS", "startTls"), port, "startTls");
      }),
  },
];
