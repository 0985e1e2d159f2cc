import type { Certificate, DistinguishedName } from "@tlskit/x509";
import type { Purpose } from "./purpose.ts";

/** What a certificate's nameConstraints extension decodes to. */
export type NameConstraintSet = NonNullable<Certificate["nameConstraints"]>;

/**
 * One certificate that is trusted, and the limits of that trust. All limits that are present are enforced.
 *
 * @see RFC 5280, section 6.1.1 (d); RFC 5914 for the constraints
 */
export interface TrustAnchor {
  /** The trusted certificate. Its own signature is not checked; its validity, CA bit and key are. */
  readonly certificate: Certificate;
  /** Where it came from, for people ("/etc/ssl/certs/ca-certificates.crt"). */
  readonly source?: string;
  /** The purposes it is trusted for; absent means all. */
  readonly purposes?: readonly Purpose[];
  /** Leaves whose `notBefore` is after this date are refused (root programmes' "distrust after"). */
  readonly distrustAfter?: Date;
  /** Name constraints imposed from outside, in addition to the certificate's own. */
  readonly nameConstraints?: NameConstraintSet;
}

/**
 * A set of trust anchors, as `verifyPath` looks things up in it. It is a snapshot: it must not change while a
 * verification uses it. `TrustRoot` of `@tlskit/trust` is the usual implementation.
 */
export interface TrustAnchors extends Iterable<TrustAnchor> {
  /** Differs whenever the contents differ; keys for caches, sessions and tickets carry it. */
  readonly generation: string;
  /** How many anchors there are. */
  readonly size: number;
  /** All anchors whose subject equals this name (RFC 5280, section 7.1). */
  bySubject(name: DistinguishedName): readonly TrustAnchor[];
  /** The anchor whose certificate is byte for byte this one. */
  find(certificate: Certificate): TrustAnchor | undefined;
}
