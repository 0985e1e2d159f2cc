import { invalid } from "./invalid.ts";

/** Whom a connection was to lead to. */
export interface PeerAddress {
  /** A name, an IP address, or the path of a UNIX socket. */
  readonly host: string;
  /** Absent where there is none: for what was made over something that was already connected. */
  readonly port?: number;
}

/**
 * A peer as messages name it; an IPv6 address in brackets.
 *
 * @throws {VerifyArgumentError} `VERIFY_ARGUMENT_INVALID`
 *
 * @example
 * peerText({ host: "::1", port: 443 }); // "[::1]:443"
 */
export function peerText(peer: PeerAddress): string {
  const { host, port } = Object(peer) as { readonly host?: unknown; readonly port?: unknown };
  if (typeof host !== "string" || (port !== undefined && typeof port !== "number")) {
    throw invalid("peer", "{ host, port }", peer);
  }
  if (/[/\\]/.test(host)) return host; // A UNIX socket has no port.
  const shown = host.includes(":") ? `[${host}]` : host;
  return port === undefined ? shown : `${shown}:${port}`;
}
