/** The status of one certificate whose path is known to be good: what is asked, and what cannot be. */
import { describe, expect, test } from "vitest";
import { type CheckRevocationInput, checkRevocation, checkRevocationSync } from "../src/index.ts";
import { extension, forge, forgeCa, forgeLeaf, forgeRoot, NOW, tlv } from "./forge.ts";
import { crlDer, forgeCrl, forgeOcsp } from "./forge-revocation.ts";

const root = forgeRoot();
const ca = forgeCa(root);
const leaf = forgeLeaf(ca);
const chain = [leaf, ca, root].map(({ certificate }) => certificate);
const input: CheckRevocationInput = { chain, at: NOW };
const listing = { revoked: [{ certificate: leaf.certificate }] };

describe("the status", () => {
  test.each([
    ["good", [crlDer(ca)]],
    ["revoked", [crlDer(ca, listing)]],
    ["unknown", []],
    ["unknown", [crlDer(root)]],
  ])("is %s", async (status, crls) => {
    expect((await checkRevocation({ ...input, crls })).status).toBe(status);
    expect(checkRevocationSync({ ...input, crls })).toMatchObject({ status, certificate: leaf.certificate, depth: 0 });
  });

  test("is told by a CRL issuer that is only among the intermediates", () => {
    const signer = forge({ subject: "CA", issuer: root, keyUsage: ["cRLSign"] });
    const crls = [forgeCrl(signer), crlDer(root)];
    expect(checkRevocationSync({ ...input, crls }).status).toBe("unknown");
    expect(checkRevocationSync({ ...input, crls, intermediates: [signer.certificate] }).status).toBe("good");
  });

  test.each([
    ["expired", { notAfter: "2025-12-31T00:00:00Z" }],
    ["of an extension that is not understood", { extensions: [extension("1.2.3.4", tlv(0x05), true)] }],
    ["not signed by whom it says", { breakSignature: true }],
    ["without the right to sign CRLs", { keyUsage: ["digitalSignature"] }],
  ] as const)("is not told by a CRL issuer that is %s", (_, fault) => {
    const signer = forge({ subject: "CA", issuer: root, keyUsage: ["cRLSign"], ...fault });
    const crls = [forgeCrl(signer), crlDer(root)];
    const status = checkRevocationSync({ ...input, crls, intermediates: [signer.certificate] });
    expect(status).toMatchObject({ status: "unknown", doubts: [{ code: "SIGNER_NOT_AUTHORISED" }] });
  });

  test("is not told by what is older than allowed", () => {
    const crls = [crlDer(ca, { thisUpdate: "2025-12-31T00:00:00Z" })];
    expect(checkRevocationSync({ ...input, crls, maxAge: 90_000 }).status).toBe("good");
    expect(checkRevocationSync({ ...input, crls, maxAge: 3_600 }).status).toBe("unknown");
  });

  test("is unknown where it would take too much work, and says so", () => {
    const status = checkRevocationSync({ ...input, crls: [crlDer(ca)], budget: { signatures: 0 } });
    expect(status).toMatchObject({ status: "unknown", doubts: [{ code: "BUDGET_EXCEEDED" }] });
    const ocspResponses = [forgeOcsp(ca, { singles: [{ certificate: leaf.certificate, issuer: ca }] })];
    for (const budget of [{ signatures: 0 }, { steps: 0 }]) {
      const unasked = checkRevocationSync({ ...input, ocspResponses, budget });
      expect(unasked).toMatchObject({ status: "unknown", doubts: [{ code: "BUDGET_EXCEEDED" }] });
    }
    const many = { ...input, intermediates: [ca.certificate, root.certificate], budget: { poolSize: 1 } };
    expect(checkRevocationSync(many)).toMatchObject({ status: "unknown", doubts: [{ code: "BUDGET_EXCEEDED" }] });
  });
});

test.each<readonly [string, object]>([
  ["chain", { chain: [leaf.certificate] }],
  ["chain", { chain: [] }],
  ["chain", { chain: "PEM" }],
  ["chain", { chain: [leaf.certificate, "PEM"] }],
  ["chain", { chain: [...chain, {}] }],
  ["intermediates", { intermediates: 5 }],
  ["intermediates", { intermediates: null }],
  ["intermediates[0]", { intermediates: ["PEM"] }],
  ["revocation.crls", { crls: 5 }],
  ["revocation.crls[0]", { crls: ["PEM"] }],
  ["revocation.ocspResponses[0]", { ocspResponses: [{}] }],
  ["revocation.maxAge", { maxAge: -1 }],
  ["at", { at: new Date(Number.NaN) }],
  ["crl", { crl: [] }],
])("an argument that is none is named: %s", (argument, change) => {
  expect(() => checkRevocationSync({ ...input, ...change })).toThrow(
    expect.objectContaining({ code: "VERIFY_ARGUMENT_INVALID", details: expect.objectContaining({ argument }) }),
  );
});
