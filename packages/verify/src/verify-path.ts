import { decide } from "./decide.ts";
import type { VerifyPathInput } from "./input.ts";
import { RULES } from "./rules/table.ts";
import { runAsync, runSync } from "./signature-check.ts";
import type { VerifiedPath } from "./verified-path.ts";

/**
 * Finds a path from a certificate to a trust anchor and validates it: signatures, time, names, what CAs may do
 * (RFC 5280, section 6), the wanted identity (RFC 9525), strength. Revocation is not checked.
 *
 * @throws {VerificationError} refused; with every reason found for the best candidate path
 * @throws {VerifyArgumentError} `VERIFY_ARGUMENT_INVALID`: an argument is unusable
 * @throws {InvalidHostnameError} `HOSTNAME_INVALID`: `name` is a string that is no host name or address
 * @example
 * const path = await verifyPath({ leaf, intermediates, trust: [root], purpose: "server", name: "example.com" });
 * console.log(path.chain.map(String), path.anchor.source);
 */
export async function verifyPath(input: VerifyPathInput): Promise<VerifiedPath> {
  return runAsync(decide(input, RULES));
}

/**
 * As {@link verifyPath}, at once, where the runtime's cryptography is synchronous (Node, Bun, Deno).
 *
 * @throws {X509Error} `CRYPTO_NOT_SYNCHRONOUS` elsewhere
 */
export function verifyPathSync(input: VerifyPathInput): VerifiedPath {
  return runSync(decide(input, RULES));
}
