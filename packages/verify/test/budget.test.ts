/** The pool is hostile: whatever is in it, a decision comes within the budget. */
import type { Certificate } from "@tlskit/x509";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchIdentity, parseUriId } from "../src/identity/index.ts";
import { DEFAULT_BUDGET, VerificationError, type VerifyPathInput, verifyPathSync } from "../src/index.ts";
import {
  constraints,
  dnsName,
  ecKey,
  extension,
  type Forged,
  forge,
  forgeCa,
  forgeLeaf,
  forgeRoot,
  oid,
  text,
  tlv,
  uriName,
} from "./forge.ts";
import { inputFor } from "./inputs.ts";

function outcome(input: VerifyPathInput): VerificationError | "accepted" {
  try {
    verifyPathSync(input);
    return "accepted";
  } catch (error) {
    if (VerificationError.is(error)) return error;
    throw error;
  }
}

const certificates = (forged: readonly Forged[]): Certificate[] => forged.map(({ certificate }) => certificate);

describe("limits", () => {
  test("signatures: a thousand CAs of the right name, none of which signed", () => {
    const root = forgeRoot();
    const key = ecKey();
    const real = forgeCa(root, { withoutSki: true });
    const decoys = Array.from({ length: 999 }, (_, index) =>
      forge({
        subject: "CA",
        issuer: root,
        ca: true,
        key: index % 2 === 0 ? key : ecKey(),
        withoutSki: true,
        breakSignature: true,
      }),
    );
    const leaf = forgeLeaf(real, { withoutAki: true });
    const error = outcome({ ...inputFor([leaf, root]), intermediates: certificates([...decoys, real]) });
    expect(error).toMatchObject({ code: "BUDGET_EXCEEDED", details: { limit: "signatures", allowed: 100 } });
    expect(error).toMatchObject({ work: { signatures: 100 } });
  });

  test("steps: a mesh of cross-signed CAs that nearly reaches the anchor", () => {
    const root = forgeRoot({ pathLength: 0 });
    const keys = Array.from({ length: 8 }, () => ecKey());
    const nodes: Forged[] = keys.map((key, index) => forgeRoot({ subject: `CA ${index}`, key }));
    const mesh = nodes.flatMap((issuer) =>
      nodes.map((subject, index) => forgeCa(issuer, { subject: `CA ${index}`, key: subject.key })),
    );
    const entry = nodes.map((subject, index) =>
      forgeCa(root, { subject: `CA ${index}`, key: subject.key, breakSignature: true }),
    );
    const input = {
      ...inputFor([forgeLeaf(nodes[0] as Forged), root], { profile: "rfc5280" }),
      intermediates: certificates([...mesh, ...entry]),
    };
    const error = outcome({ ...input, budget: { steps: 2_000 } });
    expect(error).toMatchObject({ code: "BUDGET_EXCEEDED" });
    expect((error as VerificationError).work.steps).toBeLessThanOrEqual(2_000);
  });

  test("one anchor a thousand times is one", () => {
    const stranger = forgeRoot();
    const input = inputFor([forgeLeaf(forgeRoot(), { withoutAki: true }), stranger], { budget: { steps: 20 } });
    const once = outcome(input);
    expect(once).toMatchObject({ code: "SIGNATURE_INVALID" });
    expect(outcome({ ...input, trust: Array(1_000).fill(stranger.certificate) })).toEqual(once);
  });

  test("name comparisons: many names times many constraints", () => {
    const names = Array.from({ length: 1_000 }, (_, index) => dnsName(`h${index}.a.example`));
    const root = forgeRoot({ nameConstraints: constraints({ excluded: names.slice(0, 400) }) });
    const leaf = forgeLeaf(root, { san: names.slice(400) });
    const error = outcome(inputFor([leaf, root], { budget: { nameComparisons: 1_000 } }));
    expect(error).toMatchObject({ code: "BUDGET_EXCEEDED", details: { limit: "nameComparisons", allowed: 1_000 } });
    expect(outcome(inputFor([leaf, root]))).toBe("accepted");
  });

  test("policy nodes: mappings of everything to everything do not grow exponentially", () => {
    const policies = Array.from({ length: 20 }, (_, index) => `1.2.3.${index}`);
    const all = extension("2.5.29.32", tlv(0x30, ...policies.map((policy) => tlv(0x30, oid(policy)))));
    const pairs = policies.flatMap((from) => policies.map((to) => tlv(0x30, oid(from), oid(to))));
    const mesh = extension("2.5.29.33", tlv(0x30, ...pairs), true);
    const chain = [forgeRoot()];
    for (let index = 0; index < 10; index++) {
      chain.unshift(forgeCa(chain[0] as Forged, { subject: `CA ${index}`, extensions: [all, mesh] }));
    }
    chain.unshift(forgeLeaf(chain[0] as Forged, { extensions: [all] }));
    const policiesInput = { policies: { requireExplicit: true, initial: ["1.2.3.1"] } };
    expect(outcome(inputFor(chain, policiesInput))).toBe("accepted");
    expect(outcome(inputFor(chain, { ...policiesInput, budget: { policyNodes: 500 } }))).toMatchObject({
      code: "BUDGET_EXCEEDED",
      details: { limit: "policyNodes", allowed: 500 },
    });
  });

  test("name comparisons: URIs among constraints that cannot be looked up", () => {
    const names = (count: number, of: (index: number) => string): Uint8Array[] =>
      Array.from({ length: count }, (_, index) => uriName(of(index)));
    const root = forgeRoot();
    const excluded = [uriName("*"), ...names(2_000, (index) => `x${index}.b`)];
    const ca = forgeCa(root, { nameConstraints: constraints({ excluded }) });
    const leaf = forgeLeaf(ca, { san: names(2_000, (index) => `http://a${index}.b/`) });
    expect(outcome(inputFor([leaf, ca, root]))).toMatchObject({ details: { limit: "nameComparisons" } });
  });

  test("name comparisons: long directory names count attribute by attribute", () => {
    const name = (last: string): Uint8Array =>
      tlv(
        0xa4,
        tlv(
          0x30,
          ...[...Array<string>(99).fill("unit"), last].map((value) =>
            tlv(0x31, tlv(0x30, oid("2.5.4.11"), text(0x0c, value))),
          ),
        ),
      );
    const root = forgeRoot();
    const ca = forgeCa(root, {
      nameConstraints: constraints({ excluded: Array.from({ length: 20 }, (_, index) => name(`x${index}`)) }),
    });
    const leaf = forgeLeaf(ca, { san: Array.from({ length: 10 }, (_, index) => name(`a${index}`)) });
    const path = verifyPathSync(inputFor([leaf, ca, root]));
    expect(path.work.nameComparisons).toBe(10 * 20 * 100);
  });

  test("policies: those of a certificate count, expected or not", () => {
    const root = forgeRoot();
    const many = Array.from({ length: 2_000 }, (_, index) => tlv(0x30, oid(`1.2.3.${index}`)));
    const leaf = forgeLeaf(root, { extensions: [extension("2.5.29.32", tlv(0x30, ...many))] });
    const input = inputFor([leaf, root], { policies: { requireExplicit: true, initial: ["1.2.3.7"] } });
    expect(verifyPathSync(input).policies).toEqual(["1.2.3.7"]);
    expect(outcome({ ...input, budget: { policyNodes: 1_999 } })).toMatchObject({ details: { limit: "policyNodes" } });
  });

  test("reasons: thousands of one kind are told by ten of them", () => {
    const root = forgeRoot();
    const many = Array.from({ length: 3_000 }, (_, index) => extension(`1.2.3.${index}`, tlv(0x05), true));
    const error = outcome(inputFor([forgeLeaf(root, { extensions: many }), root]));
    expect(error).toMatchObject({ code: "CRITICAL_EXTENSION_UNKNOWN", reasons: { length: 10 } });
    expect(String(error).length).toBeLessThan(1_000);
  });

  test("sentences: names as long as a certificate are shortened", () => {
    const root = forgeRoot();
    const long = `${"a".repeat(50_000)}.example`;
    const leaf = forgeLeaf(root, { subject: long, san: [dnsName(long)] });
    const error = outcome(inputFor([leaf, root], { name: "a.example", profile: "webpki" }));
    if (error === "accepted") throw new Error(error);
    expect(error.reasons.length).toBeGreaterThan(1);
    for (const { message } of error.reasons) expect(message.length).toBeLessThan(500);
  });

  test("matching: a name is looked at a few times, however many there are", () => {
    let looks = 0;
    const presented = Array.from({ length: 2_000 }, () => ({
      get type() {
        looks++;
        return "uri";
      },
      value: "spiffe://a.example/x",
    }));
    const { mismatches } = matchIdentity(presented, parseUriId("spiffe://a.example/x"));
    expect(mismatches?.every(({ cause }) => cause === "ambiguous")).toBe(true);
    expect(looks).toBeLessThan(10 * presented.length);
  });

  test("bytes: OCSP responses count, however many are stapled", () => {
    const root = forgeRoot();
    const ocspResponses = Array.from({ length: 5 }, () => new Uint8Array(1_000_000));
    const input = inputFor([forgeLeaf(root), root], { revocation: { mode: "prefer", ocspResponses } });
    expect(outcome(input)).toMatchObject({ code: "BUDGET_EXCEEDED", details: { limit: "bytes" } });
  });

  test("pool size: an endless pool is not read to its end", () => {
    const root = forgeRoot();
    const leaf = forgeLeaf(root);
    function* endless(): Generator<Certificate> {
      for (;;) yield root.certificate;
    }
    expect(outcome({ ...inputFor([leaf, root]), intermediates: endless() })).toMatchObject({
      code: "BUDGET_EXCEEDED",
      details: { limit: "poolSize", allowed: DEFAULT_BUDGET.poolSize },
    });
  });

  test("path length: a chain of thirty is followed as far as allowed", () => {
    const chain = [forgeRoot()];
    for (let index = 0; index < 28; index++) chain.unshift(forgeCa(chain[0] as Forged, { subject: `CA ${index}` }));
    chain.unshift(forgeLeaf(chain[0] as Forged));
    expect(outcome(inputFor(chain))).toMatchObject({ code: "BUDGET_EXCEEDED", details: { limit: "pathLength" } });
    expect(outcome(inputFor(chain, { budget: { pathLength: 30 } }))).toBe("accepted");
  });

  test("a budget of nothing refuses", () => {
    const root = forgeRoot();
    const input = inputFor([forgeLeaf(root), root]);
    for (const limit of ["signatures", "steps"] as const) {
      expect(outcome({ ...input, budget: { [limit]: 0 } })).toMatchObject({
        code: "BUDGET_EXCEEDED",
        details: { limit },
      });
    }
  });
});

