import type { TrustAnchor, TrustAnchors } from "@tlskit/verify";
import { Certificate, type DistinguishedName } from "@tlskit/x509";
import { describeType } from "./describe-type.ts";
import { TrustError } from "./error.ts";
import { generationOf } from "./generation.ts";
import { inspectCustom } from "./inspect-symbol.ts";
import { NameIndex } from "./name-index.ts";
import { collectEntries, type TrustEntry } from "./trust-entry.ts";
import { explainTrust, type TrustExplanation } from "./trust-explanation.ts";
import type { SkippedSource, TrustSource, TrustSourceKind } from "./trust-source.ts";

/** What a {@link TrustRoot} is made of. */
export interface TrustRootParts {
  readonly entries: Iterable<TrustEntry>;
  readonly source: TrustSource;
  readonly skipped?: readonly SkippedSource[];
}

/** For operations that may leave nothing: whether that is wanted. */
export interface AllowEmpty {
  /** Without it, an empty set is an error: it trusts nobody, which is hardly ever meant (TRU-03). */
  readonly allowEmpty?: boolean;
}

/**
 * An immutable set of trust anchors: a snapshot that `verifyPath` and the runtime's verifier both use for one decision.
 * It enumerates its certificates, says where each was found, and has a generation that differs whenever its contents do.
 *
 * Made by {@link trustRootFromCertificates}, {@link platformTrust} and {@link OpenSSLDefaultPaths}. A certificate that
 * is found twice is in it once (TRU-12).
 *
 * @example
 * const trust = (await platformTrust()).and(trustRootFromCertificates([ourCa])).without(distrusted);
 */
export class TrustRoot implements TrustAnchors {
  /** Where the set comes from. */
  readonly source: TrustSource;
  /** What was found in the sources and could not be used, with the reason. */
  readonly skipped: readonly SkippedSource[];
  /** The anchors, in the order in which they were found. */
  readonly anchors: readonly TrustAnchor[];
  readonly #entries: ReadonlyMap<string, readonly TrustEntry[]>;
  #generation: string | undefined;
  #index: NameIndex | undefined;
  #certificates: readonly Certificate[] | undefined;

