// A situation, played with our toolkit on whichever runtime this is: the façade picks the adapter.
import {
  CertificateOptions,
  type CertificateOptionsInit,
  type ClientTLSExtra,
  type ClientTLSOptions,
  optionsForClientTLS,
} from "@tlskit/options";
import { connect, listen } from "@tlskit/tls";
import type { Connection, PlainConnection } from "@tlskit/transport";
import type { Certificate } from "@tlskit/x509";
import type { Identities } from "./identities.ts";
import { misbehave } from "./misbehaving.ts";
import { connectedOutcome, refusedOutcome } from "./outcome.ts";
import type { Outcome, Situation, SituationClient, SituationServer } from "./situation.ts";

/** Plays it; whatever goes wrong is the outcome. */
export async function runOurs(situation: Situation, identities: Identities): Promise<Outcome> {
  const { server, client = {} } = situation;
  const clientTls = await clientOptions(client, identities);
  const host = client.name === "127.0.0.1" ? "127.0.0.1" : "localhost";
  if (typeof server === "string") {
    // Only who says nothing is waited for in vain.
    const limit = server === "stays silent" ? { handshakeTimeoutMs: 400 } : {};
    return misbehave(server, (port) => attempt(() => connect({ host, port }, { tls: clientTls, ...limit })));
  }
  const serverTls = await serverOptions(server, identities);
  try {
    if (situation.startTls) return await startTlsTalk(serverTls, clientTls);
    return await talk({ serverTls, clientTls, host, tell: situation.tell ?? "client" });
  } catch (error) {
    return refusedOutcome(error);
  }
}

async function serverOptions(server: SituationServer, identities: Identities): Promise<CertificateOptions> {
  const identity = await identities.get(server.identity);
  return new CertificateOptions({
    identity,
    ...(server.clientAuth ? { trustRoot: identities.ca, clientAuth: "require" as const } : {}),
    ...(server.alpn ? { acceptableProtocols: server.alpn } : {}),
    ...(server.min ? { raiseMinimumTo: server.min } : {}),
  } as CertificateOptionsInit);
}

async function clientOptions(client: SituationClient, identities: Identities): Promise<ClientTLSOptions> {
  const { name = "localhost", identity, alpn, requireProtocol, max, trust } = client;
  const trustRoot: Certificate = trust === undefined ? identities.ca : await identities.get(trust);
  return optionsForClientTLS(name, {
    trustRoot,
    ...(identity ? { identity: await identities.get(identity) } : {}),
    ...(max ? { lowerMaximumSecurityTo: max } : {}),
    ...(alpn ? { acceptableProtocols: alpn, requireProtocol: requireProtocol ?? false } : {}),
  } as ClientTLSExtra);
}

interface Talk {
  readonly serverTls: CertificateOptions;
  readonly clientTls: ClientTLSOptions;
  readonly host: string;
  /** Whose error is shown when the connection fails. */
  readonly tell: "client" | "server";
}

/** One server, one client, one line there and back. */
async function talk({ serverTls, clientTls, host, tell }: Talk): Promise<Outcome> {
  const serverError = Promise.withResolvers<unknown>();
  const listener = await listen({ host: "127.0.0.1", port: 0, tls: serverTls, onError: serverError.resolve });
  const serving = echoAll(listener);
  try {
    const { port } = listener.address as { readonly port: number };
    const outcome = await attempt(() => connect({ host, port }, { tls: clientTls }), echoLine);
    if (tell === "client" || outcome.code === "connected") return outcome;
    // The client learns of its refusal at once, the server's report of it may come a moment later.
    const { code, reasons } = refusedOutcome(await serverError.promise);
    return { ...outcome, code, reasons: [...reasons, `The client saw ${outcome.code}.`] };
  } finally {
    await listener.close();
    await serving;
  }
}

/** A line in clear, then TLS on the same connection, on both sides. */
async function startTlsTalk(serverTls: CertificateOptions, clientTls: ClientTLSOptions): Promise<Outcome> {
  const listener = await listen({ host: "127.0.0.1", port: 0, tls: serverTls, secureTransport: "starttls" });
  const serving = (async () => {
    for await (const plain of listener) {
      await expectLine(plain, "STARTTLS");
      await plain.write(line("220 go ahead"));
      await echo(await plain.startTls());
    }
  })();
  try {
    const { port } = listener.address as { readonly port: number };
    return await attempt(async () => {
      const plain = await connect({ host: "localhost", port }, { tls: clientTls, secureTransport: "starttls" });
      await plain.write(line("STARTTLS"));
      await expectLine(plain, "220 go ahead");
      return plain.startTls();
    }, echoLine);
  } finally {
    await listener.close();
    await serving;
  }
}

/** Connects, uses, closes; whatever goes wrong becomes the outcome. */
async function attempt(
  open: () => Promise<Connection>,
  use: (connection: Connection) => Promise<void> = async () => {},
): Promise<Outcome> {
  let connection: Connection | undefined;
  try {
    connection = await open();
    await use(connection);
    await connection.close();
    return connectedOutcome(connection);
  } catch (error) {
    connection?.abort();
    return { ...refusedOutcome(error), ...(connection ? { negotiated: connection.negotiated } : {}) };
  }
}

async function echoAll(connections: AsyncIterable<Connection>): Promise<void> {
  for await (const connection of connections) await echo(connection);
}

async function echo(connection: Connection): Promise<void> {
  try {
    for (let bytes = await connection.read(); bytes !== null; bytes = await connection.read()) {
      await connection.write(bytes);
    }
    await connection.close();
  } catch {
    // The client's side of the story is the one that the row tells.
    connection.abort();
  }
}

/** A TLS 1.3 server refuses a client's certificate after the client's handshake: only an answer proves acceptance. */
async function echoLine(connection: Connection): Promise<void> {
  await connection.write(line("hello"));
  await expectLine(connection, "hello");
}

async function expectLine(from: Connection | PlainConnection, expected: string): Promise<void> {
  let text = "";
  while (!text.endsWith("\n")) {
    const bytes = await from.read();
    if (bytes === null) break;
    text += new TextDecoder().decode(bytes);
  }
  if (text !== `${expected}\r\n`) throw new Error(`expected the line ${expected}, got ${JSON.stringify(text)}`);
}

function line(text: string): Uint8Array {
  return new TextEncoder().encode(`${text}\r\n`);
}
