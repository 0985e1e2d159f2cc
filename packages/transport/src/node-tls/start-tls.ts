// From clear to TLS on a connection that both sides already use.

import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { ReferenceIdentity } from "@tlskit/verify/identity";
import type { Connection, StartTlsOptions } from "../contract.ts";
import { TransportError } from "../error.ts";
import { acceptorFor } from "./acceptor.ts";
import { closedError, invalidState, isBytes } from "./byte-channel.ts";
import { clientHandshake } from "./client-handshake.ts";
import { HandshakeLimit } from "./handshake-limit.ts";
import { clientContext } from "./native-options.ts";
import { ownSettings, type Unchecked } from "./own-settings.ts";
import { SocketConnection, type Upgrade } from "./plain-connection.ts";
import { clientPlan, type HandshakePlan, serverPlan } from "./plan.ts";
import { cut, ignoreLateErrors, isDuplex } from "./raw-socket.ts";
import type { NodeTlsRuntime } from "./runtime.ts";
import { invalid } from "./setting-error.ts";
import { abortSignal, handshakeTimeout } from "./settings.ts";
import { trustOf } from "./trust-of.ts";

/** The settings of `startTls`. */
const settingNames = ["role", "tls", "signal", "leftover", "handshakeTimeoutMs"] as const;

/** The `startTls` of a connection that `connect` or `listen` made, with what they were given as defaults. */
export function upgradeWith(runtime: NodeTlsRuntime, defaults: StartTlsOptions): Upgrade {
  return async (connection, changes) =>
    startTls(runtime, connection, { ...defaults, ...ownSettings("startTls", changes, settingNames) });
}

/** Wrong options leave `plain` as it was; whatever goes wrong after that cuts the connection. */
export async function startTls(runtime: NodeTlsRuntime, plain: unknown, options: unknown): Promise<Connection> {
  const settings = ownSettings("startTls", options, settingNames);
  const plan = planFor(runtime, settings, plain instanceof SocketConnection ? plain.dialled : undefined);
  const leftover = leftoverOf(settings.leftover);
  const limit = new HandshakeLimit(handshakeTimeout(settings.handshakeTimeoutMs), abortSignal(settings.signal));
  let raw: Duplex | undefined;
  try {
    // Detached at once: what arrives from here on is for TLS, not for a queue of bytes in clear.
    const taken = take(plain);
    raw = taken.socket;
    feed(raw, [...leftover, ...taken.unread]);
    if (raw instanceof Socket) await limit.wait(endIsTold(raw));
    return await handshake(runtime, raw, plan, limit);
  } catch (error) {
    if (raw !== undefined) cut(raw);
    throw error;
  } finally {
    limit.end();
  }
}

async function handshake(
  runtime: NodeTlsRuntime,
  raw: Duplex,
  plan: HandshakePlan,
  limit: HandshakeLimit,
): Promise<Connection> {
  limit.phase = "handshake";
  const trust = await limit.wait(trustOf(plan.compiled));
  if (plan.compiled.role === "server") {
    const acceptor = await limit.wait(acceptorFor(runtime, plan, trust));
    return acceptor.accept(raw, limit);
  }
  const context = await limit.wait(clientContext(runtime, plan.compiled, trust));
  return clientHandshake(raw, { runtime, plan, trust, context }, limit);
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

function take(plain: unknown): { socket: Duplex; unread: readonly Uint8Array[] } {
  if (plain instanceof SocketConnection) return plain.detach();
  if (!isDuplex(plain)) throw invalid("plain", "a PlainConnection or a socket of the runtime", plain);
  // A socket that is not connected yet would only run into the limit.
  if (plain instanceof Socket && (plain.connecting || (plain.pending && !plain.destroyed))) {
    throw invalidState("startTls", "a socket that is connected");
  }
  if (!plain.destroyed && (plain.readableEnded || plain.writableEnded)) throw closedError("startTls");
  ignoreLateErrors(plain);
  plain.pause();
  const unread: Uint8Array[] = [];
  for (let chunk: unknown = plain.read(); isBytes(chunk); chunk = plain.read()) unread.push(chunk);
  return { socket: plain, unread };
}

function leftoverOf(leftover: unknown): Uint8Array[] {
  if (leftover === undefined) return [];
  if (!isBytes(leftover)) throw invalid("leftover", "a Uint8Array", leftover);
  return leftover.byteLength === 0 ? [] : [leftover];
}

/** An end that a socket has already received is told in the next turn; the handshake would wait for more until its limit. */
async function endIsTold(socket: Socket): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  if (!socket.destroyed && socket.readableEnded) throw closedError("startTls");
}

// RFC 8446, section 5.1: a record of type handshake (22), version major 3.
const handshakeRecord = 0x16;
const majorVersion = 0x03;

/**
 * Gives what was received after the switch to TLS. A peer that does not wait for our answer may have begun its
 * handshake. Anything else in clear could have been put there by an attacker, to be taken for what the peer says under
 * TLS (CVE-2011-0411, RFC 3207 section 6).
 */
function feed(raw: Duplex, received: readonly Uint8Array[]): void {
  const byteLength = received.reduce((sum, bytes) => sum + bytes.byteLength, 0);
  if (byteLength === 0) return;
  const bytes = Buffer.concat(received);
  if (bytes[0] !== handshakeRecord || (bytes.byteLength > 1 && bytes[1] !== majorVersion)) {
    const message = `${byteLength} bytes in clear came after the switch to TLS.`;
    throw new TransportError("STARTTLS_INJECTION", message, { byteLength });
  }
  raw.unshift(bytes);
}
