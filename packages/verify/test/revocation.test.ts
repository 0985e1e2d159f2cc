/** Revocation, rule by rule: for each a CRL or a response with that one fault, and one without it. */
import type { CertificateRevocationList, OcspResponse } from "@tlskit/x509";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type RevocationDoubtCode,
  type RevocationInput,
  VerificationError,
  VerifyArgumentError,
  type VerifyPathInput,
  verifyPath,
  verifyPathSync,
} from "../src/index.ts";
import * as f from "./forge.ts";
import * as r from "./forge-revocation.ts";
import { inputFor } from "./rule-fixtures.ts";

const root = f.forgeRoot();
const ca = f.forgeCa(root, { subject: "CA" });
const leaf = f.forgeLeaf(ca);
const rootList = r.forgeCrl(root);

type Verdict = "good" | "revoked" | RevocationDoubtCode;

interface World {
  readonly chain?: readonly f.Forged[];
  readonly pool?: readonly f.Forged[];
  readonly crls?: readonly (CertificateRevocationList | Uint8Array)[];
  readonly ocsp?: readonly (OcspResponse | Uint8Array)[];
  readonly scope?: "leaf" | "path";
  readonly maxAge?: number;
  readonly more?: Partial<VerifyPathInput>;
}

function inputOf(world: World, mode: RevocationInput["mode"] = "require"): VerifyPathInput {
  const { chain = [leaf, ca, root], pool = [], scope = "leaf", more } = world;
  const base = inputFor(chain);
  return {
    ...base,
    intermediates: [...(base.intermediates ?? []), ...pool.map(({ certificate }) => certificate)],
    revocation: {
      mode,
      scope,
      crls: world.crls ?? [],
      ocspResponses: world.ocsp ?? [],
      ...(world.maxAge === undefined ? {} : { maxAge: world.maxAge }),
    },
    ...more,
  };
}

function refusalOf(input: VerifyPathInput): VerificationError | undefined {
  try {
    verifyPathSync(input);
    return undefined;
  } catch (error) {
    if (VerificationError.is(error)) return error;
    throw error;
  }
}

function verdict(world: World): Verdict {
  const error = refusalOf(inputOf(world));
  if (error === undefined) return "good";
  const [reason] = error.reasons;
  expect(error.reasons.map(({ code }) => code)).toEqual([error.code]);
  if (reason?.code === "CERTIFICATE_REVOKED") return "revoked";
  if (reason?.code !== "REVOCATION_STATUS_UNKNOWN") throw error;
  return reason.details.why[0]?.code ?? "good";
}

const bad = f.extension("1.3.6.1.4.1.55738.1", f.tlv(0x05), true);
const listed = { revoked: [{ certificate: leaf.certificate }] };
const url = f.uriName("http://crl.example/1");
const withPoint = (...points: (readonly Uint8Array[])[]): f.Forged =>
  f.forgeLeaf(ca, { extensions: [r.distributionPoints(...points)] });

