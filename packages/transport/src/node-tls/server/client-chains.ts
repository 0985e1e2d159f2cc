// What clients presented in full handshakes. A session that a server resumes says whose it is, by the client's own
// certificate, and no more: what is verified again is the chain that was kept when it was made.

import { createHash } from "node:crypto";
import { chainOf, type PresentedChain } from "../gate/peer-chain.ts";

/** The chains of the clients that one server has let in, by their own certificates. */
export class ClientChains {
  readonly #byLeaf = new Map<string, readonly Uint8Array[]>();
  readonly #limit: number;
  #byteLength = 0;
  #hasRefused = false;

  /** @param limit how many bytes of certificates are kept; with the last chain it may be somewhat more */
  constructor(limit: number = 8 * 1024 * 1024) {
    this.#limit = limit;
  }

  /** Nothing more is kept. Whoever makes tickets for these clients needs other keys, and begins anew. */
  get isFull(): boolean {
    return this.#byteLength >= this.#limit;
  }

  /**
   * A client was refused by what is kept of it: that has expired, say, or was revoked. It may have another certificate by
   * now, which it cannot show while its old session is resumed: it, too, needs tickets with other keys.
   */
  get hasRefused(): boolean {
    return this.#hasRefused;
  }

  /** To be called when a resumed session has been refused. */
  refused(): void {
    this.#hasRefused = true;
  }

  /** Keeps what was presented in a full handshake, and was accepted. */
  keep({ der }: PresentedChain): void {
    const [leaf] = der;
    if (leaf === undefined || this.isFull) return;
    const key = digestOf(leaf);
    this.#byteLength += sizeOf(der) - sizeOf(this.#byLeaf.get(key) ?? []);
    this.#byLeaf.set(key, der);
  }

  /** What was presented with the certificate that a resumed session shows; `undefined`: it was not kept. */
  of({ der: [leaf] }: PresentedChain): PresentedChain | undefined {
    const kept = leaf && this.#byLeaf.get(digestOf(leaf));
    return kept && chainOf(kept);
  }
}

function sizeOf(der: readonly Uint8Array[]): number {
  return der.reduce((sum, { byteLength }) => sum + byteLength, 0);
}

function digestOf(certificate: Uint8Array): string {
  return createHash("sha256").update(certificate).digest("base64");
}
