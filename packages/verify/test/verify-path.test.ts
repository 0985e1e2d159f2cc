import { createTestCa } from "@tlskit/testing";
import { Certificate, PrivateCertificate } from "@tlskit/x509";
import { beforeAll, describe, expect, test } from "vitest";
import { InvalidHostnameError, parseHost } from "../src/identity/index.ts";
import {
  VerificationError,
  VerifiedPath,
  VerifyArgumentError,
  type VerifyPathInput,
  verifyPath,
  verifyPathSync,
} from "../src/index.ts";
import {
  dnsName,
  extension,
  type Forged,
  forge,
  forgeCa,
  forgeLeaf,
  forgeRoot,
  ipName,
  NOW,
  oid,
  tlv,
  uriName,
} from "./forge.ts";
import { anchors, inputFor } from "./inputs.ts";

async function refusal(input: VerifyPathInput): Promise<VerificationError> {
  const outcome = await verifyPath(input).then(
    () => "accepted",
    (error: unknown) => error,
  );
  if (!VerificationError.is(outcome)) throw new Error(`not refused: ${String(outcome)}`);
  // Both ways to run the core decide alike.
  expect(() => verifyPathSync(input)).toThrow(
    expect.objectContaining({ code: outcome.code, message: outcome.message }),
  );
  return outcome;
}

const codes = ({ reasons }: VerificationError): string[] => reasons.map(({ code }) => code);

let root: Forged;
let ca: Forged;
let leaf: Forged;

beforeAll(() => {
  root = forgeRoot();
  ca = forgeCa(root);
  leaf = forgeLeaf(ca);
});