describe("CRLs (RFC 5280, section 6.3)", () => {
  const stranger = f.forgeRoot();
  const noSigner = f.forgeCa(root, { subject: "CA", keyUsage: ["keyCertSign"] });
  const version1 = f.forge({ subject: "a.example", issuer: ca, version: 1 });
  const atUrl = withPoint([r.fullName(url)]);
  const subCa = f.forgeCa(ca, { subject: "Sub" });

  test.each<[string, Verdict, World]>([
    ["a complete CRL that does not list it", "good", { crls: [r.forgeCrl(ca)] }],
    ["a complete CRL that lists it", "revoked", { crls: [r.forgeCrl(ca, listed)] }],
    ["in DER", "revoked", { crls: [r.crlDer(ca, listed)] }],
    ["nothing at hand", "NO_SOURCE", {}],
    ["a CRL of somebody else", "NO_SOURCE", { crls: [rootList] }],
    ["(a) not yet current", "NOT_YET_VALID", { crls: [r.forgeCrl(ca, { thisUpdate: "2026-01-01T00:00:01Z" })] }],
    ["(a) stale", "STALE", { crls: [r.forgeCrl(ca, { nextUpdate: "2025-12-31T23:59:59Z" })] }],
    [
      "(a) stale, and it lists it",
      "STALE",
      { crls: [r.forgeCrl(ca, { ...listed, nextUpdate: "2025-12-31T23:59:59Z" })] },
    ],
    ["(a) current to the second", "good", { crls: [r.forgeCrl(ca, { nextUpdate: "2026-01-01T00:00:00Z" })] }],
    ["without nextUpdate, of today", "good", { crls: [r.forgeCrl(ca, { nextUpdate: null })] }],
    [
      "without nextUpdate, older than a week",
      "STALE",
      { crls: [r.forgeCrl(ca, { nextUpdate: null, thisUpdate: "2025-12-24T00:00:00Z" })] },
    ],
    ["older than maxAge", "STALE", { crls: [r.forgeCrl(ca)], maxAge: 86_399 }],
    ["as old as maxAge", "good", { crls: [r.forgeCrl(ca)], maxAge: 86_400 }],
    ["(b)(2)(i) another distribution point", "OUT_OF_SCOPE", { crls: [r.forgeCrl(ca, { scope: [r.fullName(url)] })] }],
    [
      "(b)(2)(i) the same distribution point",
      "good",
      {
        chain: [atUrl, ca, root],
        crls: [r.forgeCrl(ca, { scope: [r.fullName(f.uriName("http://crl.example/0"), url)] })],
      },
    ],
    [
      "(b)(2)(i) relative and full name meet",
      "good",
      {
        chain: [withPoint([r.relativeName("part")]), ca, root],
        crls: [
          r.forgeCrl(ca, {
            scope: [
              r.fullName(
                f.tlv(
                  0xa4,
                  f.tlv(
                    0x30,
                    ...["CA", "part"].map((cn) => f.tlv(0x31, f.tlv(0x30, f.oid("2.5.4.3"), f.text(0x0c, cn)))),
                  ),
                ),
              ),
            ],
          }),
        ],
      },
    ],
    [
      "(b)(2)(i) other relative name",
      "OUT_OF_SCOPE",
      {
        chain: [withPoint([r.relativeName("part")]), ca, root],
        crls: [r.forgeCrl(ca, { scope: [r.relativeName("other")] })],
      },
    ],
    ["(b)(2)(ii) for users, a user", "good", { crls: [r.forgeCrl(ca, { scope: [r.ONLY_USERS] })] }],
    [
      "(b)(2)(ii) for users, a CA",
      "OUT_OF_SCOPE",
      { chain: [subCa, ca, root], more: { purpose: "any" }, crls: [r.forgeCrl(ca, { scope: [r.ONLY_USERS] })] },
    ],
    [
      "5.2.5 for users, version 1",
      "OUT_OF_SCOPE",
      { chain: [version1, ca, root], more: { purpose: "any" }, crls: [r.forgeCrl(ca, { scope: [r.ONLY_USERS] })] },
    ],
    ["(b)(2)(iii) for CAs, a user", "OUT_OF_SCOPE", { crls: [r.forgeCrl(ca, { scope: [r.ONLY_CAS] })] }],
    [
      "(b)(2)(iii) for CAs, a CA",
      "good",
      { chain: [subCa, ca, root], more: { purpose: "any" }, crls: [r.forgeCrl(ca, { scope: [r.ONLY_CAS] })] },
    ],
    [
      "(b)(2)(iv) for attribute certificates",
      "OUT_OF_SCOPE",
      { crls: [r.forgeCrl(ca, { scope: [r.ONLY_ATTRIBUTES] })] },
    ],
    ["(e) some reasons only", "REASONS_NOT_COVERED", { crls: [r.forgeCrl(ca, { scope: [r.SOME_REASONS] })] }],
    [
      "(e) all reasons in two",
      "good",
      { crls: [r.forgeCrl(ca, { scope: [r.SOME_REASONS] }), r.forgeCrl(ca, { scope: [r.OTHER_REASONS] })] },
    ],
    [
      "(e) listed in the second",
      "revoked",
      { crls: [r.forgeCrl(ca, { scope: [r.SOME_REASONS] }), r.forgeCrl(ca, { ...listed, scope: [r.OTHER_REASONS] })] },
    ],
    [
      "(e) the point wants some reasons, too",
      "REASONS_NOT_COVERED",
      {
        chain: [withPoint([r.fullName(url), f.tlv(0x81, Uint8Array.of(6, 0x40))]), ca, root],
        crls: [r.forgeCrl(ca, { scope: [r.fullName(url)] })],
      },
    ],
    [
      "(f) no cRLSign",
      "SIGNER_NOT_AUTHORISED",
      { chain: [f.forgeLeaf(noSigner), noSigner, root], crls: [r.forgeCrl(noSigner)] },
    ],
    ["(g) wrong signature", "SIGNATURE_INVALID", { crls: [r.forgeCrl(ca, { breakSignature: true })] }],
    ["(g) another key", "SIGNATURE_INVALID", { crls: [r.forgeCrl(f.forgeCa(root, { subject: "CA" }))] }],
    [
      "(f) another CA of that name, below another anchor",
      "SIGNER_NOT_AUTHORISED",
      (() => {
        const impostor = f.forgeCa(stranger, { subject: "CA" });
        return { pool: [impostor], crls: [r.forgeCrl(impostor)] };
      })(),
    ],
    [
      "(f) another key of the CA, certified below the same anchor",
      "good",
      (() => {
        const other = f.forge({ subject: "CA", issuer: root, keyUsage: ["cRLSign"] });
        return { pool: [other], crls: [r.forgeCrl(other), rootList] };
      })(),
    ],
    [
      "(f) the same, revoked",
      "SIGNER_REVOKED",
      (() => {
        const other = f.forge({ subject: "CA", issuer: root, keyUsage: ["cRLSign"] });
        const revoking = r.forgeCrl(root, { revoked: [{ certificate: other.certificate }] });
        return { pool: [other], crls: [r.forgeCrl(other), revoking] };
      })(),
    ],
    [
      "(f) the same, of unknown status",
      "SIGNER_STATUS_UNKNOWN",
      (() => {
        const other = f.forge({ subject: "CA", issuer: root, keyUsage: ["cRLSign"] });
        return { pool: [other], crls: [r.forgeCrl(other)] };
      })(),
    ],
    [
      "(f) another CA of that name, certified by a stranger below the same anchor",
      "SIGNER_NOT_AUTHORISED",
      (() => {
        const other = f.forgeCa(root, { subject: "Other CA" });
        const impostor = f.forge({ subject: "CA", issuer: other, keyUsage: ["cRLSign"] });
        return { pool: [other, impostor], crls: [r.forgeCrl(impostor), rootList, r.forgeCrl(other)] };
      })(),
    ],
    [
      "(f) one that the certificate itself has certified, in the name of its issuer",
      "SIGNER_NOT_AUTHORISED",
      (() => {
        const impostor = f.forge({ subject: "CA", issuer: subCa, keyUsage: ["cRLSign"] });
        return { chain: [subCa, ca, root], pool: [impostor], more: { purpose: "any" }, crls: [r.forgeCrl(impostor)] };
      })(),
    ],
    [
      "(f) signed with the key that it is about, in the name of its issuer",
      "SIGNATURE_INVALID",
      (() => {
        const rolled = f.forgeCa(ca, { subject: "CA" });
        return { chain: [rolled, ca, root], more: { purpose: "any" }, crls: [r.forgeCrl(rolled)] };
      })(),
    ],
    [
      "(e) of two for some reasons, the later one counts",
      "good",
      {
        crls: [
          r.forgeCrl(ca, { scope: [r.OTHER_REASONS], thisUpdate: "2025-12-29T00:00:00Z" }),
          r.forgeCrl(ca, { ...listed, scope: [r.SOME_REASONS], thisUpdate: "2025-12-30T00:00:00Z" }),
          r.forgeCrl(ca, { scope: [r.SOME_REASONS] }),
        ],
      },
    ],
    [
      "rfc5280: critical number",
      "NOT_CONFORMING",
      {
        crls: [r.forgeCrl(ca, { number: null, extensions: [f.extension("2.5.29.20", f.int(1), true)] })],
        more: { profile: "rfc5280" },
      },
    ],
    ["5.2: a critical extension", "CRITICAL_EXTENSION", { crls: [r.forgeCrl(ca, { ...listed, extensions: [bad] })] }],
    [
      "5.3: a critical extension in another's entry",
      "CRITICAL_EXTENSION",
      { crls: [r.forgeCrl(ca, { revoked: [{ certificate: ca.certificate, extensions: [bad] }] })] },
    ],
    [
      "5.3.3: certificateIssuer in a direct CRL",
      "NOT_CONFORMING",
      {
        crls: [
          r.forgeCrl(ca, { revoked: [{ certificate: leaf.certificate, extensions: [r.certificateIssuer("x")] }] }),
        ],
      },
    ],
    ["5.1.1.2: two algorithms", "NOT_CONFORMING", { crls: [r.forgeCrl(ca, { innerHash: "sha384" })] }],
    ["SHA-1", "WEAK_SIGNATURE", { crls: [r.forgeCrl(ca, { hash: "sha1" })] }],
    [
      "SHA-1, admitted",
      "good",
      { crls: [r.forgeCrl(ca, { hash: "sha1" })], more: { insecurelyAdmit: { signatureHashes: ["SHA-1"] } } },
    ],
    ["bytes that are no CRL", "UNREADABLE", { crls: [Uint8Array.of(0x30, 0)] }],
    [
      "of two for the same, the later one counts",
      "good",
      { crls: [r.forgeCrl(ca, { ...listed, thisUpdate: "2025-12-30T00:00:00Z" }), r.forgeCrl(ca)] },
    ],
    ["version 1", "good", { crls: [r.forgeCrl(ca, { version: 1 })] }],
    ["rfc5280: version 1", "NOT_CONFORMING", { crls: [r.forgeCrl(ca, { version: 1 })], more: { profile: "rfc5280" } }],
    [
      "rfc5280: no number",
      "NOT_CONFORMING",
      { crls: [r.forgeCrl(ca, { number: null })], more: { profile: "rfc5280" } },
    ],
    ["compatible: no number", "good", { crls: [r.forgeCrl(ca, { number: null })] }],
    [
      "rfc5280: no nextUpdate",
      "NOT_CONFORMING",
      { crls: [r.forgeCrl(ca, { nextUpdate: null })], more: { profile: "rfc5280" } },
    ],
    [
      "rfc5280: no key identifier",
      "NOT_CONFORMING",
      { crls: [r.forgeCrl(ca, { withoutAki: true })], more: { profile: "rfc5280" } },
    ],
    ["rfc5280: as it should be", "good", { crls: [r.forgeCrl(ca)], more: { profile: "rfc5280" } }],
  ])("%s: %s", (_, expected, world) => {
    expect(verdict(world)).toBe(expected);
  });
});

