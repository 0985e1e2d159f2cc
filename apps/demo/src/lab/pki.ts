// The lab's certificates, made anew at each run: a CA, an intermediate, and one leaf per situation.
import { createTestCa, type TestCa } from "@tlskit/testing";
import { ExtendedKeyUsage, PrivateCertificate } from "@tlskit/x509";

const day = 24 * 60 * 60 * 1000;

/** Every identity the situations need. */
export interface Pki {
  readonly ca: TestCa;
  readonly identities: Readonly<Record<IdentityName, PrivateCertificate>>;
}

/** The names of the identities. */
export type IdentityName =
  | "good"
  | "expired"
  | "notYetValid"
  | "wrongName"
  | "commonName"
  | "partialWildcard"
  | "ipAddress"
  | "missingIntermediate"
  | "untrustedRoot"
  | "expiredRoot"
  | "ofExpiredRoot"
  | "selfSigned"
  | "wrongUsage"
  | "client"
  | "clientOfOtherCa";

/** Makes all of it; keys are P-256, so this takes milliseconds. */
export async function createPki(now: Date = new Date()): Promise<Pki> {
  const daysFromNow = (days: number) => new Date(now.getTime() + days * day);
  const ca = await createTestCa({ name: "tlskit lab root", notBefore: daysFromNow(-400), notAfter: daysFromNow(400) });
  const intermediate = await ca.createIntermediate({
    name: "tlskit lab intermediate",
    notBefore: daysFromNow(-400),
    notAfter: daysFromNow(400),
  });
  const otherCa = await createTestCa({ name: "a CA nobody here trusts" });
  const good = await intermediate.issue("localhost");
  const ofOtherCa = await otherCa.issue("localhost");
  const expiredCa = await createTestCa({
    name: "a root of last year",
    notBefore: daysFromNow(-400),
    notAfter: daysFromNow(-10),
  });
  const identities = {
    good,
    expired: await intermediate.issueWith({
      names: ["localhost"],
      notBefore: daysFromNow(-90),
      notAfter: daysFromNow(-3),
    }),
    notYetValid: await intermediate.issueWith({
      names: ["localhost"],
      notBefore: daysFromNow(3),
      notAfter: daysFromNow(90),
    }),
    wrongName: await intermediate.issue("other.example", "*.other.example"),
    commonName: await intermediate.issueWith({ names: [], subject: { CN: "localhost" } }),
    partialWildcard: await intermediate.issueWith({ names: [{ type: "dns", value: "f*.lab.example" }] }),
    ipAddress: await intermediate.issue("127.0.0.1"),
    missingIntermediate: PrivateCertificate.from(good, good.keyPair, { chain: [] }),
    // The root is sent along, as many servers do: only so can one tell an untrusted root from a missing certificate.
    untrustedRoot: PrivateCertificate.from(ofOtherCa, ofOtherCa.keyPair, {
      chain: [...ofOtherCa.chain, otherCa.certificate],
    }),
    expiredRoot: expiredCa.certificate,
    ofExpiredRoot: await expiredCa.issueWith({ names: ["localhost"], notAfter: daysFromNow(30), force: true }),
    selfSigned: await PrivateCertificate.selfSigned({ subjectAltName: ["localhost"], profile: "server" }),
    wrongUsage: await intermediate.issueWith({
      names: ["localhost"],
      extendedKeyUsage: [ExtendedKeyUsage.codeSigning],
    }),
    client: await intermediate.issueWith({ names: ["client@example.org"], profile: "client" }),
    clientOfOtherCa: await otherCa.issueWith({ names: ["client@example.org"], profile: "client" }),
  };
  return { ca, identities };
}