describe("what is accepted", () => {
  test("CLI-10: a chain made by createTestCa, in every profile's reach", async () => {
    const testRoot = await createTestCa();
    const intermediate = await testRoot.createIntermediate();
    const identity = await intermediate.issue("a.example", "127.0.0.1");
    for (const name of ["a.example", "127.0.0.1"]) {
      const path = await verifyPath({
        leaf: identity,
        intermediates: identity.chain,
        trust: [testRoot.certificate],
        purpose: "server",
        profile: "rfc5280",
        name,
      });
      // What a private certificate is without its key.
      const chain = [identity, intermediate.certificate, testRoot.certificate];
      expect(path.chain.map(({ id }) => id)).toEqual(chain.map(({ id }) => id));
      expect(path.chain.some((one) => one instanceof PrivateCertificate)).toBe(false);
    }
  });

  test("the proof says what was decided", () => {
    const trust = anchors({ certificate: root.certificate, source: "a test" });
    const path = verifyPathSync(inputFor([leaf, ca, root], { name: "A.Example", trust }));
    expect(path).toMatchObject({ leaf: leaf.certificate, purpose: "server", profile: "compatible", at: NOW });
    expect(path.anchor.source).toBe("a test");
    expect(path.name).toMatchObject({ reference: { value: "a.example" }, presented: "DNS:a.example" });
    expect(path.work).toMatchObject({ signatures: 2 });
    expect(path.checks).toContainEqual({ rule: "ca-bit", section: "RFC 5280 6.1.4 (k)", depth: 1 });
    expect(path.checks.filter(({ rule }) => rule === "signature").map(({ depth }) => depth)).toEqual([0, 1]);
    expect(VerifiedPath.is(path)).toBe(true);
  });

  test("the proof cannot be made otherwise", () => {
    const Constructor = VerifiedPath as unknown as new (fields: object) => VerifiedPath;
    expect(() => new Constructor({ chain: [leaf.certificate] })).toThrow(VerifyArgumentError);
    expect(VerifiedPath.is({ ...verifyPathSync(inputFor([leaf, ca, root])) })).toBe(false);
    expect(VerifiedPath.is(Object.create(VerifiedPath.prototype))).toBe(false);
  });

  test("leaf and pool may be DER", () => {
    const input = inputFor([leaf, ca, root]);
    expect(
      verifyPathSync({ ...input, leaf: leaf.certificate.der, intermediates: [ca.certificate.der] }).chain,
    ).toHaveLength(3);
  });

  test("an intermediate may itself be the anchor", () => {
    expect(verifyPathSync(inputFor([leaf, ca])).chain).toHaveLength(2);
  });

  test("of two anchors of one name, each is known, whichever was given first", () => {
    const twin = forgeRoot();
    const below = [forgeLeaf(root, { withoutAki: true }), forgeLeaf(twin, { withoutAki: true })];
    for (const trust of [
      [root.certificate, twin.certificate],
      [twin.certificate, root.certificate],
    ]) {
      const found = below.map((one) => verifyPathSync(inputFor([one, root], { trust })).anchor.certificate);
      expect(found).toEqual([root.certificate, twin.certificate]);
    }
  });

  test("a leaf that is the anchor stands alone, if it is self-signed", async () => {
    const self = forgeLeaf(forgeRoot(), { subject: "a.example" });
    const own = forge({ subject: "a.example", san: [tlv(0x82, Buffer.from("a.example"))] });
    expect(verifyPathSync({ ...inputFor([own]), trust: [own.certificate], name: "a.example" }).chain).toEqual([
      own.certificate,
    ]);
    expect(codes(await refusal({ ...inputFor([own]), trust: [own.certificate], name: "b.example" }))).toEqual([
      "NAME_MISMATCH",
    ]);
    // Trusted, but issued by somebody else: only a path to another anchor counts.
    expect(codes(await refusal({ ...inputFor([self]), trust: [self.certificate] }))).toEqual(["UNKNOWN_ISSUER"]);
    const broken = forge({ subject: "a.example", breakSignature: true });
    expect(codes(await refusal({ ...inputFor([broken]), trust: [broken.certificate] }))).not.toEqual([]);
  });

  test("the path of pain: an expired cross-sign does not hide the root that is trusted", () => {
    const old = forgeRoot({ subject: "Old" });
    const expiredCross = forgeCa(old, { subject: "Root", key: root.key, notAfter: "2025-06-01T00:00:00Z" });
    const input = inputFor([leaf, expiredCross, ca, root], { trust: [old.certificate, root.certificate] });
    expect(verifyPathSync(input).chain.at(-1)).toBe(root.certificate);
  });

  test("backtracking: decoys of the same name and key identifier come first, and do no harm", () => {
    const decoys = Array.from({ length: 20 }, () => forgeCa(forgeRoot(), { subject: "CA" }).certificate);
    const pool = [...decoys, ca.certificate, root.certificate, leaf.certificate, ca.certificate];
    expect(verifyPathSync({ ...inputFor([leaf, ca, root]), intermediates: pool }).chain).toHaveLength(3);
  });

  test("self-issued CA certificates do not count for path length and depth", () => {
    const limited = forgeRoot({ pathLength: 1 });
    const first = forgeCa(limited, { subject: "CA" });
    const second = forgeCa(first, { subject: "CA" });
    const input = inputFor([forgeLeaf(second), second, first, limited], { maxDepth: 1, profile: "rfc5280" });
    expect(verifyPathSync(input).chain).toHaveLength(4);
  });
});

