/**
 * Generated hierarchies, judged by `openssl verify` and by us: random CAs, names and keys that meet again (cross-signs,
 * loops), constraints, times, purposes, CRLs. What we refuse, it refuses; what we accept and it refuses must be for the
 * one reason that is known. A difference that nothing explains fails, with the hierarchy that shows it.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Certificate } from "@tlskit/x509";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { VerificationError, VerifiedPath, type VerifyPathInput, verifyPathSync } from "../src/index.ts";
import * as f from "./forge.ts";
import * as r from "./forge-revocation.ts";

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;
const folder = mkdtempSync(join(tmpdir(), "tlskit-differential-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** How many hierarchies; more by hand. */
const RUNS = Number(process.env.TLSKIT_DIFFERENTIAL_RUNS ?? 60);

const DOMAINS = ["a.example", "b.example", "x.a.example", "a.test"] as const;
const CONSTRAINTS = ["example", "a.example", "b.example", "test"] as const;
const USAGES = [f.SERVER_AUTH, f.CLIENT_AUTH, f.ANY_EKU] as const;
const LONG_AGO = "2025-12-31T23:00:00Z";
/** The keys of the CAs: few, so that names and keys meet again. */
const keys = Array.from({ length: 5 }, () => f.ecKey());

const rarely = fc.integer({ min: 0, max: 9 }).map((n) => n === 0);
const usages = fc.option(fc.uniqueArray(fc.constantFrom(...USAGES), { minLength: 1, maxLength: 2 }), {
  nil: undefined,
  freq: 1,
});
const subtrees: fc.Arbitrary<readonly string[]> = fc.uniqueArray(fc.constantFrom(...CONSTRAINTS), { maxLength: 2 });

const caPlan = fc.record({
  name: fc.nat({ max: 3 }),
  key: fc.nat({ max: keys.length - 1 }),
  /** Among those made before; the roots are the first two. */
  issuer: fc.nat({ max: 5 }),
  isCa: rarely.map((no) => !no),
  pathLength: fc.option(fc.nat({ max: 2 }), { nil: undefined, freq: 1 }),
  maySign: rarely.map((no) => !no),
  eku: usages,
  permitted: fc.oneof({ weight: 3, arbitrary: fc.constant<readonly string[]>([]) }, { weight: 1, arbitrary: subtrees }),
  excluded: fc.oneof({ weight: 4, arbitrary: fc.constant<readonly string[]>([]) }, { weight: 1, arbitrary: subtrees }),
  isExpired: rarely,
  isBroken: rarely,
  isRevoked: rarely,
});

const plan = fc.record({
  cas: fc.array(caPlan, { minLength: 0, maxLength: 5 }),
  leaf: fc.record({
    issuer: fc.nat({ max: 7 }),
    names: fc.uniqueArray(fc.constantFrom(...DOMAINS), { minLength: 1, maxLength: 3 }),
    eku: usages,
    isExpired: rarely,
    isRevoked: rarely,
  }),
  trusted: fc.constantFrom([0], [1], [0, 1]),
  wanted: fc.constantFrom(undefined, ...DOMAINS),
  withCrls: fc.boolean(),
});

type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;
type CaPlan = Plan["cas"][number];

interface Hierarchy {
  readonly leaf: f.Forged;
  readonly pool: readonly f.Forged[];
  readonly roots: readonly f.Forged[];
  readonly crls: readonly Uint8Array[];
}

function build({ cas, leaf: plannedLeaf, trusted }: Plan): Hierarchy {
  const roots = ["Root 0", "Root 1"].map((subject, index) => f.forgeRoot({ subject, key: keys[index] as f.ForgeKey }));
  const all: { readonly made: f.Forged; readonly isRevoked: boolean; readonly issuer?: f.Forged }[] = roots.map(
    (made) => ({ made, isRevoked: false }),
  );
  for (const one of cas) {
    const issuer = all[one.issuer % all.length]?.made as f.Forged;
    all.push({ made: forgePlanned(one, issuer), isRevoked: one.isRevoked, issuer });
  }
  const issuer = all[plannedLeaf.issuer % all.length]?.made as f.Forged;
  const leaf = f.forgeLeaf(issuer, {
    subject: "Leaf",
    san: plannedLeaf.names.map(f.dnsName),
    ...(plannedLeaf.isExpired ? { notAfter: LONG_AGO } : {}),
    ...(plannedLeaf.eku === undefined ? { eku: [f.SERVER_AUTH] } : { eku: plannedLeaf.eku }),
  });
  all.push({ made: leaf, isRevoked: plannedLeaf.isRevoked, issuer });
  const crls = all.slice(0, -1).map(({ made }) => {
    const revoked = all.filter((one) => one.issuer === made && one.isRevoked);
    return r.crlDer(made, { revoked: revoked.map((one) => ({ certificate: one.made.certificate })) });
  });
  return {
    leaf,
    pool: all.slice(2, -1).map(({ made }) => made),
    roots: trusted.map((n) => roots[n] as f.Forged),
    crls,
  };
}

function forgePlanned(one: CaPlan, issuer: f.Forged): f.Forged {
  const hasConstraints = one.permitted.length + one.excluded.length > 0;
  return f.forgeCa(issuer, {
    subject: `CA ${one.name}`,
    key: keys[one.key] as f.ForgeKey,
    ca: one.isCa,
    keyUsage: one.maySign ? ["keyCertSign", "cRLSign"] : ["cRLSign"],
    breakSignature: one.isBroken,
    ...(one.pathLength === undefined || !one.isCa ? {} : { pathLength: one.pathLength }),
    ...(one.eku === undefined ? {} : { eku: one.eku }),
    ...(one.isExpired ? { notAfter: LONG_AGO } : {}),
    ...(hasConstraints
      ? {
          nameConstraints: f.constraints({
            permitted: one.permitted.map(f.dnsName),
            excluded: one.excluded.map(f.dnsName),
          }),
        }
      : {}),
  });
}

