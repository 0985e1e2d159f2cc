// Getting a connection, or not: targets, options, aborts, limits.

import { CertificateOptions } from "@tlskit/options";
import type { ConnectOptions, Target } from "../../contract.ts";
import { equal, ok, rejects, within } from "../assert.ts";
import type { ConformanceCase, ConformanceContext } from "../case.ts";
import { clientTls, echo, expectEcho, serverTls, withPair, withPlainServer, withServer } from "../talk.ts";

/** A call that must fail before a socket is opened: the server must never hear of it. */
function refusedUnheard(
  id: string,
  name: string,
  code: string | readonly string[],
  call: (port: number) => Promise<{ readonly target: Target; readonly options: ConnectOptions }>,
): ConformanceCase {
  return {
    id,
    name,
    run: (context) =>
      withPlainServer(context, async ({ listener, port }) => {
        const { target, options } = await call(port);
        await rejects(within(context.transport.connect(target, options as never), "an answer"), code, "connect");
        // Whoever comes next is the first that the server hears of.
        const accepted = listener.accept();
        const next = await context.transport.connect(`127.0.0.1:${port}`, { secureTransport: "starttls" });
        equal(
          (await within(accepted, "accepting")).remoteAddress?.port,
          next.localAddress?.port,
          "the first connection",
        );
        next.abort();
      }),
  };
}

/** A port of this machine on which nothing listens. */
async function unusedPort(context: ConformanceContext): Promise<number> {
  let free = 0;
  await withPlainServer(context, async ({ port }) => {
    free = port;
  });
  return free;
}

const bad = (options: object) => async (port: number) => ({
  target: { host: "127.0.0.1", port },
  options: { tls: await clientTls(), ...options } as ConnectOptions,
});

