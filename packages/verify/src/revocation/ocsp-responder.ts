/**
 * Who signed an OCSP response, and may: the issuer of the certificate itself, or a responder that it has issued for this.
 *
 * @see RFC 6960, section 4.2.2.2
 */
import { type BasicOcspResponse, Certificate, TlsKitError } from "@tlskit/x509";
import { readKey } from "../search/link-memo.ts";
import type { Checking } from "../search/signature-check.ts";
import type { Fault } from "./crl-form.ts";
import type { RevocationState, Target } from "./state.ts";

/** Undefined if the response is signed by one who may; otherwise why it does not count. */
export function* responderDoubt(
  state: RevocationState,
  response: BasicOcspResponse,
  target: Target,
): Checking<Fault | undefined> {
  const [issuer] = target.above;
  let fault: Fault = { code: "SIGNER_UNKNOWN", message: "The certificate of its responder is not at hand." };
  for (const candidate of candidates(response, issuer)) {
    if (!response.isFrom(candidate)) continue;
    const own = yield* candidateFault(state, response, candidate, target);
    if (own === undefined) return undefined;
    fault = own;
  }
  return fault;
}

// One candidate: signed by it, and it may.
function* candidateFault(
  state: RevocationState,
  response: BasicOcspResponse,
  candidate: Certificate,
  target: Target,
): Checking<Fault | undefined> {
  const [issuer] = target.above;
  const signed = yield* signatureFault(state, response, candidate, "It is not signed by the key of its responder.");
  if (signed !== undefined || candidate.equals(issuer)) return signed;
  if (isSameKey(candidate, target.certificate)) return OWN_WORD;
  if (!candidate.issuer.equals(issuer.subject)) return NOT_DELEGATED;
  const issued = yield* signatureFault(state, candidate, issuer, NOT_DELEGATED.message);
  return issued ?? (yield* state.responderFault(candidate, target));
}

const NOT_DELEGATED: Fault = {
  code: "SIGNER_NOT_AUTHORISED",
  message: "Its responder is not the issuer of the certificate, and was not authorised by it.",
};

// Whoever has stolen a key would say that it is good.
const OWN_WORD: Fault = {
  code: "SIGNER_NOT_AUTHORISED",
  message: "Its responder has the key of the certificate that it is about, which cannot vouch for itself.",
};

function isSameKey(one: Certificate, other: Certificate): boolean {
  const [key, otherKey] = [readKey(one), readKey(other)];
  return !TlsKitError.is(key) && !TlsKitError.is(otherKey) && key.equals(otherKey);
}

function* signatureFault(
  { statements, budget }: RevocationState,
  signed: Certificate | BasicOcspResponse,
  by: Certificate,
  message: string,
): Checking<Fault | undefined> {
  const key = readKey(by);
  if (TlsKitError.is(key)) return { code: "UNREADABLE", message: key.message };
  const verdict = yield* statements.verify(signed, key, budget);
  if (verdict.kind === "valid") return undefined;
  if (verdict.kind === "unable") return { code: "ALGORITHM_UNSUPPORTED", message: verdict.error.message };
  return { code: signed instanceof Certificate ? "SIGNER_NOT_AUTHORISED" : "SIGNATURE_INVALID", message };
}

// The issuer first. What was sent along is hostile input, and mostly not needed.
function* candidates(response: BasicOcspResponse, issuer: Certificate): Generator<Certificate, void> {
  yield issuer;
  yield* response.certificates.slice(0, MAX_DELEGATES);
}

// One is enough; careless responders send a few more.
const MAX_DELEGATES = 10;
