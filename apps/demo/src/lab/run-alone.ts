// The same situation with node:tls as the runtime has it, set up as its documentation says: what programs do today.
import { once } from "node:events";
import { type AddressInfo, createServer as createTcpServer, connect as dial, isIP } from "node:net";
import { type ConnectionOptions, connect, createServer, type Server, type TLSSocket, type TlsOptions } from "node:tls";
import type { Identities } from "./identities.ts";
import { misbehave } from "./misbehaving.ts";
import type { Situation, SituationServer } from "./situation.ts";

/** No runtime has a limit of its own here. Who stays silent is given up on sooner. */
const patienceMs = 60_000;
const silenceMs = 1000;

/** Plays it: `"connected"`, the runtime's own code, or that nothing happens. */
export async function runAlone(situation: Situation, identities: Identities): Promise<string> {
  try {
    const client = await clientOptions(situation, identities);
    const { server } = situation;
    if (typeof server === "string") {
      const limit = server === "stays silent" ? silenceMs : patienceMs;
      return await misbehave(server, (port) => attempt(() => connect({ ...client, port }), limit));
    }
    const tls = createServer(await serverOptions(server, identities), (socket) => {
      socket.on("error", () => {});
      socket.pipe(socket);
    });
    tls.on("tlsClientError", () => {});
    return await (situation.startTls ? startTls(tls, client) : direct(tls, client));
  } catch (error) {
    return codeOf(error);
  }
}

async function serverOptions(server: SituationServer, identities: Identities): Promise<TlsOptions> {
  return {
    ...(await identities.pem(server.identity)),
    ...(server.clientAuth ? { requestCert: true, ca: [identities.ca.toPem()] } : {}),
    ...(server.alpn ? { ALPNProtocols: [...server.alpn] } : {}),
    ...(server.min ? { minVersion: server.min as "TLSv1.3" } : {}),
  };
}

async function clientOptions({ client = {} }: Situation, identities: Identities): Promise<ConnectionOptions> {
  const { name = "localhost", identity, alpn, max, trust } = client;
  const { cert: root } = trust === undefined ? { cert: identities.ca.toPem() } : await identities.pem(trust);
  return {
    host: "127.0.0.1",
    ...(isIP(name) === 0 ? { servername: name } : {}),
    ca: [root],
    ...(identity ? await identities.pem(identity) : {}),
    ...(alpn ? { ALPNProtocols: [...alpn] } : {}),
    ...(max ? { maxVersion: max } : {}),
  };
}

async function direct(server: Server, client: ConnectionOptions): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await attempt(() => connect({ ...client, port: (server.address() as AddressInfo).port }));
  } finally {
    server.close();
  }
}

async function startTls(server: Server, client: ConnectionOptions): Promise<string> {
  const tcp = createTcpServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      socket.pause();
      socket.write("220 go ahead\r\n", () => server.emit("connection", socket));
    });
  }).listen(0, "127.0.0.1");
  await once(tcp, "listening");
  const raw = dial((tcp.address() as AddressInfo).port, "127.0.0.1");
  try {
    raw.write("STARTTLS\r\n");
    await once(raw, "data");
    raw.pause();
    return await attempt(() => connect({ ...client, socket: raw }));
  } finally {
    raw.destroy();
    tcp.close();
  }
}

/** Connected is who gets an answer: in TLS 1.3 a refusal by the server comes after the client's handshake. */
async function attempt(open: () => TLSSocket, limit: number = patienceMs): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const timer = setTimeout(() => resolve("waits for ever"), limit);
  const socket = open();
  socket.on("error", (error) => resolve(codeOf(error)));
  socket.on("secureConnect", () => socket.write("hello\r\n"));
  socket.once("data", () => resolve("connected"));
  socket.on("close", () => resolve("closed without a word"));
  const outcome = await promise;
  clearTimeout(timer);
  socket.destroy();
  return outcome;
}

function codeOf(error: unknown): string {
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  return code ?? message ?? String(error);
}
