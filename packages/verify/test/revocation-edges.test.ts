/** Revocation at its edges: what hostile or careless issuers of CRLs write, and what it must not do. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from "node:crypto";
import { Certificate, type CertificateRevocationList, DerReader, type OcspResponse } from "@tlskit/x509";
import { describe, expect, test } from "vitest";
import {
  type BudgetLimits,
  VerificationError,
  type VerificationProfile,
  type VerificationReason,
  verifyPathSync,
} from "../src/index.ts";
import * as f from "./forge.ts";
import * as r from "./forge-revocation.ts";
import { inputFor } from "./inputs.ts";

const root = f.forgeRoot();
const ca = f.forgeCa(root);
const leaf = f.forgeLeaf(ca);
const listed = { revoked: [{ certificate: leaf.certificate }] };

interface World {
  readonly leaf?: f.Forged;
  readonly pool?: readonly f.Forged[];
  readonly crls?: readonly CertificateRevocationList[];
  readonly ocspResponses?: readonly OcspResponse[];
  readonly profile?: VerificationProfile;
  readonly budget?: BudgetLimits;
}

function reasonsOf({
  leaf: subject = leaf,
  pool = [],
  crls = [],
  ocspResponses = [],
  ...more
}: World): readonly VerificationReason[] {
  const input = inputFor([subject, ca, root], more);
  const intermediates = [...(input.intermediates ?? []), ...pool.map(({ certificate }) => certificate)];
  try {
    verifyPathSync({ ...input, intermediates, revocation: { mode: "require", scope: "leaf", crls, ocspResponses } });
    return [];
  } catch (error) {
    if (VerificationError.is(error)) return error.reasons;
    throw error;
  }
}

// "good", "revoked", or the codes of all doubts.
function statusOf(world: World): string {
  const [reason] = reasonsOf(world);
  if (reason === undefined) return "good";
  if (reason.code === "CERTIFICATE_REVOKED") return "revoked";
  if (reason.code !== "REVOCATION_STATUS_UNKNOWN") return reason.code;
  return reason.details.why.map(({ code }) => code).join();
}

describe("delta CRLs", () => {
  const base = r.forgeCrl(ca, { number: 5 });
  const delta = { ...listed, number: 7, base: 5 };

  test("a complete CRL without a number has no changes", () => {
    expect(statusOf({ crls: [r.forgeCrl(ca, { number: null }), r.forgeCrl(ca, delta)] })).toBe("good");
  });

  test("the same key under another name changes nothing", () => {
    const namesake = f.forgeCa(root, { subject: "Another CA", key: ca.key });
    expect(statusOf({ crls: [base, r.forgeCrl(namesake, delta)] })).toBe("good");
    const stale = r.forgeCrl(ca, { number: 5, nextUpdate: "2025-12-31T12:00:00Z" });
    expect(statusOf({ crls: [stale, r.forgeCrl(namesake, { number: 7, base: 5 })] })).toBe("STALE");
    expect(statusOf({ crls: [base, r.forgeCrl(ca, delta)] })).toBe("revoked");
  });

  test("running out of work at a change is no doubt about the change, but the end", () => {
    const crls = [base, r.forgeCrl(ca, delta)];
    // Two of the path, and the complete CRL.
    expect(statusOf({ crls, budget: { signatures: 3 } })).toBe("BUDGET_EXCEEDED");
    expect(statusOf({ crls, budget: { signatures: 4 } })).toBe("revoked");
  });
});

describe("what need not be looked at", () => {
  test("an older list of the same issuer costs no signature", () => {
    const older = r.forgeCrl(ca, { thisUpdate: "2025-12-30T00:00:00Z", number: 0 });
    expect(statusOf({ crls: [older, r.forgeCrl(ca)], budget: { signatures: 3 } })).toBe("good");
  });

  test("a list that is given twice costs one signature, right or wrong", () => {
    const forged = r.forgeCrl(ca, { breakSignature: true });
    const once = statusOf({ crls: [forged], budget: { signatures: 3 } });
    expect(once).toBe("SIGNATURE_INVALID");
    expect(statusOf({ crls: [forged, forged], budget: { signatures: 3 } })).toBe(`${once},${once}`);
  });

  test("changes to a list that is at hand, or of another issuer, miss nothing", () => {
    const partly = r.forgeCrl(ca, { number: 5, scope: [r.SOME_REASONS] });
    expect(statusOf({ crls: [partly, r.forgeCrl(ca, { number: 7, base: 6 })] })).toBe("REASONS_NOT_COVERED");
    expect(statusOf({ crls: [r.forgeCrl(root, { number: 7, base: 6 })] })).toBe("NO_SOURCE");
    expect(statusOf({ crls: [r.forgeCrl(ca, { number: 7, base: 6 })] })).toBe("BASE_MISSING");
  });
});

describe("formal demands on CRLs", () => {
  const critical = f.extension("2.5.29.35", f.tlv(0x30, f.tlv(0x80, f.keyId(ca.key))), true);
  const crls = [r.forgeCrl(ca, { withoutAki: true, extensions: [critical] })];

  test.each([
    ["compatible", "good"],
    ["rfc5280", "NOT_CONFORMING"],
  ] as const)("a critical key identifier under %s: %s (section 4.2.1.1)", (profile, expected) => {
    expect(statusOf({ crls, profile })).toBe(expected);
  });
});

// Section 5.2.5: names are the same if they are written the same; of any type.
describe("names of distribution points", () => {
  const word = f.text(0x0c, "a");
  const names = {
    address: f.ipName(10, 0, 0, 1),
    "another address": f.ipName(10, 0, 0, 2),
    "an address of 16 bytes": f.ipName(10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    domain: f.dnsName("crl.example"),
    "URI that reads as the domain": f.uriName("crl.example"),
    "other name": f.otherName("1.2.3", word),
    "the same value of another type": f.otherName("1.2.4", word),
    "another value of the same type": f.otherName("1.2.3", f.text(0x0c, "b")),
    "e-mail": f.emailName("crl.example"),
  } as const;
  const pairs = Object.keys(names).flatMap((one) => Object.keys(names).map((other) => [one, other] as const));

  test.each(pairs)("%s, and the CRL has %s", (one, other) => {
    const ofName = (name: string): Uint8Array => r.fullName(names[name as keyof typeof names]);
    const subject = f.forgeLeaf(ca, { extensions: [r.distributionPoints([ofName(one)])] });
    const crls = [r.forgeCrl(ca, { scope: [ofName(other)] })];
    expect(statusOf({ leaf: subject, crls })).toBe(one === other ? "good" : "OUT_OF_SCOPE");
  });
});

describe("keys of CRL issuers", () => {
  test("one that nobody here can use is said to be unsupported", () => {
    const strange = f.forgeCa(root, { key: f.ecKey("secp256k1") });
    expect(statusOf({ pool: [strange], crls: [r.forgeCrl(strange)] })).toContain("ALGORITHM_UNSUPPORTED");
  });

  test("none at hand", () => {
    const clerk = f.forge({ subject: "Clerk", issuer: root, keyUsage: ["cRLSign"] });
    const points = r.distributionPoints([r.crlIssuer("Clerk")]);
    const subject = f.forgeLeaf(ca, { extensions: [points] });
    const crls = [r.forgeCrl(clerk, { scope: [r.INDIRECT] })];
    expect(statusOf({ leaf: subject, crls })).toBe("SIGNER_UNKNOWN");
    expect(statusOf({ leaf: subject, crls, pool: [clerk] })).toBe("SIGNER_STATUS_UNKNOWN");
  });

  test("the target's own, where its distribution point names it", () => {
    const points = r.distributionPoints([r.crlIssuer("Clerk")]);
    const clerk = f.forge({ subject: "Clerk", issuer: ca, keyUsage: ["cRLSign"], extensions: [points] });
    const crls = [r.forgeCrl(clerk, { scope: [r.INDIRECT] })];
    const revocation = { mode: "require", scope: "leaf", crls } as const;
    const path = verifyPathSync(inputFor([clerk, ca, root], { purpose: "any", revocation }));
    expect(path.revocation[0]?.status).toBe("good");
  });

  const dsaKey = (): f.ForgeKey => generateKeyPairSync("dsa", { modulusLength: 2048, divisorLength: 256 });

  test("one that cannot be read is no candidate", () => {
    expect(statusOf({ pool: [keyless()], crls: [r.forgeCrl(f.forgeCa(root))] })).toBe("SIGNATURE_INVALID");
  });

  test("one that lacks its parameters is no candidate", () => {
    const lacking = f.forgeCa(root, { key: dsaKey(), withoutDsaParameters: true });
    const stranger = f.forgeCa(root, { key: f.ecKey() });
    expect(statusOf({ pool: [lacking], crls: [r.forgeCrl(stranger)] })).toBe("SIGNATURE_INVALID");
  });

  test("one that has its parameters from its issuer (RFC 3279, section 2.3.2)", () => {
    const key = dsaKey();
    const dsaRoot = f.forgeRoot({ key });
    const heir = f.forgeCa(dsaRoot, { key: withSameParameters(key), withoutDsaParameters: true });
    const subject = f.forgeLeaf(heir);
    const statusUnder = (options: r.ForgeCrlOptions): string => {
      const revocation = { mode: "require", scope: "leaf", crls: [r.forgeCrl(heir, options)] } as const;
      const admitting = { revocation, insecurelyAdmit: { keyTypes: ["dsa"] } } as const;
      try {
        return verifyPathSync(inputFor([subject, heir, dsaRoot], admitting)).revocation[0]?.status ?? "";
      } catch (error) {
        return VerificationError.is(error) ? error.code : String(error);
      }
    };
    expect(statusUnder({})).toBe("good");
    expect(statusUnder({ breakSignature: true })).toBe("REVOCATION_STATUS_UNKNOWN");
  });
});

describe("OCSP responders", () => {
  const singles = [{ certificate: leaf.certificate, issuer: ca }];

  test("a namesake that is sent along does not spoil what the issuer itself has signed", () => {
    const namesake = f.forgeCa(root);
    expect(statusOf({ ocspResponses: [r.forgeOcsp(ca, { singles, certificates: [namesake.certificate] })] })).toBe(
      "good",
    );
  });

  test("a namesake whose key nobody here can use is said to be unsupported", () => {
    const strange = f.forgeCa(root, { key: f.ecKey("secp256k1") });
    const ocspResponses = [r.forgeOcsp(strange, { singles, certificates: [strange.certificate] })];
    expect(statusOf({ ocspResponses })).toBe("ALGORITHM_UNSUPPORTED");
  });

  test("a certificate whose key cannot be read proves nothing", () => {
    const ocspResponses = [r.forgeOcsp(f.forgeCa(root), { singles, certificates: [keyless().certificate] })];
    expect(statusOf({ ocspResponses })).toBe("UNREADABLE");
    // What is wrong is the key, and not how it was used.
    const [reason] = reasonsOf({ ocspResponses });
    expect(reason?.message).toMatch(/public key|subjectPublicKey|point/i);
  });
});

// A CA whose key is no key: the point of one on P-256 begins with 4, behind the BIT STRING of 66 bytes.
function keyless(): f.Forged {
  const made = f.forgeCa(root);
  const der = made.certificate.der.slice();
  der[der.findIndex((_, at) => [0x03, 0x42, 0x00, 0x04].every((byte, offset) => der[at + offset] === byte)) + 3] = 5;
  return { ...made, certificate: Certificate.fromDer(der) };
}

// Another DSA key with the domain parameters of this one: y = g^x mod p.
function withSameParameters({ publicKey }: f.ForgeKey): f.ForgeKey {
  const spki = new DerReader(publicKey.export({ type: "spki", format: "der" }));
  const algorithm = spki.enter(0x30, "SubjectPublicKeyInfo").raw();
  const x = randomBytes(28);
  const privateKey = createPrivateKey({
    key: Buffer.from(f.tlv(0x30, f.int(0), algorithm, f.tlv(0x04, f.tlv(0x02, Uint8Array.of(1), x)))),
    format: "der",
    type: "pkcs8",
  });
  return { privateKey, publicKey: createPublicKey(privateKey) };
}
