// HTTP/1.1 both ways over verified connections: node:https as the client, node:http as the server.

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer as createHttpServer, type IncomingMessage } from "node:http";
import https from "node:https";
import { type AddressInfo, connect as rawConnect } from "node:net";
import { connect as tlsConnect } from "node:tls";
import { promisify } from "node:util";
import { CertificateOptions, optionsForClientTLS, UnsupportedOptionError } from "@tlskit/options";
import { TransportError } from "@tlskit/transport";
import { type HttpService, httpsAgent, peerOf, serveHttps } from "@tlskit/transport-node";
import { VerificationError } from "@tlskit/verify";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { createFixtures, type Fixtures, refusals, serverTls } from "./hand-over-fixtures.ts";

let pki: Fixtures;
const services: HttpService[] = [];

beforeAll(async () => {
  pki = await createFixtures();
});

afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.close({ timeoutMs: 100 })));
});

type Handler = Parameters<typeof serveHttps>[1];

async function serve(
  tls: CertificateOptions,
  handler: Handler = (_request, response) => void response.end("hello"),
  onError: (error: unknown) => void = () => {},
): Promise<HttpService> {
  const service = await serveHttps({ host: "127.0.0.1", port: 0, tls, onError }, handler);
  services.push(service);
  return service;
}

const url = (service: HttpService, host = "localhost") => `https://${host}:${service.address.port}/`;
const trusting = (more = {}) => new CertificateOptions({ trustRoot: pki.ca.certificate, ...more });

interface Answer {
  readonly status: number | undefined;
  readonly text: string;
  readonly reused: boolean;
}

async function get(target: string, options: https.RequestOptions, body?: string): Promise<Answer> {
  const request = https.request(target, body === undefined ? options : { method: "POST", ...options });
  request.end(body);
  const [response] = (await once(request, "response")) as [IncomingMessage];
  let text = "";
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode, text, reused: request.reusedSocket };
}