describe("delta CRLs (RFC 5280, section 5.2.4)", () => {
  const held = { revoked: [{ certificate: leaf.certificate, reason: 6 }] };
  const removed = { revoked: [{ certificate: leaf.certificate, reason: 8 }] };
  const base = r.forgeCrl(ca, { number: 5 });
  const onHold = r.forgeCrl(ca, { ...held, number: 5 });

  test.each<[string, Verdict, readonly CertificateRevocationList[]]>([
    ["revoked since", "revoked", [base, r.forgeCrl(ca, { ...listed, number: 7, base: 5 })]],
    ["base older than the complete one", "revoked", [base, r.forgeCrl(ca, { ...listed, number: 7, base: 3 })]],
    ["no longer on hold", "good", [onHold, r.forgeCrl(ca, { ...removed, number: 7, base: 5 })]],
    ["still on hold", "revoked", [onHold, r.forgeCrl(ca, { number: 7, base: 5 })]],
    ["about a later base", "revoked", [onHold, r.forgeCrl(ca, { ...removed, number: 7, base: 6 })]],
    ["older than the complete one", "revoked", [onHold, r.forgeCrl(ca, { ...removed, number: 5, base: 3 })]],
    [
      "the latest of two counts",
      "good",
      [base, r.forgeCrl(ca, { ...listed, number: 7, base: 5 }), r.forgeCrl(ca, { ...removed, number: 8, base: 5 })],
    ],
    [
      "of another scope",
      "revoked",
      [onHold, r.forgeCrl(ca, { ...removed, number: 7, base: 5, scope: [r.ONLY_USERS] })],
    ],
    [
      "stale",
      "revoked",
      [onHold, r.forgeCrl(ca, { ...removed, number: 7, base: 5, nextUpdate: "2025-12-31T01:00:00Z" })],
    ],
    ["wrongly signed", "revoked", [onHold, r.forgeCrl(ca, { ...removed, number: 7, base: 5, breakSignature: true })]],
    [
      "with a critical extension",
      "revoked",
      [onHold, r.forgeCrl(ca, { ...removed, number: 7, base: 5, extensions: [bad] })],
    ],
    [
      "current, over a complete one that is stale",
      "good",
      [r.forgeCrl(ca, { number: 5, nextUpdate: "2025-12-31T01:00:00Z" }), r.forgeCrl(ca, { number: 7, base: 5 })],
    ],
    ["without a base", "BASE_MISSING", [r.forgeCrl(ca, { ...removed, number: 7, base: 5 })]],
  ])("%s: %s", (_, expected, crls) => {
    expect(verdict({ crls })).toBe(expected);
  });
});