describe("what is refused, and why", () => {
  test("expired and wrong name: both, the chain before the name", async () => {
    const late = forgeLeaf(ca, { notAfter: "2025-12-01T00:00:00Z" });
    const error = await refusal(inputFor([late, ca, root], { name: "b.example" }));
    expect(codes(error)).toEqual(["CERTIFICATE_EXPIRED", "NAME_MISMATCH"]);
    expect(error.message).toMatch(/expired on 2025-12-01 00:00:00 UTC/);
    expect(error.chain).toEqual([late.certificate, ca.certificate, root.certificate]);
  });

  test("of many names, four are told", async () => {
    const named = (count: number): Forged =>
      forgeLeaf(ca, { san: Array.from({ length: count }, (_, index) => dnsName(`n${index}.example`)) });
    const four = await refusal(inputFor([named(4), ca, root], { name: "b.example" }));
    expect(four.reasons[0]?.message).toMatch(/is for DNS:n0\.example, .*, DNS:n3\.example, not for/);
    const six = await refusal(inputFor([named(6), ca, root], { name: "b.example" }));
    expect(six.reasons[0]?.message).toMatch(/DNS:n3\.example and 2 more, not for/);
    expect(six.reasons[0]?.details).toMatchObject({ presented: { length: 6 } });
  });

  test("every certificate of the path has its say", async () => {
    const late = { notAfter: "2025-12-01T00:00:00Z" };
    const weakRoot = forgeRoot(late);
    const weakCa = forgeCa(weakRoot, { ...late, keyUsage: ["cRLSign"] });
    const error = await refusal(inputFor([forgeLeaf(weakCa, late), weakCa, weakRoot], { purpose: "client" }));
    expect(error.reasons.map(({ code, depth }) => `${code} ${depth}`)).toEqual([
      "CERTIFICATE_EXPIRED 0",
      "CERTIFICATE_EXPIRED 1",
      "CERTIFICATE_EXPIRED 2",
      "EXTENDED_KEY_USAGE_MISMATCH 0",
      "KEY_USAGE_MISSING 1",
    ]);
  });

  test("missing intermediate: who is missing, and where to fetch it", async () => {
    const aia = tlv(0x30, tlv(0x30, oid("1.3.6.1.5.5.7.48.2"), uriName("http://ca.example/ca.crt")));
    const lonely = forgeLeaf(ca, { extensions: [extension("1.3.6.1.5.5.7.1.1", aia)] });
    const error = await refusal(inputFor([lonely, root]));
    expect(error.reasons).toMatchObject([
      { code: "UNKNOWN_ISSUER", depth: 0, details: { missingIssuer: "CN=CA", aia: ["http://ca.example/ca.crt"] } },
    ]);
    expect(error.reasons[0]?.remedy).toContain("http://ca.example/ca.crt");
  });

  test("untrusted root", async () => {
    const error = await refusal({
      ...inputFor([leaf, ca, root]),
      intermediates: [ca.certificate, root.certificate],
      trust: [forgeRoot({ subject: "Other" }).certificate],
    });
    expect(error.reasons).toMatchObject([
      { code: "UNTRUSTED_ROOT", depth: 2, details: { sha256: root.certificate.id } },
    ]);
  });

  test("CLI-11: an untrusted issuer comes before a wrong name", async () => {
    const error = await refusal({
      ...inputFor([leaf, ca, root], { name: "b.example" }),
      trust: [forgeRoot({ subject: "Other" }).certificate],
    });
    expect(codes(error)).toEqual(["UNKNOWN_ISSUER", "NAME_MISMATCH"]);
  });

  test("self-signed", async () => {
    const own = forge({ subject: "a.example", san: [tlv(0x82, Buffer.from("a.example"))] });
    expect(codes(await refusal({ ...inputFor([own]), trust: [root.certificate], name: "a.example" }))).toEqual([
      "SELF_SIGNED",
    ]);
  });

  test("a root of the same name with another key: not the issuer if the key identifiers differ, else a bad signature", async () => {
    const other = forgeRoot();
    expect(codes(await refusal({ ...inputFor([leaf, ca, root]), trust: [other.certificate] }))).toEqual([
      "UNKNOWN_ISSUER",
    ]);
    const anonymous = forgeCa(root, { withoutAki: true });
    const input = inputFor([forgeLeaf(anonymous), anonymous, other]);
    expect((await refusal(input)).reasons).toMatchObject([{ code: "SIGNATURE_INVALID", depth: 1 }]);
  });

  test("a broken signature", async () => {
    const broken = forgeLeaf(ca, { breakSignature: true });
    expect((await refusal(inputFor([broken, ca, root]))).reasons).toMatchObject([
      { code: "SIGNATURE_INVALID", depth: 0, rule: "signature" },
    ]);
  });

  test("a leaf cannot issue", async () => {
    const below = forgeLeaf(leaf, { subject: "b.example" });
    expect(codes(await refusal(inputFor([below, leaf, ca, root])))).toEqual(["ISSUER_NOT_CA", "KEY_USAGE_MISSING"]);
  });

  test("no trust at all is its own error, and the leaf's own faults are still said", async () => {
    const late = forgeLeaf(ca, { notAfter: "2025-12-01T00:00:00Z" });
    expect(codes(await refusal({ ...inputFor([late, ca]), trust: [] }))).toEqual([
      "TRUST_EMPTY",
      "CERTIFICATE_EXPIRED",
    ]);
  });

  test("a leaf that does not parse: the parse error is the reason and the cause", async () => {
    const error = await refusal({ ...inputFor([leaf, ca, root]), leaf: leaf.certificate.der.slice(0, -1) });
    expect(error.reasons).toMatchObject([
      { code: "CERTIFICATE_MALFORMED", details: { field: "certificate", problem: "DER_TRUNCATED" } },
    ]);
    expect(error.cause).toMatchObject({ code: "DER_TRUNCATED" });
    expect(error.chain).toEqual([]);
  });

  test("broken certificates in the pool are skipped and reported", async () => {
    const intermediates = [Uint8Array.of(1, 2, 3), ca.certificate, new Uint8Array()];
    expect(verifyPathSync({ ...inputFor([leaf, ca, root]), intermediates }).skipped.map(({ index }) => index)).toEqual([
      0, 2,
    ]);
    const error = await refusal({ ...inputFor([leaf, ca, root]), intermediates, name: "b.example" });
    expect(error.skipped).toMatchObject([{ index: 0, error: { code: expect.stringMatching(/^DER_/) } }, { index: 2 }]);
  });

  test("purposes that must be named: time stamping and OCSP signing", async () => {
    const plain = forgeLeaf(ca, { eku: undefined as never });
    for (const purpose of ["timeStamping", "ocspSigning"] as const) {
      expect(codes(await refusal(inputFor([plain, ca, root], { purpose })))).toEqual(["EXTENDED_KEY_USAGE_MISMATCH"]);
    }
    const responder = forgeLeaf(ca, { eku: ["1.3.6.1.5.5.7.3.9"] });
    expect(verifyPathSync(inputFor([responder, ca, root], { purpose: "ocspSigning" })).purpose).toBe("ocspSigning");
  });
});

