// The client's side of a handshake, over any socket.

import type { Duplex } from "node:stream";
import { type ConnectionOptions, connect, type SecureContext, type TLSSocket } from "node:tls";
import type { Connection } from "../../contract.ts";
import type { ParsedTarget } from "../../target.ts";
import { carrierOf, cut, ignoreLateErrors, socketItself, type Underneath } from "../connection/raw-socket.ts";
import { type Admission, admit } from "../gate/admit.ts";
import type { HandshakeLimit } from "../handshake-limit.ts";
import { keyLogger } from "../key-log.ts";
import { mapNativeError } from "../native/native-error.ts";
import type { ControlledDuplex } from "../runtime.ts";
import { bare } from "../settings/own-settings.ts";
import { tcpOptions } from "./dial.ts";
import type { KeptSession, SessionShelf } from "./kept-session.ts";

/** What a client's handshake needs. */
export interface ClientHandshake extends Omit<Admission, "underneath" | "staple" | "isSilence"> {
  readonly context: SecureContext;
  /** Where the sessions of this connection are kept; absent: nowhere. */
  readonly shelf?: SessionShelf | undefined;
}

/** Makes TLS of `under`; whatever goes wrong, it is destroyed. */
export function clientHandshake(under: Duplex, handshake: ClientHandshake, limit: HandshakeLimit): Promise<Connection> {
  const below = handshake.runtime.flowControl?.(under);
  const raw = below ?? under;
  limit.phase = "handshake";
  // Whoever ends its side during the handshake ends the connection.
  raw.allowHalfOpen = false;
  return limit.run((resolve, reject) => {
    const socket = connect(bare({ socket: raw, ...tlsOptions(handshake) }));
    const underneath = carrierOf(raw, socket, below);
    ignoreLateErrors(raw);
    shake({ socket, raw, below, underneath: () => underneath }, handshake, limit, { resolve, reject });
    return () => underneath.cut();
  });
}

/** Dials with TLS from the first byte; whatever goes wrong, the connection is destroyed. */
export function dialTls(
  { host: { value: host }, port }: ParsedTarget,
  localAddress: string | undefined,
  handshake: ClientHandshake,
  limit: HandshakeLimit,
): Promise<Connection> {
  limit.phase = "connect";
  return limit.run((resolve, reject) => {
    const options = { ...tcpOptions({ host, port }, localAddress), ...tlsOptions(handshake), ...inContext };
    const socket = connect(bare(options));
    socket.once("connect", () => {
      limit.phase = "handshake";
    });
    const carried = { socket, raw: socket, underneath: () => socketItself(socket), dialled: { host, port } };
    shake(carried, handshake, limit, { resolve, reject });
    return () => (limit.phase === "connect" ? socket.destroy() : cut(socket));
  });
}

/** The context has them. Where none are named, Bun takes its default apart for every connection, to no effect. */
const inContext = { ciphers: "" };

/** A TLS socket, and what it stands on. */
interface Shaking {
  readonly socket: TLSSocket;
  /** What TLS runs over: the socket itself, if that was dialled. */
  readonly raw: Duplex;
  readonly below?: ControlledDuplex | undefined;
  /** Asked for when the handshake is complete. */
  readonly underneath: () => Underneath;
  readonly dialled?: { readonly host: string; readonly port: number };
}

interface Outcome {
  readonly resolve: (connection: Connection) => void;
  readonly reject: (error: unknown) => void;
}

