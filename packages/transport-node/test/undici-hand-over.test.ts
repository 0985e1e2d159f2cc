// undici, and Node's own fetch with undici's dispatcher, over verified connections.

import { CertificateOptions, optionsForClientTLS } from "@tlskit/options";
import { TransportError } from "@tlskit/transport";
import { peerOf, serveHttp2, serveHttps, undiciConnector } from "@tlskit/transport-node";
import { VerificationError } from "@tlskit/verify";
import { Agent, type Dispatcher, request } from "undici";
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

async function serve(tls: CertificateOptions, handler?: Parameters<typeof serveHttps>[1]): Promise<string> {
  const hello: Parameters<typeof serveHttps>[1] = (_request, response) => void response.end("hello");
  const service = await serveHttps({ host: "127.0.0.1", port: 0, tls }, handler ?? hello);
  closers.push(() => service.close({ timeoutMs: 100 }));
  return `https://localhost:${service.address.port}/`;
}

const trusting = (more = {}) => new CertificateOptions({ trustRoot: pki.ca.certificate, ...more });

function agent(tls: Parameters<typeof undiciConnector>[0] = { tls: trusting() }, more = {}): Agent {
  const made = new Agent({ connect: undiciConnector(tls), ...more });
  closers.push(() => made.destroy());
  return made;
}

/** Node's types know the dispatcher of its own copy of undici only. */
const fetchWith = (url: string, dispatcher: Dispatcher, init: RequestInit = {}): Promise<Response> =>
  fetch(url, { ...init, dispatcher } as unknown as RequestInit);

describe("undiciConnector", () => {
  test("undici's request, and Node's fetch, over a verified connection that is kept alive", async () => {
    const ports = new Set<number | undefined>();
    const url = await serve(serverTls(pki.good), (incoming, response) => {
      ports.add(incoming.socket.remotePort);
      response.end("hello");
    });
    // Else undici opens a second one while it tidies up after the first request.
    const dispatcher = agent({ tls: trusting() }, { connections: 1 });
    for (let i = 0; i < 3; i++) expect(await (await request(url, { dispatcher })).body.text()).toBe("hello");
    expect(ports.size).toBe(1);
    ports.clear();
    expect(await (await fetchWith(url, dispatcher)).text()).toBe("hello");
    expect(await (await fetchWith(url, dispatcher)).text()).toBe("hello");
    expect(ports.size).toBe(1);
  });

  test.each(refusals)("refuses a server with our VerificationError: %s", async (_title, identity, code) => {
    const url = await serve(serverTls(pki[identity]));
    const direct: unknown = await request(url, { dispatcher: agent() }).catch((reason: unknown) => reason);
    expect(VerificationError.is(direct) && direct.code).toBe(code);
    const fetched: unknown = await fetchWith(url, agent()).catch((reason: unknown) => reason);
    const cause: unknown = fetched instanceof TypeError ? fetched.cause : fetched;
    expect(VerificationError.is(cause) && cause.code).toBe(code);
  });

  test("shows a client certificate", async () => {
    const tls = serverTls(pki.good, { trustRoot: pki.ca.certificate, clientAuth: "require" });
    const url = await serve(tls, (incoming, response) => {
      response.end(peerOf(incoming.socket)?.peerCertificate?.subjectAltName?.[0]?.value);
    });
    const dispatcher = agent({ tls: trusting({ identity: pki.client }) });
    expect(await (await fetchWith(url, dispatcher)).text()).toBe("client@example.org");
    await expect(fetchWith(url, agent())).rejects.toThrow();
  });

  test("HTTP/2, when both want it", async () => {
    const tls = serverTls(pki.good, { acceptableProtocols: ["h2", "http/1.1"] });
    const service = await serveHttp2({ host: "127.0.0.1", port: 0, tls }, (incoming, response) => {
      response.end(incoming.httpVersion);
    });
    closers.push(() => service.close({ timeoutMs: 100 }));
    const url = `https://localhost:${service.address.port}/`;
    const both = agent({ tls: trusting({ acceptableProtocols: ["h2", "http/1.1"] }) }, { allowH2: true });
    expect(await (await request(url, { dispatcher: both })).body.text()).toBe("2.0");
    expect(await (await request(url, { dispatcher: agent() })).body.text()).toBe("1.1");
  });

  test("names the server by its host, by optionsForClientTLS, and again after a redirect", async () => {
    const elsewhere = await serve(serverTls(pki.wrongName));
    const url = await serve(serverTls(pki.good), (_incoming, response) => {
      response.writeHead(302, { location: elsewhere }).end();
    });
    const redirected: unknown = await fetchWith(url, agent()).catch((reason: unknown) => reason);
    const cause: unknown = redirected instanceof TypeError ? redirected.cause : redirected;
    expect(VerificationError.is(cause) && cause.code).toBe("NAME_MISMATCH");
    const named = agent({ tls: optionsForClientTLS("other.example", { trustRoot: pki.ca.certificate }) });
    expect((await fetchWith(elsewhere, named)).status).toBe(200);
  });

  test("16 MiB each way", async () => {
    const url = await serve(serverTls(pki.good), (incoming, response) => void incoming.pipe(response));
    const body = Buffer.alloc(16 * 1024 * 1024, "0123456789abcdef");
    const answer = await fetchWith(url, agent(), { method: "POST", body });
    expect(Buffer.from(await answer.arrayBuffer()).equals(body)).toBe(true);
  });

  test("refuses requests in clear", async () => {
    const error: unknown = await fetchWith("http://localhost:8080/", agent()).catch((reason: unknown) => reason);
    const cause: unknown = error instanceof TypeError ? error.cause : error;
    expect(TransportError.is(cause) && cause.code).toBe("TARGET_INVALID");
  });

  test("refuses what it cannot honour", () => {
    expect(() => undiciConnector({ tls: trusting({ acceptableProtocols: ["h3"] }) })).toThrow(
      /acceptableProtocols\[0\]/,
    );
    expect(() => undiciConnector({ ca: "x" } as object)).toThrow(/trustRoot/);
    expect(() => undiciConnector({ handshakeTimeout: 5 } as object)).toThrow(/Did you mean handshakeTimeoutMs/);
  });
});
