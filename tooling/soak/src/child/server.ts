// A server of ours that is to be worn out.

import { createTestCa } from "@tlskit/testing";
import { CertificateOptions, type Connection, listen } from "@tlskit/tls";
import type { Answers, ServeSettings } from "./protocol.ts";
import { add, codeOf, type Tally } from "./tally.ts";

/** What all servers of this process have met. */
export const met: { open: number; accepted: number; readonly errors: Tally } = { open: 0, accepted: 0, errors: {} };

/** Listens on a free port of 127.0.0.1, with an identity of a CA of its own. */
export async function serve({ mode, handshakeTimeoutMs }: ServeSettings): Promise<Answers["serve"]> {
  const ca = await createTestCa();
  const listener = await listen({
    host: "127.0.0.1",
    port: 0,
    tls: new CertificateOptions({ identity: await ca.issue("localhost") }),
    onError: (error) => add(met.errors, codeOf(error)),
    ...(handshakeTimeoutMs !== undefined && { handshakeTimeoutMs }),
  });
  const work = mode === "echo" ? echo : wait;
  acceptAll(listener, work);
  const { address } = listener;
  return { port: address.port, caPem: ca.caPem };
}

async function acceptAll(
  connections: AsyncIterable<Connection>,
  work: (connection: Connection) => Promise<void>,
): Promise<void> {
  for await (const connection of connections) {
    met.open++;
    met.accepted++;
    work(connection)
      .catch((error: unknown) => add(met.errors, codeOf(error)))
      .finally(() => {
        met.open--;
      });
  }
}

async function echo(connection: Connection): Promise<void> {
  const into = new Uint8Array(64 * 1024);
  for (;;) {
    const bytes = await connection.read(into);
    if (bytes === null) break;
    await connection.write(bytes);
  }
  await connection.close();
}

/** Never reads; sees the end of the connection all the same. */
async function wait(connection: Connection): Promise<void> {
  await connection.closed;
}
