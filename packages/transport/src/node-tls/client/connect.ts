// Dials, makes TLS, lets the gate decide.

import type { Connection, PlainConnection, StartTlsOptions, Target, UnixTarget } from "../../contract.ts";
import { type ParsedTarget, parseTarget } from "../../target.ts";
import { type Dialled, SocketConnection } from "../connection/plain-connection.ts";
import { publishRefusal } from "../diagnostics.ts";
import { HandshakeLimit } from "../handshake-limit.ts";
import { namePeer } from "../name-peer.ts";
import { clientPlan, type HandshakePlan } from "../plan.ts";
import type { NodeTlsRuntime } from "../runtime.ts";
import { ownSettings } from "../settings/own-settings.ts";
import { invalid } from "../settings/setting-error.ts";
import { abortSignal, handshakeTimeout, ipAddress, startsPlain } from "../settings/settings.ts";
import { isUnix, unixTargetOf } from "../settings/unix-path.ts";
import { upgradeWith } from "../upgrade/start-tls.ts";
import { clientHandshake, dialTls } from "./client-handshake.ts";
import { prepareClient } from "./client-session.ts";
import { dial } from "./dial.ts";

/** The settings of `connect`. */
const settingNames = ["tls", "signal", "secureTransport", "localAddress", "handshakeTimeoutMs"] as const;

/** The order is the point: everything that can be wrong with the options is found before a socket is opened (TRN-01). */
export async function connect(
  runtime: NodeTlsRuntime,
  target: Target | UnixTarget,
  options: unknown,
): Promise<Connection | PlainConnection> {
  const destination = unixTargetOf(target) ?? parseTarget(target as Target);
  const dialled = dialledOf(destination);
  const settings = ownSettings("connect", options, settingNames);
  const plan = clientPlan(runtime, settings.tls, dialled.name);
  const timeoutMs = handshakeTimeout(settings.handshakeTimeoutMs);
  const plain = startsPlain(settings.secureTransport);
  const localAddress = ipAddress("localAddress", settings.localAddress);
  if (localAddress !== undefined && isUnix(destination)) {
    throw invalid("localAddress", "left out for a UNIX socket", localAddress);
  }
  const limit = new HandshakeLimit(timeoutMs, abortSignal(settings.signal));
  try {
    const handshake = await prepareClient(runtime, plan, limit);
    if (!plain && !isUnix(destination) && dialsAsTls(runtime, plan, destination)) {
      return await dialTls(destination, localAddress, handshake, limit);
    }
    const raw = await dial(destination, localAddress, limit);
    if (!plain) return await clientHandshake(raw, handshake, limit);
    return new SocketConnection({
      socket: raw,
      role: "client",
      dialled,
      upgrade: upgradeWith(runtime, () => ({
        role: "client",
        // Checked by clientPlan.
        tls: (settings.tls as StartTlsOptions["tls"] | undefined) ?? plan.options,
        handshakeTimeoutMs: timeoutMs,
      })),
    });
  } catch (cause) {
    const error = namePeer(cause, dialled.peer);
    publishRefusal({ role: "client", remoteAddress: undefined, error });
    throw error;
  } finally {
    limit.end();
  }
}

function dialledOf(to: ParsedTarget | UnixTarget): Dialled {
  if (isUnix(to)) return { name: undefined, peer: { host: to.path, port: 0 } };
  return { name: to.host, peer: { host: to.host.value, port: to.port } };
}

/** The runtime must have no reason to send a name (SNI) that is not ours. */
function dialsAsTls({ dialsTls }: NodeTlsRuntime, { serverName }: HandshakePlan, { host }: ParsedTarget): boolean {
  return dialsTls === true && (serverName !== undefined || host.type === "ip");
}
