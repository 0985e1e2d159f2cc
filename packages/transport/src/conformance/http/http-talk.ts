// Services and requests for the cases about HTTP.

import { once } from "node:events";
import type { IncomingMessage, RequestListener, Server } from "node:http";
import type { ClientHttp2Session } from "node:http2";
import { type RequestOptions, request } from "node:https";
import { Readable } from "node:stream";
import { CertificateOptions, type CertificateOptionsInit } from "@tlskit/options";
import type { PrivateCertificate } from "@tlskit/x509";
import type { HttpHandOver, HttpService } from "../../node-tls/index.ts";
import { peerOf } from "../../node-tls/index.ts";
import { within } from "../assert.ts";
import type { ConformanceContext } from "../case.ts";
import { daysFromNow, goodServer, issued, rootCa, strangerCa } from "../pki.ts";

/** A case about hand-overs to HTTP. */
export interface HttpCase {
  readonly id: string;
  readonly name: string;
  run(http: HttpHandOver, context: ConformanceContext): Promise<void>;
}

/** Servers that every client must refuse. */
export const refusals: readonly (readonly [id: string, code: string, identity: () => Promise<PrivateCertificate>])[] = [
  ["wrong-name", "NAME_MISMATCH", () => issued({ names: ["other.example"] })],
  [
    "expired",
    "CERTIFICATE_EXPIRED",
    () => issued({ names: ["localhost"], notBefore: daysFromNow(-0.9), notAfter: daysFromNow(-0.5) }),
  ],
  ["untrusted", "UNKNOWN_ISSUER", async () => (await strangerCa()).issue("localhost")],
];

/** Answers with a word. */
export const hello: RequestListener = (_incoming, response) => void response.end("hello");

/** The CA that cases trust, as an option. */
export async function trust(): Promise<{ readonly trustRoot: Awaited<ReturnType<typeof rootCa>>["certificate"] }> {
  return { trustRoot: (await rootCa()).certificate };
}

/** Options of a client that trusts it. */
export async function clientTls(more: CertificateOptionsInit = {}): Promise<CertificateOptions> {
  return new CertificateOptions({ ...(await trust()), ...more } as CertificateOptionsInit);
}

/** Options of a server. */
export async function serverTls(
  more: CertificateOptionsInit = {},
  identity?: PrivateCertificate,
): Promise<CertificateOptions> {
  return new CertificateOptions({ ...more, identity: identity ?? (await goodServer()) } as CertificateOptionsInit);
}

/** Where a service is. */
export function urlOf({ address }: Pick<HttpService, "address">): string {
  return `https://localhost:${address.port}`;
}

/** A service of HTTP/1.1, while it is used. */
export async function withHttps(
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

/** A service of HTTP/2 that tells what it is asked, while it is used. */
export async function withHttp2(
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

/** The body of an answer. */
export async function get(url: string, options: RequestOptions, body?: Buffer): Promise<Buffer> {
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

/** The same over HTTP/2. */
export async function ask(session: ClientHttp2Session, path: string): Promise<string> {
  const stream = session.request({ ":path": path });
  let text = "";
  stream.setEncoding("utf8");
  for await (const part of stream) text += String(part);
  return text;
}

/** Closes a session, and waits for it. */
export async function closed(session: ClientHttp2Session): Promise<void> {
  const gone = once(session, "close");
  session.close();
  await within(gone, "the session closes");
}

/** Waits for a condition. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const waiting = (async () => {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
  })();
  await within(waiting, what);
}
