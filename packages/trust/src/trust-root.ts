import type { Distrust, KeyPin, Purpose, TransparencyLog, TrustAnchor, TrustAnchors } from "@tlskit/verify";
import type { Certificate, DistinguishedName } from "@tlskit/x509";
import { badArgument } from "./bad-argument.ts";
import { type DistrustEntry, DistrustList } from "./distrust-entry.ts";
import { generationOf } from "./generation.ts";
import { inspectCustom } from "./inspect-symbol.ts";
import { type PinInput, readPins, toKeyPins } from "./key-pins.ts";
import { NameIndex } from "./name-index.ts";
import { readCertificate } from "./read-certificate.ts";
import {
  limitIssuance,
  limitNames,
  limitPurposes,
  type NameConstraintsInit,
  readIssuanceLimit,
  readNameConstraints,
  readPurposes,
} from "./restrict.ts";
import { readLogs } from "./transparency-logs.ts";
import { diffTrust, type TrustDiff } from "./trust-diff.ts";
import { collectEntries, type TrustEntry } from "./trust-entry.ts";
import { explainTrust, type TrustExplanation } from "./trust-explanation.ts";
import { type AllowEmpty, allowsEmpty, emptyRoot, type TrustRootParts } from "./trust-root-parts.ts";
import { combineSources, type SkippedSource, type TrustSource } from "./trust-source.ts";

/**
 * An immutable set of trust anchors: a snapshot that `verifyPath` and the runtime's verifier both use for one decision.
 * It enumerates its certificates, says where each was found, and has a generation that differs whenever its contents do.
 *
 * Made by {@link platformTrust}, {@link trustRootFromCertificates}, {@link trustRootFromFile},
 * {@link trustRootFromDirectory} and {@link OpenSSLDefaultPaths}. A certificate that is found twice is in it once (TRU-12).
 *
 * @example
 * const trust = (await platformTrust()).and(trustRootFromCertificates([ourCa])).without(retired);
 */
export class TrustRoot implements TrustAnchors {
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

  /** For readers of further sources; programs use the functions that the class comment names. */
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

  /**
   * What differs between two sets: certificates, limits, block lists and pins.
   *
   * @example
   * for (const { subject } of TrustRoot.diff(yesterday, today).removed) console.log(`no longer trusted: ${subject}`);
   */
  static diff(before: TrustRoot, after: TrustRoot): TrustDiff {
    assertTrustRoot(before, "before");
    assertTrustRoot(after, "after");
    return diffTrust(before, after);
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
    this.#index ??= new NameIndex(this.#allEntries().map(({ anchor }) => anchor));
    return this.#index.get(name);
  }

  /** The anchor whose certificate is byte for byte this one, distrusted or not; where there are several, the first. */
  find(certificate: Certificate): TrustAnchor | undefined {
    return this.#entries.get(certificate.id)?.[0]?.anchor;
  }

  /** Why a certificate, any in a path, is on a block list of this set; undefined if it is on none. */
  distrusts(certificate: Certificate): Distrust | undefined {
    return this.#blocked.distrusts(certificate);
  }

  /** The anchors, in the order in which they were found. */
  [Symbol.iterator](): Iterator<TrustAnchor> {
    return this.anchors[Symbol.iterator]();
  }

