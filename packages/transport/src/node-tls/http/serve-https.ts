// node:http over verified connections, as a server.

import type { RequestListener, Server } from "node:http";
import type { SocketHandOver } from "../hand-over.ts";
import { builtin } from "./builtin.ts";
import { feedServer, type HttpService, type HttpServiceOptions } from "./http-service.ts";

/** See `serveHttps` of the adapters. */
export async function serveHttps(
  handOver: SocketHandOver,
  options: HttpServiceOptions,
  handler: RequestListener | Server,
): Promise<HttpService<Server>> {
  const server = typeof handler === "function" ? builtin("node:http").createServer(handler) : handler;
  return feedServer(handOver, options, {
    server,
    protocols: ["http/1.1"],
    feed: (socket) => {
      server.emit("connection", socket);
    },
  });
}
