// The accept loop: a bounded number of connections under way, the finished ones in order, and bad peers reported.

import { lookup } from "node:dns/promises";
import { createServer, type Server, type Socket } from "node:net";
import type { CertificateOptions } from "@tlskit/options";
import type { Address, ByteConnection, Listener, ListenerCloseOptions, UnixAddress } from "../../contract.ts";
import { TransportError } from "../../error.ts";
import { remoteAddressOf } from "../connection/addresses.ts";
import { ignoreLateErrors } from "../connection/raw-socket.ts";
import { shownAddress, shownTag } from "../connection/shown.ts";
import { publishListen, publishRefusal } from "../diagnostics.ts";
import { inspectCustom } from "../inspect-symbol.ts";
import { mapNativeError, nativeCodeOf } from "../native/native-error.ts";
import { bare } from "../settings/own-settings.ts";
import { type Binding, type CheckedListenSettings, closeTimeout } from "../settings/settings.ts";
import { isUnix } from "../settings/unix-path.ts";
import { uncaught } from "../uncaught.ts";

/** Makes a connection of an accepted socket. `closing` fires when the listener closes. */
export type MakeConnection<C extends ByteConnection> = (socket: Socket, closing: AbortSignal) => Promise<C>;

/** What a listener is opened with. */
export interface SocketListenerSettings extends CheckedListenSettings {
  /** How long a socket may wait for its turn. */
  readonly timeoutMs: number;
  /** Whether connections come in clear: then nobody is verified, and the wait for `accept` has the same limit. */
  readonly plain: boolean;
  readonly signal: AbortSignal | undefined;
  /** Puts other options in force. */
  readonly update: (tls: unknown) => Promise<void>;
}

interface Waiter<C> {
  readonly resolve: (connection: C) => void;
  readonly reject: (error: TransportError) => void;
}

/** See the head of this file. */
export class SocketListener<C extends ByteConnection> implements Listener<C, Address | UnixAddress> {
  readonly address: Address | UnixAddress;
  readonly closed: Promise<void>;
  readonly #server: Server;
  readonly #settings: SocketListenerSettings;
  readonly #make: MakeConnection<C>;
  readonly #closing = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  readonly #held = new Map<Socket, ReturnType<typeof setTimeout>>();
  readonly #ready: C[] = [];
  readonly #limits = new Map<C, ReturnType<typeof setTimeout>>();
  readonly #waiters: Waiter<C>[] = [];
  readonly #settleClosed: () => void;
  #closed: Promise<void> | undefined;

