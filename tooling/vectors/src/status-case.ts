/** BoringSSL's CRL and OCSP cases: one certificate, its issuer, and what is known about its revocation. */
import {
  type AdmittedWeakness,
  type CertificateRevocationStatus,
  type CheckRevocationInput,
  checkRevocation,
  type RevocationDoubtCode,
  type VerificationProfile,
} from "@tlskit/verify";
import { Certificate } from "@tlskit/x509";
import { TlsKitError } from "@tlskit/x509/error";
import { derOf, fromBase64 } from "./certificates.ts";
import type { Decision, RunSettings, VectorCase } from "./decision.ts";
import { namespaceOf } from "./namespace.ts";

/** A CRL case: blocks of PEM. */
export interface CrlCase extends VectorCase {
  /** `bad`: the CRL is good, but tells nothing about the certificate; `invalid`: the CRL is none. */
  readonly expected: "good" | "revoked" | "bad" | "invalid";
  readonly blocks: readonly { readonly type: string; readonly der_base64: string }[];
}

/** An OCSP case. */
export interface OcspCase extends VectorCase {
  readonly ca_certificate: string;
  readonly certificate: string;
  readonly ocsp_response: string;
  readonly validation_time: string;
  readonly max_age_days: number;
  readonly expected_revocation_status: "good" | "revoked" | "unknown";
  readonly unknown_because: string | null;
}

/** Whether a case has this form. */
export function isCrlCase(value: VectorCase): value is CrlCase {
  return "blocks" in value && "expected" in value;
}

/** Whether a case has this form. */
export function isOcspCase(value: VectorCase): value is OcspCase {
  return "ocsp_response" in value && "ca_certificate" in value;
}

/** Decides a case: a CRL that is none tells as little as one about others, so both leave the status unknown. */
export async function decideCrlCase(test: CrlCase, settings: RunSettings): Promise<Decision> {
  const expected = test.expected === "bad" || test.expected === "invalid" ? "unknown" : test.expected;
  const blocks = (type: string): Uint8Array[] =>
    test.blocks.filter((block) => block.type === type).map((block) => fromBase64(block.der_base64));
  // The second CA certificate is the one above the first, where a CA has changed its key.
  const at = new Date("2017-03-09T00:00:00Z");
  const input = (): CheckRevocationInput => {
    const chain = ["CERTIFICATE", "CA CERTIFICATE", "CA CERTIFICATE 2"].flatMap(blocks).map(Certificate.fromDer);
    return { chain, crls: blocks("CRL"), at, maxAge: 7 * DAY };
  };
  return decide(test, expected, undefined, input, settings);
}

/** Decides a case; where the status must be unknown, for the expected cause. */
export async function decideOcspCase(test: OcspCase, settings: RunSettings): Promise<Decision> {
  const input = (): CheckRevocationInput => ({
    chain: [test.certificate, test.ca_certificate].map((pem) => Certificate.fromDer(derOf(pem))),
    ocspResponses: [fromBase64(test.ocsp_response)],
    at: new Date(test.validation_time),
    maxAge: test.max_age_days * DAY,
  });
  const because = test.unknown_because === null ? undefined : CAUSES[test.unknown_because];
  return decide(test, test.expected_revocation_status, because, input, settings);
}

async function decide(
  { id }: VectorCase,
  expected: string,
  causes: readonly RevocationDoubtCode[] | undefined,
  input: () => CheckRevocationInput,
  settings: RunSettings,
): Promise<Decision> {
  const profile = settings.profile ?? namespaceOf(id).profile;
  const { status, doubts } = await statusOf(input, profile);
  const isRightCause = status !== "unknown" || causes === undefined || doubts.some(({ code }) => causes.includes(code));
  const [first] = doubts;
  return {
    expected,
    actual: isRightCause ? status : `${status} for another cause`,
    accepts: expected === "good",
    codes: status === "unknown" ? doubts.map(({ code }) => code) : [],
    ...(first === undefined ? {} : { message: first.message }),
  };
}

// Of a certificate that cannot be read, nothing is known.
async function statusOf(
  input: () => CheckRevocationInput,
  profile: VerificationProfile,
): Promise<Pick<CertificateRevocationStatus, "status" | "doubts">> {
  try {
    return await checkRevocation({ ...input(), profile, insecurelyAdmit: ADMIT });
  } catch (error) {
    if (!TlsKitError.is(error)) throw error;
    return { status: "unknown", doubts: [{ source: "none", code: "UNREADABLE", message: error.message }] };
  }
}

const DAY = 24 * 60 * 60;

// Nearly all are signed with SHA-1, and the keys of the CRL cases have 1,024 bits.
const ADMIT: AdmittedWeakness = { signatureHashes: ["SHA-1"], minimumRsaBits: 1024 };

// Their words for ours.
const CAUSES: Readonly<Record<string, readonly RevocationDoubtCode[]>> = {
  "no-matching-response": ["NO_MATCHING_RESPONSE"],
  "error-status": ["RESPONDER_ERROR"],
  signature: ["SIGNATURE_INVALID", "SIGNER_UNKNOWN", "SIGNER_NOT_AUTHORISED"],
  "responder-says-unknown": ["RESPONDER_DOES_NOT_KNOW"],
  "critical-extension": ["CRITICAL_EXTENSION"],
  date: ["STALE", "NOT_YET_VALID"],
  "produced-at": ["NOT_CONFORMING", "NOT_YET_VALID", "STALE"],
};
