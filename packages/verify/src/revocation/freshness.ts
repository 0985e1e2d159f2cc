/**
 * Whether a CRL or an OCSP response speaks about the moment of the decision.
 *
 * @see RFC 5280, section 6.3.3 (a); RFC 6960, section 4.2.2.1
 */
import { showTime } from "../reasons/show.ts";
import type { RevocationDoubtCode } from "./doubt.ts";

/** The two times that a statement about revocation has. */
export interface Updates {
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date | undefined;
}

/**
 * How old a statement may be that does not say when the next one comes, in seconds: a week. Without a limit, an old one
 * could be shown for ever. CA/B Forum Baseline Requirements, 4.9.7: CRLs of subscribers appear at least weekly.
 */
const DEFAULT_MAX_AGE: number = 7 * 24 * 60 * 60;

/** Undefined if it is current at `at`. @param maxAge seconds since thisUpdate */
export function staleness(
  { thisUpdate, nextUpdate }: Updates,
  at: Date,
  maxAge: number | undefined,
): { readonly code: RevocationDoubtCode; readonly message: string } | undefined {
  const second = Math.floor(at.getTime() / 1000) * 1000;
  if (second < thisUpdate.getTime()) {
    return { code: "NOT_YET_VALID", message: `It is about a time from ${showTime(thisUpdate)} on.` };
  }
  if (nextUpdate !== undefined && second > nextUpdate.getTime()) {
    return { code: "STALE", message: `It was to be replaced by ${showTime(nextUpdate)}.` };
  }
  const limit = maxAge ?? (nextUpdate === undefined ? DEFAULT_MAX_AGE : undefined);
  if (limit !== undefined && second - thisUpdate.getTime() > limit * 1000) {
    return { code: "STALE", message: `It is of ${showTime(thisUpdate)}, which is more than ${limit} seconds ago.` };
  }
  return undefined;
}
