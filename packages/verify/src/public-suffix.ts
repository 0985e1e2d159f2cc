/**
 * The Mozilla public-suffix list, as `verifyPath` asks it under profile `webpki`. Needs the optional peer dependency
 * `tldts`, which brings the list.
 */
import { getPublicSuffix } from "tldts";
import type { PublicSuffixList } from "./input/input.ts";

/**
 * The list as of the installed version of `tldts`, with its private section ("github.io").
 *
 * @example
 * await verifyPath({ ...input, profile: "webpki", publicSuffix: publicSuffixList });
 */
export const publicSuffixList: PublicSuffixList = {
  isPublicSuffix: (domain) => getPublicSuffix(domain, { allowPrivateDomains: true }) === domain,
};
