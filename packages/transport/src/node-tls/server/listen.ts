// Listens, and hands out what has passed the gate.

import type { Socket } from "node:net";
import type { Address, ByteConnection, Listener, UnixAddress } from "../../contract.ts";
import { SocketConnection } from "../connection/plain-connection.ts";
import { trustOf } from "../gate/trust-of.ts";
import { HandshakeLimit } from "../handshake-limit.ts";
import { type HandshakePlan, serverPlan } from "../plan.ts";
import type { NodeTlsRuntime } from "../runtime.ts";
import { ownSettings } from "../settings/own-settings.ts";
import { abortSignal, handshakeTimeout, listenSettings, startsPlain } from "../settings/settings.ts";
import { upgradeWith } from "../upgrade/start-tls.ts";
import { acceptorFor } from "./acceptor.ts";
import { type MakeConnection, SocketListener } from "./socket-listener.ts";

/** The settings of `listen`. */
const settingNames = [
  "host",
  "port",
  "path",
  "tls",
  "signal",
  "secureTransport",
  "backlog",
  "maxPending",
  "onError",
  "handshakeTimeoutMs",
] as const;

/**
 * Wrong options and wrong keys reject before anything listens (TRN-02).
 *
 * @param method whose options they are, for errors
 */
export async function listen(
  runtime: NodeTlsRuntime,
  options: unknown,
  method = "listen",
): Promise<Listener<ByteConnection, Address | UnixAddress>> {
  const given = ownSettings(method, options, settingNames);
  const settings = listenSettings(given);
  const first = serverPlan(runtime, given.tls);
  const timeoutMs = handshakeTimeout(given.handshakeTimeoutMs);
  const signal = abortSignal(given.signal);
  const plain = startsPlain(given.secureTransport);
  await assertUsable(runtime, first);
  const current: CurrentPlan = { plan: first, turn: 0 };
  let turns = 0;
  const make = plain ? handOut(runtime, current, timeoutMs) : makeTls(runtime, current, timeoutMs);
  const update = async (tls: unknown): Promise<void> => {
    const turn = ++turns;
    const next = serverPlan(runtime, tls);
    await assertUsable(runtime, next);
    // Of several, the one that was asked for last counts, however long it took to try each.
    if (turn > current.turn) Object.assign(current, { plan: next, turn });
  };
  return SocketListener.open({ ...settings, timeoutMs, signal, plain, update }, make);
}

/** What is in force: read once for each connection. */
interface CurrentPlan {
  plan: HandshakePlan;
  /** The how manyth update it is. */
  turn: number;
}

/** Wrong keys are found before anyone can meet them. */
async function assertUsable(runtime: NodeTlsRuntime, plan: HandshakePlan): Promise<void> {
  await acceptorFor(runtime, plan, await trustOf(plan.compiled));
}

function makeTls(runtime: NodeTlsRuntime, current: CurrentPlan, timeoutMs: number): MakeConnection<ByteConnection> {
  return async (socket, closing) => {
    const { plan } = current;
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

function handOut(runtime: NodeTlsRuntime, current: CurrentPlan, timeoutMs: number): MakeConnection<ByteConnection> {
  const upgrade = upgradeWith(runtime, () => ({
    role: "server",
    tls: current.plan.options,
    handshakeTimeoutMs: timeoutMs,
  }));
  return async (socket: Socket) => new SocketConnection({ socket, role: "server", upgrade });
}
