import { type Certificate, type PublicKey, TlsKitError } from "@tlskit/x509";
import type { Budget } from "./budget.ts";
import { isKnownLink, keepLink, type LinkCache, linkId } from "./link-cache.ts";
import type { Checking, SignatureVerdict } from "./signature-check.ts";

/** Remembers, within one verification, which key signed which certificate: no signature is checked twice. */
export class LinkMemo {
  readonly #cache: LinkCache | undefined;
  readonly #verdicts = new Map<Certificate, Link[]>();

  /** @param cache what was found right in earlier verifications */
  constructor(cache: LinkCache | undefined) {
    this.#cache = cache;
  }

  /** Whether `key`, by default the issuer's own, signed the certificate. */
  *verify(certificate: Certificate, issuer: Certificate, budget: Budget, key?: PublicKey): Checking<SignatureVerdict> {
    const signer = key ?? readKey(issuer);
    if (TlsKitError.is(signer)) return { kind: "unable", error: signer };
    const links = this.#verdicts.get(certificate) ?? [];
    const same = links.find((link) => link.key === signer || link.key.equals(signer));
    if (same !== undefined) return same.verdict;
    // What the cache knows costs as much as what it does not, so that it changes no decision.
    budget.spend("signatures");
    const id = this.#cache && linkId(certificate, signer);
    const isKnown = this.#cache !== undefined && id !== undefined && isKnownLink(this.#cache, id);
    const verdict: SignatureVerdict = isKnown ? { kind: "valid" } : yield { signed: certificate, key: signer };
    links.push({ key: signer, verdict, id });
    this.#verdicts.set(certificate, links);
    return verdict;
  }

  /** Puts the links of an accepted path into the cache. */
  keep(path: readonly Certificate[]): void {
    if (this.#cache === undefined) return;
    for (const certificate of path) {
      for (const { id, verdict } of this.#verdicts.get(certificate) ?? []) {
        if (verdict.kind === "valid" && id !== undefined) keepLink(this.#cache, id);
      }
    }
  }
}

interface Link {
  readonly key: PublicKey;
  readonly verdict: SignatureVerdict;
  /** What the cache knows it by, where there is one. */
  readonly id: string | undefined;
}

/** A certificate's key, or why it cannot be read. */
export function readKey(certificate: Certificate): PublicKey | TlsKitError {
  try {
    return certificate.publicKey;
  } catch (error) {
    if (TlsKitError.is(error)) return error;
    throw error;
  }
}
