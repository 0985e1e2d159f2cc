/**
 * What OCSP responses say about one certificate.
 *
 * @see RFC 6960, sections 3.2 and 4.2.2
 */
import { type BasicOcspResponse, type Extension, type OcspSingleResponse, TlsKitError } from "@tlskit/x509";
import { shorten } from "../reasons/show.ts";
import { isWeakSignature } from "../rules/strength.ts";
import type { Checking } from "../search/signature-check.ts";
import type { Fault } from "./crl-form.ts";
import { Doubts, doubt } from "./doubt.ts";
import type { NumberedResponse } from "./evidence.ts";
import { staleness } from "./freshness.ts";
import { responderDoubt } from "./ocsp-responder.ts";
import type { RevocationState, Target } from "./state.ts";
import { gravest, type RevocationStatus } from "./status.ts";

/** The status by OCSP responses; unknown with the doubts about each response. */
export function* statusByResponses(state: RevocationState, target: Target): Checking<RevocationStatus> {
  const doubts = new Doubts();
  const found: RevocationStatus[] = [];
  for (const numbered of state.evidence.responses) {
    state.budget.spend("steps");
    try {
      const answer = yield* ask(state, numbered, target);
      if ("status" in answer) found.push(answer);
      else doubts.add(doubt("ocsp", numbered.index, answer.code, answer.message));
    } catch (error) {
      if (!TlsKitError.is(error)) throw error;
      doubts.add(doubt("ocsp", numbered.index, "UNREADABLE", `It cannot be read: ${error.message}`));
    }
  }
  return { ...gravest(found), doubts: doubts.list };
}

function* ask(
  state: RevocationState,
  { response, index }: NumberedResponse,
  target: Target,
): Checking<RevocationStatus | Fault> {
  const { basic, status } = response;
  if (basic === undefined) {
    return { code: "RESPONDER_ERROR", message: `The responder did not answer: ${status}.` };
  }
  const fault = responseFault(state, basic, target);
  if (fault !== undefined) return fault;
  state.budget.spend("steps", basic.responses.length);
  const about = basic.responsesFor(target.certificate, target.above[0]);
  if (about.length === 0) return { code: "NO_MATCHING_RESPONSE", message: "It is not about this certificate." };
  const unknown = about.flatMap(({ extensions }) => extensions).find(isUnknownIn(PROCESSED_IN_SINGLE));
  if (unknown !== undefined) return notUnderstood(unknown.oid);
  const { maxAge, settings } = state;
  const late = about.map((single) => staleness(single, settings.at, maxAge));
  const current = about.filter((_, place) => late[place] === undefined);
  if (current.length === 0 && late[0] !== undefined) return late[0];
  const signer = yield* responderDoubt(state, basic, target);
  return signer ?? strictest(current, index);
}

// Everything but the signature, which costs most.
function responseFault(
  { settings: { admit, at } }: RevocationState,
  response: BasicOcspResponse,
  { certificate }: Target,
): Fault | undefined {
  const unknown = response.extensions.find(isUnknownIn(PROCESSED));
  if (unknown !== undefined) return notUnderstood(unknown.oid);
  if (isWeakSignature(response.signatureAlgorithm, admit)) {
    const { name } = response.signatureAlgorithm;
    return { code: "WEAK_SIGNATURE", message: `It is signed with ${name}, which can be forged.` };
  }
  // Nobody can have been asked before the certificate was valid, or after now.
  if (response.producedAt < certificate.notBefore) {
    return { code: "NOT_CONFORMING", message: "It was produced before the certificate was valid." };
  }
  if (response.producedAt > at) return { code: "NOT_YET_VALID", message: "It was produced later than now." };
  return undefined;
}

function isUnknownIn(processed: ReadonlySet<string>): (extension: Extension) => boolean {
  return ({ oid, critical }) => critical && !processed.has(oid);
}

function notUnderstood(oid: string): Fault {
  return { code: "CRITICAL_EXTENSION", message: `It has an extension that is not understood: ${shorten(oid)}.` };
}

// Two answers about one certificate contradict each other or do not; the worse one counts.
function strictest(about: readonly OcspSingleResponse[], index: number): RevocationStatus | Fault {
  const single =
    about.find(({ status }) => status === "revoked") ?? about.find(({ status }) => status === "unknown") ?? about[0];
  if (single === undefined || single.status === "unknown") {
    return { code: "RESPONDER_DOES_NOT_KNOW", message: "The responder does not know the certificate." };
  }
  const { thisUpdate, nextUpdate } = single;
  const common = {
    evidence: [{ source: "ocsp" as const, index, thisUpdate, ...(nextUpdate && { nextUpdate }) }],
    doubts: [],
  };
  if (single.status === "good") return { status: "good", ...common };
  const { revocationDate: revokedAt = thisUpdate, reason } = single;
  return { status: "revoked", revokedAt, ...(reason === undefined ? {} : { reason }), ...common };
}

// The nonce (a staple answers nobody's question), and that "revoked" may mean "never issued" (RFC 6960, 4.4.8).
const PROCESSED: ReadonlySet<string> = new Set(["1.3.6.1.5.5.7.48.1.2", "1.3.6.1.5.5.7.48.1.9"]);

// CRL references, the archive cutoff and signed certificate timestamps: they explain or add, and change no status.
const PROCESSED_IN_SINGLE: ReadonlySet<string> = new Set([
  "1.3.6.1.5.5.7.48.1.3",
  "1.3.6.1.5.5.7.48.1.6",
  "1.3.6.1.4.1.11129.2.4.5",
]);
