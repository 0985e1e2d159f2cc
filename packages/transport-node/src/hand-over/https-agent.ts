// node:https over verified connections, as a client.

import { Agent, type AgentOptions, type RequestOptions } from "node:https";
import type { Duplex } from "node:stream";
import { ownSettings } from "@tlskit/transport/node-tls";
import { type ClientHandOverOptions, clientHandOverNames, type Origin, verifiedDialler } from "./client-hand-over.ts";
import { refuseNativeSettings } from "./refuse-native-settings.ts";

/** Options of {@link httpsAgent}: ours, and those of `http.Agent` about its pool. */
export interface HttpsAgentOptions
  extends ClientHandOverOptions,
    Pick<AgentOptions, (typeof poolNames)[number] & keyof AgentOptions> {}

const poolNames = [
  "keepAlive",
  "keepAliveMsecs",
  "maxFreeSockets",
  "maxSockets",
  "maxTotalSockets",
  "scheduling",
  "timeout",
] as const;

/**
 * An `https.Agent` whose connections are verified by both verifiers before a request is sent. A server that is refused
 * fails the request with the `VerificationError` itself. Every connection belongs to one host, port and name;
 * `keepAlive` is on unless it is turned off. A request's `servername`, or its `Host` header, is the name to expect, as
 * in Node; everything else about TLS is in `tls`.
 *
 * @throws {TransportError} `SETTING_INVALID`: settings that do not exist
 * @throws {UnsupportedOptionError} what an HTTP/1.1 agent cannot honour; requests fail with it if they bring TLS
 * options of their own
 *
 * @example
 * const agent = httpsAgent({ tls: new CertificateOptions({ trustRoot: ca, identity }) });
 * https.get("https://internal.example/", { agent }, (response) => response.pipe(process.stdout));
 */
export function httpsAgent(options: HttpsAgentOptions = {}): Agent {
  refuseNativeSettings(options, "the agent");
  const { keepAlive = true, ...settings } = ownSettings("httpsAgent", options, [...clientHandOverNames, ...poolNames]);
  const { tls, handshakeTimeoutMs, localAddress, ...pool } = settings;
  return new VerifyingAgent(
    verifiedDialler({ tls, handshakeTimeoutMs, localAddress }, ["http/1.1"]),
    // Node checks its own.
    { ...pool, keepAlive } as AgentOptions,
  );
}

class VerifyingAgent extends Agent {
  readonly #dial: (origin: Origin) => Promise<Duplex>;

  constructor(dial: (origin: Origin) => Promise<Duplex>, pool: AgentOptions) {
    super(pool);
    this.#dial = dial;
  }

  override createConnection(
    options: RequestOptions,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    const done = callback as (error: Error | null, stream?: Duplex) => void;
    this.#connect(options).then(
      // Not from within the promise: what the callback throws is an uncaught exception, not a rejection.
      (socket) => process.nextTick(done, null, socket),
      (error) => process.nextTick(done, error),
    );
  }

  async #connect(options: RequestOptions): Promise<Duplex> {
    refuseNativeSettings(options, "the request");
    const { host, port, servername } = options;
    return this.#dial({
      host: host ?? "localhost",
      port: Number(port ?? 443),
      serverName: servername === "" ? undefined : servername,
    });
  }
}
