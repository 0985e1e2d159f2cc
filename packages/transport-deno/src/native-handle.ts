// What is taken from the handle below Deno's sockets, because no public method gives it. The handle is no public
// interface: it is touched only in versions of Deno where this was measured and is tested; in all others, and wherever a
// member is missing, what the public methods give holds, which is right as well, and slower.

import type { Duplex } from "node:stream";
import type { TLSSocket } from "node:tls";

/** What is used of the handle of a TLS socket. */
interface TlsHandle {
  readonly getPeerCertificateChain?: () => { readonly certificates?: unknown } | null | undefined;
  readonly attach?: (tcp: TcpHandle) => unknown;
  readonly attachJsStream?: () => unknown;
}

/** What is used of the handle of a TCP socket. */
interface TcpHandle {
  readonly reset?: () => unknown;
}

/**
 * The certificates exactly as the peer sent them, in DER; `undefined` if nobody has sent any, or if they cannot be had.
 * Of the public methods, `getPeerX509Certificate` shows two at most, and `getPeerCertificate` appends what it finds in
 * our own trust, for which it takes every anchor apart, for every connection: with the system's roots that costs ten times
 * as much as the rest of the handshake.
 */
export function sentChain(socket: TLSSocket): readonly Uint8Array[] | undefined {
  const { getPeerCertificateChain: chain } = handleOf<TlsHandle>(socket) ?? {};
  if (typeof chain !== "function") return undefined;
  const certificates = chain.call(handleOf(socket))?.certificates;
  return isChain(certificates) ? certificates : undefined;
}

/** TLS that writes to a TCP socket by itself. */
export interface NativeWriter {
  /** Ends that: TLS writes to its stream again. To be called when everything has left. */
  stop(): void;
}

/**
 * Lets TLS that runs over a stream write to the TCP socket below that stream by itself; what it reads still comes through
 * the stream. Through a stream Deno copies everything twice more, which doubles what sending costs.
 *
 * To be called when nothing that was written to the stream is still waiting: TLS does not wait for it.
 *
 * @returns what has to live as long as the TLS socket, because TLS keeps a bare pointer to what is in it; `undefined` if
 * TLS goes on writing to the stream
 */
export function writeNatively(socket: TLSSocket, below: Duplex): NativeWriter | undefined {
  const tls = handleOf<TlsHandle>(socket);
  const tcp = handleOf<TcpHandle>(below);
  if (typeof tls?.attach !== "function" || typeof tls.attachJsStream !== "function") return undefined;
  // Handles of pipes and of TLS cannot reset anything.
  if (typeof tcp?.reset !== "function" || tls.attach(tcp) !== 0) return undefined;
  return new Attached(tls, tcp);
}

class Attached implements NativeWriter {
  readonly #tls: TlsHandle;
  /** Never read: it is here so that it stays where TLS writes to. */
  readonly tcp: TcpHandle;

  constructor(tls: TlsHandle, tcp: TcpHandle) {
    this.#tls = tls;
    this.tcp = tcp;
  }

  stop(): void {
    this.#tls.attachJsStream?.();
  }
}

const isMeasured = /^2\.9\./.test(process.versions.deno ?? "");

function handleOf<T extends object>(socket: Duplex): T | undefined {
  const { _handle: handle } = socket as { readonly _handle?: T | null };
  return isMeasured && typeof handle === "object" && handle !== null ? handle : undefined;
}

function isChain(value: unknown): value is readonly Uint8Array[] {
  return Array.isArray(value) && value.length > 0 && value.every((der) => der instanceof Uint8Array);
}