  /**
   * This set and another one: what either trusts. An anchor that one of them limits and the other does not is not
   * limited. What either distrusts is distrusted, and pins of either hold for all of it: pin last.
   *
   * @throws TrustError TRUST_ARGUMENT_INVALID
   * @example
   * const trust = (await platformTrust()).and(trustRootFromCertificates([ourCa]));
   */
  and(other: TrustRoot): TrustRoot {
    assertTrustRoot(other, "other");
    return new TrustRoot({
      entries: [...this.#allEntries(), ...other.#allEntries()],
      source: combineSources(this.source, other.source),
      skipped: [...this.skipped, ...other.skipped],
      distrusted: [...this.distrusted, ...other.distrusted],
      intermediates: [...this.intermediates, ...other.intermediates],
      pinned: [...new Set([...this.pinned, ...other.pinned])].sort(),
      logs: [...new Map([...this.logs, ...other.logs].map((log) => [log.key.spkiHash(), log])).values()],
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
    if (typeof keep !== "function") throw badArgument("keep", "a function that is given an anchor", keep);
    return this.#mapped("filter()", options, (anchor) => (keep(anchor) ? anchor : undefined));
  }

  /**
   * This set without one certificate. Only that very certificate is removed: another one with the same name and key, if
   * the set has one, stays and still vouches for the same certificates ({@link why} shows them). To refuse it wherever it
   * appears, {@link distrust} it.
   *
   * @throws TrustError TRUST_ROOT_EMPTY if none is left and `allowEmpty` is not set; TRUST_ARGUMENT_INVALID
   * @example
   * const trust = (await platformTrust()).without(compromisedRoot);
   */
  without(certificate: Certificate, options: AllowEmpty = {}): TrustRoot {
    const { id } = readCertificate(certificate, "certificate");
    return this.#mapped("without()", options, (anchor) => (anchor.certificate.id === id ? undefined : anchor));
  }

  /**
   * This set with certificates on its block list: whatever vouches for one of them, and wherever in a path it stands, the
   * path is refused, with the reason CERTIFICATE_DISTRUSTED.
   *
   * @param options `by: "key"` lists their keys, so that certificates that are issued anew for them are refused as well
   * @throws TrustError TRUST_ARGUMENT_INVALID; TRUST_ROOT_EMPTY if no anchor is left and `allowEmpty` is not set
   * @example
   * const trust = (await platformTrust()).distrust([stolenIntermediate], { by: "key" });
   */
  distrust(
    certificates: Iterable<Certificate>,
    options: AllowEmpty & { readonly by?: "certificate" | "key" } = {},
  ): TrustRoot {
    const empty = allowsEmpty(options);
    const by = Object.hasOwn(options, "by") ? (options.by ?? "certificate") : "certificate";
    if (by !== "certificate" && by !== "key") throw badArgument("by", '"certificate" or "key"', by);
    if (typeof certificates !== "object" || certificates === null || !(Symbol.iterator in certificates)) {
      throw badArgument("certificates", "an iterable of certificates", certificates);
    }
    const list: DistrustEntry[] = [...certificates].map((one: unknown, index) => {
      const certificate = readCertificate(one, `certificates[${index}]`);
      const origins = [{ kind: "certificates", location: `distrust(certificates[${index}])` }] as const;
      return { by, sha256: by === "key" ? certificate.publicKey.spkiHash() : certificate.id, origins };
    });
    const result = this.#with({ distrusted: [...this.distrusted, ...list] });
    if (result.size === 0 && this.size > 0 && !empty) throw emptyRoot("distrust()");
    return result;
  }

  /**
   * This set for these purposes only; anchors that are trusted for none of them are left out.
   *
   * @throws TrustError TRUST_ROOT_EMPTY if none is left; TRUST_ARGUMENT_INVALID
   * @example
   * const forMail = trust.forPurposes("email");
   */
  forPurposes(...purposes: readonly Purpose[]): TrustRoot {
    const wanted = readPurposes(purposes);
    return this.#mapped("forPurposes()", {}, (anchor) => limitPurposes(anchor, wanted));
  }

  /**
   * This set, no longer trusted for leaves that were issued after `date` (a root programme's "distrust after"): those
   * whose `notBefore` is later, or whose timestamps are, if {@link withLogs} gave logs to believe. Older ones stay good.
   * An earlier date that an anchor has already stays.
   *
   * @param purpose the purpose it holds for; default: all
   * @throws TrustError TRUST_ARGUMENT_INVALID
   * @example
   * const old = trust.filter(({ certificate }) => certificate.equals(failedCa)).distrustAfter(new Date("2026-11-01"));
   */
  distrustAfter(date: Date, purpose?: Purpose): TrustRoot {
    const limit = readIssuanceLimit(date, purpose);
    return this.#mapped("distrustAfter()", { allowEmpty: true }, (anchor) => limitIssuance(anchor, limit, purpose));
  }

  /**
   * This set, trusted for fewer names: in addition to what its certificates say themselves.
   *
   * @throws TrustError TRUST_ARGUMENT_INVALID; NAME_CONSTRAINTS_CONFLICT if permitted names of one kind are given twice
   * @throws X509Error ARGUMENT_INVALID for a text that is no name
   * @example
   * const ours = trustRootFromCertificates([ourCa]).withNameConstraints({ permitted: ["example.org", "10.0.0.0/8"] });
   */
  withNameConstraints(constraints: NameConstraintsInit): TrustRoot {
    const limit = readNameConstraints(constraints);
    return this.#mapped("withNameConstraints()", { allowEmpty: true }, (anchor) => limitNames(anchor, limit));
  }

  /**
   * This set, and of the paths to it only those that hold one of these keys, in whatever certificate (RFC 7469, section
   * 2.6); else the reason is PIN_MISMATCH. Two keys at least, so that losing one does not lock everybody out. Pins
   * that the set has already are replaced.
   *
   * @throws TrustError TRUST_PINS_TOO_FEW, TRUST_ARGUMENT_INVALID
   * @example
   * const trust = (await platformTrust()).pin(keyInUse, "sha256/4vOGXy1jRLUU0…=");
   */
  pin(...pins: readonly PinInput[]): TrustRoot {
    return this.#with({ pinned: readPins(pins) });
  }

  /**
   * This set, with logs of Certificate Transparency whose timestamps count for {@link distrustAfter}: a leaf that was
   * dated back is as new as its timestamps say.
   *
   * @throws TrustError TRUST_ARGUMENT_INVALID
   */
  withLogs(logs: Iterable<TransparencyLog>): TrustRoot {
    return this.#with({ logs: readLogs(logs) });
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

  /** The same set with some parts replaced. */
  #with(parts: Partial<TrustRootParts>): TrustRoot {
    const { source, skipped, distrusted, intermediates, pinned, logs } = this;
    const entries = this.#allEntries();
    return new TrustRoot({ entries, source, skipped, distrusted, intermediates, pinned, logs, ...parts });
  }

  #mapped(operation: string, options: AllowEmpty, change: (anchor: TrustAnchor) => TrustAnchor | undefined): TrustRoot {
    const empty = allowsEmpty(options);
    const entries = this.#allEntries().flatMap((entry): readonly TrustEntry[] => {
      const anchor = change(entry.anchor);
      return anchor === undefined ? [] : [{ ...entry, anchor }];
    });
    const result = this.#with({ entries });
    if (result.size === 0 && !empty) throw emptyRoot(operation);
    return result;
  }
}

function assertTrustRoot(value: unknown, argument: string): void {
  if (value instanceof TrustRoot) return;
  throw badArgument(argument, "a TrustRoot", value, "For certificates: trustRootFromCertificates([...]).");
}
