import type { Purpose, TransparencyLog, TrustAnchor } from "@tlskit/verify";
import type { Certificate } from "@tlskit/x509";
import { AnchorSet, entriesOf, isAnchorSet } from "./anchors/anchor-set.ts";
import type { DistrustEntry } from "./anchors/distrust-entry.ts";
import { readCertificate } from "./anchors/read-certificate.ts";
import {
  limitIssuance,
  limitNames,
  limitPurposes,
  type NameConstraintsInit,
  readIssuanceLimit,
  readNameConstraints,
  readPurposes,
} from "./anchors/restrict.ts";
import { readLogs } from "./anchors/transparency-logs.ts";
import { type AllowEmpty, allowsEmpty, emptyRoot, type TrustRootParts } from "./anchors/trust-root-parts.ts";
import { badArgument, notOneOf } from "./input/bad-argument.ts";
import { ownOptions } from "./input/own-options.ts";
import { type PinInput, readPins } from "./key-pins.ts";
import { diffTrust, type TrustDiff } from "./reloading/trust-diff.ts";
import type { TrustEntry } from "./trust-entry.ts";
import { combineSources } from "./trust-source.ts";

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
export class TrustRoot extends AnchorSet {
  /** For readers of further sources; programs use the functions that the class comment names. */
  constructor(parts: TrustRootParts) {
    const isMade = typeof parts === "object" && parts !== null && Symbol.iterator in Object(parts.entries);
    if (!isMade)
      throw badArgument("parts", "entries with their source", parts, "trustRootFromCertificates([...]) makes a set.");
    super(parts);
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
      entries: [...entriesOf(this), ...entriesOf(other)],
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
   * @throws TrustError TRUST_ROOT_EMPTY if none is left and `allowEmpty` is not set; TRUST_ARGUMENT_INVALID for an answer
   *   that is neither true nor false
   * @example
   * const modern = trust.filter(({ certificate }) => certificate.publicKey.type !== "rsa");
   */
  filter(keep: (anchor: TrustAnchor) => boolean, options: AllowEmpty = {}): TrustRoot {
    if (typeof keep !== "function") throw badArgument("keep", "a function that is given an anchor", keep);
    return this.#mapped("filter()", options, (anchor) => {
      const answer: unknown = keep(anchor);
      // A promise would keep them all.
      if (typeof answer !== "boolean") throw badArgument("keep()", "true or false", answer);
      return answer ? anchor : undefined;
    });
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
    options: AllowEmpty & { readonly by?: "certificate" | "key" | undefined } = {},
  ): TrustRoot {
    const { allowEmpty, by = "certificate" } = ownOptions(options, ["allowEmpty", "by"]);
    if (by !== "certificate" && by !== "key") throw notOneOf("by", ["certificate", "key"], by);
    if (typeof certificates !== "object" || certificates === null || !(Symbol.iterator in certificates)) {
      const hint = certificates === undefined ? undefined : "Put one into an array.";
      throw badArgument("certificates", "an iterable of certificates", certificates, hint);
    }
    const list: DistrustEntry[] = [...certificates].map((one: unknown, index) => {
      const certificate = readCertificate(one, `certificates[${index}]`);
      const origins = [{ kind: "certificates", location: `distrust(certificates[${index}])` }] as const;
      return { by, sha256: by === "key" ? certificate.publicKey.spkiHash() : certificate.id, origins };
    });
    const result = this.#with({ distrusted: [...this.distrusted, ...list] });
    if (result.size === 0 && this.size > 0 && allowEmpty !== true) throw emptyRoot("distrust()");
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

  /** The same set with some parts replaced. */
  #with(parts: Partial<TrustRootParts>): TrustRoot {
    const { source, skipped, distrusted, intermediates, pinned, logs } = this;
    const entries = entriesOf(this);
    return new TrustRoot({ entries, source, skipped, distrusted, intermediates, pinned, logs, ...parts });
  }

  #mapped(operation: string, options: AllowEmpty, change: (anchor: TrustAnchor) => TrustAnchor | undefined): TrustRoot {
    const empty = allowsEmpty(options);
    const entries = entriesOf(this).flatMap((entry): readonly TrustEntry[] => {
      const anchor = change(entry.anchor);
      return anchor === undefined ? [] : [{ ...entry, anchor }];
    });
    const result = this.#with({ entries });
    if (result.size === 0 && !empty) throw emptyRoot(operation);
    return result;
  }
}

function assertTrustRoot(value: unknown, argument: string): void {
  if (value instanceof TrustRoot && isAnchorSet(value)) return;
  throw badArgument(argument, "a TrustRoot", value, "For certificates: trustRootFromCertificates([...]).");
}
