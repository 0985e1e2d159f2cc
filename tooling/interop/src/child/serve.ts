// A server of ours, on whatever runtime this is.

import {
  type ByteConnection,
  type CertificateOptions,
  type Connection,
  type Listener,
  listen,
  type PlainConnection,
} from "@tlskit/tls";
import { readMessage, responseHead } from "../http.ts";
import type { ServerSetup, Sight } from "../peer.ts";
import { serveSmtp } from "../smtp.ts";
import { refusal, serverOptions, sightOf } from "./setup.ts";

/** Listens on a free port of 127.0.0.1, and tells what it sees of every connection. */
export async function serve(
  setup: ServerSetup,
  tell: (sight: Sight) => void,
): Promise<Listener | Listener<PlainConnection>> {
  const tls = await serverOptions(setup);
  const settings = { host: "127.0.0.1", port: 0, tls, onError: (error: unknown) => tell(refusal(error)) };
  if (setup.startTls) return serveInClear({ ...settings, secureTransport: "starttls" }, tell);
  const listener = await listen(settings);
  each(
    listener,
    async (connection) => {
      const { sha256 } = await sendBack(connection);
      return { ...sightOf(connection), sha256 };
    },
    tell,
  );
  return listener;
}

async function serveInClear(
  settings: { host: string; port: number; tls: CertificateOptions; secureTransport: "starttls" },
  tell: (sight: Sight) => void,
): Promise<Listener<PlainConnection>> {
  const listener = await listen(settings);
  each(
    listener,
    async (plain) => {
      const { end, leftover } = await serveSmtp(plain, false);
      if (end !== "starttls") return { refused: `${end} before STARTTLS` };
      const connection = await plain.startTls({ leftover });
      await serveSmtp(connection, true);
      await connection.close();
      return sightOf(connection);
    },
    tell,
  );
  return listener;
}

/** Until the listener is closed. */
async function each<C extends ByteConnection>(
  connections: AsyncIterable<C>,
  serveOne: (connection: C) => Promise<Sight>,
  tell: (sight: Sight) => void,
): Promise<void> {
  for await (const connection of connections) {
    serveOne(connection)
      .catch(refusal)
      .then(tell)
      .finally(() => connection.abort());
  }
}

/** Takes the whole body before it answers: peers that do not read while they write would wait for ever. */
async function sendBack(connection: Connection): Promise<{ readonly sha256: string }> {
  const { body, length, sha256 } = await readMessage(() => connection.read());
  await connection.write(new TextEncoder().encode(responseHead(length)));
  for (const part of body) await connection.write(part);
  await connection.close();
  return { sha256 };
}
