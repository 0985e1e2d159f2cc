// What the caller did not say must not be decided by accident: misspelt, inherited or later changed.
import { createTestCa } from "@tlskit/testing";
import { issueCrl } from "@tlskit/x509";
import { expect, test } from "vitest";
import { checkRevocationSync, type VerifyPathInput, verifyPath, verifyPathSync, verifyPinnedLeaf } from "../index.ts";

const ca = await createTestCa();
const leaf = await ca.issue("example.com");
const input: VerifyPathInput = { leaf, trust: [ca.certificate], purpose: "server" };

test("a misspelt name is refused, and not taken for no name", async () => {
  const misspelt = { ...input, hostname: "other.example" };
  await expect(verifyPath(misspelt)).rejects.toMatchObject({
    code: "VERIFY_ARGUMENT_INVALID",
    details: { argument: "hostname" },
  });
  expect(() => verifyPathSync(misspelt)).toThrow(expect.objectContaining({ code: "VERIFY_ARGUMENT_INVALID" }));
});

test("a name that nobody has set is refused, and not taken for no name", async () => {
  const unset = { ...input, name: undefined } as never;
  const refused = { code: "VERIFY_ARGUMENT_INVALID", details: { argument: "name" } };
  await expect(verifyPath(unset)).rejects.toMatchObject(refused);
  expect(() => verifyPathSync(unset)).toThrow(expect.objectContaining({ code: "VERIFY_ARGUMENT_INVALID" }));
  const pins = [{ sha256: leaf.publicKey.spkiHash("sha-256", { format: "bytes" }) }];
  const pinned = { leaf, pins, purpose: "server", name: undefined } as never;
  expect(() => verifyPinnedLeaf(pinned)).toThrow("Leave it out if no name is to be checked.");
});

test("a name that is hidden, or that a class has, is no name that is passed over", async () => {
  const { trust } = input;
  const hidden = Object.defineProperty({ ...input }, "name", { value: "other.example", enumerable: false });
  await expect(verifyPath(hidden)).rejects.toMatchObject({ code: "NAME_MISMATCH" });
  class Input {
    readonly leaf = leaf;
    readonly trust = trust;
    readonly purpose = "server";
    get name(): string {
      return "other.example";
    }
  }
  class Limits {
    get signatures(): number {
      return 1;
    }
  }
  const named = new Input();
  const refused = (argument: string) => ({ code: "VERIFY_ARGUMENT_INVALID", details: { argument } });
  await expect(verifyPath(named)).rejects.toMatchObject(refused("input"));
  await expect(verifyPath(Object.create(named, Object.getOwnPropertyDescriptors(input)))).rejects.toMatchObject(
    refused("input"),
  );
  await expect(verifyPath({ ...input, budget: new Limits() })).rejects.toMatchObject(refused("budget"));
  await expect(verifyPath({ ...input, [Symbol("name")]: "other.example" })).rejects.toMatchObject(refused("input"));
});

test("what was decided about stays what it was", async () => {
  const at = await ca.issue("10.0.0.1");
  // Its slice is no copy.
  const bytes = Buffer.from([10, 0, 0, 1]);
  const initial = ["1.2.3"];
  const name = { type: "ip", value: "10.0.0.1", bytes, text: "10.0.0.1" } as const;
  const path = verifyPathSync({ ...input, leaf: at, name, policies: { initial } });
  bytes.fill(0);
  initial.push("2.5.29.32.0");
  expect(path.name?.presented).toBe("IP Address:10.0.0.1");
  expect(path.policies).toEqual([]);
});

test("a moment that only looks like one is refused, and a list of nothing is no list", () => {
  const refused = expect.objectContaining({ code: "VERIFY_ARGUMENT_INVALID" });
  expect(() => verifyPathSync({ ...input, at: Object.create(Date.prototype) })).toThrow(refused);
  const signatureHashes = [undefined] as never;
  expect(() => verifyPathSync({ ...input, insecurelyAdmit: { signatureHashes } })).toThrow(refused);
});

test("what an object inherits is nobody's wish", async () => {
  const weak = await createTestCa();
  const prototype = Object.prototype as { name?: unknown; insecurelyAdmit?: unknown; profile?: unknown };
  try {
    prototype.name = "other.example";
    prototype.profile = "nonsense";
    await expect(verifyPath(input)).resolves.toBeDefined();
  } finally {
    delete prototype.name;
    delete prototype.profile;
  }
  await expect(verifyPath({ ...input, trust: [weak.certificate] })).rejects.toMatchObject({ code: "UNKNOWN_ISSUER" });
});

test("nor what the objects in it inherit, or what a fetcher makes decided twice", async () => {
  const root = await createTestCa();
  const sub = await root.createIntermediate();
  const below = await sub.issue("example.com");
  const crls = [(await issueCrl(sub.certificate, { crlNumber: 1 })).der];
  const chain = { leaf: below, intermediates: below.chain, trust: [root.certificate], purpose: "server" } as const;
  const prototype = Object.prototype as { scope?: unknown; name?: unknown; minimumRsaBits?: unknown; crls?: unknown };
  try {
    prototype.scope = "leaf";
    prototype.name = "other.example";
    prototype.minimumRsaBits = 1;
    prototype.crls = crls;
    const fetch = async () => ({ crls: [], ocspResponses: [] });
    const revocation = { mode: "require", ocspResponses: [] } as const;
    const unknown = { code: "REVOCATION_STATUS_UNKNOWN", reasons: [{ depth: 0 }, { depth: 1 }] };
    await expect(verifyPath({ ...chain, revocation })).rejects.toMatchObject(unknown);
    await expect(verifyPath({ ...chain, revocation: { ...revocation, fetch } })).rejects.toMatchObject(unknown);
    await expect(verifyPath({ ...chain, insecurelyAdmit: {} })).resolves.toBeDefined();
    expect(checkRevocationSync({ chain: [below, sub.certificate] }).status).toBe("unknown");
  } finally {
    for (const name of ["scope", "name", "minimumRsaBits", "crls"] as const) delete prototype[name];
  }
});

test("nobody can give a certificate more rights than it has", async () => {
  const sub = await ca.certificate.issuePrivate({
    subject: { CN: "no right to sign" },
    profile: "intermediate",
    extensions: [{ oid: "2.5.29.15", critical: true, value: Uint8Array.of(0x03, 0x02, 0x01, 0x02) }],
  });
  const below = await sub.issuePrivate({ subjectAltName: ["example.com"], profile: "server", force: true });
  const path = { leaf: below, intermediates: [sub], trust: [ca.certificate], purpose: "server" } as const;
  (sub.keyUsage as Set<string>).add("keyCertSign");
  await expect(verifyPath(path)).rejects.toMatchObject({ code: "KEY_USAGE_MISSING" });
});
