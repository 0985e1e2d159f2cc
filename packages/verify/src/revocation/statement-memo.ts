import type { PublicKey } from "@tlskit/x509";
import type { Budget } from "../search/budget.ts";
import type { Checking, SignatureVerdict, Signed } from "../search/signature-check.ts";

/** Remembers, within one verification, which key signed which CRL or response: no signature is checked twice. */
export class StatementMemo {
  readonly #verdicts = new Map<Signed, { readonly key: PublicKey; readonly verdict: SignatureVerdict }[]>();

  /** Whether `key` signed it. */
  *verify(signed: Signed, key: PublicKey, budget: Budget): Checking<SignatureVerdict> {
    const known = this.#verdicts.get(signed) ?? [];
    const same = known.find((entry) => entry.key.equals(key));
    if (same !== undefined) return same.verdict;
    budget.spend("signatures");
    const verdict = yield { signed, key };
    known.push({ key, verdict });
    this.#verdicts.set(signed, known);
    return verdict;
  }
}
