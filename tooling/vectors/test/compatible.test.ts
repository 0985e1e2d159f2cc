/**
 * The default profile is neither weak nor shrill: where Go, pyca and OpenSSL agree it agrees, what it lets pass is listed
 * rule by rule, and what the machine trusts and the web sends is accepted.
 */
import { X509Certificate } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { VerificationError, verifyPathSync } from "@tlskit/verify";
import { Certificate } from "@tlskit/x509";
import { beforeAll, describe, expect, test } from "vitest";
import { readCases, vectorFile } from "../src/index.ts";
import type { Outcome } from "../src/outcome.ts";
import { isPathCase, type PathCase, verdictOf } from "../src/path-case.ts";

const file = vectorFile("limbo-dev.json.gz");
const natives = vectorFile("limbo-natives-dev.json.gz");
const cases: readonly PathCase[] = file === undefined ? [] : readCases(file).filter(isPathCase);

/** The rules that the cases below show `compatible` to leave out, or in the case of CRLs, to apply less formally. */
const LEFT_OUT: readonly string[] = [
  "aki-form",
  "aki-present",
  "anchor-key-cert-sign",
  "common-name",
  "deviations",
  "key-cert-sign-only-in-ca",
  "leaf-extended-key-usage-form",
  "leaf-is-no-ca",
  "name-constraint-syntax",
  "name-constraints-critical",
  "name-constraints-only-in-ca",
  "policy-extensions-critical",
  "readable-hints",
  "revocation",
  "root-extended-key-usage",
  "ski-present",
  "subject-alt-name-form",
  "wildcard-names",
];

describe.skipIf(file === undefined || natives === undefined)("limbo-dev.json.gz under compatible", () => {
  const verdicts: Readonly<Record<string, string>> =
    natives === undefined ? {} : JSON.parse(gunzipSync(readFileSync(natives)).toString()).results;
  const outcomes = new Map<PathCase, Outcome>();

  beforeAll(async () => {
    for (const one of cases) outcomes.set(one, await verdictOf(one, { profile: "compatible" }));
  });

  test("where Go, pyca and OpenSSL agree, it agrees", () => {
    const agreed = cases.filter(({ id }) => /^(?:SSS|FFF)/.test(verdicts[id] ?? ""));
    const differing = agreed.filter((one) => {
      const expected = verdicts[one.id]?.startsWith("S") ? "SUCCESS" : "FAILURE";
      return outcomes.get(one)?.result !== expected;
    });
    expect(differing.map(({ id }) => id)).toEqual([]);
    expect(agreed.length).toBeGreaterThan(6_000);
  });

  test("it accepts whatever must be accepted under the formal profiles", () => {
    const refused = cases.filter((one) => one.expected_result !== outcomes.get(one)?.result);
    expect(refused.filter(({ expected_result }) => expected_result === "SUCCESS").map(({ id }) => id)).toEqual([]);
  });

  test("what it accepts and they refuse, they refuse by rules that it leaves out, and by no other", async () => {
    const seen = new Set<string>();
    const applied = new Set<string>();
    for (const one of cases) {
      const { result, path } = outcomes.get(one) ?? {};
      if (result !== "SUCCESS") continue;
      if (one.crls.length === 0) for (const { rule } of path?.checks ?? []) applied.add(rule);
      if (one.expected_result === "FAILURE") for (const rule of (await verdictOf(one, {})).rules) seen.add(rule);
    }
    expect([...seen].sort()).toEqual(LEFT_OUT);
    expect([...applied].filter((rule) => LEFT_OUT.includes(rule))).toEqual([]);
  });
});

describe.skipIf(file === undefined)("what the web sends", () => {
  const online = cases.filter(({ id }) => id.startsWith("online::"));

  test.each(online)("$id is accepted, as Node's verifier accepts it", async (test) => {
    expect(isAcceptedByNode(test)).toBe(true);
    const { codes } = await verdictOf(test, { profile: "compatible" });
    expect(codes).toEqual([]);
  });
});

const BUNDLE = "/etc/ssl/certs/ca-certificates.crt";

test.skipIf(!existsSync(BUNDLE))(
  "every root of this machine is accepted as what it is: its own anchor, and valid",
  () => {
    const roots = Certificate.allFromPem(readFileSync(BUNDLE, "utf8")).filter((root) => root.isValidAt(new Date()));
    const refused = roots.flatMap((leaf) => {
      try {
        return verifyPathSync({ leaf, trust: roots, purpose: "any" }).chain.length === 1 ? [] : [String(leaf)];
      } catch (error) {
        if (VerificationError.is(error)) return [`${leaf}: ${error.message}`];
        throw error;
      }
    });
    expect(refused).toEqual([]);
    expect(roots.length).toBeGreaterThan(50);
  },
);

// By its own X509Certificate: signatures, issuers and time all the way to an anchor. What it accepts, we must.
function isAcceptedByNode(test: PathCase): boolean {
  const at = test.validation_time === null ? Date.now() : Date.parse(test.validation_time);
  const anchors = test.trusted_certs.map((pem) => new X509Certificate(pem));
  const pool = [...anchors, ...test.untrusted_intermediates.map((pem) => new X509Certificate(pem))];
  const isCurrent = (one: X509Certificate): boolean => Date.parse(one.validFrom) <= at && at <= Date.parse(one.validTo);
  const reaches = (one: X509Certificate, depth: number): boolean => {
    if (!isCurrent(one) || depth > 8) return false;
    if (anchors.some((anchor) => anchor.raw.equals(one.raw))) return true;
    return pool.some((issuer) => one.checkIssued(issuer) && one.verify(issuer.publicKey) && reaches(issuer, depth + 1));
  };
  const leaf = new X509Certificate(test.peer_certificate);
  const name = test.expected_peer_name;
  return reaches(leaf, 0) && (name === null || leaf.checkHost(name.value) !== undefined);
}
