// One runtime as a peer: serves or connects, as it is told on standard input, one line of JSON for each order.
import { createHash } from "node:crypto";
import process from "node:process";
import { createInterface } from "node:readline";
import {
  CertificateOptions,
  type CertificateOptionsInit,
  type ClientTLSExtra,
  optionsForClientTLS,
} from "@tlskit/options";
import { connect, listen } from "@tlskit/tls";
import type { ByteConnection, Connection, Listener } from "@tlskit/transport";
import { TlsKitError } from "@tlskit/x509/error";
import { type Identities, type IdentitiesJson, identitiesFromJson } from "../lab/identities.ts";
import { runtimeVersion } from "../peers/runtime-version.ts";
import type { Scenario } from "./scenarios.ts";

type Order =
  | { readonly order: "identities"; readonly identities: IdentitiesJson }
  | { readonly order: "serve"; readonly scenario: Scenario }
  | { readonly order: "connect"; readonly scenario: Scenario; readonly port: number }
  | { readonly order: "close" };

let identities: Identities | undefined;
let listener: Listener | undefined;

for await (const text of createInterface({ input: process.stdin })) {
  const answer = await obey(JSON.parse(text) as Order).catch(codeOf);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
process.exit(0);

async function obey(order: Order): Promise<unknown> {
  if (order.order === "identities") {
    identities = identitiesFromJson(order.identities);
    return { version: runtimeVersion() };
  }
  if (order.order === "close") {
    await listener?.close({ timeoutMs: 200 });
    return {};
  }
  if (identities === undefined) throw new Error("no identities");
  return order.order === "serve"
    ? { port: await serve(order.scenario, identities) }
    : await dial(order.scenario, order.port, identities);
}

async function serve(scenario: Scenario, given: Identities): Promise<number> {
  const { serverIdentity = "good", clientAuth, alpn, version, startTls } = scenario;
  const tls = new CertificateOptions({
    identity: await given.get(serverIdentity),
    ...(clientAuth ? { trustRoot: given.ca, clientAuth: "require" } : {}),
    ...(alpn ? { acceptableProtocols: alpn } : {}),
    ...versions(version),
  } as CertificateOptionsInit);
  const options = { host: "127.0.0.1", port: 0, tls };
  if (startTls) {
    const plain = await listen({ ...options, secureTransport: "starttls" });
    (async () => {
      for await (const connection of plain) {
        await connection.read();
        await connection.write(line("220 go ahead"));
        connection.startTls().then(echo, () => {});
      }
    })();
    listener = plain as unknown as Listener;
    return (plain.address as { readonly port: number }).port;
  }
  const secure = await listen(options);
  (async () => {
    for await (const connection of secure) echo(connection);
  })();
  listener = secure;
  return (secure.address as { readonly port: number }).port;
}

async function dial(scenario: Scenario, port: number, given: Identities): Promise<unknown> {
  const { clientIdentity, alpn, version, startTls, bytes = 64 } = scenario;
  const tls = optionsForClientTLS("localhost", {
    trustRoot: given.ca,
    ...(clientIdentity ? { identity: await given.get(clientIdentity) } : {}),
    ...(alpn ? { acceptableProtocols: [...alpn].reverse(), requireProtocol: "h2" } : {}),
    ...versions(version),
  } as ClientTLSExtra);
  let connection: Connection;
  if (startTls) {
    const plain = await connect({ host: "localhost", port }, { tls, secureTransport: "starttls" });
    await plain.write(line("STARTTLS"));
    await plain.read();
    connection = await plain.startTls();
  } else connection = await connect({ host: "localhost", port }, { tls });
  const same = await thereAndBack(connection, bytes);
  const { negotiated } = connection;
  await connection.close();
  return same ? { code: "connected", negotiated } : { code: "BYTES_DIFFER" };
}

function versions(version: Scenario["version"]): object {
  return version === undefined ? {} : { raiseMinimumTo: version, lowerMaximumSecurityTo: version };
}

/** What comes back has the hash of what was sent. */
async function thereAndBack(connection: Connection, count: number): Promise<boolean> {
  const sent = Uint8Array.from({ length: 65_536 }, (_, i) => (i * 31) % 251);
  const [there, back] = [createHash("sha256"), createHash("sha256")];
  const sending = (async () => {
    for (let left = count; left > 0; left -= sent.length) {
      const part = sent.slice(0, Math.min(left, sent.length));
      there.update(part);
      await connection.write(part);
    }
  })();
  sending.catch(() => {}); // Reading tells what happened, and it is waited for below.
  let received = 0;
  while (received < count) {
    const bytes = await connection.read();
    if (bytes === null) break;
    received += bytes.byteLength;
    back.update(bytes);
  }
  await sending;
  return there.digest("hex") === back.digest("hex");
}

async function echo(connection: ByteConnection): Promise<void> {
  try {
    for (let bytes = await connection.read(); bytes !== null; bytes = await connection.read()) {
      await connection.write(bytes);
    }
    await connection.close();
  } catch {
    connection.abort(); // The client tells what happened.
  }
}

function codeOf(error: unknown): { code: string; message: string } {
  const message = error instanceof Error ? error.message : String(error);
  return { code: TlsKitError.is(error) ? error.code : "UNEXPECTED", message };
}

function line(text: string): Uint8Array {
  return new TextEncoder().encode(`${text}\r\n`);
}
