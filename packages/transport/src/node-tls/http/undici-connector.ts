// undici, and with it fetch, over verified connections.

import type { TLSSocket } from "node:tls";
import { TransportError } from "../../error.ts";
import type { SocketHandOver, VerifiedSocket } from "../hand-over.ts";
import { ownSettings } from "../settings/own-settings.ts";
import { type ClientHandOverOptions, clientHandOverNames, verifiedDialler } from "./client-hand-over.ts";
import { refuseNativeSettings } from "./refuse-native-settings.ts";

/** What undici asks of a connector. */
export interface UndiciConnectOptions {
  readonly hostname: string;
  readonly protocol: string;
  readonly port: string;
  readonly servername?: string | null | undefined;
  readonly localAddress?: string | null | undefined;
  readonly httpSocket?: unknown;
}

/** What undici's `connect` option takes: the shape of its `buildConnector.connector`. */
export type UndiciConnector = (
  options: UndiciConnectOptions,
  callback: (...result: [error: null, socket: TLSSocket] | [error: Error, socket: null]) => void,
) => void;

/** See `undiciConnector` of the adapters. */
export function undiciConnector(handOver: SocketHandOver, options: ClientHandOverOptions): UndiciConnector {
  refuseNativeSettings(options, "the connector");
  const settings = ownSettings("undiciConnector", options, clientHandOverNames);
  const { tls } = settings;
  const dial = verifiedDialler(handOver, settings, offersHttp2(tls) ? ["h2", "http/1.1"] : ["http/1.1"]);
  const connect = async (origin: UndiciConnectOptions): Promise<VerifiedSocket> => {
    const { hostname, port, protocol, servername, localAddress } = origin;
    if (protocol !== "https:") throw inClear(`${protocol}//${hostname}`);
    refuseNativeSettings({ socket: origin.httpSocket }, "undici's proxy agent");
    return dial({
      host: hostname,
      port: port === "" ? 443 : Number(port),
      serverName: servername === null || servername === "" ? undefined : servername,
      localAddress: localAddress ?? undefined,
    });
  };
  return (origin, callback) => {
    connect(origin).then(
      // Not from within the promise: what the callback throws is an uncaught exception, not a rejection.
      // undici is for Node, where it is one.
      (socket) => process.nextTick(callback, null, socket as TLSSocket),
      (error) => process.nextTick(callback, error, null),
    );
  };
}

function offersHttp2(tls: unknown): boolean {
  const { options = tls, acceptableProtocols = [] } = (tls ?? {}) as {
    readonly options?: unknown;
    readonly acceptableProtocols?: readonly string[];
  };
  return options === tls ? acceptableProtocols.includes("h2") : offersHttp2(options);
}

function inClear(target: string): TransportError<"TARGET_INVALID"> {
  const reason = "this connector makes TLS connections only; use a dispatcher of its own for requests in clear";
  return new TransportError("TARGET_INVALID", `"${target}" is no target: ${reason}.`, { target, reason });
}
