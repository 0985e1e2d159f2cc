/** A leaf by itself, for those who know its key already: trust on first use. */
import type { Certificate } from "@tlskit/x509";
import type { KeyPin } from "./anchors/trust-anchors.ts";
import { NO_LIMITS, readPins } from "./anchors/trust-limits.ts";
import { VerificationError } from "./error.ts";
import type { VerifyPathInput } from "./input/input.ts";
import { readLeaf } from "./input/read-certificates.ts";
import { readOwn, readSettings } from "./input/settings.ts";
import { Judge, toReason } from "./judge.ts";
import { matchedName } from "./reasons/matched-name.ts";
import { rankReasons } from "./reasons/rank.ts";
import { RULES } from "./rules/table.ts";
import { Budget } from "./search/budget.ts";
import type { MatchedName } from "./verified-path.ts";

/** What {@link verifyPinnedLeaf} decides about; the properties are those of `VerifyPathInput`. */
export interface PinnedLeafInput
  extends Pick<
    VerifyPathInput,
    "leaf" | "at" | "purpose" | "name" | "profile" | "insecurelyAdmit" | "publicSuffix" | "budget"
  > {
  /** The keys of which the leaf must have one. */
  readonly pins: readonly KeyPin[];
}

/** A leaf that has a known key, and nothing wrong with itself. No path was verified: nobody but the caller vouches for it. */
export interface PinnedLeaf {
  /** The leaf. */
  readonly certificate: Certificate;
  /** The moment that validity was judged by. */
  readonly at: Date;
  /** The name that matched, if one was asked for. */
  readonly name?: MatchedName;
}

/**
 * Judges a leaf by everything that can be seen in itself: its key is one of `pins`, and validity, name, purpose, strength
 * of the key, critical extensions and the form that the profile demands are right. Its issuer and its signature count for
 * nothing: who has proved to hold the pinned key in the handshake is who was met before.
 *
 * It is no substitute for `verifyPath` where the key is not known.
 *
 * @throws {VerificationError} refused; `PIN_MISMATCH` is that the key is another one
 * @throws {VerifyArgumentError} `VERIFY_ARGUMENT_INVALID`: an argument is unusable
 * @throws {InvalidHostnameError} `HOSTNAME_INVALID`: `name` is a string that is no host name or address
 * @example
 * const sha256 = known.publicKey.spkiHash("sha-256", { format: "bytes" });
 * verifyPinnedLeaf({ leaf, pins: [{ sha256 }], purpose: "server", name: "nas.local" });
 */
export function verifyPinnedLeaf(input: PinnedLeafInput): PinnedLeaf {
  const own = readOwn(input, INPUT_NAMES);
  const settings = readSettings(own, { ...NO_LIMITS, pins: readPins(own.pins, "pins") });
  const budget = new Budget(settings.budget);
  const { at } = settings;
  const leaf = readLeaf(own.leaf, at, budget);
  // As an anchor, it is trusted for itself and not for its signature; the rule on pins sees a path of this one.
  const candidate = { certificate: leaf, anchor: { certificate: leaf } };
  const found = new Judge(settings, RULES).findings(candidate, [], budget);
  const [first, ...others] = rankReasons(found.map((one) => toReason(one, leaf, 0)));
  if (first !== undefined) {
    const reasons = [first, ...others] as const;
    throw new VerificationError({ reasons, chain: [leaf], attempts: [], skipped: [], work: budget.work(), at });
  }
  const name = matchedName(leaf, settings.name);
  return Object.freeze({ certificate: leaf, at: new Date(at), ...(name === undefined ? {} : { name }) });
}

const INPUT_NAMES: Readonly<Record<keyof PinnedLeafInput, true>> = {
  leaf: true,
  at: true,
  purpose: true,
  name: true,
  profile: true,
  insecurelyAdmit: true,
  publicSuffix: true,
  budget: true,
  pins: true,
};
