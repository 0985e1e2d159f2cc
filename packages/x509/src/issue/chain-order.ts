// Which certificate follows which. Names and key identifiers only: this arranges files, and proves nothing.

import { bytesEqual } from "../bytes.ts";
import type { Certificate } from "../certificate.ts";

/** Whether a certificate names itself as its issuer: a root, as far as names go. */
export function isOwnIssuer(certificate: Certificate): boolean {
  return certificate.isSelfIssued && namesIssuer(certificate, certificate);
}

/** The other certificates of a file: first those that lead upward from `leaf`, each once, then the rest in their order. */
export function orderChain(leaf: Certificate, certificates: readonly Certificate[]): readonly Certificate[] {
  const rest = new Map(certificates.map((certificate) => [certificate.id, certificate]));
  rest.delete(leaf.id);
  const chain: Certificate[] = [];
  let current: Certificate | undefined = leaf;
  while (current !== undefined) {
    const child: Certificate = current;
    const issuer: Certificate | undefined = [...rest.values()].find((candidate) => namesIssuer(child, candidate));
    if (issuer !== undefined) {
      rest.delete(issuer.id);
      chain.push(issuer);
    }
    current = issuer;
  }
  return [...chain, ...rest.values()];
}

function namesIssuer(child: Certificate, candidate: Certificate): boolean {
  if (!child.issuer.equals(candidate.subject)) return false;
  const wanted = child.authorityKeyIdentifier?.keyIdentifier;
  const own = candidate.subjectKeyIdentifier;
  return wanted === undefined || own === undefined || bytesEqual(wanted, own);
}