function inputOf({ wanted, withCrls }: Plan, { leaf, pool, roots, crls }: Hierarchy): VerifyPathInput {
  return {
    leaf: leaf.certificate,
    intermediates: pool.map(({ certificate }) => certificate),
    trust: roots.map(({ certificate }) => certificate),
    at: f.NOW,
    purpose: "server",
    ...(wanted === undefined ? {} : { name: wanted }),
    ...(withCrls ? { revocation: { mode: "require", crls } } : {}),
  };
}

function decide(input: VerifyPathInput): VerifiedPath | VerificationError {
  try {
    return verifyPathSync(input);
  } catch (error) {
    if (VerificationError.is(error)) return error;
    throw error;
  }
}

const pem = (certificates: readonly Certificate[]): string => certificates.map((one) => one.toPem()).join("");

function isAcceptedByOpenssl(
  { wanted, withCrls }: Plan,
  { leaf, roots, crls }: Hierarchy,
  pool: readonly Certificate[],
): boolean {
  writeFileSync(join(folder, "leaf.pem"), leaf.certificate.toPem());
  writeFileSync(join(folder, "pool.pem"), pem(pool));
  writeFileSync(join(folder, "roots.pem"), pem(roots.map(({ certificate }) => certificate)));
  const crlPem = crls.map((der) => {
    const lines = Buffer.from(der)
      .toString("base64")
      .replace(/(.{64})/g, "$1\n");
    return `-----BEGIN X509 CRL-----\n${lines.trimEnd()}\n-----END X509 CRL-----\n`;
  });
  writeFileSync(join(folder, "crls.pem"), crlPem.join(""));
  const { status } = spawnSync(
    "openssl",
    [
      ...["verify", "-attime", String(f.NOW.getTime() / 1000), "-purpose", "sslserver", "-no-CApath", "-no-CAstore"],
      ...["-CAfile", "roots.pem", ...(pool.length === 0 ? [] : ["-untrusted", "pool.pem"])],
      ...(wanted === undefined ? [] : ["-verify_hostname", wanted]),
      ...(withCrls ? ["-crl_check_all", "-extended_crl", "-CRLfile", "crls.pem"] : []),
      "leaf.pem",
    ],
    { cwd: folder },
  );
  return status === 0;
}

/** Why we may accept what OpenSSL refuses, or undefined. */
function whyOnlyWe(one: Plan, hierarchy: Hierarchy, path: VerifiedPath): string | undefined {
  // OpenSSL builds one path and does not go back: given nothing but ours, it must accept.
  if (isAcceptedByOpenssl(one, hierarchy, path.chain.slice(1, -1))) return "path building: OpenSSL does not go back";
  return undefined;
}

describe.skipIf(!hasOpenssl)("openssl verify and we", () => {
  test("agree about generated hierarchies, or the rule is known that makes the difference", {
    timeout: 600_000,
  }, () => {
    const seen = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(plan, (one) => {
        const hierarchy = build(one);
        const ours = decide(inputOf(one, hierarchy));
        const pool = hierarchy.pool.map(({ certificate }) => certificate);
        const theirs = isAcceptedByOpenssl(one, hierarchy, pool);
        if (ours instanceof VerifiedPath) {
          seen.accepted++;
          if (theirs) return;
          expect(whyOnlyWe(one, hierarchy, ours), `OpenSSL refuses: ${ours.chain.join(" ")}`).toBeDefined();
        } else {
          seen.refused++;
          expect(theirs, `OpenSSL accepts: ${JSON.stringify(ours.toJSON().reasons)}`).toBe(false);
        }
      }),
      { numRuns: RUNS },
    );
    // Both verdicts occur, or nothing was compared.
    expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(RUNS / 20);
  });
});

test("one name, two keys: a current list by either is enough to revoke, in whatever order they come", () => {
  const root = f.forgeRoot();
  const ca = f.forgeCa(root);
  const twin = f.forgeCa(root);
  const leaf = f.forgeLeaf(ca);
  const listed = { revoked: [{ certificate: leaf.certificate }] };
  const intermediates = [ca.certificate, twin.certificate];
  const input = {
    leaf: leaf.certificate,
    intermediates,
    trust: [root.certificate],
    at: f.NOW,
    purpose: "server",
  } as const;
  const rest = [r.crlDer(root)];
  const later = { thisUpdate: "2025-12-31T12:00:00Z" };
  for (const [first, second] of [
    [r.crlDer(ca, listed), r.crlDer(twin)],
    [r.crlDer(ca, listed), r.crlDer(twin, later)],
    [r.crlDer(ca, later), r.crlDer(twin, listed)],
  ] as const) {
    for (const crls of [
      [first, second, ...rest],
      [second, first, ...rest],
    ]) {
      const refused = decide({ ...input, revocation: { mode: "require", crls } });
      expect(refused).toMatchObject({ code: "CERTIFICATE_REVOKED" });
    }
  }
  // An older list by the same key is only old.
  const crls = [r.crlDer(ca, listed), r.crlDer(ca, later), ...rest];
  expect(decide({ ...input, revocation: { mode: "require", crls } })).toBeInstanceOf(VerifiedPath);
});
