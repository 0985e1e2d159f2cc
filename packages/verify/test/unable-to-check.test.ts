/**
 * A certificate that has signed itself, with what nobody here can compute: the reason is that, and not that its issuer,
 * which is itself, were missing. And keys that nobody can read.
 */
import { spawnSync } from "node:child_process";
import type { KeyObject } from "node:crypto";
import { Certificate } from "@tlskit/x509";
import { describe, expect, test } from "vitest";
import { VerificationError, verifyPath, verifyPathSync } from "../src/index.ts";
import { ecKey, type ForgeKey, forgeCa, forgeLeaf, forgeRoot } from "./forge.ts";
import { inputFor } from "./inputs.ts";
import { refusal } from "./refusal.ts";

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

describe("a key that cannot be read", () => {
  const key = unreadableKey();
  const root = forgeRoot();
  const ca = forgeCa(root, { key });
  const own = forgeRoot({ key });
  const malformed = expect.stringMatching(/cannot be read: not a valid public key/);
  const unchecked = expect.stringMatching(/cannot be checked: not a valid public key/);

  test.each([
    ["of an intermediate", inputFor([forgeLeaf(ca), ca, root]), [malformed, unchecked]],
    ["of an anchor", inputFor([forgeLeaf(own), own]), [malformed, unchecked]],
    ["of a leaf", inputFor([ca, root], { purpose: "any" }), [malformed]],
    ["of a leaf that is an anchor", inputFor([own, own], { purpose: "any" }), [malformed]],
    [
      "of a leaf that is its own issuer",
      inputFor([own, root], { purpose: "any" }),
      [malformed, unchecked, expect.stringMatching(/self-signed/)],
    ],
  ])("%s: a reason, and no signature is tried", (_, input, messages) => {
    const error = refusal(() => verifyPathSync(input));
    expect(error.reasons.map(({ message }) => message)).toEqual(messages);
    expect(error.work.signatures).toBe(0);
  });
});

// Its point is of a kind that is none.
function unreadableKey(): ForgeKey {
  const { publicKey, privateKey } = ecKey();
  const spki = publicKey.export({ type: "spki", format: "der" });
  spki[spki.length - 65] = 9;
  return { privateKey, publicKey: { export: () => spki } as unknown as KeyObject };
}
