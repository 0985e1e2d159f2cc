// CRLs and OCSP responses made by others: read rightly, or refused where they are none. What they mean for a certificate
// is for a verifier to say.

import { describe, expect, test } from "vitest";
import {
  Certificate,
  CertificateRevocationList,
  type CrlDeviationCode,
  OcspRequest,
  OcspResponse,
  X509Error,
} from "../src/index.ts";
import { hasShared, sharedJson } from "./shared.ts";

interface CrlCase {
  readonly id: string;
  readonly expected: "good" | "bad" | "invalid" | "revoked";
  readonly blocks: readonly { readonly type: string; readonly der_base64: string }[];
}

interface OcspCase {
  readonly id: string;
  readonly ca_certificate: string;
  readonly certificate: string;
  readonly ocsp_response: string;
  readonly ocsp_request: string;
  readonly expected_response_status: string;
  readonly expected_revocation_status: string;
  readonly unknown_because: string | null;
  readonly signer: "issuer" | "delegated" | "none" | null;
}

function load<T>(name: string): readonly T[] {
  return hasShared ? sharedJson<{ testcases: T[] }>(`vectors/${name}.json.gz`).testcases : [];
}

const crls = load<CrlCase>("boringssl-crl-dev");
const responses = load<OcspCase>("boringssl-ocsp-dev");
const pkits = load<{ readonly id: string; readonly crls: readonly string[] }>("pkits-dev");
// The damaged signature of section 4.4.4 is a BIT STRING with an unused bit, which no signature has.
const [badSignature] = pkits.find(({ id }) => id.startsWith("pkits::4.4.4::"))?.crls.slice(-1) ?? [];
const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, "base64"));

// These are invalid for what stands in the certificates: the CRL itself is right.
const invalidElsewhere: readonly string[] = [
  "bssl::crl::invalid_idp_onlycontainsusercerts_v1_leaf",
  "bssl::crl::invalid_issuer_keyusage_no_crlsign",
  "bssl::crl::invalid_key_rollover_issuer_keyusage_no_crlsign",
];

// BoringSSL refuses these; here they are read, and listed.
const refusedThere: readonly CrlDeviationCode[] = ["SIGNATURE_ALGORITHM_MISMATCH", "REVOKED_CERTIFICATES_EMPTY"];

function readCrl(der: Uint8Array): CertificateRevocationList | string {
  try {
    const crl = CertificateRevocationList.fromDer(der);
    expect([
      crl.crlNumber,
      crl.authorityKeyIdentifier,
      crl.deltaCrlIndicator,
      crl.issuingDistributionPoint,
    ]).toHaveLength(4);
    const refused = crl.deviations.find(({ code }) => refusedThere.includes(code));
    return refused?.code ?? crl;
  } catch (error) {
    if (X509Error.is(error)) return error.code;
    throw error;
  }
}

test.skipIf(!hasShared)("the vectors are there", () => {
  expect([crls.length, responses.length, pkits.length].every((count) => count > 15)).toBe(true);
});

describe.skipIf(!hasShared)("BoringSSL's CRLs", () => {
  test.each(crls.map((one) => [one.id, one] as const))("%s", async (id, { expected, blocks }) => {
    const [list, issuer, leaf] = blocks.map(({ der_base64 }) => bytesOf(der_base64));
    const crl = readCrl(list ?? new Uint8Array(0));
    if (expected === "invalid" && !invalidElsewhere.includes(id)) {
      expect(crl).toMatch(
        /^(CRL_INVALID|DER_[A-Z_]+|EXTENSION_INVALID|SIGNATURE_ALGORITHM_MISMATCH|REVOKED_CERTIFICATES_EMPTY)$/,
      );
      return;
    }
    if (typeof crl === "string") return expect.fail(`${id} was refused: ${crl}`);
    // Cases named "bad" are about who signed it, when, and what it covers.
    if (expected !== "good" && expected !== "revoked") return;
    const [ca, certificate] = [issuer, leaf].map((der) => Certificate.fromDer(der ?? new Uint8Array(0)));
    if (ca === undefined || certificate === undefined) return expect.fail("no certificates");
    const chain = blocks
      .filter(({ type }) => type !== "CRL")
      .map(({ der_base64 }) => Certificate.fromDer(bytesOf(der_base64)));
    const found = chain.some(({ serialNumber }) => crl.find(serialNumber) !== undefined);
    expect(found).toBe(expected === "revoked");
    const signed = await Promise.all(chain.map(({ publicKey }) => crl.verifySignature(publicKey)));
    expect(signed).toContain(true);
  });
});

