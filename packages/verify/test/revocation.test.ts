/** What is done about revocation, and what it may cost. */
import type { CertificateRevocationList } from "@tlskit/x509";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type RevocationInput,
  VerifyArgumentError,
  type VerifyPathInput,
  verifyPath,
  verifyPathSync,
} from "../src/index.ts";
import * as f from "./forge.ts";
import * as r from "./forge-revocation.ts";
import { inputFor } from "./inputs.ts";
import {
  ca,
  inputOf,
  leaf,
  listed,
  refusalOf,
  root,
  rootList,
  verdict,
  type World,
  withPoint,
} from "./revocation-world.ts";

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

  test("what is not known is said source by source", () => {
    const ocsp = [r.forgeOcsp(ca, { singles: [] }), r.forgeOcsp(ca, { singles: [] })];
    const stale = r.forgeCrl(ca, { nextUpdate: "2025-12-31T12:00:00Z" });
    expect(refusalOf(inputOf({ crls: [stale], ocsp }))?.message).toBe(
      'Whether the certificate "a.example" is revoked is not known: ' +
        "OCSP response 0: It is not about this certificate. OCSP response 1: It is not about this certificate. " +
        "CRL 0: It was to be replaced by 2025-12-31 12:00:00 UTC.",
    );
    expect(refusalOf(inputOf({}))?.message).not.toMatch(/CRL \d|OCSP response \d|undefined/);
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