// A universe of CAs that sign each other in every way, made once; properties draw pools from it.
const KEYS = Array.from({ length: 4 }, () => ecKey());
const NAMES = ["A", "B", "C"];
const nodes = NAMES.flatMap((subject) => KEYS.map((key) => forge({ subject, key, ca: true })));
const links = nodes.flatMap((issuer) =>
  nodes.map((subject, index) =>
    forge({ subject: NAMES[Math.floor(index / KEYS.length)] ?? "", key: subject.key, ca: true, issuer }),
  ),
);
const universe = certificates([...nodes, ...links]);
const roots = certificates(nodes);
const leaves = certificates(nodes.map((issuer) => forgeLeaf(issuer)));

describe("properties over pools of cross-signs, loops and same-name keys", () => {
  const situations = fc.record({
    leaf: fc.constantFrom(...leaves),
    intermediates: fc.shuffledSubarray(universe, { maxLength: 40 }),
    trust: fc.subarray(roots, { minLength: 1, maxLength: 3 }),
  });
  const base = inputFor([forgeLeaf(forgeRoot())]);

  test("a decision always comes, within the budget, and a path is a path", () => {
    fc.assert(
      fc.property(situations, ({ leaf, intermediates, trust }) => {
        const input = { ...base, leaf, intermediates, trust, budget: { steps: 500, signatures: 50 } };
        const result = outcome(input);
        if (result !== "accepted") {
          expect(result.work.steps).toBeLessThanOrEqual(500);
          expect(result.work.signatures).toBeLessThanOrEqual(50);
          expect(result.reasons.length).toBeGreaterThan(0);
          return;
        }
        const { chain, anchor } = verifyPathSync(input);
        expect(trust).toContain(anchor.certificate);
        expect(chain.at(-1)).toBe(anchor.certificate);
        for (const [index, certificate] of chain.slice(0, -1).entries()) {
          const issuer = chain[index + 1] as Certificate;
          expect(certificate.issuer.equals(issuer.subject)).toBe(true);
          expect(certificate.verifySignatureSync(issuer.publicKey)).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  test("the order of the pool does not change the verdict", () => {
    fc.assert(
      fc.property(situations, fc.infiniteStream(fc.nat()), ({ leaf, intermediates, trust }, order) => {
        const shuffled = intermediates
          .map((certificate) => ({ certificate, key: order.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ certificate }) => certificate);
        const verdict = (pool: readonly Certificate[]): string => {
          const result = outcome({ ...base, leaf, intermediates: pool, trust });
          return result === "accepted" ? result : "refused";
        };
        expect(verdict(shuffled)).toBe(verdict(intermediates));
      }),
      { numRuns: 80 },
    );
  });
});