describe.skipIf(!hasShared)("NIST PKITS", () => {
  test("every CRL is read, and each of its entries found", () => {
    const pems = [...new Set(pkits.flatMap((one) => one.crls))];
    expect(pems.length).toBeGreaterThan(100);
    expect(() => CertificateRevocationList.fromPem(badSignature ?? "")).toThrow(
      expect.objectContaining({ code: "CRL_INVALID" }),
    );
    const lists = pems.flatMap((pem) => (pem === badSignature ? [] : [CertificateRevocationList.fromPem(pem)]));
    expect(lists).toHaveLength(pems.length - 1);
    for (const crl of lists) {
      expect(crl.version === 2 || crl.crlNumber === undefined).toBe(true);
      expect([...crl.entries]).toHaveLength(crl.entryCount);
      for (const entry of crl.entries) {
        const [name] = entry.certificateIssuer ?? [];
        const issuer = name?.type === "directory" ? name.value : crl.issuer;
        expect(crl.find(entry.serialNumber, issuer)?.serialNumber).toBe(entry.serialNumber);
        expect([
          undefined,
          "keyCompromise",
          "cACompromise",
          "affiliationChanged",
          "superseded",
          "certificateHold",
          "removeFromCRL",
        ]).toContain(entry.reason);
      }
      expect(crl.inspect()).not.toContain("_INVALID");
    }
    expect(lists.filter((crl) => crl.deltaCrlIndicator !== undefined).length).toBeGreaterThan(2);
    expect(lists.filter((crl) => crl.issuingDistributionPoint?.indirectCRL === true).length).toBeGreaterThan(1);
    expect(lists.some((crl) => [...crl.entries].some((entry) => entry.certificateIssuer !== undefined))).toBe(true);
  });
});

describe.skipIf(!hasShared)("BoringSSL's OCSP responses", () => {
  test.each(responses.map((one) => [one.id, one] as const))("%s", async (_, one) => {
    const issuer = Certificate.fromPem(one.ca_certificate);
    const certificate = Certificate.fromPem(one.certificate);
    const request = OcspRequest.fromDer(bytesOf(one.ocsp_request));
    expect(request.requests.map(({ certId }) => certId.matches(certificate, issuer))).toEqual([true]);
    expect(OcspRequest.create({ certificate, issuer }, { nonce: false }).equals(request)).toBe(true);
    const response = OcspResponse.fromDer(bytesOf(one.ocsp_response));
    const { basic } = response;
    expect(response.status === "successful").toBe(one.expected_response_status !== "ERROR_RESPONSE");
    if (basic === undefined) return;
    const found = basic.responsesFor(certificate, issuer);
    expect(found.length > 0).toBe(one.expected_response_status !== "NO_MATCHING_RESPONSE");
    // One case has a good and a revoked one.
    if (one.unknown_because === null)
      expect(found.map(({ status }) => status)).toContain(one.expected_revocation_status);
    if (one.unknown_because === "responder-says-unknown")
      expect(found.map(({ status }) => status)).toEqual(["unknown"]);
    const isCritical = [...basic.extensions, ...found.flatMap(({ extensions }) => extensions)].some(
      ({ critical }) => critical,
    );
    expect(isCritical).toBe(one.unknown_because === "critical-extension");
    const signers = one.signer === "issuer" ? [issuer] : basic.certificates;
    const verified = await Promise.all(signers.map(({ publicKey }) => basic.verifySignature(publicKey)));
    expect(verified.includes(true)).toBe(one.signer !== "none");
    if (one.signer !== "none") expect(signers.some((signer) => basic.isFrom(signer))).toBe(true);
  });
});
