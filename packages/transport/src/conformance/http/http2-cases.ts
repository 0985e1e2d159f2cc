import type { HttpHandOver } from "../../node-tls/index.ts";
import { peerOf } from "../../node-tls/index.ts";
import { equal, rejects, within } from "../assert.ts";
import { goodClient, rootCa } from "../pki.ts";
import {
  ask,
  clientTls,
  closed,
  get,
  type HttpCase,
  hello,
  refusals,
  serverTls,
  withHttp2,
  withHttps,
} from "./http-talk.ts";

/** What holds of it. */
export const http2Cases: readonly HttpCase[] = [
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
];
