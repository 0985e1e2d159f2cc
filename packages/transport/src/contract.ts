// What every adapter offers, in types that know no runtime. Shaped after the WinterTC Sockets API (readable, writable,
// opened, closed, startTls), with cheap primitives underneath (read, write).

import type { CertificateOptions, ClientTLSOptions, NegotiableTLSVersion, Role } from "@tlskit/options";
import type { VerifiedPath } from "@tlskit/verify";
import type { Certificate } from "@tlskit/x509";

/** One end of a connection. */
export interface Address {
  /** An IP address, as text. */
  readonly host: string;
  /** From 0 to 65535. */
  readonly port: number;
}

/** Where a listener on a UNIX socket is to be found. Its connections have no addresses. */
export interface UnixAddress {
  /** The path of the socket. */
  readonly path: string;
}

/** What the handshake agreed on. */
export interface Negotiated {
  /** The version of TLS. */
  readonly version: NegotiableTLSVersion;
  /** The cipher suite, by its IANA name where the runtime tells it. */
  readonly cipher: string;
  /** The group of the key exchange, by its name in the option `groups`, where the runtime tells it. */
  readonly group?: string;
  /** The application protocol; absent if none was negotiated. */
  readonly alpn?: string;
  /** On servers: the name that the client asked for (SNI); absent if it asked for none. */
  readonly serverName?: string;
  /**
   * Whether an earlier session was resumed: only with the option `sessions`. A client has then verified the chain of the
   * first handshake again. (Without the option, runtimes' TLS 1.3 servers still send tickets, which nobody can use; only
   * Deno's servers resume sessions unasked, and let in whom the same trust has verified in full.)
   */
  readonly resumed: boolean;
}

/** What `opened` resolves to. */
export interface OpenedInfo {
  /** Our end. */
  readonly localAddress: Address | undefined;
  /** The peer's end. */
  readonly remoteAddress: Address | undefined;
  /** The application protocol that was agreed on. */
  readonly alpn: string | undefined;
}

/** Options of `close`. */
export interface CloseOptions {
  /** How long to wait for the peer before the connection is cut; default 5000. */
  readonly timeoutMs?: number | undefined;
}

