/** OCSP responses, rule by rule: for each a response with that one fault, and one without it. */
import { describe, expect, test } from "vitest";
import * as f from "./forge.ts";
import * as r from "./forge-revocation.ts";
import { bad, ca, leaf, listed, root, url, type Verdict, verdict, type World } from "./revocation-world.ts";

const OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
const NO_CHECK = f.extension("1.3.6.1.5.5.7.48.1.5", f.tlv(0x05));

describe("OCSP responses (RFC 6960, sections 3.2, 4.2.2)", () => {
  const single: r.ForgedSingle = { certificate: leaf.certificate, issuer: ca };
  const responder = (options: f.ForgeOptions = {}): f.Forged =>
    f.forge({ subject: "Responder", issuer: ca, eku: [OCSP_SIGNING], extensions: [NO_CHECK], ...options });
  const by = (signer: f.Forged, options: Partial<r.ForgeOcspOptions> = {}): World => ({
    ocsp: [r.forgeOcsp(signer, { singles: [single], certificates: [signer.certificate], ...options })],
  });
  const one = (more: Partial<r.ForgedSingle>): World => by(ca, { singles: [{ ...single, ...more }] });
  const twin = f.forgeCa(root, { subject: "CA" });
  const alias = f.forgeCa(root, { subject: "Alias", key: ca.key });
  const unchecked = responder({ extensions: [NO_CHECK, r.distributionPoints([r.fullName(url)])] });
  const checkable = responder({ extensions: [r.distributionPoints([r.fullName(url)])] });

  const aboutItself = (extensions: readonly Uint8Array[]): World => {
    const self = f.forgeLeaf(ca, { eku: [f.SERVER_AUTH, OCSP_SIGNING], extensions });
    return { chain: [self, ca, root], ...by(self, { singles: [{ ...single, certificate: self.certificate }] }) };
  };

  test.each<[string, Verdict, World]>([
    ["by the issuer, good", "good", one({})],
    ["by the issuer, named by key", "good", by(ca, { byKey: true })],
    ["by the issuer, CertID of SHA-256", "good", one({ hash: "sha256" })],
    ["revoked", "revoked", one({ status: "revoked", reason: 1 })],
    ["the responder does not know it", "RESPONDER_DOES_NOT_KNOW", one({ status: "unknown" })],
    ["the responder did not answer", "RESPONDER_ERROR", { ocsp: [r.TRY_LATER] }],
    ["about another serial number", "NO_MATCHING_RESPONSE", one({ certificate: f.forgeLeaf(ca).certificate })],
    ["about another key of the issuer", "NO_MATCHING_RESPONSE", one({ keyOf: twin })],
    ["about another name of the issuer", "NO_MATCHING_RESPONSE", one({ nameOf: ca.certificate })],
    ["stale", "STALE", one({ nextUpdate: "2025-12-31T23:59:59Z" })],
    ["not yet current", "NOT_YET_VALID", one({ thisUpdate: "2026-01-01T00:00:01Z" })],
    ["without nextUpdate, of this week", "good", one({ nextUpdate: null })],
    ["without nextUpdate, older", "STALE", one({ nextUpdate: null, thisUpdate: "2025-12-24T00:00:00Z" })],
    ["older than maxAge", "STALE", { ...one({}), maxAge: 86_399 }],
    ["produced in the future", "NOT_YET_VALID", by(ca, { producedAt: "2026-01-01T00:00:01Z" })],
    ["produced before the certificate was valid", "NOT_CONFORMING", by(ca, { producedAt: "2024-12-31T00:00:00Z" })],
    ["a critical extension", "CRITICAL_EXTENSION", by(ca, { extensions: [bad] })],
    ["a critical extension of the answer", "CRITICAL_EXTENSION", one({ extensions: [bad] })],
    ["good and revoked in one", "revoked", by(ca, { singles: [single, { ...single, status: "revoked" }] })],
    ["wrong signature", "SIGNATURE_INVALID", by(ca, { breakSignature: true })],
    ["SHA-1", "WEAK_SIGNATURE", by(ca, { hash: "sha1" })],
    [
      "SHA-1, admitted",
      "good",
      { ...by(ca, { hash: "sha1" }), more: { insecurelyAdmit: { signatureHashes: ["SHA-1"] } } },
    ],
    ["a twin of the issuer by name", "SIGNER_NOT_AUTHORISED", by(twin)],
    ["delegated", "good", by(responder())],
    ["delegated, named by key", "good", by(responder(), { byKey: true })],
    ["delegated, its certificate missing", "SIGNER_UNKNOWN", by(responder(), { certificates: [] })],
    ["delegated, not for OCSP signing", "SIGNER_NOT_AUTHORISED", by(responder({ eku: [f.SERVER_AUTH] }))],
    ["delegated, for any purpose", "SIGNER_NOT_AUTHORISED", by(responder({ eku: [f.ANY_EKU] }))],
    ["delegated, for no purpose by name", "SIGNER_NOT_AUTHORISED", by(f.forge({ subject: "Responder", issuer: ca }))],
    ["delegated by the root, not by the issuer", "SIGNER_NOT_AUTHORISED", by(responder({ issuer: root }))],
    ["delegated by a twin of the issuer", "SIGNER_NOT_AUTHORISED", by(responder({ issuer: twin }))],
    ["delegated, wrong signature", "SIGNATURE_INVALID", by(responder(), { breakSignature: true })],
    ["delegated by a CA of another name with the same key", "SIGNER_NOT_AUTHORISED", by(responder({ issuer: alias }))],
    ["delegated, with a way to check it, but marked as not to be checked", "good", by(unchecked)],
    ["delegated, expired", "SIGNER_NOT_AUTHORISED", by(responder({ notAfter: "2025-12-31T00:00:00Z" }))],
    ["delegated, with a critical extension", "SIGNER_NOT_AUTHORISED", by(responder({ extensions: [NO_CHECK, bad] }))],
    ["delegated, names no way to check it", "good", by(responder({ extensions: [] }))],
    ["by the certificate that it is about", "SIGNER_NOT_AUTHORISED", aboutItself([])],
    [
      "by the certificate that it is about, which is not to be checked",
      "SIGNER_NOT_AUTHORISED",
      aboutItself([NO_CHECK]),
    ],
    ["by another certificate for the key that it is about", "SIGNER_NOT_AUTHORISED", by(responder({ key: leaf.key }))],
    ["delegated, of unknown status", "SIGNER_STATUS_UNKNOWN", by(checkable)],
    [
      "delegated, revoked",
      "SIGNER_REVOKED",
      {
        ...by(checkable),
        crls: [
          r.forgeCrl(ca, { revoked: [{ certificate: checkable.certificate }], scope: [r.ONLY_USERS, r.SOME_REASONS] }),
        ],
      },
    ],
    ["good, but a CRL lists it", "revoked", { ...one({}), crls: [r.forgeCrl(ca, listed)] }],
    ["revoked, though a CRL does not list it", "revoked", { ...one({ status: "revoked" }), crls: [r.forgeCrl(ca)] }],
    [
      "good, of the same moment as a hold",
      "revoked",
      { ...one({}), crls: [r.forgeCrl(ca, { revoked: [{ certificate: leaf.certificate, reason: 6 }] })] },
    ],
    [
      "on hold, though a CRL of the same moment does not list it",
      "revoked",
      { ...one({ status: "revoked", reason: 6 }), crls: [r.forgeCrl(ca)] },
    ],
    [
      "good, later than a hold",
      "good",
      {
        ...one({}),
        crls: [
          r.forgeCrl(ca, {
            revoked: [{ certificate: leaf.certificate, reason: 6 }],
            thisUpdate: "2025-12-30T00:00:00Z",
          }),
        ],
      },
    ],
    [
      "good, later than a revocation for ever",
      "revoked",
      {
        ...one({}),
        crls: [
          r.forgeCrl(ca, {
            revoked: [{ certificate: leaf.certificate, reason: 1 }],
            thisUpdate: "2025-12-30T00:00:00Z",
          }),
        ],
      },
    ],
    ["bytes that are no response", "UNREADABLE", { ocsp: [Uint8Array.of(0x30, 0)] }],
  ])("%s: %s", (_, expected, made) => {
    expect(verdict(made)).toBe(expected);
  });

  test("name constraints above bind the responder, too", () => {
    const constrained = f.forgeCa(root, {
      subject: "CA",
      nameConstraints: f.constraints({ excluded: [f.dnsName("bad.example")] }),
    });
    const below = f.forgeLeaf(constrained);
    const signer = (name: string): f.Forged =>
      f.forge({
        subject: "Responder",
        issuer: constrained,
        eku: [OCSP_SIGNING],
        san: [f.dnsName(name)],
        extensions: [NO_CHECK],
      });
    const made = (name: string): World => ({
      chain: [below, constrained, root],
      ...by(signer(name), { singles: [{ certificate: below.certificate, issuer: constrained }] }),
    });
    expect(verdict(made("good.example"))).toBe("good");
    expect(verdict(made("bad.example"))).toBe("SIGNER_NOT_AUTHORISED");
  });
});
