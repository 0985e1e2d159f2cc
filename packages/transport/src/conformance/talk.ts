// Servers and clients for cases: started, used, and gone again whatever happens.

import type { ClientTLSExtra, ClientTLSOptions } from "@tlskit/options";
import { CertificateOptions, type CertificateOptionsInit, OptionsError, optionsForClientTLS } from "@tlskit/options";
import { VerificationError } from "@tlskit/verify";
import type { PrivateCertificate } from "@tlskit/x509";
import type { Connection, Listener, ListenOptions, PlainConnection } from "../contract.ts";
import { ConformanceFailure, equal, hasCode, ok, rejects, within } from "./assert.ts";
import type { ConformanceContext } from "./case.ts";
import { goodServer, rootCa } from "./pki.ts";

/** A listener with what it reported. */
export interface TestServer<C> {
  readonly listener: Listener<C & Connection>;
  readonly port: number;
  /** What `onError` was told so far. */
  readonly errors: readonly unknown[];
  /** The next error that was not yet asked for. */
  nextError(): Promise<unknown>;
}

/** Settings of a test server besides its options. */
export type ServerSettings = Partial<Omit<ListenOptions, "tls" | "onError" | "secureTransport">>;

/** A server on a free port of 127.0.0.1. */
export async function withServer(
  { transport }: ConformanceContext,
  tls: CertificateOptions,
  use: (server: TestServer<Connection>) => Promise<void>,
  settings: ServerSettings = {},
): Promise<void> {
  const reports = new Queue<unknown>();
  const listener = await transport.listen({
    host: "127.0.0.1",
    port: 0,
    ...settings,
    tls,
    onError: (error) => reports.push(error),
  });
  await useAndClose(listener, reports, use);
}

/** A server in clear: for STARTTLS, and for peers that misbehave. */
export async function withPlainServer(
  { transport }: ConformanceContext,
  use: (server: {
    readonly listener: Listener<PlainConnection>;
    readonly port: number;
    readonly errors: readonly unknown[];
  }) => Promise<void>,
  tls?: CertificateOptions,
): Promise<void> {
  const reports = new Queue<unknown>();
  const listener = await transport.listen({
    host: "127.0.0.1",
    port: 0,
    tls: tls ?? (await serverTls()),
    secureTransport: "starttls",
    onError: (error) => reports.push(error),
  });
  await useThenClose(listener, () => use({ listener, port: listener.address.port, errors: reports.all }));
}

async function useAndClose(
  listener: Listener<Connection>,
  reports: Queue<unknown>,
  use: (server: TestServer<Connection>) => Promise<void>,
): Promise<void> {
  try {
    const nextError = (): Promise<unknown> => within(reports.next(), "the listener reporting an error");
    await useThenClose(listener, () => use({ listener, port: listener.address.port, errors: reports.all, nextError }));
  } finally {
    // Whoever still waits for one would keep the process until the limit.
    reports.end();
  }
}

/** Where something has failed, that is the news, and not that closing fails or hangs as well. */
async function useThenClose(listener: Pick<Listener, "close">, use: () => Promise<void>): Promise<void> {
  try {
    await use();
  } catch (error) {
    listener.close({ timeoutMs: 0 }).catch(() => {});
    throw error;
  }
  await within(listener.close({ timeoutMs: 0 }), "closing the listener");
}

/** Options of a server with this identity. */
export async function serverTls(
  identity?: PrivateCertificate,
  more: Partial<CertificateOptionsInit> = {},
): Promise<CertificateOptions> {
  return new CertificateOptions({ ...more, identity: identity ?? (await goodServer()) } as CertificateOptionsInit);
}

/** Options of a client that trusts the root, and expects this name. */
export async function clientTls(name: string = "localhost", more: ClientTLSExtra = {}): Promise<ClientTLSOptions> {
  const { certificate } = await rootCa();
  return optionsForClientTLS(name, { trustRoot: certificate, ...more } as ClientTLSExtra);
}

/** Both ends of a fresh connection; both are aborted afterwards. */
export async function withPair(
  context: ConformanceContext,
  use: (client: Connection, server: Connection) => Promise<void>,
  options: { readonly server?: CertificateOptions; readonly client?: ClientTLSOptions; readonly host?: string } = {},
): Promise<void> {
  await withServer(context, options.server ?? (await serverTls()), async ({ listener, port, nextError }) => {
    const refused = nextError().then((error) => Promise.reject(error));
    const accepted = within(Promise.race([listener.accept(), refused]), "accepting");
    accepted.catch(() => {}); // If connecting fails, that is the news.
    const client = await context.transport.connect(
      { host: options.host ?? "127.0.0.1", port },
      { tls: options.client ?? (await clientTls()) },
    );
    const server = await accepted;
    try {
      await use(client, server);
    } finally {
      client.abort();
      server.abort();
    }
  });
}

