import type { Transport } from "@tlskit/transport";
import { createNodeTlsTransport } from "@tlskit/transport/node-tls";
import { runtime } from "./runtime.ts";

export { type IdentityFiles, loadIdentity, peerOf, type VerifiedPeer } from "@tlskit/transport/node-tls";
export { capabilities } from "./capabilities.ts";
export type { HttpService, HttpServiceOptions } from "./hand-over/http-service.ts";
export { type Http2Options, http2Connection } from "./hand-over/http2-connection.ts";
export { type HttpsAgentOptions, httpsAgent } from "./hand-over/https-agent.ts";
export { type SecureHandler, serveHttp2 } from "./hand-over/serve-http2.ts";
export { serveHttps } from "./hand-over/serve-https.ts";
export { type UndiciConnectOptions, type UndiciConnector, undiciConnector } from "./hand-over/undici-connector.ts";

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
