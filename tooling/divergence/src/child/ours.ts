// What a connection of ours says, in which both verifiers must accept.

import { Certificate, type Connection, connect, optionsForClientTLS, TlsKitError } from "@tlskit/tls";
import type { Order } from "./protocol.ts";

/** `"accepts"`, or the code. `RUNTIME_REFUSED` alone means that our verifier accepts. */
export async function askOurs({ port, name, trust }: Order): Promise<string> {
  let connection: Connection | undefined;
  try {
    const trustRoot = trust.map((pem) => Certificate.fromPem(pem));
    connection = await connect({ host: "127.0.0.1", port }, { tls: optionsForClientTLS(name, { trustRoot }) });
    return "accepts";
  } catch (error) {
    if (!TlsKitError.is(error)) return String(error);
    // Where the runtime does not show the chain that it refuses, nobody can tell what we would say.
    const isShown = "path" in error.details && error.details.path !== undefined;
    return error.code === "RUNTIME_REFUSED" && !isShown ? "RUNTIME_REFUSED, chain not shown" : error.code;
  } finally {
    connection?.abort();
  }
}
