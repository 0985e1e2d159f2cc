// node:http over verified connections, as a server.

import { createServer, type RequestListener, Server } from "node:http";
import { feedServer, type HttpService, type HttpServiceOptions } from "./http-service.ts";

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
export async function serveHttps(
  options: HttpServiceOptions,
  handler: RequestListener | Server,
): Promise<HttpService<Server>> {
  const server = handler instanceof Server ? handler : createServer(handler);
  return feedServer(options, {
    server,
    protocols: ["http/1.1"],
    feed: (socket) => {
      server.emit("connection", socket);
    },
  });
}
