// Listens, and hands out what has passed the gate.

import type { Socket } from "node:net";
import type { ByteConnection, Listener, ListenOptions } from "../contract.ts";
import { acceptorFor } from "./acceptor.ts";
import { HandshakeLimit } from "./handshake-limit.ts";
import { SocketConnection } from "./plain-connection.ts";
import { type HandshakePlan, serverPlan } from "./plan.ts";
import type { NodeTlsRuntime } from "./runtime.ts";
import { abortSignal, handshakeTimeout, listenSettings, startsPlain } from "./settings.ts";
import { type MakeConnection, SocketListener } from "./socket-listener.ts";
import { startTls } from "./start-tls.ts";
import { trustOf } from "./trust-of.ts";

/** Wrong options and wrong keys reject before anything listens (TRN-02). */
export async function listen(runtime: NodeTlsRuntime, options: ListenOptions): Promise<Listener<ByteConnection>> {
  const settings = listenSettings(options);
  const plan = serverPlan(runtime, options.tls);
  const timeoutMs = handshakeTimeout(options);
  const signal = abortSignal(options.signal);
  const plain = startsPlain(options.secureTransport);
  await acceptorFor(runtime, plan, await trustOf(plan.compiled));
  const make = plain ? handOut(runtime, plan, timeoutMs) : makeTls(runtime, plan, timeoutMs);
  return SocketListener.open({ ...settings, timeoutMs, signal }, make);
}

function makeTls(runtime: NodeTlsRuntime, plan: HandshakePlan, timeoutMs: number): MakeConnection<ByteConnection> {
  return async (socket, closing) => {
    const limit = new HandshakeLimit(timeoutMs, closing);
    try {
      // Asked for each time: the system's trust may have changed. The same trust gives the same acceptor.
      const trust = await limit.wait(trustOf(plan.compiled));
      const acceptor = await limit.wait(acceptorFor(runtime, plan, trust));
      return await acceptor.accept(socket, limit);
    } finally {
      limit.end();
    }
  };
}

function handOut(runtime: NodeTlsRuntime, plan: HandshakePlan, timeoutMs: number): MakeConnection<ByteConnection> {
  return async (socket: Socket) =>
    new SocketConnection({
      socket,
      role: "server",
      upgrade: (connection, changes) =>
        startTls(runtime, connection, {
          role: "server",
          tls: plan.options,
          handshakeTimeoutMs: timeoutMs,
          ...changes,
        }),
    });
}
