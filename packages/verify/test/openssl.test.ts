/** The same chains, judged by `openssl verify`: where it differs, the table says why. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Certificate } from "@tlskit/x509";
import { afterAll, describe, expect, test } from "vitest";
import type { VerifyPathInput } from "../src/index.ts";
import { NOW } from "./forge.ts";
import { RULE_FIXTURES } from "./rule-fixtures.ts";

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;
const folder = mkdtempSync(join(tmpdir(), "tlskit-verify-"));
afterAll(() => rmSync(folder, { recursive: true }));

function openssl(...args: readonly string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync("openssl", args, { cwd: folder, encoding: "utf8" });
  return { status, output: stdout + stderr };
}

const pem = (certificates: Iterable<Certificate>): string => [...certificates].map((one) => one.toPem()).join("");

// What OpenSSL has no rule for, or no notion of.
const OPENSSL_ACCEPTS: Readonly<Record<string, string>> = {
  "anchor-name-constraints": "the trust store's limits are ours",
  "anchor-purposes": "the trust store's limits are ours",
  "anchor-distrust": "the trust store's limits are ours",
  distrusted: "the trust store's limits are ours",
  pins: "the trust store's limits are ours",
  "max-depth": "given as an argument of its own",
  "critical-extensions: distribution points, where no CRL is needed": "it takes them as understood, CRL or no CRL",
  "critical-policy-qualifiers": "it does not look at qualifiers",
  policies: "only with -policy_check",
  "readable-extensions": "it takes an IP address of any length",
  "name: CLI-18: no SAN, matching CN": "it still looks at the common name",
  "signature-strength": "only at a higher security level, and never for SHA-1 by ECDSA",
  "key-strength: RSA-1024 leaf": "only at a higher security level",
  "key-strength: RSA-1024 anchor": "only at a higher security level",
  "key-strength: P-192 leaf": "only at a higher security level",
  "key-strength: a curve that nobody can judge": "it knows the curve",
};

describe.skipIf(!hasOpenssl)("openssl verify", () => {
  const fixtures = RULE_FIXTURES.map((fixture) => ({ ...fixture, made: fixture.input() })).filter(
    ({ made }) => made.profile === undefined && made.purpose === "server",
  );

  test.each(fixtures)("refuses, too, or there is a reason: $rule: $what", ({ rule, what, made }) => {
    const {
      leaf,
      intermediates = [],
      trust,
      name,
    } = made as VerifyPathInput & {
      leaf: Certificate;
      trust: Iterable<Certificate | { certificate: Certificate }>;
      name?: string;
    };
    const roots = [...trust].map((one) => (one instanceof Certificate ? one : one.certificate));
    writeFileSync(join(folder, "leaf.pem"), leaf.toPem());
    writeFileSync(join(folder, "pool.pem"), pem(intermediates as Iterable<Certificate>));
    writeFileSync(join(folder, "roots.pem"), pem(roots));
    const pool = [...intermediates].length === 0 ? [] : ["-untrusted", "pool.pem"];
    const { status } = openssl(
      ...["verify", "-attime", String(NOW.getTime() / 1000), "-purpose", "sslserver", "-CAfile", "roots.pem"],
      ...[...pool, ...(name === undefined ? [] : ["-verify_hostname", name]), "leaf.pem"],
    );
    expect(status === 0).toBe(rule in OPENSSL_ACCEPTS || `${rule}: ${what}` in OPENSSL_ACCEPTS);
  });
});
