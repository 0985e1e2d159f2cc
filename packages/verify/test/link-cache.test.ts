/** The link cache makes decisions cheaper, and never other ones. */
import { Certificate } from "@tlskit/x509";
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  LinkCache,
  VerificationError,
  VerifyArgumentError,
  type VerifyPathInput,
  verifyPath,
  verifyPathSync,
} from "../src/index.ts";
import { dnsName, type Forged, forge, forgeCa, forgeLeaf, forgeRoot } from "./forge.ts";
import { inputFor } from "./inputs.ts";
import { RULE_FIXTURES } from "./rule-fixtures.ts";

const root = forgeRoot();
const ca = forgeCa(root);
const leaf = forgeLeaf(ca);
const good = inputFor([leaf, ca, root], { name: "a.example" });

afterEach(() => {
  vi.restoreAllMocks();
});

/** Everything a caller can see of a decision. */
function decision(input: VerifyPathInput): unknown {
  try {
    const { chain, name, policies, checks, work, weaknesses } = verifyPathSync(input);
    return { chain: chain.map(({ id }) => id), name, policies, checks, work, weaknesses };
  } catch (error) {
    if (VerificationError.is(error)) return error.toJSON();
    throw error;
  }
}

function signatureChecks(run: () => unknown): number {
  const spy = vi.spyOn(Certificate.prototype, "verifySignatureSync");
  run();
  const { length } = spy.mock.calls;
  spy.mockRestore();
  return length;
}

describe("what it saves", () => {
  test("the signatures of a path that was accepted before, in any other decision", () => {
    const links = new LinkCache();
    expect(signatureChecks(() => verifyPathSync({ ...good, links }))).toBe(2);
    expect(links.size).toBe(2);
    expect(signatureChecks(() => verifyPathSync({ ...good, links }))).toBe(0);
    // Another leaf of the same CA: one signature is new.
    const other = forgeLeaf(ca, { san: [dnsName("b.example")] });
    expect(signatureChecks(() => verifyPathSync({ ...inputFor([other, ca, root]), links }))).toBe(1);
  });

  test("also with promises", async () => {
    const links = new LinkCache();
    await verifyPath({ ...good, links });
    const spy = vi.spyOn(Certificate.prototype, "verifySignature");
    await verifyPath({ ...good, links });
    expect(spy).not.toHaveBeenCalled();
  });
});

