/**
 * Where there is a good path, it is found: random CAs that certify each other, each with or without a fault, against every
 * chain that can be laid through them, asked about one by one.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { VerificationError, type VerifyPathInput, verifyPathSync } from "../src/index.ts";
import * as f from "./forge.ts";
import { inputFor } from "./inputs.ts";

const keys = Array.from({ length: 6 }, () => f.ecKey());
const roots = [f.forgeRoot({ subject: "R1" }), f.forgeRoot({ subject: "R2" })];

/** What may be wrong with a CA, or limit it. */
const FAULTS: Readonly<Record<string, f.ForgeOptions>> = {
  none: {},
  expired: { notAfter: "2025-06-01T00:00:00Z" },
  "path length 0": { pathLength: 0 },
  "path length 1": { pathLength: 1 },
  "for clients": { eku: [f.CLIENT_AUTH] },
  "for another name": { nameConstraints: f.constraints({ permitted: [f.dnsName("b.example")] }) },
  "wrong signature": { breakSignature: true },
  "no CA": { ca: false },
  "may not sign": { keyUsage: ["cRLSign"] },
};

/** Few, and some with the same name: they meet again. */
const entity = fc.constantFrom(...["A", "A", "B", "B", "C", "D"].map((name, key) => ({ name, key })));
const link = fc.record({
  subject: entity,
  issuer: fc.oneof(entity, fc.constantFrom(...roots)),
  fault: fc.oneof({ weight: 2, arbitrary: fc.constant("none") }, fc.constantFrom(...Object.keys(FAULTS))),
  withoutAki: fc.boolean(),
});
interface Entity {
  readonly name: string;
  readonly key: number;
}

// Who signs needs a name and a key, and no certificate of its own.
function signer(one: Entity | f.Forged): f.Forged {
  if ("certificate" in one) return one;
  return f.forge({ subject: one.name, key: keyOf(one) });
}

function keyOf({ key }: Entity): f.ForgeKey {
  return keys[key] ?? f.ecKey();
}

function isGood(input: VerifyPathInput): boolean {
  try {
    verifyPathSync(input);
    return true;
  } catch (error) {
    if (!VerificationError.is(error)) throw error;
    expect(error.code).not.toBe("BUDGET_EXCEEDED");
    return false;
  }
}

// Every chain of certificates by their names, none twice.
function* chains(
  leaf: f.Forged,
  pool: readonly f.Forged[],
  below: readonly f.Forged[],
): Generator<readonly f.Forged[]> {
  yield below;
  if (below.length === 5) return;
  const { issuer } = (below.at(-1) ?? leaf).certificate;
  for (const next of pool) {
    if (!below.includes(next) && next.certificate.subject.equals(issuer)) yield* chains(leaf, pool, [...below, next]);
  }
}

test("a path is found if, and only if, one of all chains is good by itself", () => {
  const counts = { found: 0, none: 0 };
  fc.assert(
    fc.property(
      fc.array(link, { minLength: 4, maxLength: 9 }),
      entity,
      fc.subarray(roots, { minLength: 1 }),
      fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined }),
      (links, issuer, trusted, maxDepth) => {
        const pool = links.map(({ subject, fault, withoutAki, ...one }) =>
          f.forge({
            subject: subject.name,
            issuer: signer(one.issuer),
            key: keyOf(subject),
            ca: true,
            keyUsage: ["keyCertSign"],
            withoutAki,
            ...FAULTS[fault],
          }),
        );
        const leaf = f.forgeLeaf(signer(issuer));
        const ask = (intermediates: readonly f.Forged[]): boolean =>
          isGood({
            ...inputFor([leaf, ...intermediates, leaf]),
            trust: trusted.map(({ certificate }) => certificate),
            ...(maxDepth === undefined ? {} : { maxDepth }),
          });
        const exists = [...chains(leaf, pool, [])].some(ask);
        expect(ask(pool)).toBe(exists);
        counts[exists ? "found" : "none"]++;
      },
    ),
    { numRuns: 200 },
  );
  expect(Math.min(counts.found, counts.none)).toBeGreaterThan(15);
});
