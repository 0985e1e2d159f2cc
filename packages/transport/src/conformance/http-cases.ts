// HTTP over verified connections: the hand-overs of an adapter to node:https, node:http2 and node:http.

import { once } from "node:events";
import type { IncomingMessage, RequestListener, Server } from "node:http";
import type { ClientHttp2Session } from "node:http2";
import { type RequestOptions, request } from "node:https";
import { Readable } from "node:stream";
import { CertificateOptions, type CertificateOptionsInit, optionsForClientTLS } from "@tlskit/options";
import type { PrivateCertificate } from "@tlskit/x509";
import type { HttpHandOver, HttpService, HttpsAgentOptions } from "../node-tls/index.ts";
import { peerOf } from "../node-tls/index.ts";
import { equal, ok, rejects, within } from "./assert.ts";
import type { ConformanceCase, ConformanceContext } from "./case.ts";
import { daysFromNow, goodClient, goodServer, intermediateCa, issued, rootCa, strangerCa } from "./pki.ts";

/**
 * The cases for an adapter's HTTP hand-overs, to be run with `runConformanceCase`.
 *
 * @example
 * for (const one of httpCases({ httpsAgent, … })) console.log(await runConformanceCase(one, context));
 */
export function httpCases(http: HttpHandOver): readonly ConformanceCase[] {
  return cases.map(({ id, name, run }) => ({ id, name, run: (context) => run(http, context) }));
}

interface HttpCase {
  readonly id: string;
  readonly name: string;
  run(http: HttpHandOver, context: ConformanceContext): Promise<void>;
}

const refusals: readonly (readonly [id: string, code: string, identity: () => Promise<PrivateCertificate>])[] = [
  ["wrong-name", "NAME_MISMATCH", () => issued({ names: ["other.example"] })],
  [
    "expired",
    "CERTIFICATE_EXPIRED",
    () => issued({ names: ["localhost"], notBefore: daysFromNow(-0.9), notAfter: daysFromNow(-0.5) }),
  ],
  ["untrusted", "UNKNOWN_ISSUER", async () => (await strangerCa()).issue("localhost")],
];

