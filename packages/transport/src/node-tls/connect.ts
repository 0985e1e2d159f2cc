// Dials, makes TLS, lets the gate decide.

import type { Connection, ConnectOptions, PlainConnection, Target } from "../contract.ts";
import { parseTarget } from "../target.ts";
import { clientHandshake } from "./client-handshake.ts";
import { dial } from "./dial.ts";
import { HandshakeLimit } from "./handshake-limit.ts";
import { clientContext } from "./native-options.ts";
import { SocketConnection } from "./plain-connection.ts";
import { clientPlan } from "./plan.ts";
import type { NodeTlsRuntime } from "./runtime.ts";
import { abortSignal, handshakeTimeout, ipAddress, startsPlain } from "./settings.ts";
import { startTls } from "./start-tls.ts";
import { trustOf } from "./trust-of.ts";

/** The order is the point: everything that can be wrong with the options is found before a socket is opened (TRN-01). */
export async function connect(
  runtime: NodeTlsRuntime,
  target: Target,
  options: ConnectOptions,
): Promise<Connection | PlainConnection> {
  const parsed = parseTarget(target);
  const plan = clientPlan(runtime, options.tls, parsed.host);
  const timeoutMs = handshakeTimeout(options);
  const plain = startsPlain(options.secureTransport);
  const localAddress = ipAddress("localAddress", options.localAddress);
  const limit = new HandshakeLimit(timeoutMs, abortSignal(options.signal));
  try {
    const trust = await limit.wait(trustOf(plan.compiled));
    const context = await limit.wait(clientContext(runtime, plan.compiled, trust));
    const raw = await dial(parsed, localAddress, limit);
    if (!plain) return await clientHandshake(raw, { runtime, plan, trust, context }, limit);
    return new SocketConnection({
      socket: raw,
      role: "client",
      dialled: parsed.host,
      upgrade: (connection, changes) => {
        const tls = options.tls ?? plan.options;
        return startTls(runtime, connection, { role: "client", tls, handshakeTimeoutMs: timeoutMs, ...changes });
      },
    });
  } finally {
    limit.end();
  }
}