describe("the error", () => {
  test("its JSON is complete and plain", async () => {
    const error = await refusal(inputFor([leaf, ca, root], { name: "b.example" }));
    const json = JSON.parse(JSON.stringify(error));
    expect(json).toMatchObject({
      name: "VerificationError",
      code: "NAME_MISMATCH",
      details: { expected: "DNS:b.example", presented: ["DNS:a.example"] },
      at: "2026-01-01T00:00:00.000Z",
      reasons: [
        {
          code: "NAME_MISMATCH",
          rule: "name",
          section: "RFC 9525 6",
          depth: 0,
          certificate: { subject: "CN=a.example", issuer: "CN=CA", sha256: leaf.certificate.id },
        },
      ],
      attempts: [{ chain: [{}, {}, {}], reasons: [{ code: "NAME_MISMATCH" }] }],
      skipped: [],
      work: { signatures: expect.any(Number) },
    });
    expect(json.chain).toHaveLength(3);
  });

  test("names from certificates cannot draw on a terminal", async () => {
    const nasty = forgeLeaf(ca, { subject: "x\u001b[2J\u202ey", san: [tlv(0x82, Buffer.from("\u001b]0;x"))] });
    const error = await refusal(inputFor([nasty, ca, root], { name: "a.example" }));
    expect(error.message).toMatch(/^\P{Cc}*$/u);
    for (const { message } of error.reasons) expect(message).toMatch(/^\P{Cc}*$/u);
  });
});