describe("what it must never do", () => {
  const links = new LinkCache();
  verifyPathSync({ ...good, links });
  const stranger = forgeRoot({ subject: "Stranger" });

  test.each<readonly [string, Partial<VerifyPathInput>, string]>([
    ["name", { name: "b.example" }, "NAME_MISMATCH"],
    ["time", { at: new Date("2099-01-01") }, "CERTIFICATE_EXPIRED"],
    ["trust", { trust: [stranger.certificate] }, "UNKNOWN_ISSUER"],
    ["path", { intermediates: [] }, "UNKNOWN_ISSUER"],
    ["purpose", { purpose: "client" }, "EXTENDED_KEY_USAGE_MISMATCH"],
    ["depth", { maxDepth: 0 }, "PATH_LENGTH_EXCEEDED"],
    ["policies", { policies: { requireExplicit: true } }, "POLICY_VIOLATION"],
    ["revocation", { revocation: { mode: "require" } }, "REVOCATION_STATUS_UNKNOWN"],
    ["work", { budget: { signatures: 1 } }, "BUDGET_EXCEEDED"],
  ])("remember a decision about %s", (_, change, code) => {
    expect(() => verifyPathSync({ ...good, ...change, links })).toThrow(expect.objectContaining({ code }));
  });

  test("know a certificate by less than all its bytes", () => {
    const forged = forge({ subject: "a.example", issuer: ca, san: [dnsName("a.example")], breakSignature: true });
    const der = leaf.certificate.der;
    const last = der.length - 1;
    der[last] = (der[last] ?? 0) ^ 1;
    for (const one of [forged.certificate, Certificate.fromDer(der)]) {
      expect(() => verifyPathSync({ ...good, leaf: one, links })).toThrow(
        expect.objectContaining({ name: "VerificationError" }),
      );
    }
  });

  test("take the link of one key for the link of another of the same name", () => {
    const other = forgeCa(root);
    expect(() => verifyPathSync({ ...good, intermediates: [other.certificate], links })).toThrow(
      expect.objectContaining({ name: "VerificationError" }),
    );
  });

  test("keep what was wrong, or what a refused path brought", () => {
    const fresh = new LinkCache();
    const refused: readonly VerifyPathInput[] = [
      { ...good, name: "b.example" },
      { ...good, at: new Date("2099-01-01") },
      { ...good, trust: [stranger.certificate] },
      inputFor([forgeLeaf(ca, { breakSignature: true }), ca, root]),
    ];
    for (const input of refused) expect(() => verifyPathSync({ ...input, links: fresh })).toThrow(VerificationError);
    expect(fresh.size).toBe(0);
  });

  test("change any decision: every fault that a rule finds, with links that are all known", () => {
    const made = RULE_FIXTURES.map(({ input }) => input());
    const full = new LinkCache();
    // The same chains, accepted: whatever can be known of them is known.
    for (const input of made) {
      const chain = [input.leaf, ...(input.intermediates ?? [])];
      for (const one of chain) {
        const trusted = [input.trust].flatMap((trust) => (trust instanceof Certificate ? trust : [...trust]));
        for (const by of [...chain, ...trusted].map((item) => ("certificate" in item ? item.certificate : item))) {
          if (one instanceof Certificate && by instanceof Certificate) learn(full, one, by);
        }
      }
    }
    const index = fc.nat({ max: made.length - 1 });
    fc.assert(
      fc.property(index, index, fc.boolean(), (a, b, mixed) => {
        const input = made[a] as VerifyPathInput;
        const pool = mixed ? [...(input.intermediates ?? []), ...(made[b]?.intermediates ?? [])] : input.intermediates;
        const asked = { ...input, ...(pool === undefined ? {} : { intermediates: pool }) };
        expect(decision({ ...asked, links: full })).toEqual(decision(asked));
      }),
      { numRuns: 300 },
    );
  });
});

// By a decision that asks about nothing but the one signature.
function learn(links: LinkCache, leaf: Certificate, issuer: Certificate): void {
  try {
    verifyPathSync({ leaf, trust: [issuer], at: new Date("2026-01-01"), purpose: "any", links });
  } catch (error) {
    if (!VerificationError.is(error)) throw error;
  }
}

describe("its size", () => {
  test("is bounded, and what was not used for the longest time goes first", () => {
    const links = new LinkCache({ maxEntries: 4 });
    const leaves: Forged[] = Array.from({ length: 6 }, () => forgeLeaf(root));
    for (const one of leaves) {
      verifyPathSync({ ...good, links });
      verifyPathSync({ ...inputFor([one, root]), links });
      expect(links.size).toBeLessThanOrEqual(4);
    }
    expect(signatureChecks(() => verifyPathSync({ ...good, links }))).toBe(0);
    expect(signatureChecks(() => verifyPathSync({ ...inputFor([leaves[0] as Forged, root]), links }))).toBe(1);
    links.clear();
    expect(links.size).toBe(0);
    expect(signatureChecks(() => verifyPathSync({ ...good, links }))).toBe(2);
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "10" as unknown as number])(
    "%s is none",
    (maxEntries) => {
      expect(() => new LinkCache({ maxEntries })).toThrow(VerifyArgumentError);
    },
  );
});

test("a look-alike, which could say that anything is known, is refused", () => {
  const liar = { size: 1, maxEntries: 1, clear: () => undefined, has: () => true };
  for (const links of [liar, Object.create(LinkCache.prototype), new Set(), "links"]) {
    expect(() => verifyPathSync({ ...good, links: links as LinkCache })).toThrow(VerifyArgumentError);
  }
});
