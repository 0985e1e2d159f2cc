/** Delta and indirect CRLs, rule by rule. */
import type { CertificateRevocationList } from "@tlskit/x509";
import { describe, expect, test } from "vitest";
import { verifyPathSync } from "../src/index.ts";
import * as f from "./forge.ts";
import * as r from "./forge-revocation.ts";
import {
  bad,
  ca,
  inputOf,
  leaf,
  listed,
  refusalOf,
  root,
  rootList,
  url,
  type Verdict,
  verdict,
  type World,
  withPoint,
} from "./revocation-world.ts";

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

  test("of those above a CRL issuer the status is wanted where it is wanted of the path", () => {
    const office = f.forgeCa(root, { subject: "Office" });
    const employed = f.forge({ subject: "Clerk", issuer: office, keyUsage: ["cRLSign"] });
    const crls = [r.forgeCrl(employed, { scope }), r.forgeCrl(office)];
    const made: World = { chain: [named, ca, root], pool: [office, employed], crls };
    expect(verdict(made)).toBe("good");
    expect(verdict({ ...made, scope: "path", crls: [...crls, rootList] })).toBe("good");
    const others = r.forgeCrl(root, { scope: [r.ONLY_USERS] });
    expect(verdict({ ...made, crls: [...crls, others] })).toBe("good");
    const revoking = r.forgeCrl(root, { revoked: [{ certificate: office.certificate }] });
    expect(verdict({ ...made, scope: "path", crls: [...crls, revoking] })).toBe("SIGNER_REVOKED");
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
