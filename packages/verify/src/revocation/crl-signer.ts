/**
 * Who signed a CRL, and may.
 *
 * @see RFC 5280, section 6.3.3 (f, g)
 */
import { type Certificate, type CertificateRevocationList, type PublicKey, TlsKitError } from "@tlskit/x509";
import { show } from "../reasons/show.ts";
import { compareKeyIdentifiers } from "../search/issuer-index.ts";
import { readKey } from "../search/link-memo.ts";
import type { Checking } from "../search/signature-check.ts";
import { type Doubts, doubt } from "./doubt.ts";
import type { NumberedList } from "./evidence.ts";
import type { RevocationState, Target } from "./state.ts";

/**
 * The key that signed the CRL, of a certificate on a path to the anchor of the target, which may sign CRLs; or undefined,
 * and the doubts say why.
 *
 * @param isNamed whether the distribution point of the target names the issuer of the CRL: then that may be the target itself
 */
export function* findListSigner(
  state: RevocationState,
  { list, index }: NumberedList,
  target: Target,
  isNamed: boolean,
  doubts: Doubts,
): Checking<PublicKey | undefined> {
  const candidates = candidatesFor(state, list, target);
  let isRefused = false;
  for (const { certificate, key } of candidates) {
    state.budget.spend("steps");
    const isTarget = certificate.equals(target.certificate);
    if (isTarget && !isNamed) continue;
    const objection = mayNotSign(certificate);
    if (objection !== undefined) {
      doubts.add(doubt("crl", index, "SIGNER_NOT_AUTHORISED", objection));
      isRefused = true;
      continue;
    }
    const verdict = yield* state.statements.verify(list, key, state.budget);
    if (verdict.kind === "unable") {
      doubts.add(doubt("crl", index, "ALGORITHM_UNSUPPORTED", `It cannot be checked: ${verdict.error.message}`));
      isRefused = true;
    }
    if (verdict.kind !== "valid") continue;
    if (isTarget || target.above.some((other) => other.equals(certificate))) return key;
    const fault = yield* state.signerFault(certificate, target, isNamed);
    if (fault === undefined) return key;
    doubts.add(doubt("crl", index, fault.code, fault.message));
    isRefused = true;
  }
  if (!isRefused) doubts.add(unsigned(index, candidates.length));
  return undefined;
}

interface SignerCandidate {
  readonly certificate: Certificate;
  readonly key: PublicKey;
}

// The path of the target first, then the rest of the pool, the likelier key before the others.
function candidatesFor(state: RevocationState, list: CertificateRevocationList, target: Target): SignerCandidate[] {
  const candidates = new Map<string, SignerCandidate>();
  const add = (certificate: Certificate, key: PublicKey | TlsKitError): void => {
    const isUsable = !TlsKitError.is(key) && !key.lacksParameters;
    if (isUsable && !candidates.has(certificate.id)) candidates.set(certificate.id, { certificate, key });
  };
  for (const [place, certificate] of target.above.entries()) {
    if (certificate.subject.equals(list.issuer)) {
      add(certificate, keyInPath(certificate, target.above.slice(place + 1)));
    }
  }
  for (const certificate of state.bySubject(list.issuer)) add(certificate, readKey(certificate));
  if (target.certificate.subject.equals(list.issuer)) add(target.certificate, readKey(target.certificate));
  const rank = ({ certificate }: SignerCandidate): number => RANKS[compareKeyIdentifiers(list, certificate)];
  return [...candidates.values()].sort((a, b) => rank(a) - rank(b));
}

const RANKS = { same: 0, unknown: 1, different: 2 } as const;

// The key of a certificate of a path, whose parameters may be those of the ones above it (RFC 3279, section 2.3.2).
function keyInPath(certificate: Certificate, above: readonly Certificate[]): PublicKey | TlsKitError {
  const key = readKey(certificate);
  const [next, ...rest] = above;
  if (TlsKitError.is(key) || !key.lacksParameters || next === undefined) return key;
  const whole = keyInPath(next, rest);
  return TlsKitError.is(whole) ? whole : key.withParametersOf(whole);
}

function mayNotSign(certificate: Certificate): string | undefined {
  try {
    const usage = certificate.keyUsage;
    if (usage === undefined || usage.has("cRLSign")) return undefined;
    return `${show(certificate)} may not sign CRLs: its key usage lacks cRLSign.`;
  } catch (error) {
    if (!TlsKitError.is(error)) throw error;
    return `${show(certificate)} has a key usage that cannot be read.`;
  }
}

function unsigned(index: number, candidates: number): ReturnType<typeof doubt> {
  return candidates === 0
    ? doubt("crl", index, "SIGNER_UNKNOWN", "The certificate of its issuer is not at hand.")
    : doubt("crl", index, "SIGNATURE_INVALID", "No key of its issuer that is at hand signed it.");
}
