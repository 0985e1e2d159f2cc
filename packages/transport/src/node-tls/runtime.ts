// What one runtime is, to the engine: its name, its table of capabilities, and where its node:tls differs.

import type { Duplex } from "node:stream";
import type { TLSSocket } from "node:tls";
import type { Capabilities } from "@tlskit/options";
import type { PrivateCertificate } from "@tlskit/x509";
import { TransportError } from "../error.ts";
import type { FlowBelow } from "./connection/flow.ts";

/** The runtimes that have node:tls. */
export type RuntimeName = "node" | "bun" | "deno";

/** What an adapter tells the engine about its runtime. */
export interface NodeTlsRuntime {
  readonly name: RuntimeName;
  readonly capabilities: Capabilities;
  /** Takes an asterisk before each group that a client sends a key share for, where it has hybrid groups: OpenSSL 3.5. */
  readonly marksKeyShares?: boolean | undefined;
  /** The method that shows the certificates exactly as the peer sent them; absent if none does. */
  readonly chainAsSent?: "getPeerX509Certificate" | "getPeerCertificate" | undefined;
  /**
   * The certificates exactly as the peer sent them, in DER, where no method shows them; `undefined` if they cannot be had
   * in this way.
   */
  readonly sentChain?: ((socket: TLSSocket) => readonly Uint8Array[] | undefined) | undefined;
  /** TLS is safe over sockets only: what else carries it is joined to one. */
  readonly needsSockets?: boolean | undefined;
  /** TLS over a socket of its own is shown all that comes twice, and it costs a copy: what is dialled is dialled as TLS. */
  readonly dialsTls?: boolean | undefined;
  /** A socket tells how many bytes of TLS it has received. */
  readonly countsBelow?: boolean | undefined;
  /**
   * Whether the system has no connection any more below a TLS socket with an address, where a reset may be reported as an
   * end, and what is written then is never done.
   */
  readonly isReset?: ((socket: TLSSocket) => boolean) | undefined;
  /** Connections do not begin to read: their sockets are handed over as soon as they are verified. */
  readonly handsOver?: boolean | undefined;
  /** What goes between a socket and TLS, where the runtime's TLS takes in data without limit while nobody reads. */
  readonly flowControl?: ((socket: Duplex) => ControlledDuplex) | undefined;
  /**
   * Throws what the runtime says about a certificate and key that it cannot use, where it would say so to every peer
   * instead, in the handshake.
   */
  readonly assertUsable?: ((certificate: string, key: string) => void) | undefined;
  /** What is special about its servers. */
  readonly server?: ServerQuirks | undefined;
}

/**
 * What someone who read along in a handshake has seen, for a runtime that has one code for an alert of the peer and for
 * what it finds wrong itself, and one for what is not TLS and for TLS that it cannot read.
 */
export interface SeenInClear {
  /** The peer's last alert, by its name; `null` if there was none. */
  readonly alert: string | null;
  /** Whether what came first has the form of a TLS record. */
  readonly isTls: boolean;
  /** On servers: the newest version up to TLS 1.2 that the client's hello speaks, as it is written: 0x0303 is TLS 1.2. */
  readonly helloVersion: number | null;
}

/** A duplex stream for TLS to run over, with the means to hold the peer back. */
export interface ControlledDuplex extends Duplex {
  readonly flow: FlowBelow;
  /** What the peer has sent in clear, during the handshake. */
  readonly inClear: SeenInClear;
  /** A server has chosen this identity by the client's name for it, while TLS waited: TLS is to go on sending. */
  sendOn(identity: PrivateCertificate): void;
  /**
   * The handshake of a server that chooses its certificate by name has failed: if TLS has not said a word yet, it does not
   * say why either, and the client is told by this alert (RFC 8446, section 6).
   */
  sayWhy(alert: number): void;
  /** The identity that was chosen. */
  readonly chosenIdentity: PrivateCertificate | undefined;
}

/** What is special about the TLS servers of a runtime. */
export interface ServerQuirks {
  /** All of `ca` is sent along with the server's own certificate: so many bytes fit into what peers take. */
  readonly sentAnchorsLimit: number;
  /** Sessions are resumed whichever server of the process made them, whatever that one trusted. */
  readonly sharesTickets: boolean;
  /** A `handshakeTimeout` that never fires: the timer of a failed handshake is not cleared, and keeps its socket. */
  readonly noHandshakeTimeout: number;
}

/** The runtime that this code is running on. */
export function currentRuntime(): string {
  const { Bun, Deno, process } = globalThis as {
    readonly Bun?: unknown;
    readonly Deno?: unknown;
    readonly process?: { readonly versions?: { readonly node?: string } };
  };
  if (Bun !== undefined) return "bun";
  if (Deno !== undefined) return "deno";
  return process?.versions?.node === undefined ? "unknown" : "node";
}

/**
 * An adapter's capability table is true of its own runtime only.
 *
 * @throws {TransportError} `RUNTIME_MISMATCH`
 */
export function assertRuntime({ name: expected }: NodeTlsRuntime): void {
  const actual = currentRuntime();
  if (actual === expected) return;
  const alternative = actual === "unknown" ? "@tlskit/tls" : `@tlskit/transport-${actual}`;
  throw new TransportError(
    "RUNTIME_MISMATCH",
    `@tlskit/transport-${expected} was loaded in ${actual}: import ${alternative} there.`,
    { expected, actual, alternative },
  );
}
