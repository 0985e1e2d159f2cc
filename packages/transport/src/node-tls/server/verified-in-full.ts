// The runtime's verdict on clients, where a server takes up sessions that another server of the process has made: such
// a client is "authorized" without having been looked at, or looked at by someone who trusts others. What counts is
// whether this very chain was verified in a full handshake by the same trust.

import { createHash } from "node:crypto";
import type { TLSSocket } from "node:tls";
import type { TrustRoot } from "@tlskit/trust";
import type { PresentedChain } from "../gate/peer-chain.ts";
import { upsert } from "../native/native-options.ts";

// A client whose chain is forgotten is refused if it resumes, and comes back with a full handshake.
const limit = 10_000;

/** The chains that were seen verified in full handshakes by one trust snapshot, by their digests. */
export class VerifiedInFull {
  readonly #chains = new Set<string>();

  /** `authorized` of the socket, unless that is hearsay. */
  verdict(socket: TLSSocket, { der }: PresentedChain): unknown {
    const { authorized } = socket;
    if (authorized !== true || der.length === 0) return authorized;
    const chain = digestOf(der);
    if (socket.isSessionReused()) return this.#chains.has(chain);
    this.#remember(chain);
    return true;
  }

  #remember(chain: string): void {
    this.#chains.delete(chain); // So that the set is in the order of use.
    this.#chains.add(chain);
    if (this.#chains.size <= limit) return;
    const [oldest] = this.#chains;
    if (oldest !== undefined) this.#chains.delete(oldest);
  }
}

const byTrust = new WeakMap<TrustRoot, VerifiedInFull>();

/** What all servers with this trust have seen. */
export function verifiedInFull(trust: TrustRoot): VerifiedInFull {
  return upsert(byTrust, trust, () => new VerifiedInFull());
}

function digestOf(der: readonly Uint8Array[]): string {
  const hash = createHash("sha256");
  for (const certificate of der) hash.update(certificate); // DER knows its own length.
  return hash.digest("base64");
}
