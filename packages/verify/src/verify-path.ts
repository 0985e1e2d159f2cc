import { decide } from "./decide.ts";
import { VerifyArgumentError } from "./error.ts";
import type { VerifyPathInput } from "./input/input.ts";
import { readInput } from "./input/settings.ts";
import { decideWithFetching } from "./revocation/fetching.ts";
import { RULES } from "./rules/table.ts";
import { runAsync, runSync } from "./search/signature-check.ts";
import type { VerifiedPath } from "./verified-path.ts";

/**
 * Finds a path from a certificate to a trust anchor and validates it: signatures, time, names, what CAs may do
 * (RFC 5280, section 6), the wanted identity (RFC 9525), strength, and revocation if asked for.
 *
 * @throws {VerificationError} refused; with every reason found for the best candidate path
 * @throws {VerifyArgumentError} `VERIFY_ARGUMENT_INVALID`: an argument is unusable
 * @throws {InvalidHostnameError} `HOSTNAME_INVALID`: `name` is a string that is no host name or address
 * @example
 * const path = await verifyPath({ leaf, intermediates, trust: [root], purpose: "server", name: "example.com" });
 * console.log(path.chain.map(String), path.anchor.source);
 */
export async function verifyPath(input: VerifyPathInput): Promise<VerifiedPath> {
  const own = readInput(input);
  const { revocation } = own;
  const fetch = revocation?.mode === "ignore" ? undefined : revocation?.fetch;
  if (revocation === undefined || typeof fetch !== "function") return runAsync(decide(own, RULES));
  return decideWithFetching(own, revocation, fetch, (one, doubts) => runAsync(decide(readInput(one), RULES, doubts)));
}

/**
 * As {@link verifyPath}, at once, where the runtime's cryptography is synchronous (Node, Bun, Deno).
 *
 * @throws {X509Error} `CRYPTO_NOT_SYNCHRONOUS` elsewhere
 */
export function verifyPathSync(input: VerifyPathInput): VerifiedPath {
  const own = readInput(input);
  if (own.revocation?.fetch !== undefined) {
    throw new VerifyArgumentError("revocation.fetch", "left out of verifyPathSync, which cannot wait", "given");
  }
  return runSync(decide(own, RULES));
}
