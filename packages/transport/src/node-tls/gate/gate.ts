// The gate: the first thing that runs when a handshake is complete, and the only place where a peer is let in. Two
// verifiers have to agree, the runtime's and ours; otherwise the connection is destroyed before anything else can
// read, write, emit or resolve. The runtime runs with `rejectUnauthorized: false`, so that the peer's chain can be
// seen when it is refused: without this file everyone would come in.

import { VerifiedPath } from "@tlskit/verify";
import { TransportError } from "../../error.ts";

/** Whether the peer must be verified, must be if it shows a certificate, or need not be. */
export type GatePolicy = "verify" | "verify-if-presented" | "let-in";

/** A peer that has completed the handshake. */
export interface PeerAtGate {
  readonly policy: GatePolicy;
  /** Whether it showed a certificate. */
  readonly presented: boolean;
  /** The runtime's verdict: `authorized` of the socket. */
  readonly authorized: unknown;
  /** The runtime's reason. */
  readonly nativeCode: string;
  /** Our verdict. Throws, or rejects, with a `VerificationError`. */
  verify(): VerifiedPath | Promise<VerifiedPath>;
  /** Ends the connection. */
  destroy(): void;
}

/**
 * Lets the peer in or destroys its connection. Decides before it returns where cryptography is synchronous; otherwise
 * returns a promise, and nobody may touch the connection until that is settled.
 *
 * @throws {VerificationError} our verifier refuses
 * @throws {TransportError} `RUNTIME_REFUSED`: only the runtime does; `CLIENT_CERTIFICATE_REQUIRED`
 */
export function passGate(peer: PeerAtGate): VerifiedPath | undefined | Promise<VerifiedPath> {
  if (peer.policy === "let-in") return undefined;
  try {
    if (!peer.presented) return withoutCertificate(peer);
    const path = peer.verify();
    return path instanceof Promise ? passLater(peer, path) : bothAgree(peer, path);
  } catch (error) {
    peer.destroy();
    throw error;
  }
}

async function passLater(peer: PeerAtGate, verification: Promise<VerifiedPath>): Promise<VerifiedPath> {
  try {
    return bothAgree(peer, await verification);
  } catch (error) {
    peer.destroy();
    throw error;
  }
}

function bothAgree(peer: PeerAtGate, path: VerifiedPath): VerifiedPath {
  if (!VerifiedPath.is(path)) throw refused(peer.nativeCode, undefined);
  if (peer.authorized !== true) throw refused(peer.nativeCode, path);
  return path;
}

function withoutCertificate({ policy }: PeerAtGate): undefined {
  if (policy === "verify-if-presented") return undefined;
  throw new TransportError("CLIENT_CERTIFICATE_REQUIRED", "The peer showed no certificate.", { during: "verify" });
}

function refused(nativeCode: string, path: VerifiedPath | undefined): TransportError<"RUNTIME_REFUSED"> {
  return new TransportError(
    "RUNTIME_REFUSED",
    `Our verifier accepts the peer's certificate, but the runtime's refuses it (${nativeCode}).`,
    path === undefined ? { nativeCode } : { nativeCode, path },
  );
}