function shake(
  { socket, raw, below, underneath, dialled }: Shaking,
  handshake: ClientHandshake,
  limit: HandshakeLimit,
  { resolve, reject }: Outcome,
): void {
  const { plan, runtime, offered, shelf } = handshake;
  const { alpn } = plan.compiled;
  const streams = raw === socket ? [socket] : [raw, socket];
  ignoreLateErrors(socket);
  const fail = (error: unknown): void =>
    refuse(mapNativeError(error, { during: limit.phase, alpn, inClear: below?.inClear, ...dialled }));
  const onClose = (): void => fail({ code: "ECONNRESET" });
  let staple: Uint8Array | undefined;
  const onStaple = (response: Buffer | null): void => {
    if (response !== null && response.byteLength > 0) staple = new Uint8Array(response);
  };
  // Once it is settled, what happens to the socket is the connection's affair.
  const settled = <T>(settle: (value: T) => void): ((value: T) => void) => {
    return (value) => {
      for (const stream of streams) stream.off("error", fail).off("close", onClose);
      socket.off("OCSPResponse", onStaple);
      settle(value);
    };
  };
  const accept = settled(resolve);
  const refuse = settled(reject);
  for (const stream of streams) stream.once("error", fail).once("close", onClose);
  const restoreDetails = withoutOwnCheck(socket);
  const keep = shelf && keepSessions(socket, shelf);
  const log = keyLogger(plan.compiled.keyLog);
  if (log !== undefined) socket.on("keylog", log);
  if (plan.compiled.requestStaple) socket.once("OCSPResponse", onStaple);
  socket.once("secureConnect", () => {
    restoreDetails();
    try {
      limit.phase = "verify";
      raw.allowHalfOpen = true;
      const isSilence = runtime.countsBelow === true ? silenceOf(raw, socket) : undefined;
      const admitted = admit(socket, { ...handshake, underneath: underneath(), staple, isSilence });
      const done = (connection: Connection): void => {
        keep?.(connection, offered);
        accept(connection);
      };
      if (admitted instanceof Promise) {
        // Bun lets go of the one below when the peer ends its direction.
        if (raw !== socket) raw.off("close", onClose);
        admitted.then(done, refuse);
      } else done(admitted);
    } catch (error) {
      refuse(error);
    }
  });
  if (raw.destroyed) onClose();
}

function tlsOptions({ context, plan, offered }: ClientHandshake): ConnectionOptions {
  const { alpn, requestStaple } = plan.compiled;
  return {
    secureContext: context,
    // The gate decides, and it wants to see the chain of whom it refuses.
    rejectUnauthorized: false,
    // Names are our verifier's: the runtimes' rules differ, and this is not called for resumed sessions.
    checkServerIdentity: noOwnCheck,
    servername: plan.serverName ?? "",
    ...(alpn.length > 0 ? { ALPNProtocols: [...alpn] } : {}),
    requestOCSP: requestStaple,
    session: offered?.session,
    // Node copies the options into an object that has a prototype.
    ...notGiven,
  };
}

const noOwnCheck = (): undefined => undefined;

/**
 * Before it calls `checkServerIdentity`, which leaves names to our verifier, Node takes the whole chain apart for it: a
 * fifth of what a handshake costs a client. Until the handshake is done, nobody else asks. Returns what ends it.
 */
function withoutOwnCheck(socket: TLSSocket): () => void {
  const { getPeerCertificate } = socket;
  socket.getPeerCertificate = noDetails as TLSSocket["getPeerCertificate"];
  return () => {
    // Put back, not deleted: the engines are slow with an object that has lost a property.
    socket.getPeerCertificate = getPeerCertificate;
  };
}

const noDetails = (): object => ({});

/**
 * Collects the sessions of a connection, and keeps them once its peer has passed the gate: with the chain that the peer
 * presented, or, in a resumed connection, had presented then.
 */
function keepSessions(socket: TLSSocket, shelf: SessionShelf): (admitted: Connection, offered?: KeptSession) => void {
  let chain: readonly Uint8Array[] | undefined;
  const early: Buffer[] = [];
  socket.on("session", (session: Buffer) => {
    if (chain === undefined) early.push(session);
    else shelf.put({ session, chain });
  });
  return ({ peerChain, verifiedPath, negotiated }, offered) => {
    if (verifiedPath === undefined) return;
    chain = peerChain.map(({ der }) => der);
    for (const session of early) shelf.put({ session, chain });
    // In TLS 1.3 each session is used once (RFC 8446, appendix C.4); before, the server sends no other.
    if (negotiated.resumed && offered !== undefined && negotiated.version !== "TLSv1.3") shelf.put(offered);
  };
}

/**
 * In TLS 1.3 the client is done first, and a server that refuses its certificate resets the connection. Node shows that as
 * an orderly end if our own close_notify is what met the reset: the system tells of it once, to the first who asks. But a
 * close_notify is a record: where not one byte came since the handshake, nobody has said goodbye.
 */
function silenceOf(raw: Duplex & { readonly bytesRead?: unknown }, socket: TLSSocket): (() => boolean) | undefined {
  const { bytesRead } = raw;
  if (typeof bytesRead !== "number" || socket.getProtocol() !== "TLSv1.3") return undefined;
  return () => raw.bytesRead === bytesRead;
}

const notGiven = {
  pskCallback: undefined,
  ALPNCallback: undefined,
  signal: undefined,
  onread: undefined,
  highWaterMark: undefined,
};
