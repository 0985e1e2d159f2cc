// Two ends of a connection in clear, and the words before STARTTLS.

import type { PlainConnection } from "../contract.ts";
import { equal, within } from "./assert.ts";
import type { ConformanceContext } from "./case.ts";
import { clientTls, readText, text, withPlainServer } from "./talk.ts";

/** Both ends of a connection in clear. */
export async function withPlainPair(
  context: ConformanceContext,
  use: (client: PlainConnection, server: PlainConnection) => Promise<void>,
  server?: Parameters<typeof withPlainServer>[2],
): Promise<void> {
  await withPlainServer(
    context,
    async ({ listener, port }) => {
      const options = { tls: await clientTls(), secureTransport: "starttls" } as const;
      const client = await context.transport.connect({ host: "127.0.0.1", port }, options);
      const accepted = await within(listener.accept(), "accepting");
      try {
        await use(client, accepted);
      } finally {
        client.abort();
        accepted.abort();
      }
    },
    server,
  );
}

/** Agrees on TLS in clear, as protocols with STARTTLS do. */
export async function agree(client: PlainConnection, server: PlainConnection): Promise<void> {
  await client.write(text("STARTTLS\n"));
  equal(await readText(server, 9), "STARTTLS\n", "the command");
  await server.write(text("go ahead\n"));
  equal(await readText(client, 9), "go ahead\n", "the answer");
}