describe("bad input", () => {
  const bad: readonly [argument: string, change: object][] = [
    ["leaf", { leaf: "-----BEGIN CERTIFICATE-----" }],
    ["leaf", { leaf: undefined }],
    ["trust", { trust: undefined }],
    ["trust", { trust: 5 }],
    ["trust[0]", { trust: ["PEM"] }],
    ["intermediates[0]", { intermediates: ["PEM"] }],
    ["purpose", { purpose: "constructor" }],
    ["purpose", { purpose: undefined }],
    ["profile", { profile: "strict" }],
    ["at", { at: new Date(Number.NaN) }],
    ["at", { at: new Date(8.64e15 + 1) }],
    ["at", { at: "2026-01-01" }],
    ["at", { at: Object.assign(new Date(Number.NaN), { getTime: () => 0 }) }],
    ["maxDepth", { maxDepth: -1 }],
    ["maxDepth", { maxDepth: 1.5 }],
    ["budget.signatures", { budget: { signatures: -1 } }],
    ["budget.steps", { budget: { steps: Number.NaN } }],
    ["budget.time", { budget: { time: 1 } }],
    ["policies.initial[0]", { policies: { initial: ["any"] } }],
    ["policies.requireExplicit", { policies: { requireExplicit: 1 } }],
    ["policies.explicit", { policies: { explicit: true } }],
    ["intermediates", { intermediates: 5 }],
    ["publicSuffix", { publicSuffix: {} }],
    ["budget", { budget: null }],
    ["policies", { policies: 1 }],
    ["name", { name: { type: "dns" } }],
    ["name", { name: { type: "dns", value: "*.example.com", text: "" } }],
    ["name", { name: { type: "dns", value: "A.example", text: "" } }],
    ["name", { name: { type: "dns", value: "a.example.", text: "" } }],
    ["name", { name: { type: "ip", value: "127.0.0.1", bytes: Uint8Array.of(127, 0, 0, 2), text: "" } }],
    ["name", { name: { type: "other", value: "x", text: "" } }],
    ["name", { name: null }],
  ];
  test.each(bad)("%s", async (argument, change) => {
    const input = { ...inputFor([leaf, ca, root]), ...change } as VerifyPathInput;
    await expect(verifyPath(input)).rejects.toMatchObject({ code: "VERIFY_ARGUMENT_INVALID", details: { argument } });
    expect(() => verifyPathSync(input)).toThrow(VerifyArgumentError);
  });

  test("no input at all", async () => {
    await expect(verifyPath(undefined as never)).rejects.toMatchObject({ code: "VERIFY_ARGUMENT_INVALID" });
  });

  test("CLI-04: a name that is no host name is refused before anything is decided", async () => {
    await expect(verifyPath(inputFor([leaf, ca, root], { name: "127.1" }))).rejects.toThrow(InvalidHostnameError);
  });

  test("CLI-20: other identities are given as references", () => {
    expect(verifyPathSync(inputFor([leaf, ca, root], { name: parseHost("a.example") })).name?.presented).toBe(
      "DNS:a.example",
    );
    const hosts = forgeLeaf(ca, { san: [ipName(127, 0, 0, 1)] });
    const byAddress = (host: string): VerifyPathInput => inputFor([hosts, ca, root], { name: parseHost(host) });
    expect(verifyPathSync(byAddress("127.0.0.1")).name?.presented).toBe("IP Address:127.0.0.1");
    expect(() => verifyPathSync(byAddress("127.0.0.2"))).toThrow(expect.objectContaining({ code: "NAME_MISMATCH" }));
  });

  test("a name that says one thing when it is checked and another when it is used is read once", () => {
    let reads = 0;
    const name = {
      type: "dns",
      text: "b.example",
      get value() {
        return reads++ === 0 ? "b.example" : "a.example";
      },
    } as const;
    expect(() => verifyPathSync({ ...inputFor([leaf, ca, root]), name })).toThrow(
      expect.objectContaining({ code: "NAME_MISMATCH" }),
    );
  });

  test("CLI-13: nothing that was given is changed, and nothing given later changes the proof", () => {
    const at = new Date(NOW);
    const intermediates = Object.freeze([ca.certificate]);
    const path = verifyPathSync(Object.freeze({ ...inputFor([leaf, ca, root]), at, intermediates }));
    at.setFullYear(1970);
    expect(path.at).toEqual(NOW);
    expect(path.chain[1]).toBeInstanceOf(Certificate);
  });
});
