// What the clients' hand-overs have in common: options, the name to expect, and a verified socket.

import { CertificateOptions, ClientTLSOptions } from "@tlskit/options";
import { parseHost } from "@tlskit/verify/identity";
import type { ConnectOptions } from "../../contract.ts";
import { parseTarget } from "../../target.ts";
import type { SocketHandOver, VerifiedSocket } from "../hand-over.ts";
import type { Unchecked } from "../settings/own-settings.ts";
import { type HttpProtocol, speaking } from "./http-protocols.ts";

/** What every hand-over to an HTTP client takes. */
export interface ClientHandOverOptions extends Pick<ConnectOptions, "handshakeTimeoutMs" | "localAddress"> {
  /**
   * Default: the system's trust. {@link CertificateOptions} are for the host of each request; with
   * `optionsForClientTLS(name)` every server must have that name, whichever host is dialled.
   */
  readonly tls?: ClientTLSOptions | CertificateOptions | undefined;
}

/** The names of {@link ClientHandOverOptions}. */
export const clientHandOverNames = ["tls", "handshakeTimeoutMs", "localAddress"] as const;

/** Whom to reach. */
export interface Origin {
  readonly host: string;
  readonly port: number;
  /** The name that the server must have, if it is not `host`. */
  readonly serverName: string | undefined;
  /** The address to connect from, if it is not that of the options. */
  readonly localAddress?: string | undefined;
}

/**
 * Reads the options once; returns what connects with them.
 *
 * @throws {UnsupportedOptionError} protocols that this client does not speak
 */
export function verifiedDialler(
  { connectSocket }: SocketHandOver,
  { tls, handshakeTimeoutMs, localAddress }: Unchecked<(typeof clientHandOverNames)[number]>,
  protocols: readonly HttpProtocol[],
): (origin: Origin) => Promise<VerifiedSocket> {
  const given = tls instanceof ClientTLSOptions ? tls.options : (tls ?? new CertificateOptions());
  // Not ours: `connectSocket` says so. Made once: connections with the same options share a native context.
  const options = given instanceof CertificateOptions ? speaking(given, protocols, "client") : given;
  const fixedName = tls instanceof ClientTLSOptions ? tls.hostname : undefined;
  return async ({ host, port, serverName, localAddress: from = localAddress }) => {
    const expected = fixedName ?? (serverName === undefined ? undefined : parseHost(serverName));
    const chosen =
      expected !== undefined && options instanceof CertificateOptions
        ? new ClientTLSOptions(expected, options)
        : (options as CertificateOptions);
    // Checked as text is: what looks like an address in brackets is one.
    const target = parseTarget({ host, port });
    const rest = { handshakeTimeoutMs, localAddress: from } as Pick<
      ConnectOptions,
      "handshakeTimeoutMs" | "localAddress"
    >;
    return connectSocket({ host: target.host.value, port: target.port }, { ...rest, tls: chosen });
  };
}
