/**
 * What CRLs say, against the algorithm of RFC 5280, section 6.3.3, written down step by step: random distribution points,
 * and random lists of the issuer and of another one. We say less in the two places that the README names, say "revoked"
 * where a list does whose reasons were covered by another one of the same moment, and differ nowhere else.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkRevocationSync } from "../src/index.ts";
import * as f from "./forge.ts";
import * as r from "./forge-revocation.ts";

const root = f.forgeRoot();
const ca = f.forgeCa(root, { subject: "CA" });
const clerk = f.forge({ subject: "Clerk", issuer: root, keyUsage: ["cRLSign"] });

/** Names of points: two URIs, both, one below the issuer's name, and that one in full. */
const NAMES = {
  A: { der: r.fullName(f.uriName("http://a/")), means: () => ["A"] },
  B: { der: r.fullName(f.uriName("http://b/")), means: () => ["B"] },
  AB: { der: r.fullName(f.uriName("http://a/"), f.uriName("http://b/")), means: () => ["A", "B"] },
  part: { der: r.relativeName("part"), means: (issuer: string) => [`${issuer}/part`] },
  "CA/part": {
    der: r.fullName(f.tlv(0xa4, f.tlv(0x30, rdn("CA"), rdn("part")))),
    means: () => ["CA/part"],
  },
} as const;

/** In halves, as onlySomeReasons and as the reasons of a point. */
const REASONS = { some: [0x60, 5], others: [0x9f, 7, 0x80] } as const;
type Half = keyof typeof REASONS;
type PointName = keyof typeof NAMES;

interface PointPlan {
  readonly name?: PointName;
  readonly reasons?: Half;
  readonly byClerk: boolean;
}

interface ListPlan {
  readonly byClerk: boolean;
  readonly lists: boolean;
  readonly scope?: {
    readonly name?: PointName;
    readonly only?: "users" | "cas" | "attributes";
    readonly reasons?: Half;
    readonly indirect: boolean;
  };
}

interface AnyPoint extends PointPlan {
  /** The last one, which section 6.3.3 assumes. */
  readonly isImplied: boolean;
}

type Status = "good" | "revoked" | "unknown";

/** Section 6.3.3, over all points and lists; and what is left out on purpose. */
function byTheText(
  isCa: boolean,
  points: readonly PointPlan[],
  lists: readonly ListPlan[],
  isCareful: boolean,
): Status {
  const covered = new Set<Half>();
  const isDelegated = points.length > 0 && points.every(({ byClerk }) => byClerk);
  const own: readonly AnyPoint[] = points.map((one) => ({ ...one, isImplied: false }));
  for (const point of [...own, { byClerk: false, isImplied: true }]) {
    for (const list of lists) {
      if (!isInScope(isCa, point, list)) continue;
      const reasons = halves(list.scope?.reasons).filter((half) => halves(point.reasons).includes(half));
      const isNew = reasons.some((half) => !covered.has(half));
      if (list.lists && (isNew || isCareful)) return "revoked";
      if (!isNew) continue;
      const isUnannounced = !point.isImplied && !point.byClerk && list.scope?.indirect === true;
      if (isCareful && (isUnannounced || (point.isImplied && isDelegated))) continue;
      for (const half of reasons) covered.add(half);
    }
  }
  return covered.size === 2 ? "good" : "unknown";
}

function isInScope(isCa: boolean, point: AnyPoint, list: ListPlan): boolean {
  const { byClerk, scope } = list;
  // (b) (1)
  if (point.byClerk ? !(byClerk && scope?.indirect) : byClerk) return false;
  if (scope === undefined) return true;
  // (b) (2) (ii) to (iv)
  if (scope.only === "attributes" || (scope.only !== undefined && (scope.only === "cas") !== isCa)) return false;
  // (b) (2) (i)
  if (scope.name === undefined) return true;
  const own: readonly string[] = NAMES[scope.name].means(byClerk ? "Clerk" : "CA");
  const wanted: readonly string[] = namesOf(point);
  return own.some((name) => wanted.includes(name));
}

function namesOf(point: AnyPoint): readonly string[] {
  if (point.isImplied) return ["CA"];
  const issuer = point.byClerk ? "Clerk" : "CA";
  return point.name === undefined ? [issuer] : NAMES[point.name].means(issuer);
}

