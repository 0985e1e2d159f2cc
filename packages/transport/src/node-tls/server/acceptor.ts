// The server's side of handshakes. Sockets are handed to a `tls.Server` that listens nowhere: on every runtime that is
// the one way in which client certificates are verified on sockets that began in clear, so it is the way for all.

import type { Duplex } from "node:stream";
import type { Server, TLSSocket } from "node:tls";
import type { CheckedOcspStaple } from "@tlskit/options";
import type { TrustRoot } from "@tlskit/trust";
import type { PrivateCertificate } from "@tlskit/x509";
import type { Connection } from "../../contract.ts";
import type { TransportErrorCode } from "../../error.ts";
import { remoteAddressOf } from "../connection/addresses.ts";
import { carrierOf, cut, ignoreLateErrors, type Underneath } from "../connection/raw-socket.ts";
import { admit } from "../gate/admit.ts";
import type { HandshakeLimit } from "../handshake-limit.ts";
import { keyLogger } from "../key-log.ts";
import { fatalAlert } from "../native/alert-names.ts";
import { mapNativeError } from "../native/native-error.ts";
import { silentServer, upsert } from "../native/native-options.ts";
import type { HandshakePlan } from "../plan.ts";
import type { ControlledDuplex, NodeTlsRuntime } from "../runtime.ts";
import { ClientChains } from "./client-chains.ts";
import { noNameGiven } from "./server-identities.ts";
import { ticketEpoch } from "./ticket-keys.ts";
import { verifiedInFull } from "./verified-in-full.ts";

interface Pending {
  readonly raw: Duplex;
  readonly below: ControlledDuplex | undefined;
  readonly secured: (socket: TLSSocket) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Where a socket waits, under its address. JavaScriptCore holds on to the values of a Map that it has outgrown, and to
 * whatever hangs on them, until it collects everything: what is done is taken out of its slot.
 */
interface Slot {
  pending: Pending | undefined;
}

/** Makes TLS of sockets with one set of options and one trust snapshot. */
export class Acceptor {
  readonly #runtime: NodeTlsRuntime;
  readonly #plan: HandshakePlan;
  readonly #trust: TrustRoot;
  readonly #server: Server;
  readonly #pending = new Map<string, Slot>();
  /** Sockets whose peers have named somebody. Where Bun fails afterwards, the socket does not know its address any more. */
  readonly #named = new WeakMap<object, Slot>();
  readonly #idle: Acceptor[] = [];
  /** Of clients whose sessions this server may resume: its tickets are read by no other. */
  readonly #chains: ClientChains | undefined;

  private constructor(runtime: NodeTlsRuntime, plan: HandshakePlan, trust: TrustRoot, server: Server) {
    this.#runtime = runtime;
    this.#plan = plan;
    this.#trust = trust;
    this.#server = server;
    const { sessions, verifyPeer } = plan.compiled;
    this.#chains = sessions !== undefined && verifyPeer ? new ClientChains() : undefined;
    server.on("secureConnection", (socket: TLSSocket) => {
      const pending = this.#pendingOf(socket);
      // A socket that vanished in this very moment has no address, and nobody to be given to.
      if (pending === undefined) socket.destroy();
      else pending.secured(socket);
    });
    server.on("tlsClientError", (error: unknown, socket: TLSSocket) => {
      const named = this.#named.get(socket);
      const reason = noNameGiven(plan.compiled, error, named !== undefined) ?? error;
      const slot = this.#slotOf(socket) ?? named;
      if (slot?.pending !== undefined) slot.pending.failed(reason);
      else this.#failUnknown(socket, reason);
      socket.destroy(); // And with it the one below; Node leaves that to us.
    });
    const { ocspStaple, keyLog } = plan.compiled;
    const log = keyLogger(keyLog);
    if (log !== undefined) server.on("keylog", log);
    if (ocspStaple !== undefined) server.on("OCSPRequest", stapler(ocspStaple));
  }

  /** Wrong keys are found here, before anything listens. */
  static async create(runtime: NodeTlsRuntime, plan: HandshakePlan, trust: TrustRoot): Promise<Acceptor> {
    let made: Acceptor | undefined;
    const server = await silentServer(runtime, plan.compiled, trust, {
      named: (socket) => {
        if (made !== undefined) made.#named.set(socket, made.#slotOf(socket) ?? { pending: undefined });
      },
      chosen: (identity) => {
        if (made !== undefined) made.#sendOn(identity);
      },
      refused: (socket, error) => {
        if (made !== undefined) made.#sayWhy(socket, error);
      },
    });
    made = new Acceptor(runtime, plan, trust, server);
    return made;
  }

  /** No session of a new client could be resumed: another acceptor is to take the place of this one. */
  get isFull(): boolean {
    return this.#chains?.isFull === true;
  }

