// From a completed handshake to a connection, through the gate.

import type { TLSSocket } from "node:tls";
import { capabilityState, type Role } from "@tlskit/options";
import type { TrustRoot } from "@tlskit/trust";
import { VerificationError, type VerifiedPath } from "@tlskit/verify";
import type { Connection } from "../../contract.ts";
import { TransportError } from "../../error.ts";
import type { KeptSession } from "../client/kept-session.ts";
import type { Underneath } from "../connection/raw-socket.ts";
import { TlsConnection } from "../connection/tls-connection.ts";
import { publishConnection } from "../diagnostics.ts";
import { mapNativeError, nativeCodeOf } from "../native/native-error.ts";
import type { HandshakePlan } from "../plan.ts";
import type { NodeTlsRuntime } from "../runtime.ts";
import type { ClientChains } from "../server/client-chains.ts";
import type { VerifiedInFull } from "../server/verified-in-full.ts";
import { type GatePolicy, passGate } from "./gate.ts";
import { keepCertificates } from "./known-certificates.ts";
import { ourVerdict } from "./our-verdict.ts";
import { chainOf, type PresentedChain, readPresentedChain } from "./peer-chain.ts";

/** What a handshake was made with. */
export interface Admission {
  readonly runtime: NodeTlsRuntime;
  readonly plan: HandshakePlan;
  /** The one snapshot that both verifiers use. */
  readonly trust: TrustRoot;
  readonly underneath: Underneath;
  /** What the runtime has verified in full, where it resumes the sessions of others. */
  readonly verified?: VerifiedInFull | undefined;
  /** What clients have presented, where a server resumes their sessions. */
  readonly chains?: ClientChains | undefined;
  /** The OCSP response that the server stapled. */
  readonly staple?: Uint8Array | undefined;
  /** The session that was offered: if it is resumed, its chain is what the peer presented. */
  readonly offered?: KeptSession | undefined;
  /** Whether the peer has not sent one byte since the handshake. */
  readonly isSilence?: (() => boolean) | undefined;
}

/** To be called first thing in the handshake callback. Returns the connection, or throws or rejects and has destroyed it. */
export function admit(socket: TLSSocket, admission: Admission): Connection | Promise<Connection> {
  let isCut = false;
  const cut = (): void => {
    if (!isCut) admission.underneath.cut();
    isCut = true;
  };
  try {
    admission.underneath.below?.flow.pause(); // Until there is somebody to read.
    // What the peer ends while it is being verified is its direction, and not the connection.
    socket.allowHalfOpen = true;
    const admitted = look(socket, admission);
    const path = decide(socket, admitted, admission, cut);
    if (!(path instanceof Promise)) return connectionOf(socket, admitted, admission, path);
    return admitLater(socket, admitted, admission, path).catch((error: unknown) => {
      cut();
      throw error;
    });
  } catch (error) {
    cut();
    throw error;
  }
}

function look(socket: TLSSocket, admission: Admission): Admitted {
  const isResumed = socket.isSessionReused();
  return { ...presentedBy(socket, admission, isResumed), isResumed };
}

function decide(
  socket: TLSSocket,
  { presented, authorized, isResumed }: Admitted,
  admission: Admission,
  cut: () => void,
): VerifiedPath | undefined | Promise<VerifiedPath> {
  const { plan, verified, chains } = admission;
  return passGate({
    policy: policyOf(plan),
    presented: presented.der.length > 0,
    authorized,
    // @types/node has an Error here; it is the code, as text.
    nativeCode: nativeReason(socket.authorizationError ?? ((verified ?? chains) && "SESSION_NOT_VERIFIED")),
    verify: () => verdict(socket, presented, admission),
    destroy: () => {
      if (isResumed) chains?.refused();
      // With a reset: after a mere FIN the peer could take the end of the connection for an orderly one.
      cut();
    },
  });
}

// What may arrive while an asynchronous verification runs. The runtime holds it; on Node and Bun it stops far below.
const heldBytesLimit = 1024 * 1024;

/** What the gate has seen of the peer. */
interface Admitted extends Presented {
  readonly isResumed: boolean;
}

async function admitLater(
  socket: TLSSocket,
  admitted: Admitted,
  admission: Admission,
  verification: Promise<VerifiedPath>,
): Promise<Connection> {
  const before = socket.bytesRead;
  const path = await verification;
  if (socket.bytesRead - before > heldBytesLimit) {
    const message = `The peer sent more than ${heldBytesLimit} bytes before it was verified.`;
    throw new TransportError("HELD_BYTES_EXCEEDED", message, { limit: heldBytesLimit });
  }
  return connectionOf(socket, admitted, admission, path);
}

