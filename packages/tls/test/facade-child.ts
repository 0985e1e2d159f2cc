// Uses the façade on whichever runtime this is; prints what happened as JSON.

import { createTestCa } from "@tlskit/testing";
import { CertificateOptions, connect, listen, optionsForClientTLS, TlsKitError } from "@tlskit/tls";

try {
  const ca = await createTestCa();
  const identity = await ca.issue("localhost");
  const listener = await listen({ host: "127.0.0.1", port: 0, tls: new CertificateOptions({ identity }) });
  const tls = optionsForClientTLS("localhost", { trustRoot: ca.certificate });
  const accepted = listener.accept();
  const client = await connect({ host: "127.0.0.1", port: listener.address.port }, { tls });
  const server = await accepted;
  await server.write(new TextEncoder().encode("hello"));
  const bytes = await client.read();
  client.abort();
  server.abort();
  await listener.close();
  console.log(
    JSON.stringify({ text: new TextDecoder().decode(bytes ?? undefined), version: client.negotiated.version }),
  );
} catch (error) {
  console.log(JSON.stringify(TlsKitError.is(error) ? error : String(error)));
}
