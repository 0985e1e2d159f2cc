// From a client's endpoint string to a verified connection.

import { stat } from "node:fs/promises";
import type { Duplex } from "node:stream";
import { type ClientTLSExtra, type ClientTLSOptions, optionsForClientTLS } from "@tlskit/options";
import type { Connection } from "@tlskit/transport";
import { ownSettings } from "@tlskit/transport/node-tls";
import { type TrustRoot, trustRootFromDirectory, trustRootFromFile } from "@tlskit/trust";
import { connect, loadIdentity, wrapTls } from "#transport";
import { unsupported } from "./arguments.ts";
import { type ClientEndpoint, type OtherEndpoint, parseClientEndpoint } from "./client-endpoint.ts";

/** What carries bytes both ways. */
export type Carrier =
  | Duplex
  | { readonly readable: ReadableStream<Uint8Array>; readonly writable: WritableStream<Uint8Array> };

/** Options of {@link connectEndpoint}. */
export interface ConnectEndpointOptions {
  /** Cancels connecting. */
  readonly signal?: AbortSignal | undefined;
  /** Opens types of `endpoint=` that are not tcp, unix, tls or ssl, by their name. */
  readonly carriers?: Readonly<Record<string, (endpoint: OtherEndpoint) => Promise<Carrier>>> | undefined;
}

/**
 * Connects to what an endpoint string says, and verifies it: reads the files that it names, dials, makes TLS.
 *
 * @param endpoint the string, or what {@link parseClientEndpoint} made of it
 * @throws {EndpointError} a string that makes no sense; `ENDPOINT_UNSUPPORTED` for a carrier that nobody opens
 * @throws {TrustError} trust roots that cannot be read
 * @throws {VerificationError} the server's certificate is refused
 * @throws {TransportError} everything else; `SETTING_INVALID` for options that do not exist
 *
 * @example
 * await using connection = await connectEndpoint("tls:example.com:443:timeout=5");
 */
export async function connectEndpoint(
  endpoint: string | ClientEndpoint,
  options: ConnectEndpointOptions = {},
): Promise<Connection> {
  const own = ownSettings("connectEndpoint", options, ["signal", "carriers"]) as ConnectEndpointOptions;
  const parsed = typeof endpoint === "object" ? endpoint : parseClientEndpoint(endpoint);
  const { host, port, endpoint: carrier, localAddress, timeoutMs } = parsed;
  const tls = await clientTls(parsed);
  const settings = {
    tls,
    ...(own.signal === undefined ? {} : { signal: own.signal }),
    ...(timeoutMs === undefined ? {} : { handshakeTimeoutMs: timeoutMs }),
  };
  const from = localAddress === undefined ? {} : { localAddress };
  if (carrier === undefined) return connect({ host, port }, { ...settings, ...from });
  if (carrier.type === "tcp" || carrier.type === "unix") {
    const { type: _type, ...target } = carrier;
    const plain = await connect(target, {
      ...settings,
      ...(carrier.type === "tcp" ? from : {}),
      secureTransport: "starttls",
    });
    return plain.startTls(own.signal === undefined ? {} : { signal: own.signal });
  }
  const over = carrier.type === "other" ? await openOther(carrier, own) : await connectEndpoint(carrier, own);
  try {
    return await wrapTls(over, { role: "client", ...settings });
  } catch (error) {
    // What was wrong with the options of this layer left the one below as it was.
    discard(over);
    throw error;
  }
}

/** Nobody else has it. */
function discard(carrier: Carrier | Connection): void {
  if ("abort" in carrier) carrier.abort();
  else if ("destroy" in carrier) carrier.destroy();
  else for (const ending of [carrier.readable.cancel(), carrier.writable.abort()]) ending.catch(() => {});
}

async function clientTls(endpoint: ClientEndpoint): Promise<ClientTLSOptions> {
  const { min, max, alpn, identity, trustRoots } = endpoint;
  return optionsForClientTLS(endpoint.hostname ?? endpoint.host, {
    ...(identity === undefined ? {} : { identity: await loadIdentity(identity) }),
    ...(trustRoots === undefined ? {} : { trustRoot: await trustFrom(trustRoots) }),
    ...(min === undefined ? {} : { raiseMinimumTo: min }),
    ...(max === undefined ? {} : { lowerMaximumSecurityTo: max }),
    ...(alpn === undefined ? {} : { acceptableProtocols: alpn }),
  } as ClientTLSExtra);
}

/** The certificates of a file, or of a directory (TRU-11). */
export async function trustFrom(path: string): Promise<TrustRoot> {
  const isDirectory = await stat(path).then(
    (status) => status.isDirectory(),
    () => false, // What is wrong with it, the reader says.
  );
  return isDirectory ? trustRootFromDirectory(path) : trustRootFromFile(path);
}

async function openOther(carrier: OtherEndpoint, { carriers = {} }: ConnectEndpointOptions): Promise<Carrier> {
  const open = Object.hasOwn(carriers, carrier.name) ? carriers[carrier.name] : undefined;
  if (open !== undefined) return open(carrier);
  throw unsupported(carrier.name, 0, `Give connectEndpoint carriers: { ${JSON.stringify(carrier.name)}: … }.`);
}
