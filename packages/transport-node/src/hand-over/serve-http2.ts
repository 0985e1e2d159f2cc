// node:http2 over verified connections, as a server.

import {
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from "node:http2";
import { feedServer, type HttpService, type HttpServiceOptions } from "./http-service.ts";

/** A handler of requests. */
export type SecureHandler = (request: Http2ServerRequest, response: Http2ServerResponse) => void;

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
export async function serveHttp2(
  options: HttpServiceOptions,
  handler: SecureHandler | Http2SecureServer,
): Promise<HttpService<Http2SecureServer>> {
  const allowHTTP1 = options.tls?.acceptableProtocols?.includes("http/1.1") ?? false;
  const server = typeof handler === "function" ? createSecureServer({ allowHTTP1 }, handler) : handler;
  return feedServer(options, {
    server,
    protocols: allowHTTP1 ? ["h2", "http/1.1"] : ["h2"],
    feed: (socket) => {
      // For HTTP/1.1, Node looks for its classes at the socket's server.
      Object.assign(socket, { server });
      server.emit("secureConnection", socket);
    },
  });
}
