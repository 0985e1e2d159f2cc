// undici, and with it fetch, over verified connections.

import type { TLSSocket } from "node:tls";
import { TransportError } from "@tlskit/transport";
import { ownSettings } from "@tlskit/transport/node-tls";
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

/**
 * A connector for undici's `Agent`, `Pool` and `Client`, whose connections are verified by both verifiers before a
 * request is sent. HTTP/1.1, and HTTP/2 with `acceptableProtocols: ["h2", "http/1.1"]`. Of a server that is refused,
 * undici's own requests fail with the `VerificationError`, and `fetch` with a TypeError whose cause it is. Requests in
 * clear (`http:`) are refused.
 *
 * @throws {TransportError} `SETTING_INVALID`: settings that do not exist
 * @throws {UnsupportedOptionError} protocols that undici does not speak
 *
 * @example
 * const dispatcher = new Agent({ connect: undiciConnector({ tls: new CertificateOptions({ trustRoot: ca }) }) });
 * const response = await fetch("https://internal.example/", { dispatcher });
 */
export function undiciConnector(options: ClientHandOverOptions = {}): UndiciConnector {
  refuseNativeSettings(options, "the connector");
  const settings = ownSettings("undiciConnector", options, clientHandOverNames);
  const { tls } = settings;
  const dial = verifiedDialler(settings, offersHttp2(tls) ? ["h2", "http/1.1"] : ["http/1.1"]);
  const connect = async (origin: UndiciConnectOptions): Promise<TLSSocket> => {
    const { hostname, port, protocol, servername } = origin;
    if (protocol !== "https:") throw inClear(`${protocol}//${hostname}`);
    refuseNativeSettings({ socket: origin.httpSocket }, "undici's proxy agent");
    return dial({
      host: hostname,
      port: port === "" ? 443 : Number(port),
      serverName: servername === null || servername === "" ? undefined : servername,
    });
  };
  return (origin, callback) => {
    connect(origin).then(
      // Not from within the promise: what the callback throws is an uncaught exception, not a rejection.
      (socket) => process.nextTick(callback, null, socket),
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
