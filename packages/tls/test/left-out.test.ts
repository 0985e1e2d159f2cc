// An option that is undefined is as if left out, in endpoints that a program makes itself, too; but trust for clients that
// is none is refused.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EveryUndefined, type LeftOutTrial, undefinedMistakes } from "@tlskit/cases";
import { createTestCa } from "@tlskit/testing";
import { afterAll, expect, test } from "vitest";
import {
  type ClientEndpoint,
  type ConnectEndpointOptions,
  connectEndpoint,
  type EndpointIdentity,
  IdentityDirectory,
  type IdentityDirectoryOptions,
  type ListenEndpointOptions,
  listenEndpoint,
  type ServerEndpoint,
} from "../src/endpoints.ts";

const folder = await mkdtemp(join(tmpdir(), "tlskit-left-out-"));
afterAll(() => rm(folder, { recursive: true }));
const ca = await createTestCa();
const identity = await ca.issue("localhost");
const [trustRoots, cert] = [join(folder, "ca.crt"), join(folder, "localhost.pem")];
await writeFile(trustRoots, ca.caPem);
await writeFile(cert, (await identity.keyPair.toPem()) + identity.fullChainPem());
const files = { kind: "files", cert, key: cert } as const;

const directory: EveryUndefined<IdentityDirectoryOptions> = {
  refreshMs: undefined,
  defaultName: undefined,
  onChange: undefined,
  onError: undefined,
};
const connecting: EveryUndefined<ConnectEndpointOptions> = { signal: undefined, carriers: undefined };
const listening: EveryUndefined<ListenEndpointOptions> = {
  signal: undefined,
  onError: undefined,
  handshakeTimeoutMs: undefined,
  maxPending: undefined,
};
const client: EveryUndefined<ClientEndpoint> = {
  timeoutMs: undefined,
  localAddress: undefined,
  hostname: undefined,
  identity: undefined,
  trustRoots: undefined,
  endpoint: undefined,
  min: undefined,
  max: undefined,
  alpn: undefined,
};
const server: EveryUndefined<ServerEndpoint, "trustRoots"> = {
  host: undefined,
  backlog: undefined,
  dhParameters: undefined,
  min: undefined,
  max: undefined,
  alpn: undefined,
};
const place: EveryUndefined<EndpointIdentity> = { chain: undefined, defaultName: undefined };

const listener = await listenEndpoint(`tls:0:key=${cert}:interface=127.0.0.1`);
afterAll(() => listener.close({ timeoutMs: 0 }));
(async () => {
  for await (const connection of listener) connection.close().catch(() => {});
})();
const { port } = listener.address;

async function version(endpoint: ClientEndpoint | string, options?: ConnectEndpointOptions): Promise<string> {
  const connection = await connectEndpoint(endpoint, options);
  connection.abort();
  return connection.negotiated.version;
}

async function isOpened(endpoint: ServerEndpoint | string, options?: ListenEndpointOptions): Promise<boolean> {
  await using made = await listenEndpoint(endpoint, options);
  return made.address.port > 0;
}

const trials: readonly LeftOutTrial[] = [
  {
    label: "IdentityDirectory.open",
    every: directory,
    call: async (one) => (await IdentityDirectory.open(folder, one)).names,
  },
  {
    label: "connectEndpoint",
    every: connecting,
    call: (one) => version(`tls:localhost:${port}:trustRoots=${trustRoots}`, one),
  },
  {
    label: "a client's endpoint",
    every: client,
    given: { type: "tls", host: "localhost", port, trustRoots },
    call: (one) => version(one),
  },
  { label: "listenEndpoint", every: listening, call: (one) => isOpened(`tls:0:key=${cert}:interface=127.0.0.1`, one) },
  {
    label: "a server's endpoint",
    every: server,
    given: { type: "tls", host: "127.0.0.1", port: 0, identity: files },
    call: (one) => isOpened(one),
  },
  {
    label: "the files of a server",
    every: place,
    given: files,
    call: (one) => isOpened({ type: "tls", host: "127.0.0.1", port: 0, identity: one }),
  },
  {
    label: "the directory of a server",
    every: place,
    given: { kind: "directory", path: folder },
    call: (one) => isOpened({ type: "tls", host: "127.0.0.1", port: 0, identity: one }),
  },
];

test.each(trials)("$label: undefined is as if left out", async (trial) => {
  expect(await undefinedMistakes(trial)).toEqual([]);
});

test("END-01: a server whose trust nobody has set does not let everybody in", async () => {
  const endpoint = { type: "tls", port: 0, host: "127.0.0.1", identity: files, trustRoots: undefined } as never;
  await expect(listenEndpoint(endpoint)).rejects.toMatchObject({
    code: "SETTING_INVALID",
    details: { setting: "trustRoots", actual: "undefined" },
  });
});