/** What our verifier is to judge, and what the runtime says of it; nothing, where that has not looked at it. */
interface Presented {
  readonly presented: PresentedChain;
  readonly authorized: unknown;
}

/**
 * A resumed session presents nothing, or no more than the peer's own certificate: what counts is the chain of its full
 * handshake, which is verified again, now.
 */
function presentedBy(
  socket: TLSSocket,
  { runtime, plan: { compiled }, trust, offered, chains, verified }: Admission,
  isResumed: boolean,
): Presented {
  const { authorized } = socket;
  // Who was not asked for a certificate has none to present.
  if (compiled.role === "server" && compiled.clientAuth === "none") return { presented: nothingPresented, authorized };
  if (isResumed && offered !== undefined) return { presented: chainOf(offered.chain), authorized };
  const shown = readPresentedChain(socket, runtime, trust);
  if (verified !== undefined) return { presented: shown, authorized: verified.verdict(socket, shown) };
  if (!isResumed || chains === undefined || shown.der.length === 0) return { presented: shown, authorized };
  const kept = chains.of(shown);
  return kept === undefined ? { presented: shown, authorized: false } : { presented: kept, authorized };
}

const nothingPresented: PresentedChain = { der: [], certificates: [], leaf: undefined };

function policyOf({ compiled }: HandshakePlan): GatePolicy {
  if (!compiled.verifyPeer) return "let-in";
  return compiled.clientAuth === "request" ? "verify-if-presented" : "verify";
}

/** Our verdict; where the runtime hides what the peer sent, that is said instead of what follows from it. */
function verdict(
  socket: TLSSocket,
  presented: PresentedChain,
  { plan, trust, runtime, staple }: Admission,
): VerifiedPath | Promise<VerifiedPath> {
  const view = { role: plan.compiled.role, shown: presented.der.length, authorized: socket.authorized };
  try {
    const path = ourVerdict(presented, plan, trust, staple);
    if (!(path instanceof Promise)) return path;
    return path.catch((error: unknown) => Promise.reject(hiddenChain(error, view, runtime)));
  } catch (error) {
    throw hiddenChain(error, view, runtime);
  }
}

/** What the runtime showed and said of a peer. */
export interface RuntimeView {
  readonly role: Role;
  /** How many certificates it showed. */
  readonly shown: number;
  readonly authorized: unknown;
}

/**
 * Node 24.21 shows a server only the first of the certificates that a client sent. That is the case if the runtime,
 * which has them all, found a path, and we did not for want of an issuer. Where the chain is shown, our verdict stands.
 */
export function hiddenChain(
  error: unknown,
  { role, shown, authorized }: RuntimeView,
  { name, capabilities }: NodeTlsRuntime,
): unknown {
  if (!VerificationError.is(error) || error.code !== "UNKNOWN_ISSUER") return error;
  if (capabilityState(capabilities, `${role}-peer-chain`) === true) return error;
  if (shown !== 1 || authorized !== true) return error;
  const runtime = `${name} ${process.versions[name] ?? ""}`.trim();
  return new TransportError(
    "PEER_CHAIN_UNAVAILABLE",
    `The peer's certificate needs others to be verified, and ${runtime} does not show what was sent with it.`,
    {
      runtime,
      alternative:
        "Give the intermediate certificates in clientIntermediates, or use a version of the runtime that shows the chain.",
    },
    { cause: error },
  );
}

function connectionOf(
  socket: TLSSocket,
  { presented, isResumed }: Admitted,
  { plan, underneath, runtime, isSilence, chains }: Admission,
  verifiedPath: VerifiedPath | undefined,
): Connection {
  const { compiled } = plan;
  // It may be gone by now: then it agreed on nothing, and nobody is told of it.
  if (socket.destroyed) throw mapNativeError({ code: "ECONNRESET" }, { during: "verify" });
  const alpn = typeof socket.alpnProtocol === "string" ? socket.alpnProtocol : undefined;
  if (compiled.requireProtocol.length > 0 && (alpn === undefined || !compiled.requireProtocol.includes(alpn))) {
    const wanted = compiled.requireProtocol.join(", ");
    throw new TransportError(
      "NO_APPLICATION_PROTOCOL",
      `The peer agreed to none of the required protocols: ${wanted}.`,
      {
        ours: compiled.requireProtocol,
      },
    );
  }
  if (verifiedPath !== undefined) {
    keepCertificates(presented.certificates);
    if (!isResumed) chains?.keep(presented);
  }
  const connection = new TlsConnection({
    socket,
    underneath,
    runtime,
    compiled,
    alpn,
    verifiedPath,
    presented,
    isResumed,
    isSilence,
  });
  publishConnection(connection);
  return connection;
}

function nativeReason(reason: unknown): string {
  return typeof reason === "string" && reason !== "" ? reason : nativeCodeOf(reason);
}
