// HTTP/1.1 over verified connections: agents and services.

import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { createServer as createSecureServer, request } from "node:https";
import { type CertificateOptionsInit, optionsForClientTLS } from "@tlskit/options";
import type { PrivateCertificate } from "@tlskit/x509";
import type { HttpHandOver, HttpsAgentOptions } from "../../node-tls/index.ts";
import { peerOf } from "../../node-tls/index.ts";
import { equal, hasCode, ok, rejects, within } from "../assert.ts";
import { goodClient, intermediateCa, issued, rootCa, strangerCa } from "../pki.ts";
import { withSocketPath } from "../socket-path.ts";
import { strayErrorsOf } from "../stray-errors.ts";
import { clientTls as clientOf, readText, text } from "../talk.ts";
import {
  clientTls,
  get,
  type HttpCase,
  hello,
  refusals,
  serverTls,
  trust,
  until,
  urlOf,
  withHttps,
} from "./http-talk.ts";

/** What holds of it. */
export const httpsCases: readonly HttpCase[] = [
  {
    id: "https-agent-verified",
    name: "requests go over a verified connection, which is kept alive",
    run: async (http) => {
      const ports = new Set<number | undefined>();
      const count: RequestListener = (incoming, response) => {
        ports.add(incoming.socket.remotePort);
        response.end("hello");
      };
      await withHttps(http, await serverTls(), count, async (url) => {
        const agent = http.httpsAgent({ tls: await clientTls() });
        for (let i = 0; i < 3; i++) equal((await get(url, { agent })).toString(), "hello", "the answer");
        equal(ports.size, 1, "connections");
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
    id: "http-service-handler-throws",
    name: "a handler of connections that throws is an uncaught exception, and costs its connection; the service goes on",
    run: async (http) => {
      const server = createServer(hello);
      const bug = new Error("of the handler");
      let connections = 0;
      server.prependListener("connection", () => {
        if (++connections === 1) throw bug;
      });
      const thrown = await strayErrorsOf(async () =>
        withHttps(http, await serverTls(), server, async (url) => {
          const agent = http.httpsAgent({ tls: await clientTls(), keepAlive: false });
          equal(await get(url, { agent }).catch(() => "none"), "none", "the answer to the first");
          equal((await get(url, { agent })).toString(), "hello", "the answer to the second");
        }),
      );
      ok(thrown.length === 1 && thrown[0] === bug, "the handler's mistake is seen, once");
    },
  },
  {
    id: "http-service-client-ends-while-verified",
    name: "a client that ends before it is verified, and has asked nothing, is not kept; one that has asked is answered",
    run: async (http, { transport }) => {
      const fetch = async (): Promise<{ crls: Uint8Array[] }> => {
        await new Promise((resolve) => setTimeout(resolve, 100));
        return { crls: [] };
      };
      const revocation = { mode: "prefer", fetch } as const;
      const tls = await serverTls({ ...(await trust()), clientAuth: "require", revocation });
      await withHttps(http, tls, hello, async (url) => {
        const target = url.replace("https://", "");
        const options = { tls: await clientTls({ identity: await goodClient() }) };
        const silent = await transport.connect(target, options);
        await silent.closeWrite();
        const end = silent.read().catch(() => null);
        equal(await within(end, "the end"), null, "what the silent one is told");
        const asking = await transport.connect(target, options);
        await asking.write(text("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        await asking.closeWrite();
        equal((await readText(asking, 15)).slice(0, 15), "HTTP/1.1 200 OK", "the answer to the other");
        for (const one of [silent, asking]) one.abort();
      });
    },
  },
  {
    id: "https-agent-local-address",
    name: "an agent dials from the address that a request names, else from its own",
    run: async (http) => {
      const from: RequestListener = (incoming, response) => response.end(incoming.socket.remoteAddress);
      await withHttps(http, await serverTls(), from, async (url) => {
        // Nobody's (RFC 5737).
        const agent = http.httpsAgent({ tls: await clientTls(), localAddress: "192.0.2.1" });
        await rejects(get(url, { agent }), "ADDRESS_UNAVAILABLE", "the agent's");
        equal((await get(url, { agent, localAddress: "127.0.0.1" })).toString(), "127.0.0.1", "the request's");
        const wrong = get(url, { agent, localAddress: "nowhere" });
        await rejects(wrong, "SETTING_INVALID", "what is no address");
        agent.destroy();
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
    id: "http-service-close-idle",
    name: "a service that closes ends connections on which nothing is under way",
    run: async (http) => {
      const service = await http.serveHttps({ host: "127.0.0.1", port: 0, tls: await serverTls() }, hello);
      const agent = http.httpsAgent({ tls: await clientTls() });
      equal((await get(urlOf(service), { agent })).toString(), "hello", "the answer");
      equal(service.server.listening, true, "listening");
      await within(service.close({ timeoutMs: 60_000 }), "the service closes");
      equal(service.server.listening, false, "listening, afterwards");
      agent.destroy();
    },
  },
  {
    id: "http-service-close-settings",
    name: "a service that is told nonsense about its end says so, and goes on",
    run: async (http) => {
      const service = await http.serveHttps({ host: "127.0.0.1", port: 0, tls: await serverTls() }, hello);
      const agent = http.httpsAgent({ tls: await clientTls() });
      for (const wrong of [{ timeout: 5 }, { timeoutMs: Number.POSITIVE_INFINITY }, { timeoutMs: -1 }]) {
        await rejects(service.close(wrong as object), "SETTING_INVALID", JSON.stringify(wrong));
      }
      equal((await get(urlOf(service), { agent })).toString(), "hello", "the answer");
      await within(service.close({ timeoutMs: 50 }), "the service closes");
      agent.destroy();
    },
  },
  {
    id: "http-service-abort",
    name: "a service that a signal has ended leaves its server as it was, and a server that listens by itself is refused",
    run: async (http) => {
      const server = createServer(hello);
      const controller = new AbortController();
      const { signal } = controller;
      const options = { host: "127.0.0.1", port: 0, tls: await serverTls() };
      const service = await http.serveHttps({ ...options, signal }, server);
      equal(server.listening, true, "listening");
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      await rejects(http.serveHttps(options, server), "SETTING_INVALID", "beside a service");
      controller.abort();
      await within(service.closed, "the service closes");
      await rejects(http.serveHttps(options, server), "SETTING_INVALID", "after the service");
      await new Promise((resolve) => server.close(resolve));
      equal(server.listening, false, "listening, afterwards");
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
  {
    id: "https-agent-refused-client",
    name: "a request whose client is refused fails, is told nothing, and the service says why",
    run: async (http) => {
      const tls = await serverTls({ ...(await trust()), clientAuth: "require" } as CertificateOptionsInit);
      const reported = Promise.withResolvers<unknown>();
      const use = async (url: string): Promise<void> => {
        const identity = await (await strangerCa()).issueWith({ names: ["a@example.org"], profile: "client" });
        const agent = http.httpsAgent({ tls: await clientTls({ identity } as CertificateOptionsInit) });
        const failed = await get(url, { agent }).then(
          () => "an answer",
          ({ code }: { code?: unknown }) => code,
        );
        // Once a socket is handed over, its errors are the runtime's own, where the socket is.
        ok(failed === "ECONNRESET" || failed === "CONNECTION_RESET", `the request fails by a reset: ${failed}`);
        hasCode(await within(reported.promise, "the report"), "UNKNOWN_ISSUER", "the report");
        agent.destroy();
      };
      await withHttps(http, tls, hello, use, reported.resolve);
    },
  },
  {
    id: "https-service-of-an-https-server",
    name: "a service does not take a server that would begin TLS a second time",
    run: async (http) => {
      const serving = http.serveHttps({ port: 0, tls: await serverTls() }, createSecureServer({}) as never);
      const { message } = await rejects(serving, "SETTING_INVALID", "serveHttps");
      ok(message.includes("an https.Server"), message);
    },
  },
  {
    id: "https-service-unix-socket",
    name: "a service listens on a UNIX socket as well",
    run: (http, { transport }) =>
      withSocketPath(async (path) => {
        const service = await http.serveHttps({ path, tls: await serverTls() }, hello);
        equal(service.address, { path }, "where it listens");
        const client = await transport.connect({ path }, { tls: await clientOf() });
        await client.write(text("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        equal((await readText(client, 15)).slice(0, 15), "HTTP/1.1 200 OK", "the answer");
        client.abort();
        await service.close({ timeoutMs: 50 });
      }),
  },
  {
    id: "https-service-settings",
    name: "a service that is given a setting that does not exist says whose it would be, and which was meant",
    run: async (http) => {
      const wrong = { hots: "127.0.0.1", port: 0, tls: await serverTls() };
      const attempts = {
        serveHttps: http.serveHttps(wrong, () => {}),
        serveHttp2: http.serveHttp2(wrong, () => {}),
      };
      for (const [method, attempt] of Object.entries(attempts)) {
        const { message } = await rejects(attempt, "SETTING_INVALID", method);
        ok(message.startsWith(`${method} has no setting "hots". Did you mean host?`), message);
      }
    },
  },
];
