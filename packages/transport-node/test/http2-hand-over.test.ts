// HTTP/2 both ways over verified connections.

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import {
  type ClientHttp2Session,
  constants,
  createSecureServer,
  type Http2SecureServer,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from "node:http2";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { createServer as createTlsServer } from "node:tls";
import { promisify } from "node:util";
import { CertificateOptions, optionsForClientTLS } from "@tlskit/options";
import { TransportError } from "@tlskit/transport";
import { type HttpService, http2Connection, httpsAgent, peerOf, serveHttp2 } from "@tlskit/transport-node";
import { VerificationError } from "@tlskit/verify";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { createFixtures, type Fixtures, refusals, serverTls } from "./hand-over-fixtures.ts";

let pki: Fixtures;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  pki = await createFixtures();
});

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

type Handler = Parameters<typeof serveHttp2>[1];
type Service = HttpService<Http2SecureServer>;

async function serve(
  tls: CertificateOptions,
  handler: Handler = (_request, response) => void response.end("hello"),
  onError: (error: unknown) => void = () => {},
): Promise<Service> {
  const service = await serveHttp2({ host: "127.0.0.1", port: 0, tls, onError }, handler);
  closers.push(() => service.close({ timeoutMs: 100 }));
  return service;
}

const url = (service: Pick<Service, "address">, host = "localhost") => `https://${host}:${service.address.port}`;
const trusting = (more = {}) => new CertificateOptions({ trustRoot: pki.ca.certificate, ...more });

async function open(authority: string, tls = trusting()): Promise<ClientHttp2Session> {
  const session = await http2Connection(authority, { tls });
  // As with any session: who does not listen is told by an uncaught exception.
  session.on("error", () => {});
  closers.push(async () => session.destroy());
  return session;
}

async function get(session: ClientHttp2Session, path = "/", body?: Buffer): Promise<{ status: unknown; body: Buffer }> {
  const method = body === undefined ? "GET" : "POST";
  const stream = session.request({ ":path": path, ":method": method }, { endStream: body === undefined });
  if (body !== undefined) Readable.from(slices(body)).pipe(stream);
  const [headers] = (await once(stream, "response")) as [IncomingHttpHeaders];
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return { status: headers[constants.HTTP2_HEADER_STATUS], body: Buffer.concat(parts) };
}

/** Node refuses a single write of more than its session may hold. */
function* slices(body: Buffer): Generator<Buffer> {
  for (let at = 0; at < body.length; at += 65_536) yield body.subarray(at, at + 65_536);
}

