// node:http over verified connections, as a server.

import type { RequestListener, Server } from "node:http";
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

/** See `serveHttps` of the adapters. */
export async function serveHttps(
  handOver: SocketHandOver,
  options: HttpServiceOptions | UnixHttpServiceOptions,
  handler: RequestListener | Server,
): Promise<HttpService<Server, Address | UnixAddress>> {
  const { createServer, Server: HttpServer } = builtin("node:http");
  const server = typeof handler === "function" ? createServer(handler) : handler;
  // It would begin TLS a second time. On Bun it is an http.Server as well.
  if (typeof handler !== "function" && server instanceof builtin("node:https").Server) {
    throw wrongServer("an http.Server, because TLS is made here", "an https.Server");
  }
  if (!(server instanceof HttpServer)) throw wrongServer("an http.Server", describe(server));
  return feedServer(handOver, options, {
    method: "serveHttps",
    server,
    protocols: ["http/1.1"],
    feed: (socket) => {
      server.emit("connection", socket);
    },
  });
}