/** The client refuses the server, with this code, before a byte is delivered; returns the error. */
export async function clientRefuses(
  context: ConformanceContext,
  identity: PrivateCertificate,
  code: string | readonly string[],
  options: { readonly tls?: ClientTLSOptions; readonly server?: Partial<CertificateOptionsInit> } = {},
): Promise<VerificationError> {
  let found: VerificationError | undefined;
  await withServer(context, await serverTls(identity, options.server), async ({ listener, port }) => {
    // A server that speaks first: what it says must not reach anyone.
    const greeting = listener.accept().then(
      (connection) => connection.write(text("greeting")).catch(() => {}),
      () => {},
    );
    const tls = options.tls ?? (await clientTls());
    const attempt = context.transport.connect({ host: "127.0.0.1", port }, { tls });
    const error = await rejects(within(attempt, "connecting"), code, "a client must refuse this server");
    if (!VerificationError.is(error)) throw new ConformanceFailure("refusal", "a VerificationError", error.name, error);
    ok(error.chain.length > 0, "the refusal carries the chain");
    equal(error.chain[0]?.id, identity.id, "the chain begins with the server's certificate");
    found = error;
    await within(
      listener.close({ timeoutMs: 0 }).then(() => greeting),
      "the server's side ending",
    );
  });
  ok(found !== undefined, "a refusal");
  return found;
}

/** The server refuses the client, with this code, and hands out nothing; returns the error. */
export async function serverRefuses(
  context: ConformanceContext,
  identity: PrivateCertificate | undefined,
  code: string | readonly string[],
  server: Partial<CertificateOptionsInit> = {},
): Promise<unknown> {
  const trustRoot = (await rootCa()).certificate;
  let found: unknown;
  const tls = await serverTls(undefined, {
    trustRoot,
    clientAuth: "require",
    ...server,
  } as Partial<CertificateOptionsInit>);
  await withServer(context, tls, async ({ listener, port, nextError }) => {
    const accepted = listener.accept().then(
      () => new ConformanceFailure("a server must refuse this client", code, "an accepted connection"),
      () => new ConformanceFailure("a server must refuse this client", code, "a closed listener"),
    );
    const client = await clientTls("localhost", identity === undefined ? {} : { identity });
    const talking = talkAnyway(context, port, client);
    // A runtime that cannot have such a client says so; then there is nothing for the server to decide.
    const incapable = talking.then(() => new Promise<never>(() => {}));
    const error = await within(Promise.race([nextError(), accepted, incapable]), "the server's decision");
    found = hasCode(error, code, "a server must refuse this client");
    const answer = await within(talking, "the client learning of it");
    ok(answer === "refused" || answer === "ended", "a refused client is told nothing");
  });
  return found;
}

/** In TLS 1.3 the client is done first and may already write; it must learn of the refusal, and nothing else. */
async function talkAnyway(
  { transport }: ConformanceContext,
  port: number,
  tls: ClientTLSOptions,
): Promise<"refused" | "ended" | "answered"> {
  let connection: Connection | undefined;
  try {
    connection = await transport.connect({ host: "127.0.0.1", port }, { tls });
    connection.write(text("let me in")).catch(() => {});
    return (await connection.read()) === null ? "ended" : "answered";
  } catch (error) {
    if (OptionsError.is(error)) throw error;
    return "refused";
  } finally {
    connection?.abort();
  }
}

/** Sends bytes back until the peer ends. */
export async function echo(connection: Connection | PlainConnection): Promise<void> {
  for (let bytes = await connection.read(); bytes !== null; bytes = await connection.read()) {
    await connection.write(bytes);
  }
  await connection.closeWrite();
}

/** An echo, a large transfer in both directions, and an orderly end of each. */
export async function talkToTheEnd(client: Connection, server: Connection): Promise<void> {
  const echoing = echo(server);
  await expectEcho(client);
  const big = new Uint8Array(1024 * 1024).map((_, index) => (index * 31) % 251);
  const writing = client.write(big).then(() => client.closeWrite());
  const received = new Uint8Array(big.byteLength);
  let length = 0;
  for (let bytes = await client.read(); bytes !== null; bytes = await client.read()) {
    received.set(bytes, length);
    length += bytes.byteLength;
  }
  await Promise.all([writing, echoing]);
  equal(length, big.byteLength, "how much came back");
  ok(
    received.every((byte, index) => byte === big[index]),
    "it is the same",
  );
  await within(Promise.all([client.closed, server.closed]), "both ends");
}

/** Says something through a verified connection and expects it back from an echoing peer. */
export async function expectEcho(connection: Connection, message: string = "hello"): Promise<void> {
  await connection.write(text(message));
  equal(await readText(connection, message.length), message, "the echo");
}

/** Reads exactly so many bytes, as text. */
export async function readText(connection: Connection | PlainConnection, length: number): Promise<string> {
  let received = "";
  while (received.length < length) {
    const bytes = await within(connection.read(), "reading");
    if (bytes === null) break;
    received += new TextDecoder().decode(bytes);
  }
  return received;
}

/** UTF-8. */
export function text(message: string): Uint8Array {
  return new TextEncoder().encode(message);
}

/** What comes in, in order, whether someone waits for it or not. */
class Queue<T> {
  readonly all: T[] = [];
  readonly #waiting: PromiseWithResolvers<T>[] = [];
  #taken = 0;

  push(item: T): void {
    this.all.push(item);
    const waiter = this.#waiting.shift();
    if (waiter === undefined) return;
    this.#taken++;
    waiter.resolve(item);
  }

  next(): Promise<T> {
    const item = this.all[this.#taken];
    if (this.#taken < this.all.length && item !== undefined) {
      this.#taken++;
      return Promise.resolve(item);
    }
    const waiter = Promise.withResolvers<T>();
    this.#waiting.push(waiter);
    return waiter.promise;
  }

  /** Nothing more comes. */
  end(): void {
    for (const waiter of this.#waiting.splice(0)) {
      waiter.reject(new ConformanceFailure("what comes next", "something", "the end"));
    }
  }
}
