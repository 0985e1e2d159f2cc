/**
 * The versions of TLS, in order.
 *
 * @see RFC 8996 (TLS 1.0 and 1.1 deprecated), RFC 7568 (SSLv3 prohibited)
 */

const VERSIONS = {
  /** Known only so that it can be refused: no runtime speaks it. */
  SSLv3: "SSLv3",
  /** Insecure. */
  TLSv1_0: "TLSv1.0",
  /** Insecure. */
  TLSv1_1: "TLSv1.1",
  TLSv1_2: "TLSv1.2",
  TLSv1_3: "TLSv1.3",
} as const;

/** The names of the versions, as Twisted spells them, and their values, which are the type {@link TLSVersion} (OPT-17). */
export const TLSVersion: typeof VERSIONS = /* @__PURE__ */ Object.freeze(VERSIONS);

/** A version of TLS. The strings sort in the order of the versions. */
export type TLSVersion = (typeof TLSVersion)[keyof typeof TLSVersion];

/** A version that may be negotiated: all but SSLv3. */
export type NegotiableTLSVersion = Exclude<TLSVersion, "SSLv3">;

/** All versions, oldest first. */
export const TLS_VERSIONS: readonly TLSVersion[] = Object.freeze(Object.values(TLSVersion));

/** The oldest version that is used unless something older is asked for in so many words (OPT-16). */
export const DEFAULT_MINIMUM: "TLSv1.2" = "TLSv1.2";

/** The newest version there is. */
export const NEWEST: "TLSv1.3" = "TLSv1.3";

/** Whether `value` is one of the five names. */
export function isTLSVersion(value: unknown): value is TLSVersion {
  return TLS_VERSIONS.includes(value as TLSVersion);
}