describe("httpsAgent", () => {
  test("sends requests over a verified connection, and keeps it alive", async () => {
    const names: unknown[] = [];
    const service = await serve(serverTls(pki.good), (request, response) => {
      names.push(Reflect.get(request.socket, "servername"), Reflect.get(request.socket, "alpnProtocol"));
      response.end("hello");
    });
    const agent = httpsAgent({ tls: trusting() });
    expect(await get(url(service), { agent })).toEqual({ status: 200, text: "hello", reused: false });
    expect(await get(url(service), { agent })).toEqual({ status: 200, text: "hello", reused: true });
    expect(names).toEqual(["localhost", "http/1.1", "localhost", "http/1.1"]);
    agent.destroy();
  });

  test.each(refusals)("refuses a server with our VerificationError: %s", async (_title, identity, code) => {
    let requests = 0;
    const service = await serve(
      serverTls(pki[identity]),
      (_request, response) => void response.end(String(++requests)),
    );
    const agent = httpsAgent({ tls: trusting() });
    const error: unknown = await get(url(service), { agent }).catch((reason: unknown) => reason);
    expect(VerificationError.is(error) && error.code).toBe(code);
    expect(requests).toBe(0);
  });

  test("one agent, several hosts: each by its own name, and none by another's connection", async () => {
    const service = await serve(serverTls(pki.good));
    const agent = httpsAgent({ tls: trusting() });
    const lookup = { agent, servername: "other.localhost" };
    expect(await get(url(service), { agent })).toMatchObject({ reused: false });
    expect(await get(url(service), lookup)).toMatchObject({ status: 200, reused: false });
    const wrong: unknown = await get(url(service), { agent, servername: "third.localhost" }).catch((e: unknown) => e);
    expect(VerificationError.is(wrong) && wrong.code).toBe("NAME_MISMATCH");
    const byHeader: unknown = await get(url(service), { agent, headers: { Host: "fourth.localhost" } }).catch(
      (e: unknown) => e,
    );
    expect(VerificationError.is(byHeader) && byHeader.code).toBe("NAME_MISMATCH");
    agent.destroy();
  });

  test("optionsForClientTLS names the server whichever host is dialled", async () => {
    const service = await serve(serverTls(pki.good));
    const agent = httpsAgent({ tls: optionsForClientTLS("localhost", { trustRoot: pki.ca.certificate }) });
    expect(await get(url(service, "127.0.0.1"), { agent })).toMatchObject({ status: 200 });
    agent.destroy();
  });

  test("a client certificate reaches the handler, verified; a strange one and none are refused", async () => {
    const refused: unknown[] = [];
    const tls = serverTls(pki.good, { trustRoot: pki.ca.certificate, clientAuth: "require" });
    const service = await serve(
      tls,
      (request, response) => {
        const peer = peerOf(request.socket);
        response.end(
          `${peer?.peerCertificate?.subjectAltName?.map(({ value }) => value)} ${peer?.verifiedPath?.chain.length}`,
        );
      },
      (error) => refused.push(error),
    );
    const good = httpsAgent({ tls: trusting({ identity: pki.client }) });
    expect((await get(url(service), { agent: good })).text).toBe("client@example.org 3");
    good.destroy();
    for (const [options, code] of [
      [{}, "CLIENT_CERTIFICATE_REQUIRED"],
      [{ identity: pki.strangeClient }, "UNKNOWN_ISSUER"],
    ] as const) {
      await expect(get(url(service), { agent: httpsAgent({ tls: trusting(options) }) })).rejects.toThrow();
      await expect.poll(() => refused.map((error) => (error as { code?: string }).code)).toContain(code);
    }
  });

  test.each([
    ["agent", { ca: "x" }, "ca"],
    ["agent", { rejectUnauthorized: false }, "rejectUnauthorized"],
  ] as const)("refuses Node's own options: of the %s, %o", (_place, options, path) => {
    expect(() => httpsAgent(options as object)).toThrow(expect.objectContaining({ code: "OPTION_UNSUPPORTED" }));
    expect(() => httpsAgent(options as object)).toThrow(path);
  });

  test("refuses a request's own TLS options, which would be ignored", async () => {
    const agent = httpsAgent();
    const options = { agent, rejectUnauthorized: false, ca: "x", checkServerIdentity: () => undefined };
    const error: unknown = await get("https://localhost:1/", options).catch((reason: unknown) => reason);
    if (!UnsupportedOptionError.is(error)) throw error;
    expect(error.details.options.map(({ path }) => path).sort()).toEqual([
      "ca",
      "checkServerIdentity",
      "rejectUnauthorized",
    ]);
  });

  test("refuses protocols that it does not speak, and settings that do not exist", () => {
    expect(() => httpsAgent({ tls: trusting({ acceptableProtocols: ["http/1.1", "h2"] }) })).toThrow(
      /acceptableProtocols\[1\].*http2Connection/,
    );
    expect(() => httpsAgent({ keepAlve: true } as object)).toThrow(/Did you mean keepAlive/);
  });

  test("a connection that cannot be made fails the request with our code", async () => {
    const probe = createHttpServer().listen(0, "127.0.0.1");
    await once(probe, "listening");
    const { port } = probe.address() as AddressInfo;
    await new Promise((resolve) => probe.close(resolve));
    const error: unknown = await get(`https://127.0.0.1:${port}/`, { agent: httpsAgent() }).catch((e: unknown) => e);
    expect(TransportError.is(error) && error.code).toBe("CONNECTION_REFUSED");
  });

  test("the pool lets go of a connection that the server has ended", async () => {
    const service = await serve(serverTls(pki.good));
    service.server.keepAliveTimeout = 50;
    const agent = httpsAgent({ tls: trusting() });
    await get(url(service), { agent });
    await expect.poll(() => Object.keys(agent.freeSockets).length).toBe(0);
    expect(await get(url(service), { agent })).toMatchObject({ status: 200, reused: false });
    agent.destroy();
  });
});

