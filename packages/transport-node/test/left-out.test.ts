// An option that is undefined is as if left out, in whatever connects, listens, and hands over.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EveryUndefined, type LeftOutTrial, undefinedMistakes } from "@tlskit/cases";
import { CertificateOptions, optionsForClientTLS } from "@tlskit/options";
import { createTestCa } from "@tlskit/testing";
import {
  type CloseOptions,
  type Connection,
  type ConnectOptions,
  type ListenerCloseOptions,
  type ListenOptions,
  type ParseTargetOptions,
  parseTarget,
  type StartTlsOptions,
  type UnixListenOptions,
  type UpgradeOptions,
  type WrapTlsOptions,
} from "@tlskit/transport";
import { afterAll, expect, test } from "vitest";
import {
  type ClientHandOverOptions,
  connect,
  type Http2Options,
  type HttpServiceOptions,
  type HttpsAgentOptions,
  http2Connection,
  httpsAgent,
  type IdentityFiles,
  IdentityWatcher,
  type IdentityWatchOptions,
  listen,
  loadIdentity,
  serveHttp2,
  serveHttps,
  startTls,
  undiciConnector,
  wrapTls,
} from "../src/index.ts";

const folder = await mkdtemp(join(tmpdir(), "tlskit-left-out-"));
afterAll(() => rm(folder, { recursive: true }));
const ca = await createTestCa();
const identity = await ca.issue("localhost");
const files = { cert: join(folder, "cert.pem"), key: join(folder, "key.pem") };
await writeFile(files.cert, identity.fullChainPem());
await writeFile(files.key, await identity.keyPair.toPem());

const tls = optionsForClientTLS("localhost", { trustRoot: ca.certificate });
const serverTls = new CertificateOptions({ identity });
const host = "127.0.0.1";
const server = await listen({ host, port: 0, tls: serverTls });
const plain = await listen({ host, port: 0, tls: serverTls, secureTransport: "starttls" });
const http = await serveHttps({ host, port: 0, tls: serverTls }, (_, response) => response.end("hello"));
const http2 = await serveHttp2({ host, port: 0, tls: serverTls }, (_, response) => response.end("hello"));
afterAll(() => Promise.all([server, plain, http, http2].map((one) => one.close({ timeoutMs: 0 }))));
(async () => {
  for await (const connection of server) connection.close().catch(() => {});
})();
const target = { host, port: server.address.port };
const plainTarget = { host, port: plain.address.port };

const connecting: EveryUndefined<ConnectOptions> = {
  tls: undefined,
  signal: undefined,
  secureTransport: undefined,
  localAddress: undefined,
  handshakeTimeoutMs: undefined,
};
const unixListening: EveryUndefined<UnixListenOptions> = {
  signal: undefined,
  secureTransport: undefined,
  backlog: undefined,
  maxPending: undefined,
  onError: undefined,
  handshakeTimeoutMs: undefined,
};
const listening: EveryUndefined<ListenOptions> = { ...unixListening, host: undefined };
const { secureTransport: _, ...serving } = listening;
const service: EveryUndefined<HttpServiceOptions> = serving;
const wrapping: EveryUndefined<WrapTlsOptions> = { signal: undefined, handshakeTimeoutMs: undefined };
const starting: EveryUndefined<StartTlsOptions> = { ...wrapping, leftover: undefined };
const upgrading: EveryUndefined<UpgradeOptions> = { ...starting, role: undefined, tls: undefined };
const closing: EveryUndefined<CloseOptions & ListenerCloseOptions> = { timeoutMs: undefined };
const parsing: EveryUndefined<ParseTargetOptions> = { defaultPort: undefined };
const reading: EveryUndefined<IdentityFiles> = { chain: undefined, passphrase: undefined };
const watching: EveryUndefined<IdentityWatchOptions> = { interval: undefined, expiresWithin: undefined };
const handingOver: EveryUndefined<ClientHandOverOptions> = {
  tls: undefined,
  handshakeTimeoutMs: undefined,
  localAddress: undefined,
};
const agent: EveryUndefined<HttpsAgentOptions> = {
  ...handingOver,
  keepAlive: undefined,
  keepAliveMsecs: undefined,
  maxFreeSockets: undefined,
  maxSockets: undefined,
  maxTotalSockets: undefined,
  scheduling: undefined,
  timeout: undefined,
};
const session: EveryUndefined<Http2Options> = { ...handingOver, http2: undefined };

