import type { Certificate, DistinguishedName, PublicKey } from "@tlskit/x509";
import type { Purpose } from "../purpose.ts";

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
  readonly source?: string | undefined;
  /** The purposes it is trusted for; absent means all. */
  readonly purposes?: readonly Purpose[] | undefined;
  /**
   * Leaves that were issued after this moment are refused (root programmes' "distrust after"): for every purpose, or for
   * each purpose its own. Issued is when `notBefore` says, or later if timestamps by `logs` of the trust store say so.
   */
  readonly distrustAfter?: Date | DistrustAfter | undefined;
  /** Name constraints imposed from outside, in addition to the certificate's own. */
  readonly nameConstraints?: NameConstraintSet | undefined;
}

/** For each purpose that is limited, the moment after which leaves must not have been issued. */
export type DistrustAfter = { readonly [P in Purpose]?: Date | undefined };

/** A key by the SHA-256 of its SubjectPublicKeyInfo (RFC 7469, section 2.4). */
export interface KeyPin {
  /** 32 bytes: `publicKey.spkiHash("sha-256", { format: "bytes" })`. */
  readonly sha256: Uint8Array;
}

/** Why a certificate is on a block list. */
export interface Distrust {
  /** What of it is listed: the certificate itself, its key, or its serial number under its issuer's name. */
  readonly by: "certificate" | "key" | "serial-number";
  /** Where the list was found, for people ("the Disallowed store"). */
  readonly source?: string | undefined;
}

/** A log of Certificate Transparency whose timestamps are believed. */
export interface TransparencyLog {
  /** The key that it signs with. Its id is the SHA-256 of the SubjectPublicKeyInfo. */
  readonly key: PublicKey;
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
  /**
   * If given, each path must hold at least one of these keys, in whatever certificate (RFC 7469, section 2.6). An empty
   * list is an error: it would refuse everybody.
   */
  readonly pins?: readonly KeyPin[] | undefined;
  /** Whether a certificate is on a block list. It is asked about every certificate, wherever in a path; anchors, too. */
  readonly distrusts?: ((certificate: Certificate) => Distrust | undefined) | undefined;
  /** The logs that `distrustAfter` believes; without them, `notBefore` alone counts. */
  readonly logs?: readonly TransparencyLog[] | undefined;
}
