// A client's first message, as a server in clear sees it.

import type { ConnectOptions } from "../contract.ts";
import { ConformanceFailure, ok, rejects, within } from "./assert.ts";
import type { ConformanceContext } from "./case.ts";
import { type ClientHello, parseClientHello } from "./client-hello.ts";
import { withPlainServer } from "./talk.ts";

/** What a client with these options, or with none, says first. */
export async function clientHello(context: ConformanceContext, tls: ConnectOptions["tls"]): Promise<ClientHello> {
  let hello: ClientHello | undefined;
  await withPlainServer(context, async ({ listener, port }) => {
    const attempt = context.transport.connect({ host: "127.0.0.1", port }, tls === undefined ? {} : { tls });
    attempt.catch(() => {}); // Nobody answers the handshake.
    const accepting = listener.accept();
    accepting.catch(() => {}); // If options are refused, nobody comes.
    const refused = attempt.then(() =>
      Promise.reject(new ConformanceFailure("the hello", "no answer", "a connection")),
    );
    const peer = await within(Promise.race([accepting, refused]), "accepting");
    let bytes = new Uint8Array();
    while (hello === undefined) {
      const more = await within(peer.read(), "the hello");
      ok(more !== null, "a client says hello");
      bytes = new Uint8Array([...bytes, ...more]);
      hello = parseClientHello(bytes);
    }
    peer.abort();
    await rejects(attempt, "CONNECTION_RESET", "a server that hangs up");
  });
  ok(hello !== undefined, "a hello");
  return hello;
}
