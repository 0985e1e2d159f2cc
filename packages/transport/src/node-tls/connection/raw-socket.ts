// What happens below TLS, whatever kind of socket that is.

import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Address } from "../../contract.ts";
import type { ControlledDuplex } from "../runtime.ts";
import { localAddressOf, remoteAddressOf } from "./addresses.ts";

/**
 * Cuts a connection so that the peer sees a reset. After a mere FIN it could not tell, on most runtimes, whether the
 * data is complete.
 */
export function cut(raw: Duplex): void {
  const { resetAndDestroy } = raw as Partial<Socket>;
  try {
    if (typeof resetAndDestroy === "function") {
      withoutFin(raw);
      resetAndDestroy.call(raw);
    } else raw.destroy();
  } catch {
    raw.destroy(); // Not a TCP socket, or no longer one.
  }
}

/**
 * Node resets by way of `destroySoon`, which sends a FIN first: a peer that reads quickly takes it for an orderly end, and
 * one that has already ended its own direction gets no reset any more (RFC 9293: LAST-ACK).
 */
function withoutFin(raw: Duplex): void {
  if (!("destroySoon" in raw) || raw.destroyed) return;
  Object.defineProperty(raw, "destroySoon", { configurable: true, value: () => raw.destroy() });
}

/** What a connection stands on. */
export interface Underneath {
  /** Cuts it, so that the peer sees a reset where that is possible. */
  cut(): void;
  readonly localAddress: Address | undefined;
  readonly remoteAddress: Address | undefined;
  /** What TLS runs over, where that controls the flow. */
  readonly below?: ControlledDuplex | undefined;
}

/** What is underneath a connection whose socket stands on no other. */
export function socketItself(socket: Duplex): Underneath {
  return { cut: () => cut(socket), localAddress: localAddressOf(socket), remoteAddress: remoteAddressOf(socket) };
}

/** What is underneath a TLS connection. */
export function carrierOf(raw: Duplex, socket: Duplex, below?: ControlledDuplex): Underneath {
  const hasNone = bridgeSockets.has(raw);
  return {
    cut: () => cutBelow(raw, socket),
    localAddress: hasNone ? undefined : localAddressOf(raw),
    remoteAddress: hasNone ? undefined : remoteAddressOf(raw),
    below,
  };
}

/** Sockets that stand for something else (`bridge`): their addresses mean nothing. */
export const bridgeSockets: WeakSet<object> = new WeakSet();

/**
 * Cuts a TLS connection by the socket below it. The TLS socket goes with it, one event later: Node 22 to 26 crash
 * (segmentation fault) if it is destroyed in the same tick after the one below.
 */
export function cutBelow(raw: Duplex, socket: Duplex): void {
  raw.once("close", () => socket.destroy());
  cut(raw);
  // Bun lets go of the one below when the peer ends its direction; TLS has the connection then.
  setImmediate(() => {
    if (raw.closed && !socket.destroyed) cut(socket);
  });
}

/** Swallows what a socket reports after everyone has been told. */
export function ignoreLateErrors(socket: Duplex): void {
  socket.on("error", nothing);
}

const nothing = (): void => {};

/** Whether `value` is a duplex stream of the runtime: a socket, or something like it. */
export function isDuplex(value: unknown): value is Duplex {
  if (typeof value !== "object" || value === null) return false;
  const { pipe, read, write, unshift, pause, destroy, on, once, off } = value as Partial<Duplex>;
  return [pipe, read, write, unshift, pause, destroy, on, once, off].every((method) => typeof method === "function");
}
