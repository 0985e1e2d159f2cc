/**
 * What no compiler would let through: every public function with every kind of nonsense in place of each argument and each
 * option succeeds, or throws an error of ours.
 */
import { createTestCa } from "@tlskit/testing";
import { Certificate, TlsKitError } from "@tlskit/x509";
import { expect, test } from "vitest";
import * as identity from "../src/identity/index.ts";
import * as verify from "../src/index.ts";
import { publicSuffixList } from "../src/public-suffix.ts";

const ca = await createTestCa();
const leaf = await ca.issue("localhost");
const name = identity.parseHost("localhost");
const fetch = async (): Promise<Response> => new Response("nothing");
const path = verify.verifyPathSync({ leaf, trust: [ca.certificate], purpose: "server" });

const nonsense: readonly unknown[] = [
  ...[undefined, null, 1, -1, Number.NaN, true, "nonsense", "", Symbol("s"), 1n, () => 1],
  ...[{}, [], [null], [undefined], [1], ["x"], [{}], [[]], new Map(), new Set([5])],
  ...[new Date(Number.NaN), new Date(), new Uint8Array(3), [new Uint8Array(3)]],
  ...[{ type: "dns" }, [{ type: "dns" }], { type: "ip", value: "x", bytes: { length: 4 } }, { type: "constructor" }],
  ...[{ type: Symbol("s") }, { type: "uri", value: Symbol("s") }, [{ type: "uri", value: Object.create(null) }]],
  ...[{ length: 3 }, { constructor: null }, Object.create(null), Object.create(Certificate.prototype)],
  ...[new Proxy({}, {}), new Proxy(leaf, {}), [new Proxy(leaf, {})], leaf, [leaf]],
  ...[Object.create(verify.VerifiedPath.prototype), Object.create(verify.VerificationError.prototype)],
];

/** Arguments that are right, so that each next one, and each option of the one that is replaced, is looked at. */
const right: Readonly<Record<string, readonly unknown[]>> = {
  verifyPath: [{ leaf, intermediates: [ca.certificate], trust: [ca.certificate], purpose: "server", name }],
  checkRevocation: [{ chain: path.chain, crls: [], ocspResponses: [] }],
  verifyPinnedLeaf: [{ leaf, pins: [leaf.publicKey.spkiHash()], purpose: "server", name }],
  httpRevocationFetcher: [{ fetch, allowPrivateAddresses: true }],
  fetcher: [{ certificate: leaf, issuer: ca.certificate }],
  LinkCache: [{ maxEntries: 1 }],
  parseHost: ["localhost"],
  parseUriId: ["https://a.example"],
  parseSrvId: ["_x.a.example"],
  parseEmailId: ["a@a.example"],
  matchIdentity: [leaf.subjectAltName, name],
  describeIdentity: [{ type: "dns", value: "a.example" }],
  isPublicSuffix: ["a.example"],
  peerText: [{ host: "a.example", port: 443 }],
};

/** Options of the one argument, that are not in the right one above. */
const options: Readonly<Record<string, readonly string[]>> = {
  verifyPath: [
    ...["at", "profile", "maxDepth", "policies", "revocation", "insecurelyAdmit", "links", "budget", "publicSuffix"],
  ],
  checkRevocation: ["intermediates", "at", "maxAge", "profile", "insecurelyAdmit", "budget"],
  verifyPinnedLeaf: ["at", "profile", "insecurelyAdmit", "budget", "publicSuffix", "trust"],
  httpRevocationFetcher: ["maxBytes", "timeoutMs", "allowPrivateAddresses", "resolve"],
};

/** Options of options. */
const deeper: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  verifyPath: {
    revocation: ["mode", "scope", "maxAge", "crls", "ocspResponses", "fetch"],
    policies: ["initial", "requireExplicit", "inhibitMapping", "inhibitAny"],
    insecurelyAdmit: ["signatureHashes", "keyTypes", "minimumRsaBits"],
    budget: ["signatures", "steps", "pathLength", "bytes"],
  },
};

type Call = (...values: readonly unknown[]) => unknown;
const callables: Readonly<Record<string, Call>> = {
  ...(Object.fromEntries(
    Object.entries({ ...verify, ...identity }).filter(([, value]) => isPlainFunction(value)),
  ) as Record<string, Call>),
  LinkCache: (...values) =>
    new (verify.LinkCache as unknown as new (...values: readonly unknown[]) => unknown)(...values),
  isPublicSuffix: publicSuffixList.isPublicSuffix as Call,
  fetcher: verify.httpRevocationFetcher({ fetch, allowPrivateAddresses: true }) as Call,
};

function isPlainFunction(value: unknown): boolean {
  return typeof value === "function" && !/^class/.test(Function.prototype.toString.call(value));
}

function argumentsOf(key: string): readonly unknown[] {
  return right[key.replace(/Sync$/, "")] ?? [];
}

/** Each list of arguments with one piece of nonsense in it, by a name for it. */
function* attempts(key: string): Generator<readonly [string, readonly unknown[]]> {
  const given = argumentsOf(key);
  for (const [index, value] of nonsense.entries()) {
    for (const place of given.keys()) yield [`${place} is ${index}`, given.with(place, value)];
    const [first] = given;
    if (typeof first !== "object" || first === null || Symbol.iterator in first) continue;
    const known = [...Object.keys(first), ...(options[key.replace(/Sync$/, "")] ?? [])];
    for (const option of known) yield [`${option} is ${index}`, given.with(0, { ...first, [option]: value })];
    for (const [option, inner] of Object.entries(deeper[key.replace(/Sync$/, "")] ?? {})) {
      const usual = option === "revocation" ? { mode: "prefer" } : {};
      for (const one of inner) {
        yield [`${option}.${one} is ${index}`, given.with(0, { ...first, [option]: { ...usual, [one]: value } })];
      }
    }
  }
}

test.each(Object.keys(callables))("nonsense for %s is refused by an error of ours", async (key) => {
  const mistakes: string[] = [];
  for (const [what, values] of attempts(key)) {
    try {
      await callables[key]?.(...values);
    } catch (error) {
      if (!TlsKitError.is(error)) mistakes.push(`${what}: ${error}`);
    }
  }
  expect(mistakes).toEqual([]);
});

test("every function is asked", () => {
  expect(Object.keys(callables).filter((key) => argumentsOf(key).length === 0)).toEqual([]);
});

test.each([
  ["VerificationError.is", verify.VerificationError.is],
  ["VerifyArgumentError.is", verify.VerifyArgumentError.is],
  ["InvalidIdentityError.is", identity.InvalidIdentityError.is],
])("%s says of nonsense that it is not", (_, is) => {
  for (const value of nonsense) expect(is.call(TlsKitError, value)).toBe(false);
});

test("matchIdentity names the argument", () => {
  const codeOf = (presented: unknown, reference: unknown): unknown => {
    try {
      return identity.matchIdentity(presented as never, reference as never);
    } catch (error) {
      return verify.VerifyArgumentError.is(error) ? error.details : error;
    }
  };
  expect(codeOf("nonsense", name)).toMatchObject({ argument: "presented" });
  expect(codeOf([{ type: "dns", value: "a.example" }, null], name)).toMatchObject({ argument: "presented[1]" });
  expect(codeOf([], "localhost")).toMatchObject({ argument: "reference", actual: '"localhost"' });
  expect(codeOf([], { type: "ip", value: "127.0.0.1" })).toMatchObject({ argument: "reference" });
});