  /** A session was refused, and its client could not show another certificate: likewise, but not again and again. */
  get hasRefusedSession(): boolean {
    return this.#chains?.hasRefused === true;
  }

  /** Makes TLS of `under`; whatever goes wrong, it is destroyed. */
  accept(under: Duplex, limit: HandshakeLimit): Promise<Connection> {
    limit.phase = "handshake";
    const below = this.#runtime.flowControl?.(under);
    if (below !== undefined) return this.#acceptAlone(below, limit, below);
    const key = keyOf(under);
    if (key !== undefined && !this.#pending.has(key)) return this.#secure(under, limit, key);
    return this.#acceptAlone(under, limit);
  }

  /**
   * What is not told apart by its addresses (a pipe, a stream in memory) gets a server in which there is no other. That
   * one is used again after a success only: after a failure, it could still report something about the one before.
   */
  async #acceptAlone(raw: Duplex, limit: HandshakeLimit, below?: ControlledDuplex): Promise<Connection> {
    const alone = this.#idle.pop() ?? (await limit.wait(Acceptor.create(this.#runtime, this.#plan, this.#trust)));
    const connection = await alone.#secure(raw, limit, nobodyElse, below);
    if (this.#idle.length < maxIdle && !alone.isFull) this.#idle.push(alone);
    return connection;
  }

  #secure(raw: Duplex, limit: HandshakeLimit, key: string, below?: ControlledDuplex): Promise<Connection> {
    const { alpn, contextForServerName } = this.#plan.compiled;
    const choosesByName = contextForServerName !== undefined;
    // Whoever ends its side during the handshake ends the connection.
    raw.allowHalfOpen = false;
    return limit.run<Connection>((resolve, reject) => {
      let secureSocket: TLSSocket | undefined;
      // Once it is settled, what happens to the socket is the connection's affair.
      const settled = <T>(settle: (value: T) => void): ((value: T) => void) => {
        return (value) => {
          raw.off("close", onClose);
          secureSocket?.off("error", failed).off("close", onClose);
          settle(value);
        };
      };
      const accept = settled(resolve);
      const refuse = settled(reject);
      const slot: Slot = { pending: undefined };
      const failed = (error: unknown): void => {
        this.#forget(key, slot);
        const reason = mapNativeError(error, { during: limit.phase, alpn, inClear: below?.inClear });
        if (choosesByName) below?.sayWhy(alertFor[reason.code] ?? handshakeFailure);
        refuse(reason);
      };
      // Later: the reason, if the server has one, is told after the end.
      const onClose = (): void => void setImmediate(failed, { code: "ECONNRESET" });
      const secured = (socket: TLSSocket): void => {
        this.#forget(key, slot);
        try {
          limit.phase = "verify";
          raw.allowHalfOpen = true;
          const admitted = this.#admit(socket, carrierOf(raw, socket, below));
          if (admitted instanceof Promise) {
            // Bun lets go of the one below when the peer ends its direction.
            raw.off("close", onClose);
            secureSocket = socket.once("error", failed).once("close", onClose);
            admitted.then(accept, refuse);
          } else accept(admitted);
        } catch (error) {
          refuse(error);
        }
      };
      ignoreLateErrors(raw);
      raw.once("close", onClose);
      slot.pending = { raw, below, secured, failed };
      this.#pending.set(key, slot);
      if (raw.destroyed) onClose();
      else this.#server.emit("connection", raw);
      return () => cut(raw);
    });
  }

  /** A certificate was chosen by name, while TLS waited. */
  #sendOn(identity: PrivateCertificate): void {
    this.#pending.get(nobodyElse)?.pending?.below?.sendOn(identity);
  }

  /** There is no certificate for this name. The runtimes hang up then, without an alert; nothing is encrypted yet. */
  #sayWhy(socket: object, error: unknown): void {
    const { raw, below } = this.#named.get(socket)?.pending ?? {};
    if (raw === undefined || below !== undefined || raw.destroyed) return;
    const { code } = mapNativeError(error, { during: "handshake" });
    raw.write(fatalAlert(alertFor[code] ?? handshakeFailure));
  }

  #forget(key: string, slot: Slot): void {
    slot.pending = undefined;
    // By now, somebody else may wait under the same address.
    if (this.#pending.get(key) === slot) this.#pending.delete(key);
  }

  #pendingOf(socket: TLSSocket): Pending | undefined {
    return this.#slotOf(socket)?.pending;
  }

  #slotOf(socket: Partial<TLSSocket>): Slot | undefined {
    // Asked for this once only: nothing to remember of it.
    const { remoteAddress, remotePort } = socket;
    return this.#pending.get(nobodyElse) ?? this.#pending.get(`${remoteAddress} ${remotePort}`);
  }

  /**
   * A socket that our side has destroyed, or that its peer has reset, has no address any more. If only one is gone, it is
   * the one; else the one that goes with it.
   */
  #failUnknown(socket: TLSSocket, reason: unknown): void {
    const before = this.#gone();
    if (before.length === 1) {
      before[0]?.pending?.failed(reason);
      return;
    }
    socket.once("close", () => {
      const [slot, ...others] = this.#gone().filter((one) => !before.includes(one));
      if (others.length === 0) slot?.pending?.failed(reason);
    });
  }

  #gone(): readonly Slot[] {
    return [...this.#pending.values()].filter(
      ({ pending: { raw } = {} }) => raw?.destroyed || !(raw && "remoteAddress" in raw && raw.remoteAddress),
    );
  }

  #admit(socket: TLSSocket, underneath: Underneath): Connection | Promise<Connection> {
    ignoreLateErrors(socket);
    const verified = this.#runtime.server?.sharesTickets ? verifiedInFull(this.#trust) : undefined;
    return admit(socket, {
      runtime: this.#runtime,
      plan: this.#plan,
      trust: this.#trust,
      underneath,
      verified,
      chains: this.#chains,
    });
  }
}

