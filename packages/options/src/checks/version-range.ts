import { OptionsError } from "../error.ts";
import { DEFAULT_MINIMUM, NEWEST, type NegotiableTLSVersion, type TLSVersion } from "../tls-version.ts";
import { conflict } from "./conflict.ts";
import { compareTLSVersions } from "./tls-version-order.ts";

/** The three options that choose the versions; `undefined` is the same as absent. */
export interface VersionArguments {
  readonly raiseMinimumTo?: TLSVersion | undefined;
  readonly insecurelyLowerMinimumTo?: TLSVersion | undefined;
  readonly lowerMaximumSecurityTo?: TLSVersion | undefined;
}

/** The oldest and the newest version, both included. */
export interface VersionRange<V extends TLSVersion = NegotiableTLSVersion> {
  readonly min: V;
  readonly max: V;
}

/**
 * The versions to negotiate: what Twisted documents (not what it does: BUG-01 drops the maximum), less what is unsafe.
 * SSLv3 is refused, and an insecure version must be asked for by `insecurelyLowerMinimumTo` (OPT-16 to OPT-23).
 *
 * @throws OptionsError OPTION_CONFLICT, TLS_VERSION_RANGE_EMPTY, TLS_VERSION_REFUSED, TLS_VERSION_INSECURE
 */
export function versionRange(args: VersionArguments): VersionRange {
  const { min, max } = documentedRange(args);
  if (min === "SSLv3" || max === "SSLv3") {
    throw refused(args.insecurelyLowerMinimumTo === undefined ? MAXIMUM : "insecurelyLowerMinimumTo");
  }
  if (args.insecurelyLowerMinimumTo === undefined && isInsecure(min)) throw notExplicit(min);
  return { min, max };
}

/** Whether a version is older than the default minimum. */
export function isInsecure(version: TLSVersion): boolean {
  return compareTLSVersions(version, DEFAULT_MINIMUM) < 0;
}

/** The range as Twisted's documentation describes it, safe or not. */
export function documentedRange(args: VersionArguments): VersionRange<TLSVersion> {
  const { raiseMinimumTo: raised, insecurelyLowerMinimumTo: lowered } = args;
  if (raised !== undefined && lowered !== undefined) {
    const rule = "raiseMinimumTo and insecurelyLowerMinimumTo are mutually exclusive";
    throw conflict(["raiseMinimumTo", "insecurelyLowerMinimumTo"], rule, "give one minimum");
  }
  const max = args.lowerMaximumSecurityTo ?? NEWEST;
  if (lowered !== undefined) return nonEmpty(lowered, max, "insecurelyLowerMinimumTo");
  if (raised !== undefined) {
    nonEmpty(raised, max, "raiseMinimumTo");
    // "Never lowers": below the default, it is the default that counts (OPT-18).
    return isInsecure(raised) ? nonEmpty(DEFAULT_MINIMUM, max, "default") : { min: raised, max };
  }
  return { min: isInsecure(max) ? max : DEFAULT_MINIMUM, max };
}

function nonEmpty(
  min: TLSVersion,
  max: TLSVersion,
  minimumFrom: "raiseMinimumTo" | "insecurelyLowerMinimumTo" | "default",
): VersionRange<TLSVersion> {
  if (compareTLSVersions(min, max) <= 0) return { min, max };
  const source = minimumFrom === "default" ? "the default minimum, which raiseMinimumTo never lowers" : minimumFrom;
  throw new OptionsError(
    "TLS_VERSION_RANGE_EMPTY",
    `No version is left: the minimum ${min} (${source}) is above the maximum ${max} (lowerMaximumSecurityTo).`,
    { min, max, minimumFrom },
  );
}

function refused(path: string): OptionsError<"TLS_VERSION_REFUSED"> {
  const message = `${path}: SSLv3 is broken (POODLE, RFC 7568) and never used: name a version of TLS.`;
  return new OptionsError("TLS_VERSION_REFUSED", message, { path, version: "SSLv3" });
}

/** Twisted pulls the minimum down to such a maximum without a word. */
function notExplicit(version: TLSVersion): OptionsError<"TLS_VERSION_INSECURE"> {
  const alternative = `add insecurelyLowerMinimumTo: ${JSON.stringify(version)} if that is really meant`;
  const message = `${MAXIMUM}: ${version} is insecure and below the default minimum ${DEFAULT_MINIMUM}: ${alternative}.`;
  return new OptionsError("TLS_VERSION_INSECURE", message, { path: MAXIMUM, version, alternative });
}

const MAXIMUM = "lowerMaximumSecurityTo";
