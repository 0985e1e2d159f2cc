import type { TrustAnchor } from "@tlskit/verify";
import type { DistinguishedName } from "@tlskit/x509";

/** Finds anchors by subject. Built on the first look-up: a set that is only enumerated never decodes its names. */
export class NameIndex {
  readonly #buckets = new Map<string, TrustAnchor[]>();

  constructor(anchors: Iterable<TrustAnchor>) {
    for (const anchor of anchors) {
      const key = bucketKey(anchor.certificate.subject);
      const bucket = this.#buckets.get(key);
      if (bucket === undefined) this.#buckets.set(key, [anchor]);
      else bucket.push(anchor);
    }
  }

  /** The anchors whose subject equals `name`; most names have at most a handful. */
  get(name: DistinguishedName): readonly TrustAnchor[] {
    const bucket = this.#buckets.get(bucketKey(name)) ?? [];
    return bucket.filter(({ certificate }) => certificate.subject.equals(name));
  }
}

/**
 * Equal for equal names (RFC 5280, section 7.1), and coarser than equality, which has the last word: attribute types in
 * order, and the values without case, white space and compatibility differences.
 */
function bucketKey(name: DistinguishedName): string {
  return name.rdns
    .map((rdn) =>
      rdn
        .map(({ oid, value }) => `${oid}=${fold(value)}`)
        .sort()
        .join("+"),
    )
    .join(",");
}

function fold(value: string): string {
  return value
    .normalize("NFKC")
    .toUpperCase()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}
