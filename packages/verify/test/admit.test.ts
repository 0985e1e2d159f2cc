/** Weak cryptography: refused by default, admitted by name, and never without a trace. */
import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  type AdmittedWeakness,
  VerificationError,
  VerifyArgumentError,
  type VerifyPathInput,
  verifyPathSync,
} from "../src/index.ts";
import { type Forged, type ForgeKey, forgeCa, forgeLeaf, forgeRoot, rsaKey } from "./forge.ts";
import { inputFor } from "./inputs.ts";

function codes(input: VerifyPathInput): readonly string[] {
  try {
    verifyPathSync(input);
    return [];
  } catch (error) {
    if (VerificationError.is(error)) return error.reasons.map(({ code, depth }) => `${code} ${depth}`);
    throw error;
  }
}

const root = forgeRoot();
const sha1 = forgeCa(root, { hash: "sha1" });
const small = forgeCa(root, { key: rsaKey(1024) });
const dsaPair: ForgeKey = generateKeyPairSync("dsa", { modulusLength: 1024, divisorLength: 160 });
const dsa = forgeCa(root, { key: dsaPair });
/** The same key, as RFC 3279 allows it below another with the same domain parameters: without them. */
const inherited = forgeCa(dsa, { subject: "Heir", key: dsaPair, withoutDsaParameters: true });

interface Weak {
  readonly what: string;
  readonly chain: () => readonly Forged[];
  readonly refused: readonly string[];
  readonly admit: AdmittedWeakness;
  readonly others: readonly AdmittedWeakness[];
}

const SHA1: AdmittedWeakness = { signatureHashes: ["SHA-1"] };
const RSA1024: AdmittedWeakness = { minimumRsaBits: 1024 };
const DSA: AdmittedWeakness = { keyTypes: ["dsa"] };

const weaknesses: readonly Weak[] = [
  {
    what: "a signature with SHA-1",
    chain: () => [forgeLeaf(sha1), sha1, root],
    refused: ["WEAK_SIGNATURE 1"],
    admit: SHA1,
    others: [RSA1024, DSA],
  },
  {
    what: "an RSA key of 1,024 bits",
    chain: () => [forgeLeaf(small), small, root],
    refused: ["WEAK_KEY 1"],
    admit: RSA1024,
    others: [SHA1, DSA, { minimumRsaBits: 1025 }],
  },
  {
    what: "a DSA key",
    chain: () => [forgeLeaf(dsa), dsa, root],
    refused: ["WEAK_KEY 1"],
    admit: DSA,
    others: [SHA1, RSA1024],
  },
  {
    what: "a DSA key that has its parameters from its issuer",
    chain: () => [forgeLeaf(inherited), inherited, dsa, root],
    refused: ["WEAK_KEY 1", "WEAK_KEY 2"],
    admit: DSA,
    others: [SHA1, RSA1024],
  },
];

describe.each(weaknesses)("$what", ({ chain, refused, admit, others }) => {
  const input = inputFor(chain());

  test.each(["compatible", "rfc5280"] as const)("is refused under %s", (profile) => {
    expect(codes({ ...input, profile })).toEqual(expect.arrayContaining([...refused]));
  });

  test("is accepted when admitted, and the path says so", () => {
    const path = verifyPathSync({ ...input, insecurelyAdmit: admit });
    expect(path.weaknesses.map(({ code, depth }) => `${code} ${depth}`)).toEqual(refused);
    expect(path.weaknesses[0]?.certificate).toBe(path.chain[path.weaknesses[0]?.depth ?? 0]);
  });

  test("is refused when only something else is admitted", () => {
    for (const other of others) {
      expect(codes({ ...input, insecurelyAdmit: other })).toEqual(expect.arrayContaining([...refused]));
    }
  });

  test("is no licence for wrong signatures", () => {
    const broken = forgeLeaf(chain()[1] as Forged, { breakSignature: true });
    const made = inputFor([broken, ...chain().slice(1)], { insecurelyAdmit: admit });
    expect(codes(made).length).toBeGreaterThan(0);
  });
});

