// One connection with both its ends, ours and the runtime's own.

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import * as nodeTls from "node:tls";
import { CertificateOptions, type Connection, connect, listen, optionsForClientTLS } from "@tlskit/tls";
import { makePki } from "./pki.ts";

export async function ourPair(): Promise<{ readonly client: Connection; readonly server: Connection }> {
  const pki = await makePki();
  const identity = pki.server;
  const listener = await listen({ host: "127.0.0.1", port: 0, tls: new CertificateOptions({ identity }) });
  const tls = optionsForClientTLS("localhost", { trustRoot: pki.root });
  const accepted = listener.accept();
  const client = await connect({ host: "127.0.0.1", port: listener.address.port }, { tls });
  return { client, server: await accepted };
}

/** As it comes, unless `noDelay` is asked for. */
export async function rawPair(
  noDelay: boolean,
): Promise<{ readonly client: nodeTls.TLSSocket; readonly server: nodeTls.TLSSocket }> {
  const pki = await makePki();
  const listener = nodeTls.createServer({ cert: pki.certPem, key: pki.keyPem, noDelay });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as AddressInfo;
  const accepted = once(listener, "secureConnection");
  const client = nodeTls.connect({ port, host: "127.0.0.1", servername: "localhost", ca: pki.caPem });
  await once(client, "secureConnect");
  client.setNoDelay(noDelay);
  const [server] = (await accepted) as [nodeTls.TLSSocket];
  return { client, server };
}
