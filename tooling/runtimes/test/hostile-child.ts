// One end of connections with a hostile peer, in this very runtime. Arguments: the adapter's name, the role, and settings
// as JSON. Prints a line of JSON for everything that happens.

import process from "node:process";
import { CertificateOptions, optionsForClientTLS } from "@tlskit/options";
import { Certificate, PrivateCertificate } from "@tlskit/x509";

const [runtime = "", role = "", text = "{}"] = process.argv.slice(2);
const { connect, listen } = (await import(`@tlskit/transport-${runtime}`)) as typeof import("@tlskit/transport-node");
const settings = JSON.parse(text) as { readonly ca: string; readonly identity: string; readonly ports: number[] };
const trustRoot = Certificate.fromPem(settings.ca);

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

const codeOf = (error: unknown): string => (error as { readonly code?: string }).code ?? String(error);

if (role === "client") {
  for (const port of settings.ports) {
    const tls = optionsForClientTLS("localhost", { trustRoot });
    const outcome = connect({ host: "127.0.0.1", port }, { tls }).then(() => "connected", codeOf);
    say({ outcome: await outcome });
  }
  process.exit();
}

const identity = await PrivateCertificate.fromPem(settings.identity);
const listener = await listen({
  host: "127.0.0.1",
  port: 0,
  tls: new CertificateOptions({ identity, trustRoot, clientAuth: "request" }),
  onError: (error) => say({ error: codeOf(error) }),
});
say({ port: listener.address.port });
for await (const connection of listener) {
  say({ accepted: connection.negotiated.version, client: connection.peerCertificate !== undefined });
  void connection.write(new TextEncoder().encode("ready")).catch(() => {});
  connection.read().then(
    (bytes) => say({ read: bytes === null ? "end" : "data" }),
    (error: unknown) => say({ read: codeOf(error) }),
  );
}