describe("indirect CRLs (RFC 5280, sections 5.2.5, 5.3.3)", () => {
  const clerk = f.forge({ subject: "Clerk", issuer: root, keyUsage: ["cRLSign"] });
  const named = withPoint([r.fullName(url), r.crlIssuer("Clerk")]);
  const scope = [r.fullName(url), r.INDIRECT];
  const entry = (...extensions: Uint8Array[]): r.ForgedEntry => ({ certificate: named.certificate, extensions });
  const other = { certificate: ca.certificate };
  const world = (options: r.ForgeCrlOptions, chain: readonly f.Forged[] = [named, ca, root]): World => ({
    chain,
    pool: [clerk],
    crls: [r.forgeCrl(clerk, options), rootList],
  });

  test.each<[string, Verdict, World]>([
    ["empty", "good", world({ scope })],
    ["listed for its issuer", "revoked", world({ scope, revoked: [entry(r.certificateIssuer("CA"))] })],
    [
      "the issuer carries on to the next entry",
      "revoked",
      world({ scope, revoked: [{ ...other, extensions: [r.certificateIssuer("CA")] }, entry()] }),
    ],
    ["listed for another issuer", "good", world({ scope, revoked: [entry(r.certificateIssuer("Other"))] })],
    ["listed for the CRL issuer", "good", world({ scope, revoked: [entry()] })],
    ["not marked as indirect", "OUT_OF_SCOPE", world({ scope: [r.fullName(url)] })],
    ["at another point", "OUT_OF_SCOPE", world({ scope: [r.fullName(f.uriName("http://crl.example/2")), r.INDIRECT] })],
    ["of someone whom the certificate does not name", "NO_SOURCE", world({ scope }, [leaf, ca, root])],
    [
      "by its issuer, where its points name another",
      "OUT_OF_SCOPE",
      { chain: [named, ca, root], crls: [r.forgeCrl(ca)] },
    ],
    [
      "by its issuer, where its points name another, and it lists it",
      "revoked",
      { chain: [named, ca, root], crls: [r.forgeCrl(ca, { revoked: [{ certificate: named.certificate }] })] },
    ],
    [
      "by its issuer, indirect, at a point that does not say so",
      "OUT_OF_SCOPE",
      { chain: [withPoint([r.fullName(url)]), ca, root], crls: [r.forgeCrl(ca, { scope })] },
    ],
    ["by its issuer, indirect, and no point at all", "good", { crls: [r.forgeCrl(ca, { scope: [r.INDIRECT] })] }],
  ])("%s: %s", (_, expected, made) => {
    expect(verdict(made)).toBe(expected);
  });

  test("a CRL issuer whose own certificate is on its own CRL, because its issuer says so", () => {
    const point = r.distributionPoints([r.fullName(url), r.crlIssuer("Clerk")]);
    const own = f.forge({ subject: "Clerk", issuer: root, keyUsage: ["cRLSign"], extensions: [point] });
    expect(verdict({ chain: [named, ca, root], pool: [own], crls: [r.forgeCrl(own, { scope })] })).toBe("good");
    const revoking = { scope, revoked: [{ certificate: own.certificate, extensions: [r.certificateIssuer("Root")] }] };
    expect(verdict({ chain: [named, ca, root], pool: [own], crls: [r.forgeCrl(own, revoking)] })).toBe(
      "SIGNER_REVOKED",
    );
  });

  test("a named CRL issuer counts only below the same anchor, though another one is trusted as well", () => {
    const second = f.forgeRoot({ subject: "Second" });
    const outsider = f.forge({ subject: "Clerk", issuer: second, keyUsage: ["cRLSign"] });
    const trust = [root.certificate, second.certificate];
    const crls = [r.forgeCrl(outsider, { scope }), r.forgeCrl(second)];
    const made = { chain: [named, ca, root], pool: [outsider], crls, more: { trust } };
    expect(verdict(made)).toBe("SIGNER_NOT_AUTHORISED");
  });

  test("a CRL issuer that the certificate in question has certified itself vouches for nobody", () => {
    const points = r.distributionPoints([r.fullName(url), r.crlIssuer("Own clerk")]);
    const target = f.forgeCa(ca, { subject: "Sub", extensions: [points] });
    const own = f.forge({ subject: "Own clerk", issuer: target, keyUsage: ["cRLSign"] });
    const below = f.forgeLeaf(target);
    const crls = [
      r.forgeCrl(own, { scope }),
      r.forgeCrl(target),
      r.forgeCrl(ca, { scope: [r.fullName(url)] }),
      rootList,
    ];
    const world = { chain: [below, target, ca, root], pool: [own], crls, scope: "path" } as const;
    const reasons = refusalOf(inputOf(world))?.reasons ?? [];
    const about = reasons.find(({ depth }) => depth === 1);
    expect(about?.code === "REVOCATION_STATUS_UNKNOWN" && about.details.why[0]?.code).toBe("SIGNER_STATUS_UNKNOWN");
    expect(verifyPathSync(inputOf(world, "prefer")).revocation[1]?.status).toBe("unknown");
  });

  test("two CRL issuers who vouch only for each other vouch for nobody", () => {
    const point = (name: string): Uint8Array => r.distributionPoints([r.fullName(url), r.crlIssuer(name)]);
    const one = f.forge({ subject: "Clerk", issuer: root, keyUsage: ["cRLSign"], extensions: [point("Other clerk")] });
    const two = f.forge({ subject: "Other clerk", issuer: root, keyUsage: ["cRLSign"], extensions: [point("Clerk")] });
    const crls = [r.forgeCrl(one, { scope }), r.forgeCrl(two, { scope })];
    expect(verdict({ chain: [named, ca, root], pool: [one, two], crls })).toBe("SIGNER_STATUS_UNKNOWN");
  });
});

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

