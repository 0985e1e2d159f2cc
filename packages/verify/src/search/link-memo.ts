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
    return this.recall(certificate, signer, budget) ?? (yield* this.check(certificate, signer));
  }

  /** The answer, if it is known. It costs as much as one that is not, so that what the cache knows changes no decision. */
  recall(certificate: Certificate, signer: PublicKey, budget: Budget): SignatureVerdict | undefined {
    for (const { key, verdict } of this.#verdicts.get(certificate) ?? NONE) {
      if (key === signer || key.equals(signer)) return verdict;
    }
    budget.spend("signatures");
    if (this.#cache === undefined || !isKnownLink(this.#cache, linkId(certificate, signer))) return undefined;
    this.#remember(certificate, { key: signer, verdict: VALID, isNew: false });
    return VALID;
  }

  /** Finds out what is not known. */
  *check(certificate: Certificate, signer: PublicKey): Checking<SignatureVerdict> {
    const verdict = yield { signed: certificate, key: signer };
    this.#remember(certificate, { key: signer, verdict, isNew: true });
    return verdict;
  }

  #remember(certificate: Certificate, link: Link): void {
    const links = this.#verdicts.get(certificate);
    if (links === undefined) this.#verdicts.set(certificate, [link]);
    else links.push(link);
  }

  /** Puts the links of an accepted path into the cache. */
  keep(path: readonly { readonly certificate: Certificate }[]): void {
    if (this.#cache === undefined) return;
    for (const { certificate } of path) {
      for (const { key, verdict, isNew } of this.#verdicts.get(certificate) ?? NONE) {
        if (isNew && verdict.kind === "valid") keepLink(this.#cache, linkId(certificate, key));
      }
    }
  }
}

interface Link {
  readonly key: PublicKey;
  readonly verdict: SignatureVerdict;
  /** Whether the cache did not know it. */
  readonly isNew: boolean;
}

const NONE: readonly Link[] = [];

const VALID: SignatureVerdict = { kind: "valid" };

/** A certificate's key, or why it cannot be read. */
export function readKey(certificate: Certificate): PublicKey | TlsKitError {
  try {
    return certificate.publicKey;
  } catch (error) {
    if (TlsKitError.is(error)) return error;
    throw error;
  }
}
