// What the servers' hand-overs have in common: a listener whose verified sockets are fed to an HTTP server.

import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Http2SecureServer, ServerHttp2Session } from "node:http2";
import { CertificateOptions } from "@tlskit/options";
import type { Address, ListenerCloseOptions, ListenOptions, UnixAddress, UnixListenOptions } from "../../contract.ts";
import { TransportError } from "../../error.ts";
import { shownAddress, shownTag } from "../connection/shown.ts";
import { type SocketHandOver, type SocketListening, standsFor, type VerifiedSocket } from "../hand-over.ts";
import { inspectCustom } from "../inspect-symbol.ts";
import { closeTimeout } from "../settings/settings.ts";
import { type HttpProtocol, speaking } from "./http-protocols.ts";

/** What every hand-over to an HTTP server takes: what `listen` does. */
export type HttpServiceOptions = Omit<ListenOptions, "secureTransport">;

/** The same on a UNIX socket. */
export type UnixHttpServiceOptions = Omit<UnixListenOptions, "secureTransport">;

/** An HTTP server that is fed with verified connections. */
export interface HttpService<S extends Server | Http2SecureServer = Server, A = Address> extends AsyncDisposable {
  /** Where it listens. */
  readonly address: A;
  /** The server that was given, or made for the handler. It does not listen by itself. */
  readonly server: S;
  /**
   * Other options from now on, such as a renewed certificate; connections stay as they are. Wrong options reject, and the
   * old ones stay.
   */
  update(tls: CertificateOptions): Promise<void>;
  /**
   * Stops accepting, lets requests that are under way finish, and cuts what is left after the limit (default 5000 ms).
   * Again: the same promise.
   */
  close(options?: ListenerCloseOptions): Promise<void>;
  /** Resolves when it is closed. */
  readonly closed: Promise<void>;
}

/** How one kind of server takes a socket. */
export interface Feeding<S> {
  /** Whose options they are, for errors. */
  readonly method: string;
  readonly server: S;
  readonly protocols: readonly HttpProtocol[];
  feed(socket: VerifiedSocket): void;
}

/** Listens with `options`, and feeds what is verified to the server. */
export async function feedServer<S extends Server | Http2SecureServer>(
  { listenSockets }: SocketHandOver,
  options: HttpServiceOptions | UnixHttpServiceOptions,
  { method, server, protocols, feed }: Feeding<S>,
): Promise<HttpService<S, Address | UnixAddress>> {
  if (listensByItself(server)) {
    throw wrongServer("a server that does not listen by itself: it would serve unverified connections", "listening");
  }
  // What is no object, `listen` says.
  const { tls } = (options ?? {}) as Partial<HttpServiceOptions>;
  const spoken = tls instanceof CertificateOptions ? { tls: speaking(tls, protocols, "server") } : {};
  const listening = await listenSockets({ ...options, ...spoken }, method);
  return new FedService(listening, { method, server, protocols, feed });
}

/** How many services feed a server. */
const services = new WeakMap<object, number>();

/** A server that is fed says that it listens: Deno's ends each connection after one response if it does not. */
function serves(server: object, by: 1 | -1): void {
  const count = (services.get(server) ?? 0) + by;
  if (count > 0) {
    services.set(server, count);
    Object.defineProperty(server, "listening", { configurable: true, value: true });
  } else {
    services.delete(server);
    Reflect.deleteProperty(server, "listening");
  }
}

/** What we have said in its place (`serves`) does not count. */
function listensByItself(server: Server | Http2SecureServer): boolean {
  return services.has(server) ? Reflect.get(Object.getPrototypeOf(server), "listening", server) : server.listening;
}

/** The error for what cannot be fed. */
export function wrongServer(expected: string, actual: string): TransportError<"SETTING_INVALID"> {
  const message = `The handler must be a function, or ${expected}, but is ${actual}.`;
  return new TransportError("SETTING_INVALID", message, { setting: "handler", expected, actual });
}

class FedService<S extends Server | Http2SecureServer> implements HttpService<S, Address | UnixAddress> {
  readonly address: Address | UnixAddress;
  readonly server: S;
  readonly closed: Promise<void>;
  readonly #listening: SocketListening;
  readonly #protocols: readonly HttpProtocol[];
  readonly #sockets = new Set<VerifiedSocket>();
  readonly #sessions = new Set<ServerHttp2Session>();
  /** Requests under way, on connections that had any: what comes between two requests can be ended. */
  readonly #requests = new WeakMap<object, number>();
  #closing: Promise<void> | undefined;
  #serves = true;

  constructor(listening: SocketListening, { server, protocols, feed }: Feeding<S>) {
    this.address = listening.address;
    this.server = server;
    this.#protocols = protocols;
    this.#listening = listening;
    this.closed = listening.closed;
    serves(server, 1);
    // A signal ends the listener alone.
    listening.closed.then(() => this.#stopServing());
    // Starts the server's clocks, which cut clients that never finish a request.
    server.emit("listening");
    server.on("request", this.#onRequest);
    listening.each((socket) => this.#take(socket, feed)).catch((error: unknown) => server.emit("error", error));
  }

  #take(socket: VerifiedSocket, feed: (socket: VerifiedSocket) => void): void {
    this.#sockets.add(socket);
    socket.once("close", () => this.#sockets.delete(socket));
    const onSession = (session: ServerHttp2Session): void => {
      standsFor(session, socket);
      this.#sessions.add(session);
      session.once("close", () => this.#sessions.delete(session));
    };
    // HTTP/2 makes the session at once, and does not show its socket.
    this.server.once("session", onSession);
    feed(socket);
    this.server.off("session", onSession);
  }

  readonly #onRequest = ({ socket }: IncomingMessage, response: ServerResponse): void => {
    const change = (by: number): number => {
      const count = (this.#requests.get(socket) ?? 0) + by;
      this.#requests.set(socket, count);
      return count;
    };
    change(1);
    response.once("close", () => {
      if (change(-1) === 0 && this.#closing !== undefined) socket.end();
    });
  };

  async update(tls: CertificateOptions): Promise<void> {
    await this.#listening.update(tls instanceof CertificateOptions ? speaking(tls, this.#protocols, "server") : tls);
  }

  close(options?: ListenerCloseOptions): Promise<void> {
    try {
      const timeoutMs = closeTimeout(options);
      this.#closing ??= this.#close(timeoutMs);
      return this.#closing;
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** For people: where it listens, and whether it still does. */
  toString(): string {
    const state = this.#closing === undefined && this.#serves ? "listening" : "closed";
    return shownTag("HttpService", { address: shownAddress(this.address), state });
  }

  /** @internal What `console.log` shows. */
  [inspectCustom](): string {
    return this.toString();
  }

  #stopServing(): void {
    if (this.#serves) serves(this.server, -1);
    this.#serves = false;
  }

  async #close(timeoutMs: number): Promise<void> {
    this.#stopServing();
    const timer = setTimeout(() => {
      for (const socket of this.#sockets) socket.destroy();
    }, timeoutMs);
    const gone = [...this.#sockets].map((socket) => new Promise((resolve) => socket.once("close", resolve)));
    await this.#listening.close({ timeoutMs });
    // It never listened, so it has nothing to report; what is idle is closed, and its clocks are stopped.
    this.server.close(() => {});
    for (const session of this.#sessions) session.close();
    // Node has done that by now; Bun knows only connections that it has accepted itself.
    for (const socket of this.#sockets) if (this.#requests.get(socket) === 0) socket.end();
    await Promise.all(gone);
    this.server.off("request", this.#onRequest);
    clearTimeout(timer);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
