import type { Certificate, CertificateRevocationList, OcspResponse } from "@tlskit/x509";

/** CRLs and OCSP responses, as objects or in DER. */
export interface RevocationSources {
  /** Complete, delta and indirect CRLs, in any order. */
  readonly crls?: Iterable<CertificateRevocationList | Uint8Array> | undefined;
  /** Stapled responses, or such as were asked for, in any order. */
  readonly ocspResponses?: Iterable<OcspResponse | Uint8Array> | undefined;
}

/**
 * What is done about revocation.
 * - `ignore`: nothing is looked at. The default.
 * - `prefer`: a certificate that is known to be revoked is refused; a status that is not known is reported in the path.
 * - `require`: a status that is not known refuses, too.
 */
export type RevocationMode = "ignore" | "prefer" | "require";

/** The input about revocation. Nothing is fetched unless `fetch` is given. */
export interface RevocationInput extends RevocationSources {
  /** What is done; see {@link RevocationMode}. */
  readonly mode: RevocationMode;
  /** `leaf`: the leaf alone; `path` (the default): every certificate but the anchor. */
  readonly scope?: "leaf" | "path" | undefined;
  /**
   * How old a CRL or response may be, in seconds since its thisUpdate. Default: as long as it says itself; a week where
   * it does not say.
   */
  readonly maxAge?: number | undefined;
  /**
   * Asked once, for the certificates of a path that is good in every other respect and whose status is not known.
   * For `verifyPath` only. `httpRevocationFetcher` makes one.
   */
  readonly fetch?: RevocationFetcher | undefined;
}

/** What a {@link RevocationFetcher} is asked for. */
export interface RevocationFetchRequest {
  /** The certificate whose status is not known. */
  readonly certificate: Certificate;
  /** Its issuer. */
  readonly issuer: Certificate;
}

/** Gets CRLs and OCSP responses about a certificate. What it throws is reported, and the status stays unknown. */
export type RevocationFetcher = (request: RevocationFetchRequest) => Promise<RevocationSources>;