describe("what is done about it", () => {
  const revokingCa = r.forgeCrl(root, { revoked: [{ certificate: ca.certificate, reason: 2 }] });

  test("ignore: nothing is looked at", () => {
    const path = verifyPathSync(inputOf({ crls: [r.forgeCrl(ca, listed)] }, "ignore"));
    expect(path.revocation).toEqual([]);
    expect(verifyPathSync(inputFor([leaf, ca, root])).revocation).toEqual([]);
  });

  test("prefer: what is unknown is reported, what is revoked refuses", () => {
    const path = verifyPathSync(inputOf({ scope: "path", crls: [r.forgeCrl(ca)] }, "prefer"));
    expect(path.revocation.map(({ status, depth }) => [status, depth])).toEqual([
      ["good", 0],
      ["unknown", 1],
    ]);
    expect(path.revocation[1]?.doubts[0]?.code).toBe("NO_SOURCE");
    expect(path.revocation[0]).toMatchObject({
      evidence: [{ source: "crl", index: 0 }],
      certificate: leaf.certificate,
    });
    expect(refusalOf(inputOf({ crls: [r.forgeCrl(ca, listed)] }, "prefer"))?.code).toBe("CERTIFICATE_REVOKED");
  });

  test("prefer: a CRL by a signer of unknown status counts, by a revoked one it does not", () => {
    const other = f.forge({ subject: "CA", issuer: root, keyUsage: ["cRLSign"] });
    const world = { pool: [other], crls: [r.forgeCrl(other)] };
    expect(verifyPathSync(inputOf(world, "prefer")).revocation[0]?.status).toBe("good");
    const revoking = r.forgeCrl(root, { revoked: [{ certificate: other.certificate }] });
    const path = verifyPathSync(inputOf({ ...world, crls: [...world.crls, revoking] }, "prefer"));
    expect(path.revocation[0]?.status).toBe("unknown");
  });

  test("scope: the path needs a status for every CA, but for the anchor", () => {
    expect(refusalOf(inputOf({ scope: "leaf", crls: [r.forgeCrl(ca)] }))).toBeUndefined();
    const error = refusalOf(inputOf({ scope: "path", crls: [r.forgeCrl(ca)] }));
    expect(error?.reasons.map(({ code, depth }) => [code, depth])).toEqual([["REVOCATION_STATUS_UNKNOWN", 1]]);
    expect(refusalOf(inputOf({ scope: "path", crls: [r.forgeCrl(ca), rootList] }))).toBeUndefined();
  });

  test("a revoked CA is the reason, with time, cause and place", () => {
    const error = refusalOf(inputOf({ scope: "path", crls: [r.forgeCrl(ca), revokingCa] }));
    expect(error).toMatchObject({
      code: "CERTIFICATE_REVOKED",
      details: { revokedAt: new Date("2025-12-01T00:00:00Z"), reason: "cACompromise", source: "crl", index: 1 },
    });
    expect(error?.reasons).toMatchObject([{ depth: 1, rule: "revocation", certificate: ca.certificate }]);
    expect(JSON.stringify(error)).toContain("2025-12-01T00:00:00.000Z");
  });

  test("below a revoked CA nothing is asked", () => {
    const error = refusalOf(inputOf({ scope: "path", crls: [revokingCa] }));
    expect(error?.reasons.map(({ code, depth }) => [code, depth])).toEqual([["CERTIFICATE_REVOKED", 1]]);
  });

  test("another path is found where one CA is revoked", () => {
    const second = f.forgeRoot({ subject: "Second" });
    const cross = f.forgeCa(second, { subject: "CA", key: ca.key });
    const base = inputFor([leaf, ca, root]);
    const input: VerifyPathInput = {
      ...base,
      intermediates: [ca.certificate, cross.certificate],
      trust: [root.certificate, second.certificate],
      revocation: { mode: "prefer", crls: [revokingCa] },
    };
    expect(verifyPathSync(input).anchor.certificate).toBe(second.certificate);
    expect(refusalOf({ ...input, trust: [root.certificate] })?.code).toBe("CERTIFICATE_REVOKED");
  });

  test("expired and revoked: both are said", () => {
    const error = refusalOf(inputOf({ crls: [r.forgeCrl(ca, listed)], more: { name: "b.example" } }));
    expect(error?.reasons.map(({ code }) => code)).toEqual(["CERTIFICATE_REVOKED", "NAME_MISMATCH"]);
  });

  test("an anchor is not asked about", () => {
    const self = f.forge({ subject: "a.example", ca: false, san: [f.dnsName("a.example")], eku: [f.SERVER_AUTH] });
    const input = { ...inputFor([self]), trust: [self.certificate], intermediates: [] };
    expect(verifyPathSync({ ...input, revocation: { mode: "require" } }).revocation).toEqual([]);
  });

  test("the same verdicts with WebCrypto", async () => {
    const ocsp = r.forgeOcsp(ca, { singles: [{ certificate: leaf.certificate, issuer: ca }] });
    expect((await verifyPath(inputOf({ ocsp: [ocsp] }))).revocation[0]?.status).toBe("good");
    await expect(verifyPath(inputOf({ crls: [r.forgeCrl(ca, listed)] }))).rejects.toMatchObject({
      code: "CERTIFICATE_REVOKED",
    });
  });

  test("checks list it", () => {
    const path = verifyPathSync(inputOf({ crls: [r.forgeCrl(ca)] }));
    expect(path.checks).toContainEqual({ rule: "revocation", section: "RFC 5280 6.1.3 (a)(3)", depth: 0 });
  });

  test.each<[string, unknown]>([
    ["revocation", 1],
    ["revocation.mode", {}],
    ["revocation.mode", { mode: "maybe" }],
    ["revocation.scope", { mode: "require", scope: "all" }],
    ["revocation.maxAge", { mode: "require", maxAge: -1 }],
    ["revocation.maxAge", { mode: "require", maxAge: Number.NaN }],
    ["revocation.crls", { mode: "require", crls: 1 }],
    ["revocation.crls[0]", { mode: "require", crls: ["x"] }],
    ["revocation.ocspResponses[0]", { mode: "require", ocspResponses: [null] }],
    ["revocation.fetch", { mode: "require", fetch: 1 }],
    ["revocation.crl", { mode: "require", crl: [] }],
  ])("argument %s: %o", async (argument, revocation) => {
    const input = { ...inputFor([leaf, ca, root]), revocation: revocation as RevocationInput };
    await expect(verifyPath(input)).rejects.toMatchObject({ details: { argument } });
    expect(() => verifyPathSync(input)).toThrow(VerifyArgumentError);
  });
});

