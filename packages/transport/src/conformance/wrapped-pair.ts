import type { Connection, StreamPair, WrapTlsOptions } from "../contract.ts";
import { within } from "./assert.ts";
import type { ConformanceContext } from "./case.ts";
import { clientTls, serverTls } from "./talk.ts";

/** TLS over both ends of something in memory; both connections are aborted afterwards. */
export async function withWrappedPair(
  { transport }: ConformanceContext,
  [near, far]: readonly [near: StreamPair | object, far: StreamPair | object],
  use: (client: Connection, server: Connection) => Promise<void>,
  tls: { readonly client?: WrapTlsOptions["tls"]; readonly server?: WrapTlsOptions["tls"] } = {},
): Promise<void> {
  const serving = transport.wrapTls(far, { role: "server", tls: tls.server ?? (await serverTls()) });
  serving.catch(() => {}); // If the client fails, that is the news.
  const client = await transport.wrapTls(near, { role: "client", tls: tls.client ?? (await clientTls()) });
  const server = await within(serving, "the server's handshake");
  try {
    await use(client, server);
  } finally {
    client.abort();
    server.abort();
  }
}