describe("serveHttps", () => {
  test("serves a foreign client: curl, with a client certificate checked by us", async () => {
    const service = await serve(serverTls(pki.good));
    const { stdout } = await promisify(execFile)("curl", ["-sk", "--http1.1", url(service)]);
    expect(stdout).toBe("hello");
  });

  test("32 MiB each way, hash checked", async () => {
    const body = "0123456789abcdef".repeat((32 * 1024 * 1024) / 16);
    const service = await serve(serverTls(pki.good), async (request, response) => {
      const hash = createHash("sha256");
      for await (const chunk of request) hash.update(chunk as Uint8Array);
      response.setHeader("x-hash", hash.digest("hex"));
      response.end(body);
    });
    const agent = httpsAgent({ tls: trusting() });
    const request = https.request(url(service), { agent, method: "POST" });
    request.end(body);
    const [response] = (await once(request, "response")) as [IncomingMessage];
    const hash = createHash("sha256");
    for await (const chunk of response) hash.update(chunk as Uint8Array);
    const expected = createHash("sha256").update(body).digest("hex");
    expect([response.headers["x-hash"], hash.digest("hex")]).toEqual([expected, expected]);
    agent.destroy();
  });

  test("a reader that does not read holds the writer back, both ways", async () => {
    const limit = 64 * 1024 * 1024;
    const chunk = Buffer.alloc(64 * 1024);
    const pump = async (sink: { write(c: Buffer): boolean; destroyed: boolean }): Promise<number> => {
      let sent = 0;
      while (sent < limit && sink.write(chunk)) {
        sent += chunk.length;
        await new Promise((resolve) => setImmediate(resolve));
      }
      return sent;
    };
    const { promise: fromServer, resolve: serverStopped } = Promise.withResolvers<number>();
    const service = await serve(serverTls(pki.good), async (_request, response) => {
      serverStopped(await pump(response));
    });
    const agent = httpsAgent({ tls: trusting() });
    const request = https.request(url(service), { agent, method: "POST" });
    request.on("error", () => {});
    const fromClient = pump(request);
    const [response] = (await once(request, "response")) as [IncomingMessage];
    response.pause();
    expect(await fromServer).toBeLessThan(limit);
    expect(await fromClient).toBeLessThan(limit);
    request.destroy();
    agent.destroy();
  });

  test.each([
    ["pipelined requests are answered in order", ["/1", "/2", "/3"], false],
    ["a client that ends with its request, in the last flight of the handshake, is answered", ["/1"], true],
  ] as const)("%s", async (_title, paths, endsAtOnce) => {
    const service = await serve(serverTls(pki.good), (request, response) => void response.end(`<${request.url}>`));
    const socket = tlsConnect({ port: service.address.port, host: "127.0.0.1", rejectUnauthorized: false });
    let text = "";
    socket.setEncoding("utf8").on("data", (part: string) => {
      text += part;
      if (text.includes(`<${paths.at(-1)}>`)) socket.end();
    });
    const asked = paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`).join("");
    if (endsAtOnce) socket.end(asked);
    else socket.write(asked);
    await once(socket, "close");
    expect(text.match(/<\/\d>/g)).toEqual(paths.map((path) => `<${path}>`));
  });

  test("upgrades reach the handler's server", async () => {
    const server = createHttpServer();
    server.on("upgrade", (_request, socket) => {
      socket.end("HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: upgrade\r\n\r\nwelcome");
    });
    const service = await serve(serverTls(pki.good), server);
    const agent = httpsAgent({ tls: trusting() });
    const request = https.request(url(service), { agent, headers: { Connection: "upgrade", Upgrade: "echo" } });
    request.end();
    const [, socket, head] = (await once(request, "upgrade")) as [unknown, NodeJS.ReadableStream, Buffer];
    let text = head.toString();
    for await (const part of socket) text += String(part);
    expect(text).toBe("welcome");
    agent.destroy();
  });

  test("a peer that is refused, or speaks no TLS, is told to onError and never reaches the handler", async () => {
    const errors: unknown[] = [];
    const service = await serve(serverTls(pki.good), undefined, (error) => errors.push(error));
    const socket = rawConnect({ port: service.address.port, host: "127.0.0.1" });
    socket.on("error", () => {});
    socket.write("GET / HTTP/1.1\r\n\r\n");
    await once(socket, "close");
    await expect.poll(() => errors.map((error) => (error as { code?: string }).code)).toEqual(["PEER_NOT_TLS"]);
  });

  test("its clocks run: a client that never finishes its headers is cut", async () => {
    const server = createHttpServer({ headersTimeout: 100, requestTimeout: 100, connectionsCheckingInterval: 50 });
    const service = await serve(serverTls(pki.good), server);
    const socket = tlsConnect({ port: service.address.port, host: "127.0.0.1", rejectUnauthorized: false });
    socket.on("error", () => {});
    socket.write("GET / HT");
    let text = "";
    socket.setEncoding("utf8").on("data", (part: string) => (text += part));
    await once(socket, "close");
    expect(text).toMatch(/^HTTP\/1\.1 408/);
  });

  test("close waits for the request that is under way, and cuts what is left after the limit", async () => {
    const { promise: started, resolve: start } = Promise.withResolvers<void>();
    const service = await serve(serverTls(pki.good), (request, response) => {
      start();
      if (request.url === "/slow") setTimeout(() => response.end("slow"), 200);
    });
    const agent = httpsAgent({ tls: trusting() });
    const slow = get(`${url(service)}slow`, { agent });
    await started;
    const closing = service.close();
    expect(service.close()).toBe(closing);
    expect((await slow).text).toBe("slow");
    await closing;
    await service.closed;

    const stuck = await serve(serverTls(pki.good), () => {});
    const never = get(url(stuck), { agent: httpsAgent({ tls: trusting() }) });
    const failed = expect(never).rejects.toThrow();
    await new Promise((resolve) => stuck.server.once("request", resolve));
    await stuck.close({ timeoutMs: 50 });
    await failed;
    agent.destroy();
  });

  test.each([undefined, null, 5, {}, https.createServer()])("refuses what is no handler: %s", async (handler) => {
    const options = { host: "127.0.0.1", port: 0, tls: serverTls(pki.good) };
    await expect(serveHttps(options, handler as never)).rejects.toMatchObject({ code: "SETTING_INVALID" });
    await expect(serveHttps(handler as never, () => {})).rejects.toMatchObject({ code: "SETTING_INVALID" });
  });

  test("update: a renewed certificate without a restart; connections that are there stay", async () => {
    const service = await serve(serverTls(pki.good));
    const agent = httpsAgent({ tls: trusting() });
    const shown: unknown[] = [];
    const look = async (options: https.RequestOptions): Promise<boolean> => {
      const request = https.get(url(service), options);
      const [response] = (await once(request, "response")) as [IncomingMessage];
      shown.push(peerOf(response.socket)?.peerCertificate?.id);
      response.resume();
      await once(response, "end");
      return request.reusedSocket;
    };
    await look({ agent });
    await service.update(serverTls(pki.renewed));
    expect(await look({ agent })).toBe(true);
    const fresh = httpsAgent({ tls: trusting() });
    await look({ agent: fresh });
    expect(shown).toEqual([pki.good.id, pki.good.id, pki.renewed.id]);
    agent.destroy();
    fresh.destroy();
  });

  test("refuses what it cannot serve: other protocols, a server that listens by itself, STARTTLS", async () => {
    const options = { host: "127.0.0.1", port: 0 };
    await expect(
      serveHttps({ ...options, tls: serverTls(pki.good, { acceptableProtocols: ["h2"] }) }, () => {}),
    ).rejects.toThrow(/serveHttp2/);
    const listening = createHttpServer().listen(0, "127.0.0.1");
    await once(listening, "listening");
    await expect(serveHttps({ ...options, tls: serverTls(pki.good) }, listening)).rejects.toMatchObject({
      code: "SETTING_INVALID",
    });
    listening.close();
    const plain = { ...options, tls: serverTls(pki.good), secureTransport: "starttls" };
    await expect(serveHttps(plain as never, () => {})).rejects.toMatchObject({ code: "SETTING_INVALID" });
  });
});