describe("bounded work", () => {
  test("more sources than allowed", () => {
    const crls = Array.from({ length: 1001 }, () => rootList);
    expect(refusalOf(inputOf({ crls }))).toMatchObject({
      code: "BUDGET_EXCEEDED",
      details: { limit: "revocationSources" },
    });
  });

  test("an endless list of sources", () => {
    function* endless(): Generator<CertificateRevocationList> {
      for (;;) yield rootList;
    }
    const input = inputOf({});
    const error = refusalOf({ ...input, revocation: { mode: "prefer", crls: endless() } });
    expect(error).toMatchObject({ details: { limit: "revocationSources" } });
  });

  test("a thousand CRLs that nobody signed", () => {
    const crls = Array.from({ length: 1000 }, () => r.forgeCrl(ca, { breakSignature: true }));
    expect(refusalOf(inputOf({ crls }))).toMatchObject({ code: "BUDGET_EXCEEDED", details: { limit: "signatures" } });
  });

  test("thousands of names in the point and in the CRL", () => {
    const names = Array.from({ length: 2000 }, (_, index) => f.uriName(`http://a/${index}`));
    const others = Array.from({ length: 2000 }, (_, index) => f.uriName(`http://b/${index}`));
    const world = {
      chain: [withPoint([r.fullName(...names)]), ca, root],
      crls: [r.forgeCrl(ca, { scope: [r.fullName(...others)] })],
    };
    expect(refusalOf(inputOf(world))).toMatchObject({ details: { limit: "nameComparisons" } });
  });
});