export const diallingCases: readonly ConformanceCase[] = [
  {
    id: "connection-refused",
    name: "a port on which nothing listens refuses",
    async run(context) {
      const port = await unusedPort(context);
      const attempt = context.transport.connect({ host: "127.0.0.1", port }, { tls: await clientTls() });
      const error = await rejects(within(attempt, "an answer"), "CONNECTION_REFUSED", "connect");
      equal("port" in error.details && error.details.port, port, "the port in the details");
    },
  },
  {
    id: "host-not-found",
    name: "a name that does not resolve is told apart",
    async run(context) {
      // Who answers for names may be slow to say that there is nobody, or not be there at all.
      const attempt = context.transport.connect("no-such-host.invalid:443", { handshakeTimeoutMs: 100_000 });
      await rejects(within(attempt, "an answer", 110_000), "HOST_NOT_FOUND", "connect");
    },
  },
  refusedUnheard("target-without-port", "a target without a port is refused", "TARGET_INVALID", async () => ({
    target: "localhost",
    options: {},
  })),
  refusedUnheard("target-with-bad-name", "what is no host name is refused", "HOSTNAME_INVALID", async (port) => ({
    target: `0x7f.1:${port}`,
    options: {},
  })),
  {
    id: "target-is-not-rewritten",
    name: "nothing becomes another host on its way to the network: no short or hidden addresses, tabs, escapes, wildcards",
    async run({ transport }) {
      const hosts = [
        "127.1",
        "0x7f.0.0.1",
        "2130706433",
        "\uff11\uff12\uff17.0.0.1",
        "local\thost",
        "a%2ecom",
        "*.a.com",
        "a..b",
      ];
      for (const host of hosts) {
        await rejects(
          transport.connect({ host, port: 443 }),
          ["HOSTNAME_INVALID", "TARGET_INVALID"],
          JSON.stringify(host),
        );
      }
    },
  },
  {
    id: "target-with-settings",
    name: "settings inside of the target are refused: they would be ignored",
    async run({ transport }) {
      for (const [name, value] of Object.entries({ tls: (await clientTls()).options, servername: "a.example" })) {
        const target = { host: "127.0.0.1", port: 1, [name]: value };
        const { message } = await rejects(transport.connect(target), "TARGET_INVALID", name);
        ok(message.includes(name), `the message names ${name}: ${message}`);
      }
    },
  },
  refusedUnheard("bad-timeout", "a limit that is none is refused", "SETTING_INVALID", bad({ handshakeTimeoutMs: -1 })),
  refusedUnheard(
    "bad-secure-transport",
    "an unknown way to start is refused",
    "SETTING_INVALID",
    bad({ secureTransport: "off" }),
  ),
  refusedUnheard(
    "bad-tls-options",
    "an object that looks like options is refused",
    "SETTING_INVALID",
    bad({ tls: { rejectUnauthorized: false } }),
  ),
  refusedUnheard("server-options-for-client", "options for servers are refused", "OPTION_CONFLICT", async (port) => ({
    target: { host: "127.0.0.1", port },
    options: {
      tls: new CertificateOptions({ clientAuth: "require", dangerouslySkipVerification: true }),
    },
  })),
  refusedUnheard(
    "aborted-before",
    "an abort before the call wins (TRN-03)",
    "ABORTED",
    bad({ signal: AbortSignal.abort("no") }),
  ),
  {
    id: "aborted-during-handshake",
    name: "an abort during the handshake ends it, with the reason as cause (TRN-03)",
    run: (context) =>
      withPlainServer(context, async ({ listener, port }) => {
        const controller = new AbortController();
        const options = { tls: await clientTls(), signal: controller.signal };
        const attempt = context.transport.connect({ host: "127.0.0.1", port }, options);
        attempt.catch(() => {});
        const peer = await within(listener.accept(), "accepting");
        await within(peer.read(), "the hello");
        const reason = { why: "changed my mind" };
        controller.abort(reason);
        const error = await rejects(within(attempt, "an answer"), "ABORTED", "connect");
        ok(error.cause === reason, "the reason is the cause");
        await within(drained(peer), "the peer seeing the end");
      }),
  },
  {
    id: "aborted-after",
    name: "an abort after the connection is made changes nothing",
    run: async (context) =>
      withServer(context, await serverTls(), async ({ listener, port }) => {
        const serving = listener.accept().then(echo);
        serving.catch(() => {}); // If connecting fails, that is the news.
        const controller = new AbortController();
        const options = { tls: await clientTls(), signal: controller.signal };
        const client = await context.transport.connect({ host: "127.0.0.1", port }, options);
        controller.abort();
        await expectEcho(client);
        await client.closeWrite();
        await within(serving, "the server");
        client.abort();
      }),
  },
  {
    id: "local-address",
    name: "the local address can be chosen (TRN-01)",
    run: async (context) =>
      withServer(context, await serverTls(), async ({ listener, port }) => {
        const accepted = listener.accept();
        const options = { tls: await clientTls(), localAddress: "127.0.0.1" };
        const client = await context.transport.connect({ host: "127.0.0.1", port }, options);
        equal((await accepted).remoteAddress?.host, "127.0.0.1", "the client's address");
        client.abort();
      }),
  },
  {
    id: "fifty-at-once",
    name: "fifty connections at once do not get in each other's way",
    run: async (context) =>
      withServer(context, await serverTls(), async ({ listener, port }) => {
        const tls = await clientTls();
        const serving = Promise.all(Array.from({ length: 50 }, () => listener.accept().then(echo)));
        await Promise.all(
          Array.from({ length: 50 }, async (_, index) => {
            const client = await context.transport.connect({ host: "127.0.0.1", port }, { tls });
            await expectEcho(client, `I am number ${index}`);
            await client.closeWrite();
            await client.close();
          }),
        );
        await within(serving, "the server");
      }),
  },
  {
    id: "options-are-reusable",
    name: "one options object serves any number of connections (CLI-21)",
    async run(context) {
      const client = await clientTls();
      const server = await serverTls();
      for (let time = 0; time < 3; time++)
        await withPair(context, (ours, theirs) => once(ours, theirs), { client, server });
    },
  },
];

async function once(client: Parameters<typeof expectEcho>[0], server: Parameters<typeof echo>[0]): Promise<void> {
  const echoing = echo(server);
  await expectEcho(client);
  await client.closeWrite();
  await echoing;
}

async function drained(peer: { read(): Promise<Uint8Array | null> }): Promise<void> {
  try {
    while ((await peer.read()) !== null);
  } catch {
    // A reset is an end as well.
  }
}