/** What plain and TLS connections have in common: bytes both ways. */
export interface ByteConnection {
  /** Our end; `undefined` where there is no such thing, as on a UNIX socket. */
  readonly localAddress: Address | undefined;
  /** The peer's end; `undefined` where there is no such thing. */
  readonly remoteAddress: Address | undefined;
  /**
   * The incoming bytes as a byte stream (BYOB readers work), made when first asked for. While it is locked, `read`
   * is refused. Its end does not prove that everything arrived: see `read`. To cancel it cuts the connection, both ways, as
   * does to leave a `for await` loop over it; `values({ preventCancel: true })` does not.
   */
  readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>;
  /**
   * The outgoing bytes as a stream, made when first asked for; its `close` is `closeWrite`. While it is locked, `write` is
   * refused. Its `abort`, and a chunk that is not a Uint8Array, cut the connection: a source that fails midway does not
   * look like the end. (The signal of a `pipeTo` is heard after the write that is under way, as the Streams Standard has
   * it; to wait for no peer, `abort` the connection.)
   */
  readonly writable: WritableStream<Uint8Array>;
  /** Resolves at once: a connection is handed out only when it is open, and a TLS connection only when it is verified. */
  readonly opened: Promise<OpenedInfo>;
  /**
   * Resolves when both directions have ended, or after `close`; rejects with the error that ended the connection. It
   * never becomes an unhandled rejection. It waits for received bytes to be read.
   */
  readonly closed: Promise<void>;
  /**
   * The next bytes, or `null` when the peer has finished. With `into`, copies into it and returns the filled part;
   * without, the array is the caller's. One read at a time. `into` must not be transferred meanwhile.
   *
   * **`null` does not prove that everything arrived.** The runtimes show a connection that anyone on the
   * path has cut with a TCP FIN, without close_notify, exactly as one that the peer has ended: a truncation attack
   * (RFC 8446, section 6.1). A protocol must know by itself where its messages end: by a length, a delimiter, or a
   * last message. What has no such end must not be trusted to be complete.
   *
   * A client whose certificate a TLS 1.3 server refuses learns it here, after its own handshake: by
   * `CLIENT_CERTIFICATE_REQUIRED` or `HANDSHAKE_ALERT` from servers that send an alert, and by `CONNECTION_RESET` from
   * those that cut the connection, as ours do.
   *
   * @throws {TransportError} `CONNECTION_RESET`, `HANDSHAKE_ALERT`, `CLIENT_CERTIFICATE_REQUIRED`, `ABORTED`,
   * `CONNECTION_CLOSED`, `INVALID_STATE`
   */
  read<B extends ArrayBufferLike = ArrayBuffer>(into?: Uint8Array<B>): Promise<Uint8Array<B> | null>;
  /**
   * Sends bytes. Resolves when the operating system has taken them, so `bytes` may then be reused; until then it must
   * not change. Several writes may be under way; they are sent in order.
   *
   * @throws {TransportError} `NOT_BYTES` at once (not as a rejection) for anything but a Uint8Array (TRN-15)
   */
  write(bytes: Uint8Array): Promise<void>;
  /** Ends our direction once everything is sent (TLS: close_notify); reading goes on (TRN-25). Again: does nothing. */
  closeWrite(): Promise<void>;
  /** Sends what is pending, ends our direction, waits for the peer to end its own, and cuts the connection after the limit. Never rejects; again: the same promise (TRN-18). */
  close(options?: CloseOptions): Promise<void>;
  /** Cuts the connection at once. Pending and later operations reject with `ABORTED`, whose cause is `reason` (TRN-24). */
  abort(reason?: unknown): void;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A connection in clear that can become TLS: from `connect` or `listen` with `secureTransport: "starttls"`. */
export interface PlainConnection extends ByteConnection {
  /** Tells it from a {@link Connection}. */
  readonly encrypted: false;
  /** Our part, if it becomes TLS without being told another one. */
  readonly role: Role;
  /**
   * Makes TLS of it, with the options given to `connect` or `listen` unless others are given here. This object is
   * finished then. Refused with `STARTTLS_INJECTION` if bytes in clear were received that nobody read.
   */
  startTls(options?: UpgradeOptions): Promise<Connection>;
}

/** A TLS connection whose peer is verified. */
export interface Connection extends ByteConnection {
  /** Tells it from a {@link PlainConnection}. */
  readonly encrypted: true;
  /** Our part in the handshake; whoever dialled (TRN-04). */
  readonly role: Role;
  /** The peer's certificate, if it showed one. */
  readonly peerCertificate: Certificate | undefined;
  /** What the peer presented, its own certificate first, the rest in the order it came. */
  readonly peerChain: readonly Certificate[];
  /** The proof of verification; absent if there was nothing to verify, or by `dangerouslySkipVerification`. */
  readonly verifiedPath: VerifiedPath | undefined;
  /** The trace of `dangerouslySkipVerification`: whoever the peer is, nobody has verified it. */
  readonly dangerouslyUnverified: boolean;
  /** The certificate this side is configured to show. A client shows it only if the server asks. */
  readonly localCertificate: Certificate | undefined;
  /** What the handshake agreed on. */
  readonly negotiated: Negotiated;
  /**
   * Key material that both ends can derive, and nobody else: the exporter of RFC 5705 and RFC 8446 (section 7.5). In TLS
   * 1.2 no context and an empty one give different keys.
   *
   * @param length in bytes
   * @param label registered with IANA, or beginning with `EXPERIMENTAL`
   * @throws {TransportError} `RUNTIME_UNSUPPORTED`, `SETTING_INVALID`, `CONNECTION_CLOSED`
   */
  exportKeyingMaterial(length: number, label: string, context?: Uint8Array): Uint8Array;
}

/** Limits that connect, listen and startTls share. */
export interface HandshakeSettings {
  /** The limit for everything until the connection is verified: TCP, TLS and our verification; default 10,000. */
  readonly handshakeTimeoutMs?: number | undefined;
}

/** Options of `connect`. */
export interface ConnectOptions extends HandshakeSettings {
  /** Default: the system's trust, and the target's host as the name. {@link CertificateOptions} are for the target's host. */
  readonly tls?: ClientTLSOptions | CertificateOptions | undefined;
  /** Cancels connecting; once connected it does nothing. */
  readonly signal?: AbortSignal | undefined;
  /** `"starttls"`: hand out the connection in clear, to be made TLS by its `startTls`; default `"on"`. */
  readonly secureTransport?: "on" | "starttls" | undefined;
  /** The local IP address to connect from. */
  readonly localAddress?: string | undefined;
}

/** What `connect` connects to. As text: `host:port`, `[v6]:port`. */
export type Target = string | { readonly host: string; readonly port: number };

/** A UNIX socket, or on Windows a named pipe. It has no name to verify, so `tls` must have one. */
export interface UnixTarget {
  /** The path of the socket. */
  readonly path: string;
}

/** Where a refused connection came from. */
export interface RefusedPeer {
  /** `undefined` where there is no such thing, as on a UNIX socket. */
  readonly remoteAddress: Address | undefined;
}

/** Options of `listen`. */
export interface ListenOptions extends ListenSettings {
  /** The address to listen on; default: all of them. */
  readonly host?: string | undefined;
  /** 0: any free one. */
  readonly port: number;
}

/** Options of `listen` on a UNIX socket, or on Windows a named pipe. */
export interface UnixListenOptions extends ListenSettings {
  /** Made when listening begins, and removed when it ends. One that is there already is `ADDRESS_IN_USE`, also if nobody listens on it. */
  readonly path: string;
}

/** Options of `listen`, wherever it listens. */
export interface ListenSettings extends HandshakeSettings {
  /** The identity to show, and what is asked of clients. */
  readonly tls: CertificateOptions;
  /** Closes the listener. */
  readonly signal?: AbortSignal | undefined;
  /**
   * `"starttls"`: hand out connections in clear, to be made TLS by their `startTls`; default `"on"`. One that `accept`
   * does not take within `handshakeTimeoutMs` is cut, because its peer has proven nothing.
   */
  readonly secureTransport?: "on" | "starttls" | undefined;
  /** How many connections the system keeps before we take them; default 511. */
  readonly backlog?: number | undefined;
  /**
   * How many connections may be under way at once: handshaking, or verified and waiting for `accept`. Further peers are
   * left unread until there is room, or until their handshake timeout. Default 4096.
   */
  readonly maxPending?: number | undefined;
  /**
   * Told of every connection that was refused or failed before it was handed out: a `TransportError` or a
   * `VerificationError`. The listener lives on. What it throws, or what
   * the promise that it returns rejects with, is an uncaught exception.
   */
  readonly onError?: ((error: unknown, peer: RefusedPeer) => void) | undefined;
}

/** Options of a listener's `close`. */
export interface ListenerCloseOptions {
  /** How long the connections that are not yet handed out may take to close; default 5000. Those handed out are the caller's. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Accepts connections, as an async iterable of those that are verified. A bad peer does not end it. Leaving a
 * `for await` loop does not close it.
 */
export interface Listener<C extends ByteConnection = Connection, A = Address> extends AsyncIterable<C> {
  /** Where it listens: with the port that the system chose. */
  readonly address: A;
  /** The next connection; rejects with `LISTENER_CLOSED` when there will be none. */
  accept(): Promise<C>;
  /**
   * Other options from now on: another certificate, other trust. Handshakes that are under way end as they began, and
   * connections stay as they are, so that nobody notices. Wrong options reject, and the old ones stay.
   */
  update(tls: CertificateOptions): Promise<void>;
  /** Stops accepting, drops what was not handed out, and ends the iteration. Again: the same promise. */
  close(options?: ListenerCloseOptions): Promise<void>;
  /** Resolves when it is closed; rejects if the runtime ended it. Never an unhandled rejection. */
  readonly closed: Promise<void>;
  [Symbol.asyncIterator](): AsyncIterator<C>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Options of `wrapTls`. */
export interface WrapTlsOptions extends HandshakeSettings {
  /** Our part in the handshake. Independent of who dialled (TRN-04). */
  readonly role: Role;
  /** A server takes {@link CertificateOptions}; a client needs a name: {@link ClientTLSOptions}, or a connection that was dialled by name. */
  readonly tls: ClientTLSOptions | CertificateOptions;
  /** Cancels the handshake; afterwards it does nothing. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of `startTls`. */
export interface StartTlsOptions extends WrapTlsOptions {
  /**
   * Bytes that were read past the command that agreed on TLS. They must be the beginning of TLS, as a peer that does
   * not wait may send; anything else is refused with `STARTTLS_INJECTION` (TRN-06).
   */
  readonly leftover?: Uint8Array | undefined;
}

/** Options of the `startTls` of a connection itself: what is left out is as `connect` or `listen` was told. */
export type UpgradeOptions = { readonly [Name in keyof StartTlsOptions]?: StartTlsOptions[Name] | undefined };

/** A socket of the runtime itself; which kinds are taken is the adapter's to say. */
export type RuntimeSocket = object;

/** Bytes both ways, as web streams. */
export interface StreamPair {
  /** What comes from the other side. */
  readonly readable: ReadableStream<Uint8Array>;
  /** What goes to the other side. */
  readonly writable: WritableStream<Uint8Array>;
}

/** What an adapter gives. */
export interface Transport {
  /**
   * Connects and verifies. Rejects with a `VerificationError` if our verifier refuses the peer, with a
   * `TransportError` for everything else; wrong options reject before a socket is opened (TRN-01).
   */
  connect(
    target: Target | UnixTarget,
    options: ConnectOptions & { readonly secureTransport: "starttls" },
  ): Promise<PlainConnection>;
  connect(
    target: Target | UnixTarget,
    options?: ConnectOptions & { readonly secureTransport?: "on" | undefined },
  ): Promise<Connection>;
  /** For options whose `secureTransport` is known at run time only: tell the two apart by `encrypted`. */
  connect(target: Target | UnixTarget, options: ConnectOptions): Promise<Connection | PlainConnection>;
  /** Listens. Wrong options, and an address that is taken, reject (TRN-02). */
  listen(
    options: UnixListenOptions & { readonly secureTransport: "starttls" },
  ): Promise<Listener<PlainConnection, UnixAddress>>;
  listen(
    options: UnixListenOptions & { readonly secureTransport?: "on" | undefined },
  ): Promise<Listener<Connection, UnixAddress>>;
  listen(
    options: UnixListenOptions,
  ): Promise<Listener<Connection, UnixAddress> | Listener<PlainConnection, UnixAddress>>;
  listen(options: ListenOptions & { readonly secureTransport: "starttls" }): Promise<Listener<PlainConnection>>;
  listen(options: ListenOptions & { readonly secureTransport?: "on" | undefined }): Promise<Listener>;
  /** For options whose `secureTransport` is known at run time only. Last, because compilers tell what is wrong with it. */
  listen(options: ListenOptions): Promise<Listener | Listener<PlainConnection>>;
  /** Makes TLS of a connection in clear, as either side, once both have agreed to. */
  startTls(plain: PlainConnection | RuntimeSocket, options: StartTlsOptions): Promise<Connection>;
  /**
   * TLS over anything that carries bytes both ways, from its first byte: over another TLS connection, a pair in memory, a
   * pipe, web streams (TRN-34). What is wrapped is ours from then on, and ends with the connection.
   */
  wrapTls(over: ByteConnection | StreamPair | RuntimeSocket, options: WrapTlsOptions): Promise<Connection>;
}