const cases: readonly HttpCase[] = [
  {
    id: "https-agent-verified",
    name: "requests go over a verified connection, which is kept alive",
    run: async (http, { runtime }) => {
      const ports = new Set<number | undefined>();
      const count: RequestListener = (incoming, response) => {
        ports.add(incoming.socket.remotePort);
        response.end("hello");
      };
      await withHttps(http, await serverTls(), count, async (url) => {
        const agent = http.httpsAgent({ tls: await clientTls() });
        for (let i = 0; i < 3; i++) equal((await get(url, { agent })).toString(), "hello", "the answer");
        // Deno's node:http ends a connection after each response, unless it has accepted it itself.
        equal(ports.size, runtime === "deno" ? 3 : 1, "connections");
        agent.destroy();
      });
    },
  },
  ...refusals.map(([id, code, identity]) => ({
    id: `https-agent-${id}`,
    name: `an agent's request to a server that is refused fails with the VerificationError: ${id}`,
    run: async (http: HttpHandOver) => {
      let requests = 0;
      const never: RequestListener = (_incoming, response) => response.end(String(++requests));
      await withHttps(http, await serverTls({}, await identity()), never, async (url) => {
        const agent = http.httpsAgent({ tls: await clientTls() });
        await rejects(get(url, { agent }), code, "the request");
        equal(requests, 0, "requests that the server saw");
      });
    },
  })),
  {
    id: "https-agent-name-per-request",
    name: "an agent expects each request's own name, on a connection of its own",
    run: async (http) => {
      await withHttps(http, await serverTls(), hello, async (url) => {
        const agent = http.httpsAgent({ tls: await clientTls() });
        await get(url, { agent });
        await rejects(get(url, { agent, servername: "other.example" }), "NAME_MISMATCH", "another name");
        const named = http.httpsAgent({ tls: optionsForClientTLS("other.example", await trust()) });
        await rejects(get(url, { agent: named }), "NAME_MISMATCH", "a name of its own");
        agent.destroy();
      });
    },
  },
  {
    id: "https-agent-native-options",
    name: "an agent refuses the runtime's own TLS options, which would be ignored",
    run: async (http) => {
      const agent = http.httpsAgent();
      const ignored = { agent, rejectUnauthorized: false, ca: "x" };
      await rejects(get("https://localhost:9/", ignored), "OPTION_UNSUPPORTED", "of a request");
      const making = async (): Promise<unknown> => http.httpsAgent({ ca: "x" } as HttpsAgentOptions);
      await rejects(making(), "OPTION_UNSUPPORTED", "of the agent");
    },
  },
  {
    id: "https-client-certificate",
    name: "a client's certificate with its chain reaches the handler, verified; a strange one and none are refused",
    run: async (http) => {
      const tls = await serverTls({ trustRoot: (await rootCa()).certificate, clientAuth: "require" });
      const whoAreYou: RequestListener = (incoming, response) => {
        const { peerCertificate, verifiedPath } = peerOf(incoming.socket) ?? {};
        response.end(`${peerCertificate?.subjectAltName?.[0]?.value} ${verifiedPath?.chain.length}`);
      };
      const errors: unknown[] = [];
      const client = { names: ["client@example.org"], profile: "client" } as const;
      const strange = await (await strangerCa()).issueWith(client);
      const chained = await (await intermediateCa()).issueWith(client);
      const run = async (url: string): Promise<void> => {
        const asking = async (identity?: PrivateCertificate): Promise<string> => {
          const more = identity === undefined ? {} : { identity };
          return (
            await get(url, { agent: http.httpsAgent({ tls: await clientTls(more), keepAlive: false }) })
          ).toString();
        };
        equal(await asking(await goodClient()), "client@example.org 2", "the client that the handler sees");
        equal(await asking(chained), "client@example.org 3", "a client with a chain");
        equal(await asking(strange).catch(() => "refused"), "refused", "a stranger");
        equal(await asking().catch(() => "refused"), "refused", "nobody");
        await until(() => errors.length === 2, "both are reported");
      };
      await withHttps(http, tls, whoAreYou, run, (error) => errors.push(error));
    },
  },
  {
    id: "https-big-bodies",
    name: "8 MiB each way arrive whole",
    run: async (http) => {
      const echo: RequestListener = (incoming, response) => void incoming.pipe(response);
      await withHttps(http, await serverTls(), echo, async (url) => {
        const agent = http.httpsAgent({ tls: await clientTls() });
        const body = Buffer.alloc(8 * 1024 * 1024, "0123456789abcdef");
        ok((await get(url, { agent, method: "POST" }, body)).equals(body), "what came back is what was sent");
        agent.destroy();
      });
    },
  },
  {
    id: "https-backpressure",
    name: "a reader that does not read holds the writer back",
    run: async (http) => {
      const limit = 64 * 1024 * 1024;
      const { promise: stopped, resolve: stop } = Promise.withResolvers<number>();
      const flood: RequestListener = async (_incoming, response) => {
        let sent = 0;
        while (sent < limit && response.write(Buffer.alloc(65_536))) {
          sent += 65_536;
          await new Promise((resolve) => setImmediate(resolve));
        }
        stop(sent);
      };
      await withHttps(http, await serverTls(), flood, async (url) => {
        const agent = http.httpsAgent({ tls: await clientTls() });
        const asking = request(url, { agent });
        asking.on("error", () => {});
        asking.end();
        const [response] = (await once(asking, "response")) as [IncomingMessage];
        response.pause();
        ok((await within(stopped, "the writer stops")) < limit, "the writer was held back");
        asking.destroy();
        agent.destroy();
      });
    },
  },
  {
    id: "https-protocols",
    name: "protocols that HTTP/1.1 does not speak are refused by name, in both roles",
    run: async (http) => {
      const tls = await serverTls({ acceptableProtocols: ["h2"] });
      await rejects(http.serveHttps({ port: 0, tls }, hello), "OPTION_UNSUPPORTED", "a server");
      const agent = async (): Promise<unknown> =>
        http.httpsAgent({ tls: await clientTls({ acceptableProtocols: ["h2"] }) });
      await rejects(agent(), "OPTION_UNSUPPORTED", "an agent");
    },
  },
  {
    id: "http2-verified",
    name: "HTTP/2: many streams on a verified connection that has negotiated h2",
    run: async (http) => {
      await withHttp2(http, await serverTls(), async (url) => {
        const session = await http.http2Connection(url, { tls: await clientTls() });
        equal(session.alpnProtocol, "h2", "what was negotiated");
        equal(peerOf(session)?.role, "client", "the session stands for its socket");
        const paths = Array.from({ length: 20 }, (_, i) => `/${i}`);
        const answers = await Promise.all(paths.map((path) => ask(session, path)));
        equal(answers, paths, "the answers");
        await closed(session);
      });
    },
  },
  ...refusals.map(([id, code, identity]) => ({
    id: `http2-${id}`,
    name: `HTTP/2: a server that is refused fails the connection with the VerificationError: ${id}`,
    run: async (http: HttpHandOver) => {
      await withHttp2(http, await serverTls({}, await identity()), async (url) => {
        await rejects(http.http2Connection(url, { tls: await clientTls() }), code, "the connection");
      });
    },
  })),
  {
    id: "http2-not-agreed",
    name: "HTTP/2: a server that does not agree to h2 is refused",
    run: async (http) => {
      await withHttps(http, await serverTls(), hello, async (url) => {
        const connecting = http.http2Connection(url, { tls: await clientTls() });
        await rejects(connecting, "NO_APPLICATION_PROTOCOL", "the connection");
      });
    },
  },
  {
    id: "http2-client-certificate",
    name: "HTTP/2: a client's certificate reaches the handler, verified; none is refused",
    run: async (http) => {
      const tls = await serverTls({ trustRoot: (await rootCa()).certificate, clientAuth: "require" });
      await withHttp2(http, tls, async (url) => {
        const session = await http.http2Connection(url, { tls: await clientTls({ identity: await goodClient() }) });
        equal(await ask(session, "/who"), "client@example.org", "the client that the handler sees");
        await closed(session);
        const anonymous = async (): Promise<string> => {
          const refused = await http.http2Connection(url, { tls: await clientTls() });
          refused.on("error", () => {});
          return ask(refused, "/who");
        };
        equal(
          await within(
            anonymous().catch(() => "refused"),
            "an answer",
          ),
          "refused",
          "nobody",
        );
      });
    },
  },
  {
    id: "http2-and-http1",
    name: "one server speaks HTTP/2 and HTTP/1.1, as the client negotiates",
    run: async (http) => {
      const tls = await serverTls({ acceptableProtocols: ["h2", "http/1.1"] });
      await withHttp2(http, tls, async (url) => {
        const session = await http.http2Connection(url, { tls: await clientTls() });
        equal(await ask(session, "/version"), "2.0", "over HTTP/2");
        await closed(session);
        const agent = http.httpsAgent({ tls: await clientTls(), keepAlive: false });
        equal((await get(`${url}/version`, { agent })).toString(), "1.1", "over HTTP/1.1");
      });
    },
  },
  {
    id: "http-service-update",
    name: "a service goes on with another certificate, for new connections",
    run: async (http) => {
      const service = await http.serveHttps({ host: "127.0.0.1", port: 0, tls: await serverTls() }, hello);
      const agent = http.httpsAgent({ tls: await clientTls(), keepAlive: false });
      try {
        equal((await get(urlOf(service), { agent })).toString(), "hello", "before");
        await service.update(await serverTls({}, await issued({ names: ["other.example"] })));
        await rejects(get(urlOf(service), { agent }), "NAME_MISMATCH", "after");
        const wrong = serverTls({ acceptableProtocols: ["h2"] });
        await rejects(service.update(await wrong), "OPTION_UNSUPPORTED", "what it cannot serve");
      } finally {
        await service.close({ timeoutMs: 50 });
      }
    },
  },
  {
    id: "http-service-close",
    name: "a service that closes lets the request under way finish",
    run: async (http) => {
      const { promise: started, resolve: start } = Promise.withResolvers<void>();
      const slow: RequestListener = (_incoming, response) => {
        start();
        setTimeout(() => response.end("slow"), 100);
      };
      const service = await http.serveHttps({ host: "127.0.0.1", port: 0, tls: await serverTls() }, slow);
      const agent = http.httpsAgent({ tls: await clientTls() });
      const answer = get(urlOf(service), { agent });
      await started;
      const closing = service.close();
      equal((await answer).toString(), "slow", "the answer");
      await within(closing, "the service closes");
      await within(service.closed, "it says so");
      agent.destroy();
    },
  },
];

