// Uses the façade on whichever runtime this is: connections, endpoint strings over a directory, HTTP. Prints what
// happened as JSON.

import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createTestCa } from "@tlskit/testing";
import { CertificateOptions, connect, httpsAgent, listen, optionsForClientTLS, peerOf, serveHttps } from "@tlskit/tls";
import { connectEndpoint, listenEndpoint, quoteStringArgument as q } from "@tlskit/tls/endpoints";
import { TlsKitError } from "@tlskit/x509/error";

const ca = await createTestCa();
const identity = await ca.issue("localhost");
const options = new CertificateOptions({ identity });

async function connections(): Promise<unknown> {
  const listener = await listen({ host: "127.0.0.1", port: 0, tls: options });
  const tls = optionsForClientTLS("localhost", { trustRoot: ca.certificate });
  const accepted = listener.accept();
  const client = await connect({ host: "127.0.0.1", port: listener.address.port }, { tls });
  const server = await accepted;
  await server.write(new TextEncoder().encode("hello"));
  const bytes = await client.read();
  client.abort();
  server.abort();
  await listener.close();
  return { text: new TextDecoder().decode(bytes ?? undefined), version: client.negotiated.version };
}

async function endpoints(): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), "tlskit-facade-"));
  const file = (name: string): string => q(join(folder, name));
  await mkdir(join(folder, "live"));
  await writeFile(join(folder, "ca.pem"), ca.certificate.toPem());
  for (const one of [identity, await ca.issue("other.localhost")]) {
    await writeFile(join(folder, "live", `${one.id}.pem`), one.fullChainPem() + (await one.keyPair.toPem()));
  }
  const listener = await listenEndpoint(`tls:directory=${file("live")}:port=0:interface=127.0.0.1`);
  const carrier = q(`tcp:127.0.0.1:${listener.address.port}`);
  const names: unknown[] = [];
  for (const name of ["localhost", "other.localhost"]) {
    const accepted = listener.accept();
    const client = await connectEndpoint(`tls:${name}:443:trustRoots=${file("ca.pem")}:endpoint=${carrier}`);
    names.push(client.peerCertificate?.subjectAltName?.[0]?.value);
    (await accepted).abort();
    client.abort();
  }
  await listener.close({ timeoutMs: 0 });
  await rm(folder, { recursive: true });
  return names;
}

async function http(): Promise<unknown> {
  const service = await serveHttps({ host: "127.0.0.1", port: 0, tls: options }, (request, response) => {
    response.end(peerOf(request.socket)?.role);
  });
  const agent = httpsAgent({ tls: new CertificateOptions({ trustRoot: ca.certificate }) });
  const request = get(`https://localhost:${service.address.port}/`, { agent });
  request.on("error", () => {});
  const [response] = (await once(request, "response")) as [AsyncIterable<unknown>];
  let text = "";
  for await (const part of response) text += String(part);
  agent.destroy();
  await service.close({ timeoutMs: 100 });
  return text;
}

try {
  console.log(JSON.stringify({ ...((await connections()) as object), names: await endpoints(), http: await http() }));
} catch (error) {
  console.log(JSON.stringify(TlsKitError.is(error) ? error : String(error)));
}
process.exit(0);
