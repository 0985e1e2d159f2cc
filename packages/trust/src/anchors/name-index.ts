import type { TrustAnchor } from "@tlskit/verify";
import type { DistinguishedName } from "@tlskit/x509";
import { TlsKitError } from "@tlskit/x509/error";

/** Finds anchors by subject. Built on the first look-up: a set that is only enumerated never decodes its names. */
export class NameIndex {
  readonly #byKey = new Map<string, TrustAnchor[]>();

  constructor(anchors: Iterable<TrustAnchor>) {
    for (const anchor of anchors) {
      const key = readableKey(anchor);
      if (key === undefined) continue;
      const same = this.#byKey.get(key);
      if (same === undefined) this.#byKey.set(key, [anchor]);
      else same.push(anchor);
    }
    for (const same of this.#byKey.values()) Object.freeze(same);
  }

  /** The anchors whose subject equals `name` (RFC 5280, section 7.1: equal names have equal keys). */
  get(name: DistinguishedName): readonly TrustAnchor[] {
    return this.#byKey.get(name.key) ?? NONE;
  }
}

/** One anchor with a subject that nobody can read must not cost the others: it can issue nothing that anyone finds. */
function readableKey({ certificate }: TrustAnchor): string | undefined {
  try {
    return certificate.subject.key;
  } catch (error) {
    if (TlsKitError.is(error)) return undefined;
    throw error;
  }
}

const NONE: readonly TrustAnchor[] = Object.freeze([]);
