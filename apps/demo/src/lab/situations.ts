// The situations: each starts its own server on loopback, connects, and tells what came of it.
import {
  CertificateOptions,
  type CertificateOptionsInit,
  type ClientTLSExtra,
  optionsForClientTLS,
  TLSVersion,
} from "@tlskit/options";
import type { Connection, PlainConnection } from "@tlskit/transport";
import { connect, listen } from "@tlskit/transport-node";
import { hangUp, speakPlaintext, staySilent, withTcpServer } from "./misbehaving.ts";
import { connectedOutcome, refusedOutcome } from "./outcome.ts";
import type { Pki } from "./pki.ts";
import type { Outcome, Situation } from "./situation.ts";

/** All situations, in the order in which they are shown. */
export function situations(pki: Pki): Situation[] {
  const server = (identity: Pki["good"], more: CertificateOptionsInit = {}) =>
    new CertificateOptions({ identity, ...more });
  const trust = { trustRoot: pki.ca.certificate };
  const client = (more: ClientTLSExtra = trust, name = "localhost") => optionsForClientTLS(name, more);
  const over =
    (serverTls: CertificateOptions, clientTls = client(), host = "localhost") =>
    () =>
      talk({ serverTls, clientTls, host });
  const clientsOfOurCa = { trustRoot: pki.ca.certificate, clientAuth: "require" } as const;
  const silent = { handshakeTimeoutMs: 400 };
  const misbehaving =
    (behave: typeof hangUp, more: { handshakeTimeoutMs?: number } = {}) =>
    () =>
      withTcpServer(behave, (port) => attempt(() => connect({ host: "localhost", port }, { tls: client(), ...more })));

  return [
    { id: "good", title: "good", expected: "connected", run: over(server(pki.good)) },
    {
      id: "client-certificate",
      title: "good, with client certificate",
      expected: "connected",
      run: over(server(pki.good, clientsOfOurCa), client({ ...trust, identity: pki.client })),
    },
    {
      id: "alpn",
      title: "ALPN agreed",
      expected: "connected",
      run: over(
        server(pki.good, { acceptableProtocols: ["h2", "http/1.1"] }),
        client({ ...trust, acceptableProtocols: ["http/1.1", "h2"], requireProtocol: "h2" }),
      ),
    },
    { id: "starttls", title: "STARTTLS", expected: "connected", run: () => startTlsTalk(server(pki.good), client()) },
    { id: "expired", title: "expired", expected: "CERTIFICATE_EXPIRED", run: over(server(pki.expired)) },
    {
      id: "not-yet-valid",
      title: "not yet valid",
      expected: "CERTIFICATE_NOT_YET_VALID",
      run: over(server(pki.notYetValid)),
    },
    { id: "wrong-name", title: "wrong name", expected: "NAME_MISMATCH", run: over(server(pki.wrongName)) },
    {
      id: "ip-address",
      title: "IP address name",
      expected: "connected",
      run: over(server(pki.ipAddress), client(trust, "127.0.0.1"), "127.0.0.1"),
    },
    {
      id: "missing-intermediate",
      title: "missing intermediate",
      expected: "UNKNOWN_ISSUER",
      run: over(server(pki.missingIntermediate)),
    },
    {
      id: "untrusted-root",
      title: "untrusted root",
      expected: "UNTRUSTED_ROOT",
      run: over(server(pki.untrustedRoot)),
    },
    { id: "self-signed", title: "self-signed", expected: "SELF_SIGNED", run: over(server(pki.selfSigned)) },
    {
      id: "wrong-usage",
      title: "wrong extended key usage",
      expected: "EXTENDED_KEY_USAGE_MISMATCH",
      run: over(server(pki.wrongUsage)),
    },
    {
      id: "client-certificate-missing",
      title: "client certificate missing",
      expected: "CLIENT_CERTIFICATE_REQUIRED",
      run: () =>
        talk({ serverTls: server(pki.good, clientsOfOurCa), clientTls: client(), host: "localhost", tell: "server" }),
    },
    {
      id: "client-certificate-of-wrong-ca",
      title: "client certificate from the wrong CA",
      expected: "UNKNOWN_ISSUER",
      run: () =>
        talk({
          serverTls: server(pki.good, clientsOfOurCa),
          clientTls: client({ ...trust, identity: pki.clientOfOtherCa }),
          host: "localhost",
          tell: "server",
        }),
    },
    {
      id: "alpn-none-common",
      title: "no common ALPN protocol",
      expected: "NO_APPLICATION_PROTOCOL",
      run: over(server(pki.good, { acceptableProtocols: ["h2"] }), client({ ...trust, acceptableProtocols: ["imap"] })),
    },
    {
      id: "version-none-common",
      title: "no common version",
      expected: "PROTOCOL_VERSION_MISMATCH",
      run: over(
        server(pki.good, { raiseMinimumTo: TLSVersion.TLSv1_3 }),
        client({ ...trust, lowerMaximumSecurityTo: TLSVersion.TLSv1_2 }),
      ),
    },
    {
      id: "plaintext",
      title: "peer that speaks plaintext",
      expected: "PEER_NOT_TLS",
      run: misbehaving(speakPlaintext),
    },
    {
      id: "hang-up",
      title: "peer that hangs up mid-handshake",
      expected: "CONNECTION_RESET",
      run: misbehaving(hangUp),
    },
    {
      id: "silence",
      title: "peer that says nothing",
      expected: "HANDSHAKE_TIMEOUT",
      run: misbehaving(staySilent, silent),
    },
  ];
}

interface Talk {
  readonly serverTls: CertificateOptions;
  readonly clientTls: ReturnType<typeof optionsForClientTLS>;
  readonly host: string;
  /** Whose error is shown when the connection fails: with client certificates, it is the server that knows why. */
  readonly tell?: "client" | "server";
}

/** One server, one client, one line there and back. */
async function talk({ serverTls, clientTls, host, tell = "client" }: Talk): Promise<Outcome> {
  const serverErrors: unknown[] = [];
  let refused: () => void = () => {};
  const serverRefused = new Promise<void>((resolve) => {
    refused = resolve;
  });
  const listener = await listen({
    host: "127.0.0.1",
    port: 0,
    tls: serverTls,
    onError: (error: unknown) => {
      serverErrors.push(error);
      refused();
    },
  });
  const serving = echoAll(listener);
  try {
    const outcome = await attempt(() => connect({ host, port: listener.address.port }, { tls: clientTls }), echoLine);
    if (tell === "client" || outcome.code === "connected") return outcome;
    // The client learns of its refusal at once, the server's report of it may come a moment later.
    await serverRefused;
    const { code, reasons } = refusedOutcome(serverErrors[0]);
    return { ...outcome, code, reasons: [...reasons, `The client saw ${outcome.code}.`] };
  } finally {
    await listener.close();
    await serving;
  }
}

/** A line in clear, then TLS on the same connection, on both sides. */
async function startTlsTalk(serverTls: CertificateOptions, clientTls: Talk["clientTls"]): Promise<Outcome> {
  const listener = await listen({ host: "127.0.0.1", port: 0, tls: serverTls, secureTransport: "starttls" });
  const serving = (async () => {
    for await (const plain of listener) {
      await expectLine(plain, "STARTTLS");
      await plain.write(line("220 go ahead"));
      await echo(await plain.startTls());
    }
  })();
  try {
    return await attempt(async () => {
      const plain = await connect(
        { host: "localhost", port: listener.address.port },
        { tls: clientTls, secureTransport: "starttls" },
      );
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
