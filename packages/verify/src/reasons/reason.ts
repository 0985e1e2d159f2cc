import type { Certificate } from "@tlskit/x509";
import type { Distrust } from "../anchors/trust-anchors.ts";
import type { Purpose } from "../purpose.ts";
import type { RevocationDoubt } from "../revocation/doubt.ts";
import type { BudgetLimit } from "../search/budget.ts";

/** The details of each reason, by its code. */
export interface VerificationReasonDetails {
  /** `at` is after `notAfter`. */
  CERTIFICATE_EXPIRED: { readonly notAfter: Date; readonly at: Date };
  /** `at` is before `notBefore`. */
  CERTIFICATE_NOT_YET_VALID: { readonly notBefore: Date; readonly at: Date };
  /** No presented name matches the reference identity. */
  NAME_MISMATCH: { readonly expected: string; readonly presented: readonly string[] };
  /** The leaf presents no name of the kind that is needed; the common name never counts. */
  NAME_MISSING: { readonly expected: string; readonly hasSubjectAltName: boolean };
  /** The issuer of the last certificate of the chain is not at hand: an intermediate is missing, or the root is unknown. */
  UNKNOWN_ISSUER: {
    /** RFC 4514. */
    readonly missingIssuer: string;
    /** Where the certificate says its issuer's can be fetched (authorityInfoAccess, caIssuers). */
    readonly aia: readonly string[];
    /** Whether the leaf is among the trusted certificates, which does not count: it is not self-signed. */
    readonly leafIsTrusted: boolean;
  };
  /** The leaf is self-signed and not itself an anchor. */
  SELF_SIGNED: { readonly subject: string };
  /** The chain ends in a self-signed CA that is not trusted. */
  UNTRUSTED_ROOT: {
    /** RFC 4514. */
    readonly root: string;
    readonly sha256: string;
    /** As in `UNKNOWN_ISSUER`. */
    readonly leafIsTrusted: boolean;
  };
  /** The issuer's key did not make the certificate's signature. */
  SIGNATURE_INVALID: { readonly issuer: string; readonly algorithm: string };
  /** The algorithm outside the signed part differs from the one inside (RFC 5280, section 4.1.1.2). */
  SIGNATURE_ALGORITHM_MISMATCH: { readonly algorithm: string };
  /** The issuer may not issue: no CA bit. */
  ISSUER_NOT_CA: { readonly problem: "no-basic-constraints" | "ca-bit-not-set" | "version-1" };
  /** More CAs below than pathLenConstraint, or on the path than `maxDepth` allows; `maxDepth` is said once for a path. */
  PATH_LENGTH_EXCEEDED: {
    readonly limit: number;
    readonly actual: number;
    readonly source: "certificate" | "maxDepth";
  };
  /** keyUsage is present and lacks what is needed. */
  KEY_USAGE_MISSING: { readonly required: readonly string[]; readonly present: readonly string[] };
  /** extendedKeyUsage is present and does not allow the purpose. */
  EXTENDED_KEY_USAGE_MISMATCH: {
    readonly purpose: Purpose;
    readonly required: string;
    readonly present: readonly string[];
  };
  /** A critical extension that this verifier does not process. */
  CRITICAL_EXTENSION_UNKNOWN: { readonly oid: string; readonly name?: string };
  /** Signed with an algorithm that can be forged (SHA-1, MD5). */
  WEAK_SIGNATURE: { readonly algorithm: string };
  /** A key that can be broken (RSA below 2048 bits, small curves, DSA). */
  WEAK_KEY: { readonly type: string; readonly bits?: number; readonly curve?: string; readonly minimum: string };
  /** A name that an issuer above was not allowed to certify. */
  NAME_CONSTRAINT_VIOLATION: {
    readonly name: string;
    readonly nameType: string;
    readonly violation: "excluded" | "not-permitted" | "unsupported-type" | "unreadable-name";
    /** The constraint, where one decided. */
    readonly constraint?: string;
    /** RFC 4514 subject of the CA that is constrained. */
    readonly constrainedBy: string;
    /** Who set the constraint: the CA's own certificate, or the trust store (`nameConstraints` of its anchor). */
    readonly source: "certificate" | "trust-store";
  };
  /** A certificate policy is required and none holds, or a mapping is forbidden. */
  POLICY_VIOLATION: { readonly problem: "none-left" | "maps-any-policy"; readonly accepted: readonly string[] };
  /** Something in the certificate cannot be read; `problem` is the code of the parse error. */
  CERTIFICATE_MALFORMED: { readonly field: string; readonly problem: string; readonly offset?: number };
  /** Readable, but not as the profile demands. */
  CERTIFICATE_NOT_CONFORMING: { readonly requirement: string };
  /** No implementation here for a signature algorithm or key. */
  ALGORITHM_UNSUPPORTED: { readonly algorithm: string; readonly detail: string };
  /** The anchor is trusted, but not for this. */
  ANCHOR_RESTRICTED: { readonly restriction: "purpose"; readonly allowed: string };
  /** The anchor is trusted for older certificates only; `evidence` is what says when the leaf was issued. */
  ANCHOR_DISTRUSTED: { readonly distrustAfter: Date; readonly issuedAt: Date; readonly evidence: "notBefore" | "sct" };
  /** The trust store has it on a block list. */
  CERTIFICATE_DISTRUSTED: { readonly by: Distrust["by"]; readonly source?: string };
  /** No key of the path is pinned; all as `sha256/…`. */
  PIN_MISMATCH: { readonly pins: readonly string[]; readonly seen: readonly string[] };
  /** Its issuer has revoked it. */
  CERTIFICATE_REVOKED: {
    readonly revokedAt: Date;
    /** The CRLReason, if the issuer gives one ("keyCompromise"). */
    readonly reason?: string;
    readonly source: "crl" | "ocsp";
    /** The place of the source in `crls` or `ocspResponses`. */
    readonly index: number;
  };
  /** No valid CRL or OCSP response says whether it is revoked, and `revocation.mode` is `require`. */
  REVOCATION_STATUS_UNKNOWN: { readonly why: readonly RevocationDoubt[] };
  /** There is no anchor at all. */
  TRUST_EMPTY: Readonly<Record<never, never>>;
  /** A limit to the work was reached before a decision. */
  BUDGET_EXCEEDED: { readonly limit: BudgetLimit; readonly allowed: number };
}

/** The stable codes of reasons. */
export type VerificationReasonCode = keyof VerificationReasonDetails;

/** One reason for refusing, about one certificate. */
export interface VerificationReasonOf<C extends VerificationReasonCode> {
  /** What is wrong, for programs. */
  readonly code: C;
  /** A sentence for people: what is wrong. */
  readonly message: string;
  /** A sentence for people: what to do about it. */
  readonly remedy: string;
  /** Whom it is about; absent where no single certificate is to blame. */
  readonly certificate?: Certificate;
  /** Its place in the chain: 0 is the leaf. */
  readonly depth?: number;
  /** The rule that found it, as listed in the rule table. */
  readonly rule: string;
  /** What the rule stands on ("RFC 5280 4.2.1.9"). */
  readonly section: string;
  /** The facts, typed by the code. */
  readonly details: VerificationReasonDetails[C];
}

/** One reason for refusing; `code` narrows `details`. */
export type VerificationReason = { [C in VerificationReasonCode]: VerificationReasonOf<C> }[VerificationReasonCode];

/** One candidate path that was refused. */
export interface VerificationAttempt {
  /** Leaf first; ends where the path ended, with an anchor or without. */
  readonly chain: readonly Certificate[];
  /** Why this path is refused. */
  readonly reasons: readonly VerificationReason[];
}
