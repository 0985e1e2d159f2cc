// HTTP over verified connections, for the adapters: what node:https, node:http2, node:http and undici take.

import type { RequestListener, Server } from "node:http";
import type { ClientHttp2Session, Http2SecureServer } from "node:http2";
import type { Agent } from "node:https";
import type { UnixAddress } from "../../contract.ts";
import { createSocketHandOver } from "../hand-over.ts";
import type { NodeTlsRuntime } from "../runtime.ts";
import type { ClientHandOverOptions } from "./client-hand-over.ts";
import type { HttpService, HttpServiceOptions, UnixHttpServiceOptions } from "./http-service.ts";
import { type Http2Options, http2Connection } from "./http2-connection.ts";
import { type HttpsAgentOptions, httpsAgent } from "./https-agent.ts";
import { type SecureHandler, serveHttp2 } from "./serve-http2.ts";
import { serveHttps } from "./serve-https.ts";
import { type UndiciConnector, undiciConnector } from "./undici-connector.ts";

/** What {@link createHttpHandOver} returns. */
export interface HttpHandOver {
  /**
   * An `https.Agent` whose connections are verified by both verifiers before a request is sent. A server that is refused
   * fails the request with the `VerificationError` itself. Every connection belongs to one host, port and name;
   * `keepAlive` is on unless it is turned off. A request's `servername`, or its `Host` header, is the name to expect, as
   * in Node; everything else about TLS is in `tls`.
   *
   * @throws {TransportError} `SETTING_INVALID`: settings that do not exist
   * @throws {UnsupportedOptionError} what an HTTP/1.1 agent cannot honour; requests fail with it if they bring TLS
   * options of their own
   */
  httpsAgent(options?: HttpsAgentOptions): Agent;
  /**
   * A connector for undici's `Agent`, `Pool` and `Client`, whose connections are verified by both verifiers before a
   * request is sent. HTTP/1.1, and HTTP/2 with `acceptableProtocols: ["h2", "http/1.1"]`. Of a server that is refused,
   * undici's own requests fail with the `VerificationError`, and `fetch` with a TypeError whose cause it is. Requests in
   * clear (`http:`) are refused.
   *
   * @throws {TransportError} `SETTING_INVALID`: settings that do not exist
   * @throws {UnsupportedOptionError} protocols that undici does not speak
   */
  undiciConnector(options?: ClientHandOverOptions): UndiciConnector;
  /**
   * An HTTP/2 session on a connection that both verifiers have verified, and that has negotiated `h2`. Resolves when
   * the session is connected. The caller listens to its `error`, and closes it.
   *
   * @param authority `https://HOST[:PORT]`
   * @throws {VerificationError} the server's certificate is refused
   * @throws {TransportError} `TARGET_INVALID`, `NO_APPLICATION_PROTOCOL`, and whatever `connect` rejects with
   * @throws {UnsupportedOptionError} what HTTP/2 cannot honour
   */
  http2Connection(authority: string | URL, options?: Http2Options): Promise<ClientHttp2Session>;
  /**
   * Serves HTTP/1.1 on verified connections: what `https.createServer` does, with our listener below. Takes a handler,
   * or the `http.Server` of a framework, which must not listen by itself. What is known of a client is
   * `peerOf(request.socket)`; refused ones are told to `onError`.
   *
   * @throws {TransportError} what `listen` rejects with; `SETTING_INVALID` for a server that listens
   * @throws {UnsupportedOptionError} protocols that are not HTTP/1.1
   */
  serveHttps(
    options: UnixHttpServiceOptions,
    handler: RequestListener | Server,
  ): Promise<HttpService<Server, UnixAddress>>;
  serveHttps(options: HttpServiceOptions, handler: RequestListener | Server): Promise<HttpService<Server>>;
  /**
   * Serves HTTP/2 on verified connections, and HTTP/1.1 besides with `acceptableProtocols: ["h2", "http/1.1"]`. Takes a
   * handler, or an `Http2SecureServer` made without a certificate of its own, which must not listen by itself. What is
   * known of a client is `peerOf(request.stream.session)`.
   *
   * @throws {TransportError} what `listen` rejects with; `SETTING_INVALID` for a server that listens
   * @throws {UnsupportedOptionError} protocols that are not HTTP
   */
  serveHttp2(
    options: UnixHttpServiceOptions,
    handler: SecureHandler | Http2SecureServer,
  ): Promise<HttpService<Http2SecureServer, UnixAddress>>;
  serveHttp2(
    options: HttpServiceOptions,
    handler: SecureHandler | Http2SecureServer,
  ): Promise<HttpService<Http2SecureServer>>;
}

/**
 * The hand-overs of one runtime. Adapters export what it returns; programs use an adapter.
 *
 * @example
 * export const { httpsAgent, serveHttps } = createHttpHandOver({ name: "node", capabilities, … });
 */
export function createHttpHandOver(runtime: NodeTlsRuntime): HttpHandOver {
  const handOver = createSocketHandOver(runtime);
  // The overloads are about where it listens, which decides about the address at run time.
  return {
    httpsAgent: (options = {}) => httpsAgent(handOver, options),
    undiciConnector: (options = {}) => undiciConnector(handOver, options),
    http2Connection: async (authority, options = {}) => http2Connection(handOver, authority, options),
    serveHttps: async (options, handler) => serveHttps(handOver, options, handler),
    serveHttp2: async (options, handler) => serveHttp2(handOver, options, handler),
  } as HttpHandOver;
}
