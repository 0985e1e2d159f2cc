import type { Certificate } from "@tlskit/x509";
import type { TrustAnchors } from "../anchors/trust-anchors.ts";
import type { ReferenceIdentity } from "../identity/reference.ts";
import type { Purpose } from "../purpose.ts";
import type { RevocationInput } from "../revocation/revocation-input.ts";
import type { BudgetLimits } from "../search/budget.ts";
import type { LinkCache } from "../search/link-cache.ts";

/**
 * How formal the verifier is.
 * - `compatible`: every rule that decides security, no refusal for an issuer's formal slips. The default.
 * - `rfc5280`: the MUSTs that RFC 5280 puts on certificates as well.
 * - `webpki`: the CA/Browser Forum's rules for publicly trusted certificates too.
 */
export type VerificationProfile = "compatible" | "rfc5280" | "webpki";

/** What {@link verifyPath} decides about. */
export interface VerifyPathInput {
  /** The certificate to verify, or its DER: DER that does not parse is refused with the parse error as the reason. */
  readonly leaf: Certificate | Uint8Array;
  /** Other certificates that may help to build a path, in any order. Hostile input: nothing in it is trusted; DER that does not parse is reported and skipped. */
  readonly intermediates?: Iterable<Certificate | Uint8Array> | undefined;
  /**
   * Who is trusted: a `TrustRoot` of `@tlskit/trust`, or whatever implements {@link TrustAnchors}; or a certificate or
   * several, without limits. A CA vouches for what it has issued; any certificate vouches for itself only if it is
   * self-signed. Who wants to know a certificate by its key, whoever issued it, uses {@link verifyPinnedLeaf}.
   */
  readonly trust: TrustAnchors | Certificate | Iterable<Certificate>;
  /** The moment to judge validity by; default: now. */
  readonly at?: Date | undefined;
  /** What the leaf will be used for. */
  readonly purpose: Purpose;
  /**
   * The identity the leaf must have. A string is read as a host name or IP address (`parseHost`). Absent: no name is
   * checked; `undefined` is refused, because a variable that nobody has set must not verify without one.
   */
  readonly name?: string | ReferenceIdentity;
  /** Default: `"compatible"`. */
  readonly profile?: VerificationProfile | undefined;
  /** How much work is allowed; default: {@link DEFAULT_BUDGET}. Hitting a limit is the reason `BUDGET_EXCEEDED`. */
  readonly budget?: BudgetLimits | undefined;
  /**
   * How many intermediate certificates may stand between the leaf and the anchor; self-issued ones do not count (as for
   * pathLenConstraint). 0: the anchor itself must have issued the leaf. Default: no limit but `budget.pathLength`, which
   * is 20 certificates with leaf and anchor. Connections have their own default (`verifyDepth` of `@tlskit/options`: 9).
   */
  readonly maxDepth?: number | undefined;
  /** Which certificate policies are wanted; by default any, and none is required. */
  readonly policies?: PolicyInput | undefined;
  /** Weak cryptography that counts although it can be broken; default: none. What was admitted is listed in `weaknesses` of the path. */
  readonly insecurelyAdmit?: AdmittedWeakness | undefined;
  /** Signatures that were found right before, so that they need not be checked again; default: none. It changes no decision. */
  readonly links?: LinkCache | undefined;
  /** What is done about revoked certificates; default: nothing. */
  readonly revocation?: RevocationInput | undefined;
  /** For a public-suffix list: see `@tlskit/verify/public-suffix`. Only profile `webpki` asks it. */
  readonly publicSuffix?: PublicSuffixList | undefined;
}

/**
 * Weak cryptography to be admitted, each kind by name: for archives, test suites and devices that cannot be replaced.
 * Whoever can break it can forge every certificate under the CA concerned.
 */
export interface AdmittedWeakness {
  /** Signatures over these hashes count, although two documents with one hash can be made (RFC 6194). */
  readonly signatureHashes?: readonly "SHA-1"[] | undefined;
  /** Keys of these types count; DSA signatures can be checked on Node alone. */
  readonly keyTypes?: readonly "dsa"[] | undefined;
  /** The smallest RSA keys that count, in bits: 1024 up to the default of 2048. */
  readonly minimumRsaBits?: number | undefined;
}

/** The inputs about certificate policies (RFC 5280, section 6.1.1 (c, e, f, g)). */
export interface PolicyInput {
  /** The OIDs of the policies that are accepted; default: any. */
  readonly initial?: readonly string[] | undefined;
  /** Whether one of them must hold for the whole path; default: only if a certificate demands it. */
  readonly requireExplicit?: boolean | undefined;
  /** Whether mappings of policies are ignored. */
  readonly inhibitMapping?: boolean | undefined;
  /** Whether "any policy" in a certificate counts for nothing. */
  readonly inhibitAny?: boolean | undefined;
}

/** Answers whether a domain name is a public suffix ("com", "co.uk", "github.io"), under which nobody may hold a wildcard. */
export interface PublicSuffixList {
  /** @param domain lower-case A-labels without a trailing dot */
  isPublicSuffix(domain: string): boolean;
}
