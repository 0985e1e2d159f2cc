import type { Transport } from "@tlskit/transport";
import { createHttpHandOver, createNodeTlsTransport, type HttpHandOver } from "@tlskit/transport/node-tls";
import { runtime } from "./runtime.ts";

export {
  type ClientHandOverOptions,
  type Http2Options,
  type HttpService,
  type HttpServiceOptions,
  type HttpsAgentOptions,
  type IdentityFiles,
  IdentityWatcher,
  type IdentityWatchOptions,
  loadIdentity,
  peerOf,
  type SecureHandler,
  type UndiciConnectOptions,
  type UndiciConnector,
  type UnixHttpServiceOptions,
  type VerifiedPeer,
} from "@tlskit/transport/node-tls";
export { capabilities } from "./capabilities.ts";

const transport: Transport = createNodeTlsTransport(runtime);

/**
 * Connects over TLS and verifies the server, or connects in clear for STARTTLS. With nothing but the target: by the
 * system's trust.
 *
 * @throws {VerificationError} the server's certificate is refused: every reason, and the chain
 * @throws {TransportError} everything else
 *
 * @example
 * await using connection = await connect("example.com:443");
 * await connection.write(new TextEncoder().encode("GET / HTTP/1.0\r\nHost: example.com\r\n\r\n"));
 * const answer = await connection.read();
 */
export const connect: Transport["connect"] = transport.connect;

/**
 * Listens for TLS connections, or for plain ones that will become TLS.
 *
 * @throws {TransportError} `ADDRESS_IN_USE`, `ADDRESS_UNAVAILABLE`
 *
 * @example
 * const identity = await loadIdentity({ cert: "server.pem", key: "server-key.pem" });
 * await using listener = await listen({ port: 4433, tls: new CertificateOptions({ identity }) });
 * for await (const connection of listener) await connection.close();
 */
export const listen: Transport["listen"] = transport.listen;

/**
 * Makes TLS of a plain connection, as either side: a `PlainConnection`, or a `net.Socket`.
 *
 * @throws {TransportError} `STARTTLS_INJECTION`: bytes in clear came after the switch
 *
 * @example
 * const secure = await startTls(socket, { role: "client", tls: optionsForClientTLS("mail.example.org") });
 */
export const startTls: Transport["startTls"] = transport.startTls;

/**
 * TLS over anything that carries bytes both ways: another TLS connection, a pair in memory, a pipe, web streams.
 *
 * @throws {VerificationError} the peer's certificate is refused
 * @throws {TransportError} everything else
 *
 * @example
 * const tunnel = await connect("proxy.example:443");
 * // … CONNECT …
 * const inner = await wrapTls(tunnel, { role: "client", tls: optionsForClientTLS("example.org") });
 */
export const wrapTls: Transport["wrapTls"] = transport.wrapTls;

const http: HttpHandOver = createHttpHandOver(runtime);

/**
 * An `https.Agent` whose connections are verified by both verifiers before a request is sent. A server that is refused
 * fails the request with the `VerificationError` itself. Every connection belongs to one host, port and name;
 * `keepAlive` is on unless it is turned off. A request's `servername`, or its `Host` header, is the name to expect;
 * everything else about TLS is in `tls`.
 *
 * @throws {TransportError} `SETTING_INVALID`: settings that do not exist
 * @throws {UnsupportedOptionError} what an HTTP/1.1 agent cannot honour; requests fail with it if they bring TLS
 * options of their own
 *
 * @example
 * const agent = httpsAgent({ tls: new CertificateOptions({ trustRoot: ca, identity }) });
 * https.get("https://internal.example/", { agent }, (response) => response.pipe(process.stdout));
 */
export const httpsAgent: HttpHandOver["httpsAgent"] = http.httpsAgent;

/**
 * An HTTP/2 session on a connection that both verifiers have verified, and that has negotiated `h2`. Resolves when the
 * session is connected. The caller listens to its `error`, and closes it.
 *
 * @param authority `https://HOST[:PORT]`
 * @throws {VerificationError} the server's certificate is refused
 * @throws {TransportError} `TARGET_INVALID`, `NO_APPLICATION_PROTOCOL`, and whatever `connect` rejects with
 * @throws {UnsupportedOptionError} what HTTP/2 cannot honour
 *
 * @example
 * const session = await http2Connection("https://internal.example", { tls: new CertificateOptions({ trustRoot: ca }) });
 * const stream = session.request({ ":path": "/" });
 */
export const http2Connection: HttpHandOver["http2Connection"] = http.http2Connection;

/**
 * Serves HTTP/1.1 on verified connections: what `https.createServer` does, with our listener below. Takes a handler, or
 * the `http.Server` of a framework, which must not listen by itself. What is known of a client is
 * `peerOf(request.socket)`; refused ones are told to `onError`.
 *
 * @throws {TransportError} what `listen` rejects with; `SETTING_INVALID` for a server that listens
 * @throws {UnsupportedOptionError} protocols that are not HTTP/1.1
 *
 * @example
 * const identity = await loadIdentity({ cert: "fullchain.pem", key: "privkey.pem" });
 * const service = await serveHttps({ port: 443, tls: new CertificateOptions({ identity }) }, (request, response) => {
 *   response.end("hello\n");
 * });
 */
export const serveHttps: HttpHandOver["serveHttps"] = http.serveHttps;

/**
 * Serves HTTP/2 on verified connections, and HTTP/1.1 besides with `acceptableProtocols: ["h2", "http/1.1"]`. Takes a
 * handler, or an `Http2SecureServer` made without a certificate of its own, which must not listen by itself. What is
 * known of a client is `peerOf(request.stream.session)`.
 *
 * @throws {TransportError} what `listen` rejects with; `SETTING_INVALID` for a server that listens
 * @throws {UnsupportedOptionError} protocols that are not HTTP
 *
 * @example
 * const tls = new CertificateOptions({ identity, trustRoot: clients, clientAuth: "require" });
 * const service = await serveHttp2({ port: 8443, tls }, (request, response) => response.end("hello\n"));
 */
export const serveHttp2: HttpHandOver["serveHttp2"] = http.serveHttp2;

/**
 * A connector for undici's `Agent`, `Pool` and `Client`, whose connections are verified by both verifiers before a
 * request is sent. HTTP/1.1, and HTTP/2 with `acceptableProtocols: ["h2", "http/1.1"]`. Of a server that is refused,
 * undici's own requests fail with the `VerificationError`, and `fetch` with a TypeError whose cause it is. Requests in
 * clear (`http:`) are refused.
 *
 * @throws {TransportError} `SETTING_INVALID`: settings that do not exist
 * @throws {UnsupportedOptionError} protocols that undici does not speak
 *
 * @example
 * const dispatcher = new Agent({ connect: undiciConnector({ tls: new CertificateOptions({ trustRoot: ca }) }) });
 * const response = await fetch("https://internal.example/", { dispatcher });
 */
export const undiciConnector: HttpHandOver["undiciConnector"] = http.undiciConnector;
