// What can be asked of a CRL that is to be issued.

import type { DistinguishedName } from "../distinguished-name/distinguished-name.ts";
import type { DistributionPointInput } from "../extensions/crl-distribution-points.ts";
import type { Extension } from "../extensions/extension.ts";
import type { IssuingDistributionPointInput } from "../extensions/issuing-distribution-point.ts";
import type { RevocationReason } from "../extensions/reason-code.ts";
import type { SignatureAlgorithmName } from "../signature/signature-algorithm.ts";

/** A certificate to list. */
export interface CrlEntryInput {
  /** That of the certificate. */
  readonly serialNumber: bigint;
  /** By default the `thisUpdate` of the list. */
  readonly revocationDate?: Date | undefined;
  /** `unspecified` is not written (RFC 5280 section 5.3.1); `removeFromCRL` belongs to delta CRLs only. */
  readonly reason?: RevocationReason | undefined;
  /** When the key was lost, or the certificate wrong, if that is known to be earlier. */
  readonly invalidityDate?: Date | undefined;
  /** The issuer of the certificate, if it is not the issuer of the list; for indirect CRLs only. */
  readonly certificateIssuer?: DistinguishedName | undefined;
  /** More extensions of the entry. */
  readonly extensions?: readonly Extension[] | undefined;
}

/** What `issueCrl` takes. */
export interface CrlOptions {
  /** The revoked certificates, in the order of the list; any number of them. */
  readonly entries?: Iterable<CrlEntryInput> | undefined;
  /** Higher than that of every list before (RFC 5280 section 5.2.3). */
  readonly crlNumber: bigint | number;
  /** By default now. */
  readonly thisUpdate?: Date | undefined;
  /** By default as `days` says. */
  readonly nextUpdate?: Date | undefined;
  /** How long after `thisUpdate` the next list is due; by default 7 days. */
  readonly days?: number | undefined;
  /** Makes a delta CRL: the number of the complete list that it builds upon. */
  readonly deltaOf?: bigint | number | undefined;
  /** Which certificates the list is about, if not all of the issuer. */
  readonly issuingDistributionPoint?: IssuingDistributionPointInput | undefined;
  /** Where delta CRLs are to be had; for complete CRLs only. */
  readonly freshestCrl?: readonly DistributionPointInput[] | undefined;
  /** More extensions of the list. */
  readonly extensions?: readonly Extension[] | undefined;
  /** In place of the default of the signing key. */
  readonly signatureAlgorithm?: SignatureAlgorithmName | undefined;
  /** Issue although the certificate may not sign CRLs. For tests and for private PKI that knows better. */
  readonly force?: boolean | undefined;
}
