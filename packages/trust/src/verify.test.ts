import { createTestCa } from "@tlskit/testing";
import { VerificationError, verifyPath } from "@tlskit/verify";
import { Certificate, PrivateCertificate } from "@tlskit/x509";
import { describe, expect, test } from "vitest";
import { TrustRoot, trustRootFromCertificates } from "./index.ts";

const ca = await createTestCa({ name: "trusted" });
const other = await createTestCa({ name: "other" });
const intermediate = await ca.createIntermediate();
const leaf = await intermediate.issue("localhost");

async function verify(certificate: PrivateCertificate, trust: TrustRoot) {
  const { chain: intermediates } = certificate;
  return await verifyPath({ leaf: certificate, intermediates, trust, purpose: "server", name: "localhost" });
}

async function reasonFor(certificate: PrivateCertificate, trust: TrustRoot): Promise<string> {
  const error = await verify(certificate, trust).then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (!VerificationError.is(error)) throw new Error("expected a VerificationError", { cause: error });
  return error.code;
}

describe("verifyPath with a TrustRoot", () => {
  test("a leaf that a CA issued is no anchor, not even for itself, and the set says so", async () => {
    const trust = trustRootFromCertificates([leaf]);
    expect(await reasonFor(leaf, trust)).toBe("UNKNOWN_ISSUER");
    expect(trust.why(leaf)).toMatchObject({
      trusted: true,
      message: expect.stringMatching(
        /found in certificates\[0\]; but it is no CA and not self-signed, so it vouches for nobody/,
      ),
    });
    const self = await PrivateCertificate.selfSigned({ subjectAltName: ["a.example"] });
    for (const good of [self, ca.certificate]) {
      expect(trustRootFromCertificates([good]).why(good).message).toBe("trusted: found in certificates[0]");
    }
  });

  test("TRU-04: a trusted CA vouches for what it issued, through intermediates", async () => {
    const path = await verify(leaf, trustRootFromCertificates([other.certificate, ca.certificate]));
    expect(path.anchor.certificate.id).toBe(ca.certificate.id);
    expect(path.anchor.source).toBe("certificates[1]");
  });

  test("TRU-01: a PrivateCertificate is trusted, and its key stays outside", async () => {
    const trust = trustRootFromCertificates([ca.certificate]);
    expect(ca.certificate).toBeInstanceOf(PrivateCertificate);
    expect(trust.certificates[0]).not.toBeInstanceOf(PrivateCertificate);
    expect(trust.certificates[0]?.equals(ca.certificate)).toBe(true);
    expect((await verify(await ca.issue("localhost"), trust)).anchor.certificate).toBe(trust.certificates[0]);
  });

  test("TRU-05: a self-signed leaf in the set is trusted for itself, and for nothing else", async () => {
    const own = await PrivateCertificate.selfSigned({
      subject: { CN: "own" },
      subjectAltName: ["localhost"],
      profile: "server",
    });
    const twin = await PrivateCertificate.selfSigned({
      subject: { CN: "own" },
      subjectAltName: ["localhost"],
      profile: "server",
    });
    const trust = trustRootFromCertificates([own]);
    expect((await verify(own, trust)).chain.map(({ id }) => id)).toContain(own.id);
    expect(["SELF_SIGNED", "UNKNOWN_ISSUER", "UNTRUSTED_ROOT", "SIGNATURE_INVALID"]).toContain(
      await reasonFor(twin, trust),
    );
  });

  test("TRU-06: an issuer outside the set is refused", async () => {
    expect(await reasonFor(leaf, trustRootFromCertificates([other.certificate]))).toBe("UNKNOWN_ISSUER");
  });

  test("TRU-03: nobody is trusted by the empty set", async () => {
    expect(await reasonFor(leaf, TrustRoot.none())).toBe("TRUST_EMPTY");
  });

  test("TRU-12: duplicates change nothing", async () => {
    const twin = Certificate.fromDer(ca.certificate.der);
    const path = await verify(leaf, trustRootFromCertificates([ca.certificate, twin, ca.certificate]));
    expect(path.anchor.source).toBe("certificates[0]");
  });

  test("a removed root no longer vouches; one that is added does", async () => {
    const both = trustRootFromCertificates([other.certificate]).and(trustRootFromCertificates([ca.certificate]));
    expect((await verify(leaf, both)).anchor.certificate.id).toBe(ca.certificate.id);
    expect(await reasonFor(leaf, both.without(ca.certificate))).toBe("UNKNOWN_ISSUER");
  });

  test("why() tells a new edition of a CA, and an impostor, from a stranger", async () => {
    const { keyPair, subject } = ca.certificate;
    const renewed = await PrivateCertificate.selfSigned({ subject, keyPair, profile: "ca" });
    const impostor = await PrivateCertificate.selfSigned({ subject, profile: "ca" });
    const trust = trustRootFromCertificates([ca.certificate]);
    expect(trust.why(renewed)).toMatchObject({ trusted: false, sameSubject: [{ source: "certificates[0]" }] });
    expect(trust.why(renewed).message).toContain("same subject and key");
    expect(trust.why(impostor).message).toContain("another key");
    expect(trust.why(other.certificate).sameSubject).toEqual([]);
  });
});
