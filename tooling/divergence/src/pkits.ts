// PKITS: NIST's chains for path validation. Their private keys are not in the file, and their names are not those of
// servers; so they are shown re-issued.

import { readCases, vectorFile } from "@tlskit/vectors";
import { reissue } from "./reissue.ts";
import type { ShownCase } from "./shown-case.ts";

interface PkitsCase {
  readonly id: string;
  readonly trusted_certs: readonly string[];
  readonly untrusted_intermediates: readonly string[];
  readonly peer_certificate: string;
}

/**
 * Each chain of it once: many cases differ only in the policies that the caller wants or in the CRLs, which nobody is
 * asked about here. Undefined where the vectors are not at hand.
 */
export function pkitsCases(): readonly ShownCase[] | undefined {
  const path = vectorFile("pkits-dev.json.gz");
  if (path === undefined) return undefined;
  const chains = new Map<string, PkitsCase>();
  for (const one of readCases(path) as unknown as readonly PkitsCase[]) {
    const chain = [one.trusted_certs, one.untrusted_intermediates, one.peer_certificate].join();
    if (!chains.has(chain)) chains.set(chain, one);
  }
  return [...chains.values()].flatMap(shown);
}

function shown(one: PkitsCase): ShownCase[] {
  const { id, trusted_certs: trust, untrusted_intermediates: intermediates, peer_certificate: leaf } = one;
  const made = reissue({ trust, intermediates, leaf });
  return made === undefined ? [] : [{ id, ...made }];
}
