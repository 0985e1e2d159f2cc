import type { Certificate } from "@tlskit/x509";
import type { TrustAnchor } from "./anchors/trust-anchors.ts";
import type { SkippedCertificate } from "./error.ts";
import { VerifyArgumentError } from "./error.ts";
import type { ReferenceIdentity } from "./identity/reference.ts";
import type { VerificationProfile } from "./input/input.ts";
import type { Purpose } from "./purpose.ts";
import type { VerificationReason } from "./reasons/reason.ts";
import type { CertificateRevocationStatus } from "./revocation/status.ts";
import type { Work } from "./search/budget.ts";

/** One check that was made and passed. */
export interface VerificationCheck {
  readonly rule: string;
  readonly section: string;
  /** The place in the chain of the certificate it is about. */
  readonly depth: number;
}

/** The name that matched. */
export interface MatchedName {
  /** What was asked for. */
  readonly reference: ReferenceIdentity;
  /** The presented name, as text, that matched it. */
  readonly presented: string;
}

/** What a {@link VerifiedPath} holds. */
export interface VerifiedPathFields {
  /** Kept, not copied. */
  readonly chain: readonly [Certificate, ...Certificate[]];
  readonly anchor: TrustAnchor;
  readonly purpose: Purpose;
  readonly profile: VerificationProfile;
  readonly at: Date;
  // What is made only when somebody asks.
  readonly name: () => MatchedName | undefined;
  readonly checks: () => readonly VerificationCheck[];
  readonly policies: () => readonly string[];
  readonly weaknesses: () => readonly VerificationReason[];
  readonly skipped: readonly SkippedCertificate[];
  readonly revocation: readonly CertificateRevocationStatus[];
  readonly work: Work;
}

let construct: (fields: VerifiedPathFields) => VerifiedPath;

/**
 * The proof that a certificate was verified: only `verifyPath` and `verifyPathSync` make one. It says what was
 * decided, for whom, when, and under which trust.
 */
export class VerifiedPath {
  static {
    construct = (fields) => new VerifiedPath(fields, SECRET);
  }

  /** Leaf first, anchor last; a leaf that is itself the anchor stands alone. */
  readonly chain: readonly [Certificate, ...Certificate[]];
  /** The anchor that the path ends in, and where it came from. */
  readonly anchor: TrustAnchor;
  readonly purpose: Purpose;
  readonly profile: VerificationProfile;
  /** The moment that validity was judged by. */
  readonly at: Date;
  /** Certificates of the pool that did not parse. */
  readonly skipped: readonly SkippedCertificate[];
  /**
   * The revocation status of each certificate that was asked about, leaf first: `good`, or `unknown` with every why
   * (under `prefer` only). Empty under `ignore`, and for a leaf that is itself the anchor.
   */
  readonly revocation: readonly CertificateRevocationStatus[];
  /** What the decision cost. */
  readonly work: Work;
  readonly #name: () => MatchedName | undefined;
  readonly #checks: () => readonly VerificationCheck[];
  readonly #policies: () => readonly string[];
  readonly #weaknesses: () => readonly VerificationReason[];

  private constructor(fields: VerifiedPathFields, secret: symbol) {
    if (secret !== SECRET) throw new VerifyArgumentError("VerifiedPath", "made by verifyPath", "constructed directly");
    this.chain = Object.freeze(fields.chain);
    this.anchor = fields.anchor;
    this.purpose = fields.purpose;
    this.profile = fields.profile;
    this.at = new Date(fields.at);
    this.#name = fields.name;
    this.#checks = fields.checks;
    this.#policies = fields.policies;
    this.#weaknesses = fields.weaknesses;
    this.skipped = fields.skipped;
    this.revocation = fields.revocation;
    this.work = fields.work;
    Object.freeze(this);
  }

  /** The verified certificate. */
  get leaf(): Certificate {
    return this.chain[0];
  }

  /** The name that matched, if one was asked for. */
  get name(): MatchedName | undefined {
    return this.#name();
  }

  /** Every rule that the path was checked by, certificate by certificate. */
  get checks(): readonly VerificationCheck[] {
    return this.#checks();
  }

  /**
   * The certificate policies that hold for the whole path, of those that were accepted: the user-constrained-policy-set
   * of RFC 5280, section 6.1.6. `2.5.29.32.0` stands for any.
   */
  get policies(): readonly string[] {
    return this.#policies();
  }

  /** The weak signatures and keys on the path, which `insecurelyAdmit` let pass: each as the reason that it would have been. */
  get weaknesses(): readonly VerificationReason[] {
    return this.#weaknesses();
  }

  /** Whether `value` was made by this package's verifier; a look-alike object was not. */
  static is(value: unknown): value is VerifiedPath {
    return typeof value === "object" && value !== null && #checks in value;
  }
}

/** Makes the proof. Not exported from the package. */
export function verifiedPath(fields: VerifiedPathFields): VerifiedPath {
  return construct(fields);
}

const SECRET: unique symbol = Symbol("VerifiedPath");
