// A set of roots that changes is followed by connections, listeners and sessions.

import {
  type CertificateOptions,
  type CertificateOptionsInit,
  type ClientTLSExtra,
  type ClientTLSOptions,
  optionsForClientTLS,
} from "@tlskit/options";
import { ReloadingTrust, TrustError, type TrustRoot, trustRootFromCertificates } from "@tlskit/trust";
import { VerificationError } from "@tlskit/verify";
import { equal, ok, rejects } from "../assert.ts";
import type { ConformanceCase, ConformanceContext } from "../case.ts";
import { goodClient, goodServer, rootCa, strangerCa } from "../pki.ts";
import { clientRefuses, clientTls, echo, expectEcho, serverTls, withPair, withServer } from "../talk.ts";

async function root(): Promise<TrustRoot> {
  return trustRootFromCertificates([(await rootCa()).certificate]);
}

async function stranger(): Promise<TrustRoot> {
  return trustRootFromCertificates([(await strangerCa()).certificate]);
}

/** Trust whose source a case can change. */
class Source {
  now: TrustRoot | Error;
  time: number = Date.now();

  constructor(first: TrustRoot) {
    this.now = first;
  }

  follow(maxStale: number = Number.POSITIVE_INFINITY): Promise<ReloadingTrust> {
    return ReloadingTrust.start(() => this.#load(), {
      interval: Number.POSITIVE_INFINITY,
      maxStale,
      now: () => this.time,
    });
  }

  async #load(): Promise<TrustRoot> {
    if (this.now instanceof Error) throw this.now;
    return this.now;
  }
}

export const trustChangeCases: readonly ConformanceCase[] = [
  {
    id: "trust-reload-client",
    name: "a client follows its trust: a root that is removed refuses, one that is added accepts",
    async run(context) {
      const source = new Source(await root());
      const trust = await source.follow();
      const client = optionsForClientTLS("localhost", { trustRoot: trust });
      await withPair(context, async () => {}, { client });
      source.now = await stranger();
      await trust.refresh();
      await clientRefuses(context, await goodServer(), "UNKNOWN_ISSUER", { tls: client });
      source.now = (await stranger()).and(await root());
      await trust.refresh();
      await withPair(context, async () => {}, { client });
      trust.close();
    },
  },
  {
    id: "trust-reload-listener",
    name: "a listener follows its trust while it runs: no new handshake is made by the old one",
    needs: ["server-client-auth-require", "client-identity"],
    async run(context) {
      const source = new Source(await stranger());
      const trust = await source.follow();
      const client = await clientTls("localhost", { identity: await goodClient() } as ClientTLSExtra);
      const options = { trustRoot: trust, clientAuth: "require" } as Partial<CertificateOptionsInit>;
      await withServer(context, await serverTls(undefined, options), async ({ listener, port, nextError }) => {
        // One of each is waited for all the time: what is not used up is for the next one who knocks.
        const [accepting, refusing] = [() => quietly(listener.accept()), () => quietly(nextError())];
        let [accepted, refused] = [accepting(), refusing()];
        const knock = async (): Promise<boolean> => {
          const attempt = context.transport.connect({ host: "127.0.0.1", port }, { tls: client });
          const decided = await Promise.race([accepted, refused]);
          (await attempt.catch(() => undefined))?.abort();
          const isRefused = VerificationError.is(decided);
          if (isRefused) refused = refusing();
          else accepted = accepting();
          return !isRefused;
        };
        ok(!(await knock()), "refused by the first set");
        source.now = await root();
        await trust.refresh();
        ok(await knock(), "accepted by the second");
        source.now = await stranger();
        await trust.refresh();
        ok(!(await knock()), "refused by the third");
      });
      trust.close();
    },
  },
  {
    id: "trust-stale",
    name: "trust that is stale is an error, not the old trust and not none",
    async run(context) {
      const source = new Source(await root());
      const trust = await source.follow(60_000);
      const client = optionsForClientTLS("localhost", { trustRoot: trust });
      await withServer(context, await serverTls(), async ({ port }) => {
        source.now = new Error("the disk is gone");
        source.time += 61_000;
        const attempt = context.transport.connect({ host: "127.0.0.1", port }, { tls: client });
        const error = await rejects(attempt, "TRUST_STALE", "stale trust");
        ok(TrustError.is(error) && error.cause === source.now, "the cause is what went wrong");
      });
      source.now = await root();
      await withPair(context, async () => {}, { client });
      trust.close();
    },
  },
  {
    id: "trust-stale-listener",
    name: "a listener whose trust is stale accepts nobody, says why, and goes on when it is read again",
    needs: ["server-client-auth-require", "client-identity"],
    async run(context) {
      const source = new Source(await root());
      const trust = await source.follow(60_000);
      const server = await serverTls(undefined, {
        trustRoot: trust,
        clientAuth: "require",
      } as Partial<CertificateOptionsInit>);
      const client = await clientTls("localhost", { identity: await goodClient() } as ClientTLSExtra);
      await staleListener(context, server, source, client);
      trust.close();
    },
  },
  {
    id: "trust-resumption",
    name: "a root that is removed ends resumption, and the connection with it",
    needs: ["client-sessions", "server-sessions"],
    async run(context) {
      const source = new Source((await root()).and(await stranger()));
      const trust = await source.follow();
      const client = optionsForClientTLS("localhost", { trustRoot: trust, sessions: true } as ClientTLSExtra);
      const server = await serverTls(undefined, { sessions: true } as Partial<CertificateOptionsInit>);
      await withServer(context, server, async ({ listener, port }) => {
        const attempt = async (): Promise<boolean> => {
          const accepted = listener.accept();
          accepted.catch(() => {});
          const connection = await context.transport.connect({ host: "127.0.0.1", port }, { tls: client });
          const peer = await accepted;
          const echoing = echo(peer).catch(() => {});
          await expectEcho(connection);
          await connection.close();
          await echoing;
          peer.abort();
          return connection.negotiated.resumed;
        };
        equal([await attempt(), await attempt()], [false, true], "resumed while the root is trusted");
        source.now = await stranger();
        await trust.refresh();
        const refused = context.transport.connect({ host: "127.0.0.1", port }, { tls: client });
        await rejects(refused, "UNKNOWN_ISSUER", "no root, no resumption");
      });
      trust.close();
    },
  },
];

/** Nobody may be left to hear how it ends. */
function quietly<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

async function staleListener(
  context: ConformanceContext,
  tls: CertificateOptions,
  source: Source,
  client: ClientTLSOptions,
): Promise<void> {
  await withServer(context, tls, async ({ listener, port, nextError }) => {
    source.now = new Error("the disk is gone");
    source.time += 61_000;
    const refused = context.transport.connect({ host: "127.0.0.1", port }, { tls: client }).then(
      (connection) => connection.abort(),
      () => {},
    );
    const error = await nextError();
    ok(TrustError.is(error) && error.code === "TRUST_STALE", "the listener says that its trust is stale");
    await refused;
    source.now = await root();
    const accepted = listener.accept();
    const connection = await context.transport.connect({ host: "127.0.0.1", port }, { tls: client });
    const server = await accepted;
    ok(server.verifiedPath !== undefined, "the client is verified by what was read again");
    connection.abort();
    server.abort();
  });
}
