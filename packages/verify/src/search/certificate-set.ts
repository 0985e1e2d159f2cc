import { Certificate, type DistinguishedName } from "@tlskit/x509";
import { type AnchorCandidate, readAnchor } from "../anchors/read-anchor.ts";
import type { TrustAnchor, TrustAnchors } from "../anchors/trust-anchors.ts";
import { adviceOnTrust, adviceOnTrusted } from "../input/advice.ts";
import { genuineCertificate } from "../input/genuine.ts";
import type { VerifyPathInput } from "../input/input.ts";
import { invalid } from "../input/invalid.ts";

/** The caller's trust as a set of anchors. */
export function toTrustAnchors(trust: VerifyPathInput["trust"]): TrustAnchors {
  if (isTrustAnchors(trust)) return trust;
  if (trust instanceof Certificate) return new CertificateSet([trust]);
  const isList = typeof trust === "object" && trust !== null && Symbol.iterator in trust && !ArrayBuffer.isView(trust);
  if (!isList) throw invalid("trust", "a TrustRoot, a Certificate or several", trust, adviceOnTrust(trust));
  return new CertificateSet(trust);
}

/** Plain certificates, trusted without limits. */
class CertificateSet implements TrustAnchors {
  readonly #anchors: readonly TrustAnchor[];
  readonly #bySubject = new Map<string, TrustAnchor[]>();

  constructor(certificates: Iterable<Certificate>) {
    const anchors: TrustAnchor[] = [];
    for (const certificate of certificates) {
      const own = genuineCertificate(certificate);
      if (own === undefined) {
        throw invalid(`trust[${anchors.length}]`, "a Certificate", certificate, adviceOnTrusted(certificate));
      }
      const anchor = { certificate: own };
      anchors.push(anchor);
      const { key } = own.subject;
      const sameName = this.#bySubject.get(key);
      if (sameName === undefined) this.#bySubject.set(key, [anchor]);
      else if (!sameName.some((other) => other.certificate.equals(own))) sameName.push(anchor);
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

/**
 * The anchors of a store, read strictly: a limit that cannot be understood must not be one that is not there, and what
 * a store finds by a name must have that name.
 *
 * @throws VerifyArgumentError
 */
export class AnchorIndex {
  readonly #trust: TrustAnchors;
  readonly #byName = new Map<string, readonly AnchorCandidate[]>();

  constructor(trust: TrustAnchors) {
    this.#trust = trust;
  }

  /** All of this subject; the same objects each time. */
  bySubject(name: DistinguishedName): readonly AnchorCandidate[] {
    let found = this.#byName.get(name.key);
    if (found === undefined) {
      const anchors = this.#trust.bySubject(name);
      found =
        anchors.length === 0
          ? NO_CANDIDATES
          : anchors.map(readAnchor).filter(({ certificate }) => certificate.subject.equals(name));
      this.#byName.set(name.key, found);
    }
    return found;
  }

  /** Those that are byte for byte this certificate: several, where it is trusted within limits of several kinds. */
  findAll(certificate: Certificate): readonly AnchorCandidate[] {
    return this.bySubject(certificate.subject).filter((one) => one.certificate.equals(certificate));
  }
}

const NO_CANDIDATES: readonly AnchorCandidate[] = [];

function isTrustAnchors(trust: unknown): trust is TrustAnchors {
  return typeof trust === "object" && trust !== null && "bySubject" in trust && "find" in trust;
}
