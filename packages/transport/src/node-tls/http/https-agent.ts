// node:https over verified connections, as a client.

import type { Agent, AgentOptions, RequestOptions } from "node:https";
import type { Duplex } from "node:stream";
import type { SocketHandOver } from "../hand-over.ts";
import { ownSettings } from "../settings/own-settings.ts";
import { builtin } from "./builtin.ts";
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

/** See `httpsAgent` of the adapters. */
export function httpsAgent(handOver: SocketHandOver, options: HttpsAgentOptions): Agent {
  refuseNativeSettings(options, "the agent");
  const { keepAlive = true, ...settings } = ownSettings("httpsAgent", options, [...clientHandOverNames, ...poolNames]);
  const { tls, handshakeTimeoutMs, localAddress, ...pool } = settings;
  const dial = verifiedDialler(handOver, { tls, handshakeTimeoutMs, localAddress }, ["http/1.1"]);
  VerifyingAgent ??= verifyingAgentClass();
  // Node checks its own.
  return new VerifyingAgent(dial, { ...pool, keepAlive } as AgentOptions);
}

type Dial = (origin: Origin) => Promise<Duplex>;

let VerifyingAgent: (new (dial: Dial, pool: AgentOptions) => Agent) | undefined;

/** Made when first wanted: a class needs its superclass, and who speaks no HTTP need not load it. */
function verifyingAgentClass(): new (dial: Dial, pool: AgentOptions) => Agent {
  const { Agent: HttpsAgent } = builtin("node:https");
  return class extends HttpsAgent {
    readonly #dial: Dial;

    constructor(dial: Dial, pool: AgentOptions) {
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
      const { host, port, servername, localAddress } = options;
      return this.#dial({
        host: host ?? "localhost",
        port: Number(port ?? 443),
        serverName: servername === "" ? undefined : servername,
        localAddress,
      });
    }
  };
}
