import type { Distrust, KeyPin, TransparencyLog, TrustAnchor, TrustAnchors } from "@tlskit/verify";
import { type Certificate, DistinguishedName } from "@tlskit/x509";
import { badArgument } from "../input/bad-argument.ts";
import { inspectCustom } from "../inspect-symbol.ts";
import { toKeyPins } from "../key-pins.ts";
import { generationOf } from "../reloading/generation.ts";
import { collectEntries, type TrustEntry } from "../trust-entry.ts";
import { explainTrust, type TrustExplanation } from "../trust-explanation.ts";
import type { SkippedSource, TrustSource } from "../trust-source.ts";
import { type DistrustEntry, DistrustList } from "./distrust-entry.ts";
import { NameIndex } from "./name-index.ts";
import { readCertificate } from "./read-certificate.ts";
import type { TrustRootParts } from "./trust-root-parts.ts";

/** @internal The entries of a set, distrusted ones included: for those who make another set of them. */
export let entriesOf: (set: AnchorSet) => readonly TrustEntry[];

/** @internal Whether it is a set, and does not only look like one: a Proxy, or an object of its prototype. */
export let isAnchorSet: (value: unknown) => value is AnchorSet;

/**
 * What a {@link TrustRoot} is made of and can be asked: the anchors, their origins, the block list. How one set is made
 * of another is in `TrustRoot` itself.
 */
export abstract class AnchorSet implements TrustAnchors {
  static {
    entriesOf = (set) => set.#allEntries();
    isAnchorSet = (value): value is AnchorSet => typeof value === "object" && value !== null && #entries in value;
  }

  /** Where the set comes from. */
  readonly source: TrustSource;
  /** What was found in the sources and could not be used, with the reason. */
  readonly skipped: readonly SkippedSource[];
  /** The anchors, in the order in which they were found; none that is distrusted. */
  readonly anchors: readonly TrustAnchor[];
  /** What is on the block lists of this set. */
  readonly distrusted: readonly DistrustEntry[];
  /** Certificates that came with the source and may help to build a path: not trusted, and no part of `generation`. */
  readonly intermediates: readonly Certificate[];
  /** The pinned keys, as `sha256/…`; empty if none is. See {@link TrustRoot.pin}. */
  readonly pinned: readonly string[];
  /** The logs of Certificate Transparency whose timestamps `distrustAfter` believes. */
  readonly logs: readonly TransparencyLog[];
  /** For `verifyPath`: the pinned keys, fresh bytes each time; absent if none is. */
  declare readonly pins?: readonly KeyPin[];
  readonly #entries: ReadonlyMap<string, readonly TrustEntry[]>;
  readonly #blocked: DistrustList;
  #generation: string | undefined;
  #index: NameIndex | undefined;
  #certificates: readonly Certificate[] | undefined;

  constructor(parts: TrustRootParts) {
    this.#entries = collectEntries(parts.entries);
    this.#blocked = new DistrustList(parts.distrusted ?? []);
    const blocked = this.#blocked;
    const good = this.#allEntries().filter(({ anchor }) => blocked.find(anchor.certificate) === undefined);
    this.anchors = Object.freeze(good.map(({ anchor }) => anchor));
    this.distrusted = blocked.entries;
    this.source = Object.freeze({ ...parts.source, locations: Object.freeze([...parts.source.locations]) });
    this.skipped = Object.freeze([...(parts.skipped ?? [])]);
    this.intermediates = Object.freeze([
      ...new Map([...(parts.intermediates ?? [])].map((one) => [one.id, one])).values(),
    ]);
    this.pinned = Object.freeze([...(parts.pinned ?? [])]);
    this.logs = Object.freeze([...(parts.logs ?? [])]);
    const { pinned } = this;
    if (pinned.length > 0) Object.defineProperty(this, "pins", { enumerable: true, get: () => toKeyPins(pinned) });
    Object.freeze(this);
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
   * Differs whenever the anchors, their constraints, the block lists or the pins differ, and is the same for the same
   * contents in any order, in any process: 64 hexadecimal digits (SHA-256). Native contexts, sessions and tickets are
   * keyed by it.
   */
  get generation(): string {
    this.#generation ??= generationOf({
      anchors: this.#allEntries().map(({ anchor }) => anchor),
      distrusted: this.#blocked.keys,
      pins: this.pinned,
      logs: this.logs.map(({ key }) => key.spkiHash()),
    });
    return this.#generation;
  }

  /**
   * The anchors whose subject equals `name` (RFC 5280, section 7.1), distrusted ones included, so that a verification
   * that ends at one can say so: {@link TrustRoot.distrusts} decides.
   */
  bySubject(name: DistinguishedName): readonly TrustAnchor[] {
    if (!(name instanceof DistinguishedName)) throw badArgument("name", "a DistinguishedName", name);
    this.#index ??= new NameIndex(this.#allEntries().map(({ anchor }) => anchor));
    return this.#index.get(name);
  }

  /** The anchor whose certificate is byte for byte this one, distrusted or not; where there are several, the first. */
  find(certificate: Certificate): TrustAnchor | undefined {
    return this.#entries.get(readCertificate(certificate, "certificate").id)?.[0]?.anchor;
  }

  /** Why a certificate, any in a path, is on a block list of this set; undefined if it is on none. */
  distrusts(certificate: Certificate): Distrust | undefined {
    return this.#blocked.distrusts(certificate);
  }

  /** The anchors, in the order in which they were found. */
  [Symbol.iterator](): Iterator<TrustAnchor> {
    if (!isAnchorSet(this)) throw badArgument("this", "a TrustRoot", this);
    return this.anchors[Symbol.iterator]();
  }

  /**
   * Whether a certificate is trusted, and where it was found; if it is not, what in the set resembles it.
   *
   * @throws TrustError TRUST_ARGUMENT_INVALID
   * @example
   * console.log(trust.why(root).message);
   * // trusted: found in /etc/ssl/certs/ca-certificates.crt:1204
   */
  why(certificate: Certificate): TrustExplanation {
    const own = readCertificate(certificate, "certificate");
    return explainTrust(own, {
      entries: this.#entries.get(own.id) ?? [],
      distrust: this.distrusts(own),
      findSameSubject: () => this.bySubject(own.subject),
    });
  }

  /**
   * All trusted certificates as one PEM bundle. It holds certificates only: limits, block lists and pins have no form in
   * PEM, and whoever reads it trusts without them.
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