const hello: RequestListener = (_incoming, response) => void response.end("hello");

async function trust(): Promise<{ readonly trustRoot: Awaited<ReturnType<typeof rootCa>>["certificate"] }> {
  return { trustRoot: (await rootCa()).certificate };
}

async function clientTls(more: CertificateOptionsInit = {}): Promise<CertificateOptions> {
  return new CertificateOptions({ ...(await trust()), ...more } as CertificateOptionsInit);
}

async function serverTls(
  more: CertificateOptionsInit = {},
  identity?: PrivateCertificate,
): Promise<CertificateOptions> {
  return new CertificateOptions({ ...more, identity: identity ?? (await goodServer()) } as CertificateOptionsInit);
}

function urlOf({ address }: Pick<HttpService, "address">): string {
  return `https://localhost:${address.port}`;
}

async function withHttps(
  http: HttpHandOver,
  tls: CertificateOptions,
  handler: RequestListener | Server,
  use: (url: string) => Promise<void>,
  onError: (error: unknown) => void = () => {},
): Promise<void> {
  const service = await http.serveHttps({ host: "127.0.0.1", port: 0, tls, onError }, handler);
  try {
    await use(urlOf(service));
  } finally {
    await service.close({ timeoutMs: 50 });
  }
}

async function withHttp2(
  http: HttpHandOver,
  tls: CertificateOptions,
  use: (url: string) => Promise<void>,
): Promise<void> {
  const service = await http.serveHttp2({ host: "127.0.0.1", port: 0, tls }, (incoming, response) => {
    const peer = peerOf(incoming.stream?.session ?? incoming.socket);
    if (incoming.url === "/who") response.end(String(peer?.peerCertificate?.subjectAltName?.[0]?.value));
    else response.end(incoming.url === "/version" ? incoming.httpVersion : incoming.url);
  });
  try {
    await use(urlOf(service));
  } finally {
    await service.close({ timeoutMs: 50 });
  }
}

async function get(url: string, options: RequestOptions, body?: Buffer): Promise<Buffer> {
  const asking = request(url, options);
  const responding = once(asking, "response");
  // Deno tells the same error a second time.
  asking.on("error", () => {});
  if (body === undefined) asking.end();
  else Readable.from(slices(body)).pipe(asking);
  const [response] = (await within(responding, "a response")) as [IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function* slices(body: Buffer): Generator<Buffer> {
  for (let at = 0; at < body.length; at += 65_536) yield body.subarray(at, at + 65_536);
}

async function ask(session: ClientHttp2Session, path: string): Promise<string> {
  const stream = session.request({ ":path": path });
  let text = "";
  stream.setEncoding("utf8");
  for await (const part of stream) text += String(part);
  return text;
}

async function closed(session: ClientHttp2Session): Promise<void> {
  const gone = once(session, "close");
  session.close();
  await within(gone, "the session closes");
}

async function until(condition: () => boolean, what: string): Promise<void> {
  const waiting = (async () => {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
  })();
  await within(waiting, what);
}
