import { type Certificate, PrivateCertificate } from "@tlskit/x509";
import { TlsKitError } from "@tlskit/x509/error";
import { OptionsError } from "../error.ts";

/** An identity whose chain links, and whether its leaf stood in the chain once more. */
export interface LinkedIdentity {
  readonly identity: PrivateCertificate;
  readonly repeatedLeaf: boolean;
}

/** Identities are immutable: what was found good once is good. */
const linked = new WeakMap<PrivateCertificate, LinkedIdentity>();

/**
 * Checks that every certificate of the chain issued the one before it, by name and, where the runtime can do it without
 * a promise, by signature. A leaf that is repeated at the start of the chain is dropped (OPT-12).
 *
 * @throws OptionsError IDENTITY_CHAIN_BROKEN
 */
export function linkIdentity(identity: PrivateCertificate, path: string): LinkedIdentity {
  const known = linked.get(identity);
  if (known !== undefined) return known;
  const repeatedLeaf = identity.chain[0]?.id === identity.id;
  let below: Certificate = identity;
  for (const [index, certificate] of identity.chain.entries()) {
    if (index === 0 && repeatedLeaf) continue;
    checkLink(below, certificate, `${path}.chain[${index}]`);
    below = certificate;
  }
  const chain = repeatedLeaf ? identity.chain.slice(1) : identity.chain;
  const cleaned = repeatedLeaf ? PrivateCertificate.from(identity, identity.keyPair, { chain }) : identity;
  const result = Object.freeze({ identity: cleaned, repeatedLeaf });
  linked.set(identity, result);
  return result;
}

function checkLink(below: Certificate, issuer: Certificate, path: string): void {
  const namesMeet = below.issuer.equals(issuer.subject);
  if (namesMeet && isSignedBy(below, issuer)) return;
  const problem = namesMeet ? "signature" : "subject";
  const expectedSubject = below.issuer.toString();
  const actualSubject = issuer.subject.toString();
  const because =
    problem === "signature"
      ? `it has the name of the issuer, ${JSON.stringify(expectedSubject)}, but another key`
      : `the issuer is ${JSON.stringify(expectedSubject)}, and this is ${JSON.stringify(actualSubject)}`;
  throw new OptionsError(
    "IDENTITY_CHAIN_BROKEN",
    `${path} did not issue the certificate before it: ${because}. The order is leaf, its issuer, that one's issuer; the root may be left out.`,
    { path, problem, expectedSubject, actualSubject },
  );
}

/** Peers verify the signature anyway: where it cannot be done here and now, the names must do. */
function isSignedBy(certificate: Certificate, issuer: Certificate): boolean {
  try {
    return certificate.verifySignatureSync(issuer.publicKey);
  } catch (error) {
    const undecided = ["CRYPTO_NOT_SYNCHRONOUS", "UNSUPPORTED_ALGORITHM"];
    if (TlsKitError.is(error) && undecided.includes(error.code)) return true;
    throw error;
  }
}