describe("http2Connection", () => {
  test("many streams on one verified connection that has negotiated h2", async () => {
    const service = await serve(serverTls(pki.good), (request, response) => void response.end(`<${request.url}>`));
    const session = await open(url(service));
    expect([session.alpnProtocol, session.encrypted]).toEqual(["h2", true]);
    expect(peerOf(session)).toMatchObject({ role: "client", negotiated: { alpn: "h2", version: "TLSv1.3" } });
    const paths = Array.from({ length: 50 }, (_, i) => `/${i}`);
    const answers = await Promise.all(paths.map((path) => get(session, path)));
    expect(answers.map(({ body }) => body.toString())).toEqual(paths.map((path) => `<${path}>`));
  });

  test.each(refusals)("refuses a server with our VerificationError: %s", async (_title, identity, code) => {
    const service = await serve(serverTls(pki[identity]));
    const error: unknown = await open(url(service)).catch((reason: unknown) => reason);
    expect(VerificationError.is(error) && error.code).toBe(code);
  });

  test("takes what http2.connect takes about HTTP/2", async () => {
    const service = await serve(serverTls(pki.good));
    const settings = { initialWindowSize: 123_456 };
    const session = await http2Connection(url(service), { tls: trusting(), http2: { settings } });
    expect((await get(session)).status).toBe(200);
    expect(session.localSettings.initialWindowSize).toBe(123_456);
    session.destroy();
  });

  test("the name is the authority's, or that of optionsForClientTLS", async () => {
    const service = await serve(serverTls(pki.good));
    const wrong: unknown = await open(url(service, "127.0.0.1")).catch((reason: unknown) => reason);
    expect(VerificationError.is(wrong) && wrong.code).toBe("NAME_MISSING");
    const tls = optionsForClientTLS("localhost", { trustRoot: pki.ca.certificate });
    const session = await http2Connection(url(service, "127.0.0.1"), { tls });
    expect((await get(session)).status).toBe(200);
    session.destroy();
  });

  test("refuses a server that does not agree to h2", async () => {
    const cert = pki.good.fullChainPem();
    const server = createTlsServer({ cert, key: await pki.good.keyPair.toPem() }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const authority = `https://localhost:${(server.address() as AddressInfo).port}`;
    const error: unknown = await open(authority).catch((reason: unknown) => reason);
    server.close();
    expect(TransportError.is(error) && error.code).toBe("NO_APPLICATION_PROTOCOL");
  });

  test.each(["http://localhost:1", "localhost:1", "https://user@localhost:1", "https://localhost:1/path", 7])(
    "refuses what is no authority: %s",
    async (authority) => {
      await expect(http2Connection(authority as string)).rejects.toMatchObject({ code: "TARGET_INVALID" });
    },
  );

  test("refuses options that would be ignored", async () => {
    const unsupported = { code: "OPTION_UNSUPPORTED" };
    const http2 = { ca: "x" } as object;
    await expect(http2Connection("https://localhost:1", { http2 })).rejects.toMatchObject(unsupported);
    const tls = trusting({ acceptableProtocols: ["http/1.1"] });
    await expect(http2Connection("https://localhost:1", { tls })).rejects.toThrow(/httpsAgent/);
    const own = { http2: { createConnection: () => undefined } as object };
    await expect(http2Connection("https://localhost:1", own)).rejects.toMatchObject({ code: "SETTING_INVALID" });
    const misspelt = { timeoutMs: 5 } as object;
    await expect(http2Connection("https://localhost:1", misspelt)).rejects.toMatchObject({ code: "SETTING_INVALID" });
  });
});

describe("serveHttp2", () => {
  test("a client certificate reaches the handler, verified; a strange one and none are refused", async () => {
    const refused: unknown[] = [];
    const tls = serverTls(pki.good, { trustRoot: pki.ca.certificate, clientAuth: "require" });
    const service = await serve(
      tls,
      (request, response) => {
        const peer = peerOf(request.stream.session ?? {});
        response.end(peer?.peerCertificate?.subjectAltName?.map(({ value }) => value).join() ?? "nobody");
      },
      (error) => refused.push(error),
    );
    const session = await open(url(service), trusting({ identity: pki.client }));
    expect((await get(session)).body.toString()).toBe("client@example.org");
    for (const [options, code] of [
      [{}, "CLIENT_CERTIFICATE_REQUIRED"],
      [{ identity: pki.strangeClient }, "UNKNOWN_ISSUER"],
    ] as const) {
      const attempt = open(url(service), trusting(options)).then(get);
      await expect(attempt).rejects.toThrow();
      await expect.poll(() => refused.map((error) => (error as { code?: string }).code)).toContain(code);
    }
  });

  test("serves HTTP/1.1 besides, if told to", async () => {
    const tls = serverTls(pki.good, { acceptableProtocols: ["h2", "http/1.1"] });
    const service = await serve(tls, (request, response) => void response.end(`over ${request.httpVersion}`));
    expect((await get(await open(url(service)))).body.toString()).toBe("over 2.0");
    const agent = httpsAgent({ tls: trusting() });
    const request = https.get(url(service), { agent });
    const [response] = (await once(request, "response")) as [AsyncIterable<Buffer>];
    let text = "";
    for await (const part of response) text += String(part);
    expect(text).toBe("over 1.1");
    agent.destroy();
  });

  test.each([
    ["--http2", "2"],
    ["--http1.1", "1.1"],
  ])("serves a foreign client: curl %s", async (option, version) => {
    const service = await serve(serverTls(pki.good, { acceptableProtocols: ["h2", "http/1.1"] }));
    const { stdout } = await promisify(execFile)("curl", ["-sk", option, "-w", " %{http_version}", url(service)]);
    expect(stdout).toBe(`hello ${version}`);
  });

  test("32 MiB each way at once, hash checked", async () => {
    const body = Buffer.alloc(32 * 1024 * 1024, "0123456789abcdef");
    const service = await serve(serverTls(pki.good), (request, response) => void request.pipe(response));
    const answer = await get(await open(url(service)), "/", body);
    const hash = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
    expect(hash(answer.body)).toBe(hash(body));
  });

  test("takes a server of one's own", async () => {
    const server = createSecureServer();
    server.on("stream", (stream: ServerHttp2Stream) => {
      stream.respond({ ":status": 204 });
      stream.end();
    });
    const service = await serve(serverTls(pki.good), server);
    expect((await get(await open(url(service)))).status).toBe(204);
  });

  test("close lets a stream finish", async () => {
    const service = await serve(serverTls(pki.good), (_request, response) => {
      setTimeout(() => response.end("slow"), 200);
    });
    const session = await open(url(service));
    const answer = get(session);
    await once(service.server, "request");
    const closing = service.close();
    expect((await answer).body.toString()).toBe("slow");
    await closing;
  });

  test.each([undefined, null, 5, {}, createHttpServer()])("refuses what is no handler: %s", async (handler) => {
    const options = { host: "127.0.0.1", port: 0, tls: serverTls(pki.good) };
    await expect(serveHttp2(options, handler as never)).rejects.toMatchObject({ code: "SETTING_INVALID" });
  });

  test("refuses protocols that are not HTTP", async () => {
    const tls = serverTls(pki.good, { acceptableProtocols: ["h2", "imap"] });
    await expect(serve(tls)).rejects.toThrow(/acceptableProtocols\[1\].*"imap"/);
  });
});
