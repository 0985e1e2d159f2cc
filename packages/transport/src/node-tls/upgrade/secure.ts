// TLS over something that is already connected, as either side: what startTls and wrapTls share.

import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { PeerAddress } from "@tlskit/verify";
import type { ReferenceIdentity } from "@tlskit/verify/identity";
import type { Connection } from "../../contract.ts";
import { clientHandshake } from "../client/client-handshake.ts";
import { prepareClient } from "../client/client-session.ts";
import { closedError, invalidState, isBytes } from "../connection/channel-error.ts";
import type { Dialled } from "../connection/plain-connection.ts";
import { cut, ignoreLateErrors } from "../connection/raw-socket.ts";
import { publishRefusal } from "../diagnostics.ts";
import { trustOf } from "../gate/trust-of.ts";
import { HandshakeLimit } from "../handshake-limit.ts";
import { namePeer } from "../name-peer.ts";
import { clientPlan, type HandshakePlan, serverPlan } from "../plan.ts";
import type { NodeTlsRuntime } from "../runtime.ts";
import { acceptorFor } from "../server/acceptor.ts";
import type { Unchecked } from "../settings/own-settings.ts";
import { invalid } from "../settings/setting-error.ts";
import { abortSignal, handshakeTimeout } from "../settings/settings.ts";
import { bridge, isPlainSocket } from "./bridge.ts";
import { LingeringDuplex } from "./lingering-duplex.ts";

/** The settings that startTls and wrapTls share. */
export const secureSettingNames = ["role", "tls", "signal", "handshakeTimeoutMs"] as const;

/** What TLS is made of. */
export interface Taken {
  readonly socket: Duplex;
  /** What was received from it already: the beginning of TLS. */
  readonly received: readonly Uint8Array[];
}

/** Where TLS comes from. */
export interface SecureSource {
  /** What was dialled: for clients whose options have no name, and for errors. */
  readonly dialled: Dialled | undefined;
  /** Takes the connection out of its owner's hands. What it throws leaves the connection as it was. */
  take(): Taken;
  /** Judges what was received already; what it throws cuts the connection. */
  judge?(received: Buffer): void;
}

/** Wrong options leave the source as it was; whatever goes wrong after that cuts the connection. */
export async function secure(
  runtime: NodeTlsRuntime,
  settings: Unchecked<(typeof secureSettingNames)[number]>,
  source: SecureSource,
): Promise<Connection> {
  const plan = planFor(runtime, settings, source.dialled?.name);
  const limit = new HandshakeLimit(handshakeTimeout(settings.handshakeTimeoutMs), abortSignal(settings.signal));
  let raw: Duplex | undefined;
  try {
    // Detached at once: what arrives from here on is for TLS, not for a queue of bytes in clear.
    const taken = source.take();
    raw = taken.socket;
    const received = Buffer.concat(taken.received);
    if (received.byteLength > 0) {
      source.judge?.(received);
      raw.unshift(received);
    }
    if (raw instanceof Socket) await limit.wait(endIsTold(raw));
    if (!isPlainSocket(raw)) raw = runtime.needsSockets ? await bridge(raw, limit) : new LingeringDuplex(raw);
    return await handshake(runtime, raw, plan, limit);
  } catch (cause) {
    if (raw !== undefined) cut(raw);
    const error = namePeer(cause, source.dialled?.peer ?? expectedPeer(plan));
    publishRefusal({ role: plan.compiled.role, remoteAddress: undefined, error });
    throw error;
  } finally {
    limit.end();
  }
}

/** Nobody has dialled here: all that is known of a server is the name that it should have. */
function expectedPeer({ expected }: HandshakePlan): PeerAddress | undefined {
  return expected && { host: expected.value };
}

/** Takes a stream of the runtime, with what it has received and nobody has read. */
export function takeDuplex(method: string, duplex: Duplex): Taken {
  // A socket that is not connected yet would only run into the limit.
  if (duplex instanceof Socket && (duplex.connecting || (duplex.pending && !duplex.destroyed))) {
    throw invalidState(method, "a socket that is connected");
  }
  if (!duplex.destroyed && (duplex.readableEnded || duplex.writableEnded)) throw closedError(method);
  ignoreLateErrors(duplex);
  duplex.pause();
  const received: Uint8Array[] = [];
  for (let chunk: unknown = duplex.read(); isBytes(chunk); chunk = duplex.read()) received.push(chunk);
  return { socket: duplex, received };
}

async function handshake(
  runtime: NodeTlsRuntime,
  raw: Duplex,
  plan: HandshakePlan,
  limit: HandshakeLimit,
): Promise<Connection> {
  limit.phase = "handshake";
  if (plan.compiled.role === "server") {
    const trust = await limit.wait(trustOf(plan.compiled));
    const acceptor = await limit.wait(acceptorFor(runtime, plan, trust));
    return acceptor.accept(raw, limit);
  }
  return clientHandshake(raw, await prepareClient(runtime, plan, limit), limit);
}

function planFor(
  runtime: NodeTlsRuntime,
  { role, tls }: Unchecked<"role" | "tls">,
  dialled: ReferenceIdentity | undefined,
): HandshakePlan {
  if (role === "client") return clientPlan(runtime, tls, dialled);
  if (role === "server") return serverPlan(runtime, tls);
  throw invalid("role", '"client" or "server"', role);
}

/** An end that a socket has already received is told in the next turn; the handshake would wait for more until its limit. */
async function endIsTold(socket: Socket): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  if (!socket.destroyed && socket.readableEnded) throw closedError("startTls");
}
