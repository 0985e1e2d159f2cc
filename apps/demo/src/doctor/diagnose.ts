// One server examined: a connection as a client would make it; and if that is refused, a second one, without
// verification and without a byte sent, to learn what had been negotiated.
import { optionsForClientTLS } from "@tlskit/options";
import { type Connection, parseTarget, TransportError } from "@tlskit/transport";
import { connect, startTls as startTlsOf } from "@tlskit/transport-node";
import type { TrustRoot } from "@tlskit/trust";
import { VerificationError } from "@tlskit/verify";
import type { Certificate } from "@tlskit/x509";
import { NoStartTls, type StartTlsProtocol } from "./start-tls.ts";

/** What to examine. */
export interface DiagnoseInput {
  readonly target: string;
  readonly name?: string;
  readonly trust: TrustRoot;
  readonly timeoutMs: number;
  /** What is said in clear before TLS begins. */
  readonly startTls?: StartTlsProtocol;
}

/** Why the answer is no, about whom, and what to do. */
export interface Finding {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly certificate?: Certificate;
}

/** What was found. */
export interface Diagnosis {
  readonly verdict: "trusted" | "not trusted" | "unreachable";
  readonly host: string;
  readonly port: number;
  readonly trust: TrustRoot;
  readonly reasons: readonly Finding[];
  /** As the server presented it, leaf first; after a verified connection the verified path, anchor included. */
  readonly chain: readonly Certificate[];
  readonly negotiated?: Connection["negotiated"];
}

/** Examines `target`. Throws for a target, a name or options that make no sense; a server's faults are its result. */
export async function diagnose(input: DiagnoseInput): Promise<Diagnosis> {
  const { startTls, timeoutMs: handshakeTimeoutMs } = input;
  const { host, port } = parseTarget(input.target, { defaultPort: startTls?.defaultPort ?? 443 });
  const name = input.name ?? host.text;
  const base = { host: host.text, port, trust: input.trust };
  const open = (tls: ReturnType<typeof optionsForClientTLS>): Promise<Connection> => {
    const target = { host: host.text, port };
    return startTls === undefined
      ? connect(target, { tls, handshakeTimeoutMs })
      : openInClear(target, { tls, handshakeTimeoutMs }, startTls);
  };
  const verifying = optionsForClientTLS(name, { trustRoot: input.trust });
  try {
    const connection = await open(verifying);
    const { negotiated, verifiedPath, peerChain } = connection;
    await connection.close();
    return { ...base, verdict: "trusted", reasons: [], chain: verifiedPath?.chain ?? peerChain, negotiated };
  } catch (error) {
    const reasons = findings(error);
    if (!isRefusal(error)) return { ...base, verdict: "unreachable", reasons, chain: [] };
    const seen = await look(() => open(optionsForClientTLS(name, { dangerouslySkipVerification: true })));
    return { ...base, verdict: "not trusted", reasons, chain: VerificationError.is(error) ? error.chain : [], ...seen };
  }
}

/** From clear to TLS. What does not come within the limit is cut. */
async function openInClear(
  target: { readonly host: string; readonly port: number },
  options: { readonly tls: ReturnType<typeof optionsForClientTLS>; readonly handshakeTimeoutMs: number },
  startTls: StartTlsProtocol,
): Promise<Connection> {
  const plain = await connect(target, { ...options, secureTransport: "starttls" });
  const { handshakeTimeoutMs: timeoutMs } = options;
  const late = new TransportError("HANDSHAKE_TIMEOUT", `The server did not agree to TLS within ${timeoutMs} ms.`, {
    timeoutMs,
    during: "connect",
  });
  const timer = setTimeout(() => plain.abort(late), timeoutMs);
  try {
    const leftover = await startTls.ask(plain);
    return await startTlsOf(plain, { role: "client", ...options, leftover });
  } catch (error) {
    plain.abort();
    // What an abort rejects with has the reason as its cause.
    throw TransportError.is(error) && error.cause === late ? late : error;
  } finally {
    clearTimeout(timer);
  }
}

/** The chain as presented and the negotiated parameters; empty if the server does not answer a second time. */
async function look(open: () => Promise<Connection>): Promise<Partial<Pick<Diagnosis, "chain" | "negotiated">>> {
  withoutWarning("DANGEROUSLY_SKIPS_VERIFICATION");
  try {
    const connection = await open();
    connection.abort();
    return { chain: connection.peerChain, negotiated: connection.negotiated };
  } catch {
    // The first connection already told what is wrong; this one only wanted to add to it.
    return {};
  }
}

/** This one connection is unverified on purpose and sends nothing: the warning about it would only puzzle. */
function withoutWarning(code: string): void {
  const printers = process.listeners("warning");
  process.removeAllListeners("warning");
  process.on("warning", (warning) => {
    if (!("code" in warning) || warning.code !== code) for (const print of printers) print(warning);
  });
}

function isRefusal(error: unknown): boolean {
  return VerificationError.is(error) || (TransportError.is(error) && error.code === "RUNTIME_REFUSED");
}

function findings(error: unknown): Finding[] {
  if (VerificationError.is(error)) return [...error.reasons];
  if (TransportError.is(error)) {
    return [{ code: error.code, message: error.message, remedy: remedies[error.code] ?? defaultRemedy }];
  }
  if (error instanceof NoStartTls) {
    return [{ code: "NO_STARTTLS", message: `There is no TLS: ${error.message}.`, remedy: remedies.NO_STARTTLS ?? "" }];
  }
  throw error;
}

const defaultRemedy = "Look at what the server logs for this connection.";

const remedies: Readonly<Partial<Record<string, string>>> = {
  HOST_NOT_FOUND: "Check the host name, and that this machine can resolve it.",
  CONNECTION_REFUSED: "Check the port, and that the server is running.",
  CONNECTION_RESET: "The server hung up: look at its log; a proxy or firewall may be in between.",
  HANDSHAKE_TIMEOUT:
    "The server takes the connection but does not speak TLS in time: check the port, or give --timeout.",
  PEER_NOT_TLS: "Something answers there, but not with TLS: check the port; it may want STARTTLS.",
  PROTOCOL_VERSION_MISMATCH: "The server speaks no TLS version that is still safe: let it offer TLS 1.2 or 1.3.",
  HANDSHAKE_ALERT: "The server refused the handshake: look at its log for the alert's name.",
  CLIENT_CERTIFICATE_REQUIRED: "The server wants a client certificate; the doctor presents none.",
  NO_STARTTLS: "Check the port and the protocol, and that the server has a certificate.",
  RUNTIME_REFUSED:
    "Our verifier accepts this chain and the runtime's does not: let the server send only the chain it needs.",
};
