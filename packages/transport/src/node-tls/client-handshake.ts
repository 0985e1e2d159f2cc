// The client's side of a handshake, over any socket.

import type { Duplex } from "node:stream";
import { connect, type SecureContext, type TLSSocket } from "node:tls";
import type { Connection } from "../contract.ts";
import { type Admission, admit } from "./admit.ts";
import type { HandshakeLimit } from "./handshake-limit.ts";
import { mapNativeError } from "./native-error.ts";
import { bare } from "./own-settings.ts";
import { carrierOf, ignoreLateErrors } from "./raw-socket.ts";

/** What a client's handshake needs. */
export interface ClientHandshake extends Omit<Admission, "underneath"> {
  readonly context: SecureContext;
}

/** Makes TLS of `under`; whatever goes wrong, it is destroyed. */
export function clientHandshake(under: Duplex, handshake: ClientHandshake, limit: HandshakeLimit): Promise<Connection> {
  const { context, plan, runtime } = handshake;
  const below = runtime.flowControl?.(under);
  const raw = below ?? under;
  const { alpn } = plan.compiled;
  limit.phase = "handshake";
  // Whoever ends its side during the handshake ends the connection.
  raw.allowHalfOpen = false;
  return limit.run((resolve, reject) => {
    const socket = connect(
      bare({
        socket: raw,
        secureContext: context,
        // The gate decides, and it wants to see the chain of whom it refuses.
        rejectUnauthorized: false,
        // Names are our verifier's: the runtimes' rules differ, and this is not called for resumed sessions.
        checkServerIdentity: () => undefined,
        servername: plan.serverName ?? "",
        ...(alpn.length > 0 ? { ALPNProtocols: [...alpn] } : {}),
        // Node copies the options into an object that has a prototype.
        ...notGiven,
      }),
    );
    const underneath = carrierOf(raw, socket, below);
    ignoreLateErrors(raw);
    ignoreLateErrors(socket);
    const fail = (error: unknown): void =>
      refuse(mapNativeError(error, { during: limit.phase, alpn, alertInClear: below?.alertInClear }));
    const onClose = (): void => fail({ code: "ECONNRESET" });
    // Once it is settled, what happens to the socket is the connection's affair.
    const settled = <T>(settle: (value: T) => void): ((value: T) => void) => {
      return (value) => {
        for (const stream of [raw, socket]) stream.off("error", fail).off("close", onClose);
        settle(value);
      };
    };
    const accept = settled(resolve);
    const refuse = settled(reject);
    for (const stream of [raw, socket]) stream.once("error", fail).once("close", onClose);
    withoutOwnCheck(socket);
    socket.once("secureConnect", () => {
      Reflect.deleteProperty(socket, "getPeerCertificate");
      try {
        limit.phase = "verify";
        raw.allowHalfOpen = true;
        const admitted = admit(socket, { ...handshake, underneath });
        if (admitted instanceof Promise) admitted.then(accept, refuse);
        else accept(admitted);
      } catch (error) {
        refuse(error);
      }
    });
    if (raw.destroyed) onClose();
    return () => underneath.cut();
  });
}

/**
 * Before it calls `checkServerIdentity`, which leaves names to our verifier, Node takes the whole chain apart for it: a
 * fifth of what a handshake costs a client. Until the handshake is done, nobody else asks.
 */
function withoutOwnCheck(socket: TLSSocket): void {
  Object.defineProperty(socket, "getPeerCertificate", { configurable: true, value: () => ({}) });
}

const notGiven = {
  session: undefined,
  pskCallback: undefined,
  ALPNCallback: undefined,
  signal: undefined,
  onread: undefined,
  highWaterMark: undefined,
} as unknown as {
  readonly session?: Buffer;
};