function halves(one: Half | undefined): readonly Half[] {
  return one === undefined ? ["some", "others"] : [one];
}

function reasonsDer(tag: number, half: Half): Uint8Array {
  const [first, unused, second] = REASONS[half];
  return f.tlv(tag, Uint8Array.of(unused, first, ...(second === undefined ? [] : [second])));
}

function rdn(commonName: string): Uint8Array {
  return f.tlv(0x31, f.tlv(0x30, f.oid("2.5.4.3"), f.text(0x0c, commonName)));
}

function forgePoint({ name, reasons, byClerk }: PointPlan): Uint8Array[] {
  return [
    ...(name === undefined ? [] : [NAMES[name].der]),
    ...(reasons === undefined ? [] : [reasonsDer(0x81, reasons)]),
    ...(byClerk ? [r.crlIssuer("Clerk")] : []),
  ];
}

function forgeList({ byClerk, lists, scope }: ListPlan, certificate: f.Forged["certificate"]): Uint8Array {
  const only = { users: r.ONLY_USERS, cas: r.ONLY_CAS, attributes: r.ONLY_ATTRIBUTES };
  const parts = scope && [
    ...(scope.name === undefined ? [] : [NAMES[scope.name].der]),
    ...(scope.only === undefined || scope.only === "attributes" ? [] : [only[scope.only]]),
    ...(scope.reasons === undefined ? [] : [reasonsDer(0x83, scope.reasons)]),
    ...(scope.indirect ? [r.INDIRECT] : []),
    ...(scope.only === "attributes" ? [only.attributes] : []),
  ];
  const extensions = byClerk && scope?.indirect ? [r.certificateIssuer("CA")] : [];
  return r.crlDer(byClerk ? clerk : ca, {
    ...(parts === undefined ? {} : { scope: parts }),
    ...(lists ? { revoked: [{ certificate, extensions }] } : {}),
  });
}

const name = fc.constantFrom(...(Object.keys(NAMES) as PointName[]));
const half = fc.constantFrom<Half>("some", "others");
const rarely = fc.integer({ min: 0, max: 3 }).map((n) => n === 0);
const point = fc
  .record({ name: fc.option(name, { nil: undefined }), reasons: fc.option(half, { nil: undefined }), byClerk: rarely })
  .filter((one) => one.name !== undefined || one.byClerk);
const scope = fc
  .record({
    name: fc.option(name, { nil: undefined }),
    only: fc.option(fc.constantFrom("users" as const, "cas" as const, "attributes" as const), { nil: undefined }),
    reasons: fc.option(half, { nil: undefined }),
    indirect: fc.boolean(),
  })
  .filter((one) => Object.values(one).some((value) => value !== undefined && value !== false));
const list = fc
  .record({ byClerk: rarely, lists: rarely, scope: fc.option(scope, { nil: undefined, freq: 2 }) })
  // Who is not the issuer lists its certificates in an indirect list alone.
  .map((one) => ({ ...one, lists: one.lists && (!one.byClerk || one.scope?.indirect === true) }));

test("the status is what the algorithm says, and never good where it does not say so", () => {
  const counts: Record<Status, number> = { good: 0, revoked: 0, unknown: 0 };
  const rootList = r.crlDer(root);
  fc.assert(
    fc.property(
      fc.boolean(),
      fc.array(point as fc.Arbitrary<PointPlan>, { maxLength: 2 }),
      fc.array(list as fc.Arbitrary<ListPlan>, { minLength: 1, maxLength: 3 }),
      (isCa, points, lists) => {
        const extensions = points.length === 0 ? [] : [r.distributionPoints(...points.map(forgePoint))];
        const { certificate } = isCa ? f.forgeCa(ca, { subject: "Sub", extensions }) : f.forgeLeaf(ca, { extensions });
        const { status } = checkRevocationSync({
          chain: [certificate, ca.certificate, root.certificate],
          intermediates: [clerk.certificate],
          crls: [...lists.map((one) => forgeList(one, certificate)), rootList],
          at: f.NOW,
        });
        expect(status).toBe(byTheText(isCa, points, lists, true));
        // Nothing is good that the text does not call so.
        if (status === "good") expect(byTheText(isCa, points, lists, false)).toBe("good");
        counts[status]++;
      },
    ),
    { numRuns: 400 },
  );
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(20);
});
