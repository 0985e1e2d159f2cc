import { Certificate, type DistinguishedName } from "@tlskit/x509";
import { invalid } from "./invalid.ts";
import type { TrustAnchor, TrustAnchors } from "./trust-anchors.ts";

/** The caller's trust as a set of anchors. */
export function toTrustAnchors(trust: TrustAnchors | Iterable<Certificate>): TrustAnchors {
  if (isTrustAnchors(trust)) return trust;
  if (typeof trust !== "object" || trust === null || !(Symbol.iterator in trust)) {
    throw invalid("trust", "TrustAnchors or certificates", trust);
  }
  return new CertificateSet(trust);
}

/** Plain certificates, trusted without limits. */
class CertificateSet implements TrustAnchors {
  readonly #anchors: readonly TrustAnchor[];
  readonly #bySubject = new Map<string, TrustAnchor[]>();

  constructor(certificates: Iterable<Certificate>) {
    const anchors: TrustAnchor[] = [];
    for (const certificate of certificates) {
      if (!(certificate instanceof Certificate))
        throw invalid(`trust[${anchors.length}]`, "a Certificate", certificate);
      const anchor = { certificate };
      anchors.push(anchor);
      const { key } = certificate.subject;
      const sameName = this.#bySubject.get(key);
      if (sameName === undefined) this.#bySubject.set(key, [anchor]);
      else if (!sameName.some((other) => other.certificate.equals(certificate))) sameName.push(anchor);
    }
    this.#anchors = anchors;
  }

  get generation(): string {
    return this.#anchors.map(({ certificate }) => certificate.id).join(",");
  }

  get size(): number {
    return this.#anchors.length;
  }

  bySubject(name: DistinguishedName): readonly TrustAnchor[] {
    return this.#bySubject.get(name.key) ?? [];
  }

  find(certificate: Certificate): TrustAnchor | undefined {
    return this.bySubject(certificate.subject).find((anchor) => anchor.certificate.equals(certificate));
  }

  [Symbol.iterator](): Iterator<TrustAnchor> {
    return this.#anchors[Symbol.iterator]();
  }
}

function isTrustAnchors(trust: unknown): trust is TrustAnchors {
  return typeof trust === "object" && trust !== null && "bySubject" in trust && "find" in trust;
}
