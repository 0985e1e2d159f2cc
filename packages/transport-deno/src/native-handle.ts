// What is read from the handle below Deno's TLS sockets, because no public method gives it. The handle is no public
// interface: it is looked at only in versions of Deno where this was measured and is tested; in all others, and wherever a
// member is missing, what the public methods give holds, which is right as well, and slower. Nothing is changed by it.

import type { TLSSocket } from "node:tls";

/** What is used of the handle of a TLS socket. */
interface TlsHandle {
  readonly getPeerCertificateChain?: () => { readonly certificates?: unknown } | null | undefined;
}

/**
 * The certificates exactly as the peer sent them, in DER; `undefined` if nobody has sent any, or if they cannot be had.
 * Of the public methods, `getPeerX509Certificate` shows two at most, and `getPeerCertificate` appends what it finds in
 * our own trust, for which it takes every anchor apart, for every connection: with the system's roots that costs ten times
 * as much as the rest of the handshake.
 */
export function sentChain(socket: TLSSocket): readonly Uint8Array[] | undefined {
  const handle = handleOf(socket);
  if (typeof handle?.getPeerCertificateChain !== "function") return undefined;
  const certificates = handle.getPeerCertificateChain()?.certificates;
  return isChain(certificates) ? certificates : undefined;
}

const isMeasured = /^2\.9\./.test(process.versions.deno ?? "");

function handleOf(socket: TLSSocket): TlsHandle | undefined {
  const { _handle: handle } = socket as { readonly _handle?: TlsHandle | null };
  return isMeasured && typeof handle === "object" && handle !== null ? handle : undefined;
}

function isChain(value: unknown): value is readonly Uint8Array[] {
  return Array.isArray(value) && value.length > 0 && value.every((der) => der instanceof Uint8Array);
}