/** Both ends of a connection in clear. */
async function plainPair() {
  const [near, far] = await Promise.all([connect(plainTarget, { tls, secureTransport: "starttls" }), plain.accept()]);
  return { near, far };
}

/** The version that was agreed, where the other side does its part. */
async function agreed(ours: Promise<Connection>, theirs?: Promise<Connection>) {
  const [connection, other] = await Promise.all([ours, theirs]);
  connection.abort();
  other?.abort();
  return connection.negotiated.version;
}

const trials: readonly LeftOutTrial[] = [
  {
    label: "connect",
    every: connecting,
    given: { tls },
    call: (one: ConnectOptions & { readonly secureTransport?: undefined }) => agreed(connect(target, one)),
  },
  {
    label: "listen",
    every: listening,
    given: { host, port: 0, tls: serverTls },
    call: async (one) => {
      await using made = await listen(one as ListenOptions);
      return made.address.port > 0;
    },
  },
  {
    label: "listen on a UNIX socket",
    every: unixListening,
    given: { path: join(folder, "socket"), tls: serverTls },
    call: async (one) => {
      await using made = await listen(one as UnixListenOptions);
      return made.address;
    },
  },
  {
    label: "startTls of a connection",
    every: upgrading,
    call: async (one) => {
      const { near, far } = await plainPair();
      return agreed(near.startTls(one), far.startTls());
    },
  },
  {
    label: "startTls",
    every: starting,
    given: { role: "client", tls },
    call: async (one) => {
      const { near, far } = await plainPair();
      return agreed(startTls(near, one), far.startTls());
    },
  },
  {
    label: "wrapTls",
    every: wrapping,
    given: { role: "client", tls },
    call: async (one) => {
      const { near, far } = await plainPair();
      return agreed(wrapTls(near, one), wrapTls(far, { role: "server", tls: serverTls }));
    },
  },
  {
    label: "close of a connection",
    every: closing,
    call: async (one) => {
      const connection = await connect(target, { tls });
      await connection.close(one);
      return connection.negotiated.version;
    },
  },
  {
    label: "close of a listener",
    every: closing,
    call: async (one) => (await listen({ host, port: 0, tls: serverTls })).close(one),
  },
  {
    label: "close of a service",
    every: closing,
    call: async (one) => (await serveHttps({ host, port: 0, tls: serverTls }, () => {})).close(one),
  },
  { label: "parseTarget", every: parsing, call: (one) => parseTarget("localhost", one) },
  { label: "loadIdentity", every: reading, given: files, call: async (one) => (await loadIdentity(one)).id },
  {
    label: "IdentityWatcher.start",
    every: watching,
    call: async (one) => {
      const watcher = await IdentityWatcher.start(files, one);
      watcher.close();
      return watcher.identity.id;
    },
  },
  {
    label: "httpsAgent",
    every: agent,
    given: { tls },
    call: (one) =>
      new Promise((resolve, reject) => {
        const own = httpsAgent(one);
        const { port } = http.address;
        get({ host, port, agent: own }, ({ statusCode }) => {
          own.destroy();
          resolve(statusCode);
        }).on("error", reject);
      }),
  },
  {
    label: "http2Connection",
    every: session,
    given: { tls },
    call: async (one) => {
      const made = await http2Connection(`https://${host}:${http2.address.port}`, one);
      made.destroy();
      return made.alpnProtocol;
    },
  },
  {
    label: "undiciConnector",
    every: handingOver,
    given: { tls },
    call: (one) => typeof undiciConnector(one),
  },
  {
    label: "serveHttps",
    every: service,
    given: { host, port: 0, tls: serverTls },
    call: async (one) => {
      await using made = await serveHttps(one as HttpServiceOptions, () => {});
      return made.address.port > 0;
    },
  },
  {
    label: "serveHttp2",
    every: service,
    given: { host, port: 0, tls: serverTls },
    call: async (one) => {
      await using made = await serveHttp2(one as HttpServiceOptions, () => {});
      return made.address.port > 0;
    },
  },
];

test.each(trials)("$label: undefined is as if left out", async (trial) => {
  expect(await undefinedMistakes(trial)).toEqual([]);
});
