/** Which version is older. */

import { wrongType } from "../input/wrong-value.ts";
import { TLS_VERSIONS, type TLSVersion } from "../tls-version.ts";

/**
 * Negative if `a` is older than `b`, zero if they are the same, positive if it is newer: a comparator for `sort`.
 *
 * @throws OptionsError OPTION_TYPE_INVALID for what is no version (OPT-17)
 * @example
 * ["TLSv1.3", "TLSv1.0"].sort(compareTLSVersions); // ["TLSv1.0", "TLSv1.3"]
 */
export function compareTLSVersions(a: TLSVersion, b: TLSVersion): number {
  return rankOf(a) - rankOf(b);
}

/** All versions from `min` to `max`, both included. */
export function versionsBetween(min: TLSVersion, max: TLSVersion): readonly TLSVersion[] {
  return TLS_VERSIONS.slice(TLS_VERSIONS.indexOf(min), TLS_VERSIONS.indexOf(max) + 1);
}

function rankOf(version: TLSVersion): number {
  const rank = TLS_VERSIONS.indexOf(version);
  if (rank < 0) throw wrongType("version", `one of ${TLS_VERSIONS.join(", ")}`, version);
  return rank;
}