  /** For readers of further sources; programs use the functions that the class comment names. */
  constructor(parts: TrustRootParts) {
    this.#entries = collectEntries(parts.entries);
    this.anchors = Object.freeze([...this.#entries.values()].flatMap((same) => same.map(({ anchor }) => anchor)));
    this.source = Object.freeze({ ...parts.source, locations: Object.freeze([...parts.source.locations]) });
    this.skipped = Object.freeze([...(parts.skipped ?? [])]);
    Object.freeze(this);
  }

  /**
   * The set that trusts nobody: every verification against it fails (TRU-03).
   *
   * @example
   * TrustRoot.none().size; // 0
   */
  static none(): TrustRoot {
    const description = "nobody, as asked for";
    return new TrustRoot({ entries: [], source: { kind: "certificates", locations: [], description } });
  }

  /** How many anchors there are. */
  get size(): number {
    return this.anchors.length;
  }

  /** The trusted certificates, each once, in the order in which they were found. */
  get certificates(): readonly Certificate[] {
    const certificates = this.#certificates ?? [...new Set(this.anchors.map(({ certificate }) => certificate))];
    this.#certificates = Object.freeze(certificates);
    return certificates;
  }

  /**
   * Differs whenever the anchors or their constraints differ, and is the same for the same contents in any order, in
   * any process: 64 hexadecimal digits (SHA-256). Native contexts, sessions and tickets are keyed by it.
   */
  get generation(): string {
    const generation = this.#generation ?? generationOf(this.anchors);
    this.#generation = generation;
    return generation;
  }

  /** The anchors whose subject equals `name` (RFC 5280, section 7.1). */
  bySubject(name: DistinguishedName): readonly TrustAnchor[] {
    this.#index ??= new NameIndex(this.anchors);
    return this.#index.get(name);
  }

  /** The anchor whose certificate is byte for byte this one; where there are several, the first. */
  find(certificate: Certificate): TrustAnchor | undefined {
    return this.#entries.get(certificate.id)?.[0]?.anchor;
  }

  /** The anchors, in the order in which they were found. */
  [Symbol.iterator](): Iterator<TrustAnchor> {
    return this.anchors[Symbol.iterator]();
  }

  /**
   * This set and another one: what either trusts. An anchor that one of them limits and the other does not is not limited.
   *
   * @example
   * const trust = (await platformTrust()).and(trustRootFromCertificates([ourCa]));
   */
  and(other: TrustRoot): TrustRoot {
    if (!(other instanceof TrustRoot)) {
      throw new TrustError(
        "TRUST_ARGUMENT_INVALID",
        `and() takes a TrustRoot, but got ${describeType(other)}. For certificates: trustRootFromCertificates([...]).`,
        { argument: "other", expected: "TrustRoot", actual: describeType(other) },
      );
    }
    return new TrustRoot({
      entries: [...this.#allEntries(), ...other.#allEntries()],
      source: combine(this.source, other.source),
      skipped: [...this.skipped, ...other.skipped],
    });
  }

  /**
   * The anchors for which `keep` answers true.
   *
   * @throws TrustError TRUST_ROOT_EMPTY if none is left and `allowEmpty` is not set
   * @example
   * const modern = trust.filter(({ certificate }) => certificate.publicKey.type !== "rsa");
   */
  filter(keep: (anchor: TrustAnchor) => boolean, options: AllowEmpty = {}): TrustRoot {
    const entries = this.#allEntries().filter(({ anchor }) => keep(anchor));
    if (entries.length === 0 && options.allowEmpty !== true) throw emptyRoot("filter()");
    return new TrustRoot({ entries, source: this.source, skipped: this.skipped });
  }

  /**
   * This set without one certificate. Only that very certificate is removed: another one with the same name and key, if
   * the set has one, stays and still vouches for the same certificates ({@link why} shows them).
   *
   * @throws TrustError TRUST_ROOT_EMPTY if none is left and `allowEmpty` is not set; TRUST_ARGUMENT_INVALID
   * @example
   * const trust = (await platformTrust()).without(compromisedRoot);
   */
  without(certificate: Certificate, options: AllowEmpty = {}): TrustRoot {
    assertCertificate(certificate, "without()");
    const entries = this.#allEntries().filter(({ anchor }) => anchor.certificate.id !== certificate.id);
    if (entries.length === 0 && options.allowEmpty !== true) throw emptyRoot("without()");
    return new TrustRoot({ entries, source: this.source, skipped: this.skipped });
  }

  /**
   * Whether a certificate is trusted, and where it was found; if it is not, what in the set resembles it.
   *
   * @example
   * console.log(trust.why(root).message);
   * // trusted: found in /etc/ssl/certs/ca-certificates.crt:1204
   */
  why(certificate: Certificate): TrustExplanation {
    assertCertificate(certificate, "why()");
    const entries = this.#entries.get(certificate.id) ?? [];
    return explainTrust(certificate, entries, () => this.bySubject(certificate.subject));
  }

  /**
   * All certificates as one PEM bundle. It holds certificates only: constraints have no form in PEM.
   *
   * @example
   * await writeFile("roots.pem", trust.toPem());
   */
  toPem(): string {
    return this.certificates.map((certificate) => certificate.toPem()).join("");
  }

  /** A summary: source, size and generation; no certificates. */
  toJSON(): { readonly source: TrustSource; readonly size: number; readonly generation: string } {
    return { source: this.source, size: this.size, generation: this.generation };
  }

  /** `<TrustRoot 144 anchors from /etc/ssl/certs/ca-certificates.crt>` */
  toString(): string {
    const from = this.source.locations.length === 0 ? this.source.description : this.source.locations.join(", ");
    return `<TrustRoot ${this.size} anchor${this.size === 1 ? "" : "s"} from ${from}>`;
  }

  /** @internal What `console.log` shows: the summary, not hundreds of certificates. */
  [inspectCustom](): string {
    return this.toString();
  }

  #allEntries(): readonly TrustEntry[] {
    return [...this.#entries.values()].flat();
  }
}

/** To remove nothing because a text was given in place of a certificate would leave a distrusted root trusted. */
function assertCertificate(value: unknown, operation: string): void {
  if (value instanceof Certificate) return;
  const actual = describeType(value);
  throw new TrustError("TRUST_ARGUMENT_INVALID", `${operation} takes a Certificate, but got ${actual}.`, {
    argument: "certificate",
    expected: "Certificate",
    actual,
  });
}

/** The error of everything that would give an empty set. */
export function emptyRoot(operation: string): TrustError<"TRUST_ROOT_EMPTY"> {
  const message = `${operation} leaves no certificate: such a set trusts nobody. If that is meant, say { allowEmpty: true } or TrustRoot.none().`;
  return new TrustError("TRUST_ROOT_EMPTY", message, { operation });
}

function combine(a: TrustSource, b: TrustSource): TrustSource {
  const kind: TrustSourceKind = a.kind === b.kind ? a.kind : "combined";
  return {
    kind,
    locations: [...new Set([...a.locations, ...b.locations])],
    description: a.description === b.description ? a.description : `${a.description}, and ${b.description}`,
  };
}