describe("properties over damaged sources", () => {
  const list = r.crlDer(ca);
  const answer = r.forgeOcsp(ca, { singles: [{ certificate: leaf.certificate, issuer: ca }] }).der;
  const change = fc.record({ at: fc.nat(), to: fc.integer({ min: 1, max: 255 }) });

  test.each([
    ["a CRL", list, (bytes: Uint8Array): World => ({ crls: [bytes] })],
    ["an OCSP response", answer, (bytes: Uint8Array): World => ({ ocsp: [bytes] })],
  ])("%s with one byte changed, or cut short, says nothing any more, and nothing breaks", (_, whole, world) => {
    expect(verdict(world(whole))).toBe("good");
    fc.assert(
      fc.property(change, ({ at, to }) => {
        const bytes = Uint8Array.from(whole);
        const place = at % bytes.length;
        bytes[place] = (bytes[place] ?? 0) ^ to;
        expect(["good", "revoked"]).not.toContain(verdict(world(bytes)));
        expect(verdict(world(whole.subarray(0, place)))).toBe("UNREADABLE");
      }),
      { numRuns: 300 },
    );
  });
});

describe("critical distribution points", () => {
  const point = f.tlv(0x30, f.tlv(0x30, f.tlv(0xa0, f.tlv(0xa0, f.uriName("http://crl.example/")))));
  const critical = f.extension("2.5.29.31", point, true);
  const marked = f.forgeCa(root, { extensions: [critical] });
  const markedLeaf = f.forgeLeaf(marked, { extensions: [critical] });
  const crls = [r.crlDer(marked), rootList];
  const input = inputFor([markedLeaf, marked, root]);

  test("are understood where a CRL is required, and only for whom it is", () => {
    expect(verifyPathSync({ ...input, revocation: { mode: "require", crls } }).chain).toHaveLength(3);
    const leafOnly = { mode: "require", scope: "leaf", crls } as const;
    for (const revocation of [leafOnly, { mode: "prefer", crls }, { mode: "ignore" }] as const) {
      expect(() => verifyPathSync({ ...input, revocation })).toThrow(
        expect.objectContaining({ code: "CRITICAL_EXTENSION_UNKNOWN" }),
      );
    }
    const plain = f.forgeCa(root, { key: marked.key });
    const pool = { ...input, intermediates: [plain.certificate] };
    expect(verifyPathSync({ ...pool, revocation: leafOnly }).chain).toHaveLength(3);
  });
});
