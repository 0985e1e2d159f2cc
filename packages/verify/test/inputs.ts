/** Inputs of `verifyPath` for chains that were forged. */
import type { Certificate } from "@tlskit/x509";
import type { TrustAnchor, TrustAnchors, VerifyPathInput } from "../src/index.ts";
import * as f from "./forge.ts";

/** Anchors with limits, as a trust package would give them. */
export function anchors(...list: readonly TrustAnchor[]): TrustAnchors {
  return store(list);
}

/** A trust store with limits of its own. */
export function store(
  list: readonly TrustAnchor[],
  limits: Pick<TrustAnchors, "pins" | "distrusts" | "logs"> = {},
): TrustAnchors {
  return {
    ...limits,
    generation: list.map(({ certificate }) => certificate.id).join(),
    size: list.length,
    bySubject: (name) => list.filter(({ certificate }) => certificate.subject.equals(name)),
    find: (wanted) => list.find(({ certificate }) => certificate.equals(wanted)),
    [Symbol.iterator]: () => list[Symbol.iterator](),
  };
}

/** An input for a chain, leaf first, root last, that is good unless the chain is not. */
export function inputFor(chain: readonly f.Forged[], more: Partial<VerifyPathInput> = {}): VerifyPathInput {
  const certificates = chain.map(({ certificate }) => certificate);
  return {
    leaf: certificates[0] as Certificate,
    intermediates: certificates.slice(1, -1),
    trust: certificates.slice(-1),
    at: f.NOW,
    purpose: "server",
    ...more,
  };
}