const acceptors = new WeakMap<TrustRoot, WeakMap<object, KeptAcceptor>>();
const handOverAcceptors: typeof acceptors = new WeakMap();

/** The acceptor of these options and this trust, shared by listeners and upgraded connections. */
export function acceptorFor(
  runtime: NodeTlsRuntime,
  plan: HandshakePlan,
  trust: TrustRoot,
): Acceptor | Promise<Acceptor> {
  const cache = runtime.handsOver === true ? handOverAcceptors : acceptors;
  const byOptions = upsert(cache, trust, () => new WeakMap<object, KeptAcceptor>());
  const epoch = ticketEpoch(plan.compiled);
  const known = byOptions.get(plan.compiled);
  const renewed = known && renewal(known);
  if (known?.epoch === epoch && renewed === undefined) return known.made ?? known.acceptor;
  // Other keys of tickets are another server: not every runtime can change them.
  const acceptor = Acceptor.create(runtime, plan, trust);
  const kept: KeptAcceptor = { acceptor, epoch, made: undefined, renewed: renewed ?? known?.renewed };
  byOptions.set(plan.compiled, kept);
  acceptor.then(
    (made) => {
      kept.made = made;
    },
    () => byOptions.delete(plan.compiled),
  );
  return acceptor;
}

/** Is another to take its place? Then when that was last for a refused session, on the clock of the process. */
function renewal({ made, renewed = Number.NEGATIVE_INFINITY }: KeptAcceptor): number | undefined {
  if (made?.isFull === true) return renewed;
  // Everyone's sessions end with it, and anyone who has one that is refused could have that at will.
  const now = performance.now();
  return made?.hasRefusedSession === true && now - renewed >= renewEveryMs ? now : undefined;
}

const renewEveryMs = 60_000;

interface KeptAcceptor {
  readonly acceptor: Promise<Acceptor>;
  readonly epoch: number;
  /** When it took the place of another because of a refused session. */
  readonly renewed: number | undefined;
  /** What came of it. */
  made: Acceptor | undefined;
}

/** What cannot be stapled is not: a client that insists on a staple says so by itself. */
function stapler(staple: CheckedOcspStaple): (leaf: Buffer, issuer: Buffer, done: StapleCallback) => void {
  return (_leaf, _issuer, done) => {
    staple().then(
      (der) => done(null, der === undefined ? null : Buffer.from(der)),
      (error: unknown) => {
        const message = `There is no OCSP response to staple: ${error instanceof Error ? error.message : String(error)}`;
        process.emitWarning(message, { type: "TlsKitWarning", code: "OCSP_STAPLE_FAILED" });
        done(null, null);
      },
    );
  };
}

type StapleCallback = (error: Error | null, response: Buffer | null) => void;

// RFC 8446, section 6; RFC 7301, section 3.2.
const handshakeFailure = 40;
const alertFor: { readonly [Code in TransportErrorCode]?: number } = {
  PROTOCOL_VERSION_MISMATCH: 70,
  SERVER_NAME_RESOLVER_FAILED: 80,
  SERVER_NAME_UNKNOWN: 112,
  NO_APPLICATION_PROTOCOL: 120,
};

/** How many servers for one socket at a time are kept. */
const maxIdle = 16;

/** The key in a server that secures one socket at a time. */
const nobodyElse = "nobody else";

/** The one thing that the socket we hand in and the TLS socket that comes out have in common through public API. */
function keyOf(socket: Duplex): string | undefined {
  // Not our own end: to ask for it costs as much again. Whoever comes from one port to two of ours at once is told apart
  // in `accept`.
  const remote = remoteAddressOf(socket);
  return remote === undefined ? undefined : `${remote.host} ${remote.port}`;
}
