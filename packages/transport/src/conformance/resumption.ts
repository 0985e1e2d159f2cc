// Connections that may be resumed.

import type {
  CertificateOptions,
  CertificateOptionsInit,
  ClientTLSExtra,
  ClientTLSOptions,
  SessionStore,
} from "@tlskit/options";
import { issueCrl, type PrivateCertificate } from "@tlskit/x509";
import type { Connection } from "../contract.ts";
import { equal, hasCode, ok, within } from "./assert.ts";
import type { ConformanceContext } from "./case.ts";
import { rootCa } from "./pki.ts";
import { clientTls, readText, serverTls, type TestServer, text, withServer } from "./talk.ts";

/** Both ends of a connection that was made and closed again. */
export interface Resumption {
  readonly resumed: boolean;
  readonly client: Connection;
  readonly server: Connection;
}

/** A secret for tickets, which several servers of a case share. */
export const ticketSecret: Uint8Array = new Uint8Array(32).fill(7);

/** Connects, lets the tickets arrive, and says whether a session was resumed. */
export async function resumes(
  { transport }: ConformanceContext,
  port: number,
  accept: () => Promise<Connection>,
  tls: ClientTLSOptions,
): Promise<Resumption> {
  const accepted = accept();
  accepted.catch(() => {});
  const client = await transport.connect({ host: "127.0.0.1", port }, { tls });
  const server = await within(accepted, "accepting");
  await server.write(text("hello"));
  equal(await readText(client, 5), "hello", "what the server says");
  equal(client.negotiated.resumed, server.negotiated.resumed, "both ends agree on resumption");
  await Promise.all([client.close(), server.close()]);
  ok(client.verifiedPath !== undefined, "there is a proof in any case");
  return { resumed: client.negotiated.resumed, client, server };
}

/** Whether a session that was made with `first` is resumed with `second`. */
export async function resumedWith(
  context: ConformanceContext,
  first: ClientTLSOptions,
  second: ClientTLSOptions,
  server?: CertificateOptions,
): Promise<boolean> {
  let resumed = true;
  await withServer(context, server ?? (await sessionServer()), async ({ listener, port }) => {
    const accept = (): Promise<Connection> => listener.accept();
    equal((await resumes(context, port, accept, first)).resumed, false, "the first one is full");
    ({ resumed } = await resumes(context, port, accept, second));
  });
  return resumed;
}

/** Options of a server that issues tickets. */
export async function sessionServer(
  identity?: PrivateCertificate,
  more: Partial<CertificateOptionsInit> = {},
): Promise<CertificateOptions> {
  return serverTls(identity, { sessions: true, ...more } as Partial<CertificateOptionsInit>);
}

/** Options of a client that keeps sessions. */
export async function sessionClient(
  store: SessionStore,
  name?: string,
  more: ClientTLSExtra = {},
): Promise<ClientTLSOptions> {
  return clientTls(name, { sessions: { store }, ...more } as ClientTLSExtra);
}

/** A session made at one server, offered to another with the same ticket secret. */
export async function resumedElsewhere(
  context: ConformanceContext,
  tls: ClientTLSOptions,
  there: CertificateOptions,
  here?: CertificateOptions,
): Promise<boolean> {
  let resumed = true;
  const first = here ?? (await sessionServer(undefined, { sessions: { ticketSecret } }));
  await withServer(context, first, async (one) => {
    await resumes(context, one.port, () => one.listener.accept(), tls);
  });
  await withServer(context, there, async (other) => {
    ({ resumed } = await resumes(context, other.port, () => other.listener.accept(), tls));
  });
  return resumed;
}

/** The server refuses a client that comes again, with this code; it is told nothing. */
export async function refusedAgain(
  { transport }: ConformanceContext,
  { port, nextError }: TestServer<Connection>,
  tls: ClientTLSOptions,
  code: string | readonly string[],
): Promise<void> {
  const attempt = transport.connect({ host: "127.0.0.1", port }, { tls }).then((connection) => connection.read());
  attempt.catch(() => {});
  hasCode(await nextError(), code, "a server must refuse this client");
  const answer = await within(
    attempt.catch(() => null),
    "the client learning of it",
  );
  equal(answer, null, "what a refused client is told");
}

/** A list of the root's that is empty, until it has this certificate on it. */
export async function changingList(
  subject: PrivateCertificate,
): Promise<{ fetch(): Promise<{ readonly crls: Uint8Array[] }>; revoke(): void; forgive(): void }> {
  const { certificate } = await rootCa();
  const empty = await issueCrl(certificate, { crlNumber: 1 });
  const full = await issueCrl(certificate, { crlNumber: 2, entries: [{ serialNumber: subject.serialNumber }] });
  let now = empty.der;
  return {
    fetch: async () => ({ crls: [now] }),
    revoke: () => {
      now = full.der;
    },
    forgive: () => {
      now = empty.der;
    },
  };
}
