/**
 * A certificate that has signed itself, with what nobody here can compute: the reason is that, and not that its issuer,
 * which is itself, were missing.
 */
import { spawnSync } from "node:child_process";
import { Certificate } from "@tlskit/x509";
import { describe, expect, test } from "vitest";
import { VerificationError, verifyPath } from "../src/index.ts";

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;

const curveKey = (curve: string): string[] => ["-newkey", "ec", "-pkeyopt", `ec_paramgen_curve:${curve}`];

function selfSigned(...how: readonly string[]): Certificate {
  const key = [...how, "-nodes", "-keyout", "-"];
  const name = ["-subj", "/CN=odd", "-addext", "subjectAltName=DNS:a.example"];
  const { stdout, stderr } = spawnSync("openssl", ["req", "-x509", ...key, ...name], { encoding: "utf8" });
  if (!stdout.includes("CERTIFICATE")) throw new Error(stderr);
  return Certificate.fromPem(stdout);
}

async function codes(leaf: Certificate, trust: readonly Certificate[]): Promise<readonly string[]> {
  const error: unknown = await verifyPath({ leaf, trust, purpose: "server", name: "a.example" }).catch(
    (reason: unknown) => reason,
  );
  if (!VerificationError.is(error)) throw error;
  return error.reasons.map(({ code }) => code);
}

describe.skipIf(!hasOpenssl)("self-signed, and nobody can check how", () => {
  test.each(["secp256k1", "brainpoolP256r1"])("%s", async (curve) => {
    const leaf = selfSigned(...curveKey(curve));
    expect(await codes(leaf, [leaf])).toEqual(["ALGORITHM_UNSUPPORTED"]);
    expect(await codes(leaf, [selfSigned(...curveKey("P-256"))])).toEqual(["SELF_SIGNED", "ALGORITHM_UNSUPPORTED"]);
  });

  test("a hash that is obsolete", async () => {
    const leaf = selfSigned("-newkey", "rsa:2048", "-md5");
    expect(await codes(leaf, [leaf])).toEqual(["WEAK_SIGNATURE", "ALGORITHM_UNSUPPORTED"]);
  });
});
