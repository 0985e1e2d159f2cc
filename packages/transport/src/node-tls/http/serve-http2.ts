// node:http2 over verified connections, as a server.

import type { Http2SecureServer, Http2ServerRequest, Http2ServerResponse } from "node:http2";
import type { Address, UnixAddress } from "../../contract.ts";
import type { SocketHandOver } from "../hand-over.ts";
import { builtin } from "./builtin.ts";
import { describe } from "./describe.ts";
import {
  feedServer,
  type HttpService,
  type HttpServiceOptions,
  type UnixHttpServiceOptions,
  wrongServer,
} from "./http-service.ts";

/** A handler of requests. */
export type SecureHandler = (request: Http2ServerRequest, response: Http2ServerResponse) => void;

/** See `serveHttp2` of the adapters. */
export async function serveHttp2(
  handOver: SocketHandOver,
  options: HttpServiceOptions | UnixHttpServiceOptions,
  handler: SecureHandler | Http2SecureServer,
): Promise<HttpService<Http2SecureServer, Address | UnixAddress>> {
  const allowHTTP1 = options?.tls?.acceptableProtocols?.includes("http/1.1") ?? false;
  const server =
    typeof handler === "function" ? builtin("node:http2").createSecureServer({ allowHTTP1 }, handler) : handler;
  // Its class is not public: what listens for secure connections is one.
  if (typeof server?.listenerCount !== "function" || server.listenerCount("secureConnection") === 0) {
    throw wrongServer("an Http2SecureServer", describe(server));
  }
  return feedServer(handOver, options, {
    method: "serveHttp2",
    server,
    protocols: allowHTTP1 ? ["h2", "http/1.1"] : ["h2"],
    feed: (socket) => {
      // For HTTP/1.1, Node looks for its classes at the socket's server.
      Object.assign(socket, { server });
      server.emit("secureConnection", socket);
    },
  });
}