  private constructor(server: Server, settings: SocketListenerSettings, make: MakeConnection<C>) {
    this.#server = server;
    this.#settings = settings;
    this.#make = make;
    this.address = addressOf(server);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.closed = promise;
    this.#settleClosed = resolve;
    server.on("connection", (socket) => this.#onSocket(socket));
    // A failed accept (no file descriptor left) costs that one connection.
    server.on("error", (error) =>
      this.#report(mapNativeError(error, { during: "connect", ...endpointOf(settings.binding) }), undefined),
    );
    settings.signal?.addEventListener("abort", this.#onSignal, { once: true });
    publishListen({ address: this.address });
    Object.freeze(this);
  }

  /** @throws {TransportError} `ADDRESS_IN_USE`, `ADDRESS_UNAVAILABLE`, `HOST_NOT_FOUND`, `ABORTED` */
  static async open<C extends ByteConnection>(
    settings: SocketListenerSettings,
    make: MakeConnection<C>,
  ): Promise<SocketListener<C>> {
    const { signal } = settings;
    const assertWanted = (): void => {
      if (!signal?.aborted) return;
      const message = "Listening was aborted.";
      throw new TransportError("ABORTED", message, { during: "connect" }, { cause: signal.reason });
    };
    assertWanted();
    // Both directions end on their own, and small writes leave at once.
    const server = createServer(bare({ allowHalfOpen: true, noDelay: true }));
    await bind(server, settings);
    if (signal?.aborted) server.close();
    assertWanted();
    return new SocketListener(server, settings, make);
  }

  accept(): Promise<C> {
    const connection = this.#ready[0];
    if (connection !== undefined) {
      this.#forget(connection);
      this.#startHeld();
      return Promise.resolve(connection);
    }
    if (this.#closed !== undefined) return Promise.reject(closedError());
    return new Promise((resolve, reject) => {
      this.#waiters.push({ resolve, reject });
    });
  }

  async update(tls: CertificateOptions): Promise<void> {
    if (this.#closed !== undefined) throw closedError("update");
    await this.#settings.update(tls);
  }

  close(options?: ListenerCloseOptions): Promise<void> {
    try {
      const timeoutMs = closeTimeout(options);
      this.#closed ??= this.#close(timeoutMs);
      return this.#closed;
    } catch (error) {
      return Promise.reject(error);
    }
  }

  [Symbol.asyncIterator](): AsyncIterator<C> {
    return {
      next: async () => {
        try {
          return { value: await this.accept(), done: false };
        } catch (error) {
          if (TransportError.is(error) && error.code === "LISTENER_CLOSED") return { value: undefined, done: true };
          throw error;
        }
      },
    };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** For people: where it listens, and whether it still does. */
  toString(): string {
    const state = this.#closed === undefined ? "listening" : "closed";
    return shownTag("Listener", { address: shownAddress(this.address), state });
  }

  /** @internal What `console.log` shows. */
  [inspectCustom](): string {
    return this.toString();
  }

  readonly #onSignal = (): void => {
    this.close();
  };

  async #close(timeoutMs: number): Promise<void> {
    this.#settings.signal?.removeEventListener("abort", this.#onSignal);
    // The address is free at once; the runtime's callback would wait for connections that are the caller's.
    this.#server.close();
    this.#closing.abort(closedError());
    for (const [socket, timer] of this.#held) {
      clearTimeout(timer);
      socket.destroy();
    }
    this.#held.clear();
    for (const waiter of this.#waiters.splice(0)) waiter.reject(closedError());
    await Promise.all(this.#underWay);
    const dropped = [...this.#ready];
    for (const connection of dropped) this.#forget(connection);
    await Promise.all(dropped.map((connection) => connection.close({ timeoutMs })));
    this.#settleClosed();
  }

  #onSocket(socket: Socket): void {
    ignoreLateErrors(socket);
    if (this.#closed !== undefined) socket.destroy();
    else if (this.#underWay.size + this.#ready.length < this.#settings.maxPending) this.#start(socket);
    else this.#hold(socket);
  }

  #start(socket: Socket): void {
    const remoteAddress = remoteAddressOf(socket);
    const done = (): void => {
      this.#underWay.delete(made);
      this.#startHeld();
    };
    const made = this.#make(socket, this.#closing.signal).then(
      (connection) => {
        this.#handOut(connection);
        done();
      },
      (error: unknown) => {
        socket.destroy();
        // What closing interrupts is no news.
        if (this.#closed === undefined) this.#report(error, remoteAddress);
        done();
      },
    );
    this.#underWay.add(made);
  }

  #handOut(connection: C): void {
    const waiter = this.#waiters.shift();
    if (waiter === undefined) this.#keep(connection);
    else waiter.resolve(connection);
  }

  /** Keeps a connection for `accept`, unless it fails first: nobody wants to be handed what is gone. */
  #keep(connection: C): void {
    const { plain, timeoutMs } = this.#settings;
    const { remoteAddress } = connection;
    this.#ready.push(connection);
    const drop = (error: unknown): void => {
      if (!this.#forget(connection)) return;
      this.#report(error, remoteAddress);
      this.#startHeld();
    };
    connection.closed.catch(drop);
    if (!plain) return;
    const limit = setTimeout(() => {
      const message = `Nobody took this connection in clear within ${timeoutMs} ms.`;
      const error = new TransportError("HANDSHAKE_TIMEOUT", message, { timeoutMs, during: "connect" });
      drop(error);
      connection.abort(error);
    }, timeoutMs);
    this.#limits.set(connection, limit);
  }

  /** Takes a connection out of those that wait for `accept`; whether it was there. */
  #forget(connection: C): boolean {
    clearTimeout(this.#limits.get(connection));
    this.#limits.delete(connection);
    const index = this.#ready.indexOf(connection);
    if (index >= 0) this.#ready.splice(index, 1);
    return index >= 0;
  }

  /** Leaves a socket unread until there is room. */
  #hold(socket: Socket): void {
    const { timeoutMs } = this.#settings;
    const remoteAddress = remoteAddressOf(socket);
    const timer = setTimeout(() => {
      this.#held.delete(socket);
      socket.destroy();
      const message = `The listener had no room for this connection within ${timeoutMs} ms.`;
      this.#report(new TransportError("HANDSHAKE_TIMEOUT", message, { timeoutMs, during: "connect" }), remoteAddress);
    }, timeoutMs);
    this.#held.set(socket, timer);
    socket.once("close", () => {
      clearTimeout(this.#held.get(socket));
      this.#held.delete(socket);
    });
  }

  #startHeld(): void {
    for (const [socket, timer] of this.#held) {
      if (this.#closed !== undefined || this.#underWay.size + this.#ready.length >= this.#settings.maxPending) return;
      clearTimeout(timer);
      this.#held.delete(socket);
      this.#start(socket);
    }
  }

  #report(error: unknown, remoteAddress: Address | undefined): void {
    publishRefusal({ role: "server", remoteAddress, error });
    try {
      const returned: unknown = this.#settings.onError(error, { remoteAddress });
      if (returned instanceof Promise) returned.catch(uncaught);
    } catch (bug) {
      uncaught(bug);
    }
  }
}

function bind(server: Server, { binding, backlog }: CheckedListenSettings): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = async (error: unknown): Promise<void> => {
      reject(mapNativeError(await reasonOf(error, binding), { during: "connect", ...endpointOf(binding) }));
    };
    server.once("error", onError);
    server.listen(bare({ ...withoutUndefined(binding), backlog }), () => {
      server.off("error", onError);
      resolve();
    });
  });
}

/** Bun does not say why it cannot listen at a name that does not resolve. */
async function reasonOf(error: unknown, binding: Binding): Promise<unknown> {
  if (nativeCodeOf(error) !== "UNKNOWN" || isUnix(binding) || binding.host === undefined) return error;
  return lookup(binding.host).then(
    () => error,
    (reason: unknown) => reason,
  );
}

/** What errors name. */
function endpointOf(binding: Binding): { readonly host: string; readonly port: number } {
  return isUnix(binding) ? { host: binding.path, port: 0 } : { host: binding.host ?? "::", port: binding.port };
}

function withoutUndefined(binding: Binding): object {
  return isUnix(binding) || binding.host !== undefined ? binding : { port: binding.port };
}

function addressOf(server: Server): Address | UnixAddress {
  const address = server.address();
  if (typeof address === "string") return Object.freeze({ path: address });
  if (address === null) {
    throw new TransportError("RUNTIME_ERROR", "The runtime does not say where it listens.", {
      nativeCode: "UNKNOWN",
      during: "connect",
    });
  }
  return Object.freeze({ host: address.address, port: address.port });
}

function closedError(method = "accept"): TransportError<"LISTENER_CLOSED"> {
  return new TransportError("LISTENER_CLOSED", "The listener is closed.", { method });
}