test("a DSA key without parameters that nobody above has verifies nothing", () => {
  const orphan = forgeCa(root, { subject: "Orphan", key: dsaPair, withoutDsaParameters: true });
  const input = inputFor([forgeLeaf(orphan), orphan, root], { insecurelyAdmit: DSA });
  expect(codes(input)).not.toEqual([]);
  const anchored = inputFor([forgeLeaf(orphan), orphan], { insecurelyAdmit: DSA });
  expect(codes(anchored)).not.toEqual([]);
});

test("what cannot be computed is not admitted: MD5, and keys below what the argument allows", () => {
  const rsaRoot = forgeRoot({ key: rsaKey(2048) });
  const md5 = forgeCa(rsaRoot, { hash: "md5" });
  const everything: AdmittedWeakness = { ...SHA1, ...DSA, ...RSA1024 };
  expect(codes({ ...inputFor([forgeLeaf(md5), md5, rsaRoot]), insecurelyAdmit: everything })).toContain(
    "WEAK_SIGNATURE 1",
  );
  const tiny = forgeCa(root, { key: rsaKey(768) });
  expect(codes({ ...inputFor([forgeLeaf(tiny), tiny, root]), insecurelyAdmit: everything })).toEqual(["WEAK_KEY 1"]);
});

test("a strong path has no weaknesses, whatever is admitted", () => {
  const ca = forgeCa(root);
  const input = inputFor([forgeLeaf(ca), ca, root], { insecurelyAdmit: { ...SHA1, ...DSA, ...RSA1024 } });
  expect(verifyPathSync(input).weaknesses).toEqual([]);
});

test.each<readonly [string, unknown]>([
  ["insecurelyAdmit", null],
  ["insecurelyAdmit", "everything"],
  ["insecurelyAdmit.md5", { md5: true }],
  ["insecurelyAdmit.signatureHashes", { signatureHashes: "SHA-1" }],
  ["insecurelyAdmit.signatureHashes", { signatureHashes: ["MD5"] }],
  ["insecurelyAdmit.keyTypes", { keyTypes: ["rsa"] }],
  ["insecurelyAdmit.minimumRsaBits", { minimumRsaBits: 512 }],
  ["insecurelyAdmit.minimumRsaBits", { minimumRsaBits: 4096 }],
  ["insecurelyAdmit.minimumRsaBits", { minimumRsaBits: "1024" }],
])("%s: %j is an argument error", (argument, insecurelyAdmit) => {
  const input = { ...inputFor([forgeLeaf(root), root]), insecurelyAdmit } as VerifyPathInput;
  expect(() => verifyPathSync(input)).toThrow(VerifyArgumentError);
  expect(() => verifyPathSync(input)).toThrow(
    expect.objectContaining({ details: expect.objectContaining({ argument }) }),
  );
});

describe("bytes", () => {
  test("of leaf and pool are bounded, before anything is read", () => {
    const ca = forgeCa(root);
    const input = inputFor([forgeLeaf(ca), ca, root]);
    const { bytes } = verifyPathSync(input).work;
    expect(bytes).toBeGreaterThan(500);
    expect(verifyPathSync({ ...input, budget: { bytes } }).work.bytes).toBe(bytes);
    for (const limit of [bytes - 1, 100, 0]) {
      expect(codes({ ...input, budget: { bytes: limit } })[0]).toMatch(/^BUDGET_EXCEEDED/);
    }
    const huge = new Uint8Array(5_000_000);
    expect(codes({ ...input, intermediates: [huge] })[0]).toMatch(/^BUDGET_EXCEEDED/);
    expect(codes({ ...input, leaf: huge })[0]).toMatch(/^BUDGET_EXCEEDED/);
  });

  test.each([null, undefined, "DER", 7, {}])("%j in the pool is an argument error", (item) => {
    const input = { ...inputFor([forgeLeaf(root), root]), intermediates: [item as unknown as Uint8Array] };
    expect(() => verifyPathSync(input)).toThrow(expect.objectContaining({ code: "VERIFY_ARGUMENT_INVALID" }));
  });
});
