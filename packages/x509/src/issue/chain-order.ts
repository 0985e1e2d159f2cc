// Which certificate follows which. Names and key identifiers only: this arranges files, and proves nothing.

import { bytesEqual } from "../bytes.ts";
import type { Certificate } from "../certificate.ts";

/** Whether a certificate names itself as its issuer: a root, as far as names go. */
export function isOwnIssuer(certificate: Certificate): boolean {
  return certificate.isSelfIssued && namesIssuer(certificate, certificate);
}

/** The other certificates of a file: first those that lead upward from `leaf`, each once, then the rest in their order. */
export function orderChain(leaf: Certificate, certificates: readonly Certificate[]): readonly Certificate[] {
  const chain = issuersOf(leaf, certificates);
  const used = new Set([leaf, ...chain].map(({ id }) => id));
  const rest = new Map(
    certificates.filter(({ id }) => !used.has(id)).map((certificate) => [certificate.id, certificate]),
  );
  return [...chain, ...rest.values()];
}

/** Those of the certificates that lead upward from `leaf`, its issuer first, each once; at most `maxLength`. */
export function issuersOf(
  leaf: Certificate,
  certificates: readonly Certificate[],
  maxLength: number = Number.POSITIVE_INFINITY,
): readonly Certificate[] {
  const rest = new Map(certificates.map((certificate) => [certificate.id, certificate]));
  rest.delete(leaf.id);
  const chain: Certificate[] = [];
  let current: Certificate | undefined = leaf;
  while (current !== undefined && chain.length < maxLength) {
    const child: Certificate = current;
    const issuer: Certificate | undefined = [...rest.values()].find((candidate) => namesIssuer(child, candidate));
    if (issuer !== undefined) {
      rest.delete(issuer.id);
      chain.push(issuer);
    }
    current = issuer;
  }
  return chain;
}

function namesIssuer(child: Certificate, candidate: Certificate): boolean {
  if (!child.issuer.equals(candidate.subject)) return false;
  const wanted = child.authorityKeyIdentifier?.keyIdentifier;
  const own = candidate.subjectKeyIdentifier;
  return wanted === undefined || own === undefined || bytesEqual(wanted, own);
}
