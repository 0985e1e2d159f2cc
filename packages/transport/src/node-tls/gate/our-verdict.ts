// What our verifier is asked about a peer.

import type { TrustRoot } from "@tlskit/trust";
import { LinkCache, type VerifiedPath, type VerifyPathInput, verifyPath, verifyPathSync } from "@tlskit/verify";
import { X509Error } from "@tlskit/x509/error";
import type { HandshakePlan } from "../plan.ts";
import type { PresentedChain } from "./peer-chain.ts";

/** Signatures that were found right: the same few certificates come again and again. It changes no decision. */
const links = new LinkCache({ maxEntries: 4096 });

/**
 * Verifies a peer by what it presented; at once where cryptography is synchronous and nothing is fetched.
 *
 * @param staple the OCSP response that the server stapled
 * @throws {VerificationError} refused; or rejects with it
 */
export function ourVerdict(
  presented: PresentedChain,
  plan: HandshakePlan,
  trust: TrustRoot,
  staple?: Uint8Array,
): VerifiedPath | Promise<VerifiedPath> {
  const input = inputOf(presented, plan, trust, staple);
  if (input.revocation?.fetch !== undefined) return verifyPath(input);
  try {
    return verifyPathSync(input);
  } catch (error) {
    if (X509Error.is(error) && error.code === "CRYPTO_NOT_SYNCHRONOUS") return verifyPath(input);
    throw error;
  }
}

function inputOf(
  { der, certificates, leaf }: PresentedChain,
  { compiled, expected }: HandshakePlan,
  trust: TrustRoot,
  staple: Uint8Array | undefined,
): VerifyPathInput {
  const [first, ...rest] = der;
  return {
    leaf: leaf ?? first ?? new Uint8Array(),
    // What the peer sent comes first: the others may complete a path that the peer left short, or the runtime hides.
    intermediates: [
      ...(certificates.length === der.length ? certificates.slice(1) : rest),
      ...compiled.clientIntermediates,
      ...trust.intermediates,
    ],
    trust,
    purpose: compiled.role === "client" ? "server" : "client",
    ...(expected === undefined ? {} : { name: expected }),
    profile: compiled.profile,
    maxDepth: compiled.verifyDepth,
    links,
    ...(compiled.revocation === undefined ? {} : { revocation: revocationOf(compiled.revocation, staple) }),
  };
}

/** The runtime is never given a CRL: there, what is not known would be refused even with `prefer`. */
function revocationOf(
  { staple: _asked, ocspResponses, ...own }: NonNullable<HandshakePlan["compiled"]["revocation"]>,
  staple: Uint8Array | undefined,
): NonNullable<VerifyPathInput["revocation"]> {
  return { ...own, ocspResponses: staple === undefined ? ocspResponses : [...ocspResponses, staple] };
}
