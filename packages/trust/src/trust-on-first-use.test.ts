import { execFileSync } from "node:child_process";
import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createTestCa } from "@tlskit/testing";
import { VerificationError, verifyPath } from "@tlskit/verify";
import { PrivateCertificate } from "@tlskit/x509";
import { afterAll, describe, expect, test } from "vitest";
import {
  DirectoryFirstUseStore,
  type FirstUseInput,
  type FirstUseStore,
  MemoryFirstUseStore,
  TrustError,
  TrustOnFirstUse,
} from "./index.ts";

const directory = await mkdtemp(join(tmpdir(), "tlskit-trust-"));
afterAll(() => rm(directory, { recursive: true }));
let count = 0;

const stores: readonly [string, () => FirstUseStore][] = [
  ["in memory", () => new MemoryFirstUseStore()],
  ["in a directory", () => new DirectoryFirstUseStore(join(directory, `store ${count++}`, "below"))],
];

async function selfSigned(extra: object = {}): Promise<PrivateCertificate> {
  return await PrivateCertificate.selfSigned({
    subject: { CN: "nas" },
    subjectAltName: ["nas.local", "10.0.0.7", "2001:db8::7"],
    profile: "server",
    ...extra,
  });
}

const nas = await selfSigned();
const other = await selfSigned();
const ca = await createTestCa();
const below = await (await ca.createIntermediate()).issue("nas.local");

async function code(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => "accepted",
    (caught: unknown) => caught,
  );
  if (error === "accepted") return error;
  if (VerificationError.is(error) || TrustError.is(error)) return error.code;
  throw error;
}

describe.each(stores)("TRU-10: trust on first use, remembered %s", (_where, makeStore) => {
  const use = (leaf: PrivateCertificate, more: Partial<FirstUseInput> = {}): FirstUseInput => ({
    leaf,
    host: "nas.local",
    port: 443,
    ...more,
  });

  test("the first key is remembered, and from then on no other is accepted", async () => {
    const known = new TrustOnFirstUse(makeStore());
    const first = await known.verify(use(nas));
    expect(first).toMatchObject({
      firstUse: true,
      service: "nas.local:443",
      pin: nas.publicKey.spkiHash("sha-256", { format: "pin" }),
    });
    const second = await known.verify(use(nas));
    expect(second).toMatchObject({ firstUse: false, pin: first.pin, firstSeen: first.firstSeen });
    expect(await code(known.verify(use(other)))).toBe("PIN_MISMATCH");
    expect(await known.known("NAS.local.", 443)).toEqual({ pin: first.pin, firstSeen: first.firstSeen });
  });

  test("a certificate that is issued anew for the key is fine, self-signed or by a CA", async () => {
    const known = new TrustOnFirstUse(makeStore());
    await known.verify(use(nas));
    const renewed = await selfSigned({ keyPair: nas.keyPair });
    expect(renewed.id).not.toBe(nas.id);
    expect(await code(known.verify(use(renewed)))).toBe("accepted");
  });

  test("name and validity are checked, at the first use as well, and nothing is remembered then", async () => {
    const known = new TrustOnFirstUse(makeStore());
    const late = new Date(nas.notAfter.getTime() + 1000);
    const early = new Date(nas.notBefore.getTime() - 1000);
    expect(await code(known.verify(use(nas, { host: "other.local" })))).toBe("NAME_MISMATCH");
    expect(await code(known.verify(use(nas, { at: late })))).toBe("CERTIFICATE_EXPIRED");
    expect(await code(known.verify(use(nas, { at: early })))).toBe("CERTIFICATE_NOT_YET_VALID");
    expect(await code(known.verify(use(nas, { purpose: "client" })))).toBe("EXTENDED_KEY_USAGE_MISMATCH");
    for (const host of ["other.local", "nas.local"]) expect(await known.known(host, 443)).toBeUndefined();
    await known.verify(use(nas));
    expect(await code(known.verify(use(nas, { at: late })))).toBe("CERTIFICATE_EXPIRED");
  });

  test("services are told apart by host and port, however the host is written", async () => {
    const known = new TrustOnFirstUse(makeStore());
    await known.verify(use(nas));
    expect((await known.verify(use(nas, { host: "NAS.LOCAL." }))).firstUse).toBe(false);
    expect((await known.verify(use(other, { port: 8443 }))).firstUse).toBe(true);
    expect(await known.verify(use(other, { host: "10.0.0.7" }))).toMatchObject({
      firstUse: true,
      service: "10.0.0.7:443",
    });
    expect(await known.verify(use(other, { host: "2001:DB8:0::7" }))).toMatchObject({
      firstUse: true,
      service: "[2001:db8::7]:443",
    });
    expect((await known.verify(use(other, { host: "[2001:db8::7]" }))).firstUse).toBe(false);
  });

  test("what is forgotten is met for the first time again", async () => {
    const known = new TrustOnFirstUse(makeStore());
    expect(await known.forget("nas.local", 443)).toBe(false);
    await known.verify(use(nas));
    expect(await known.forget("nas.local", 443)).toBe(true);
    expect((await known.verify(use(other))).firstUse).toBe(true);
  });

  test("of two first uses at once, one wins", async () => {
    const store = makeStore();
    const results = await Promise.all(
      [nas, other, nas, other, other].map((leaf) => code(new TrustOnFirstUse(store).verify(use(leaf)))),
    );
    expect(new Set(results)).toEqual(new Set(["accepted", "PIN_MISMATCH"]));
    const winner = (await store.get("nas.local:443"))?.pin;
    const pins = [nas, other, nas, other, other].map((one) => one.publicKey.spkiHash("sha-256", { format: "pin" }));
    expect(results.map((one) => one === "accepted")).toEqual(pins.map((pin) => pin === winner));
  });

  test("gives the trust that connections to this service can be verified with, and to no other", async () => {
    const known = new TrustOnFirstUse(makeStore());
    const name = "nas.local";
    const { trust } = await known.verify(use(nas));
    expect(trust?.pinned).toHaveLength(1);
    expect(trust?.source).toMatchObject({ kind: "first-use", locations: ["nas.local:443"] });
    if (trust === undefined) throw new Error("a self-signed leaf gives trust");
    expect(await code(verifyPath({ leaf: nas, trust, purpose: "server", name }))).toBe("accepted");
    expect(await code(verifyPath({ leaf: other, trust, purpose: "server", name }))).not.toBe("accepted");
    const issued = await known.verify(use(below, { port: 1, intermediates: [...below.chain, ca.certificate] }));
    if (issued.trust === undefined) throw new Error("issuers that were sent give trust");
    const path = { intermediates: below.chain, trust: issued.trust, purpose: "server", name } as const;
    expect(await code(verifyPath({ leaf: below, ...path }))).toBe("accepted");
    const sibling = await (await ca.createIntermediate()).issue("nas.local");
    expect(await code(verifyPath({ ...path, leaf: sibling, intermediates: sibling.chain }))).toBe("PIN_MISMATCH");
    expect("trust" in (await known.verify(use(below, { port: 2 })))).toBe(false);
  });

  test.each<[string, Partial<FirstUseInput>]>([
    ["leaf", { leaf: nas.der as never }],
    ["intermediates[0]", { intermediates: ["pem" as never] }],
    ["port", { port: 0 }],
    ["port", { port: "443" as never }],
    ["port", { port: 65_536 }],
  ])("%s is checked", async (_argument, more) => {
    expect(await code(new TrustOnFirstUse(makeStore()).verify(use(nas, more)))).toBe("TRUST_ARGUMENT_INVALID");
  });
});

describe("DirectoryFirstUseStore", () => {
  test("files are this user's alone, and nothing is left of the writing", async () => {
    const place = join(directory, "private");
    await new TrustOnFirstUse(new DirectoryFirstUseStore(place)).verify({ leaf: nas, host: "nas.local", port: 443 });
    const names = await readdir(place);
    expect(names).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.json$/)]);
    expect((await stat(place)).mode & 0o777).toBe(0o700);
    expect((await stat(join(place, names[0] ?? ""))).mode & 0o777).toBe(0o600);
    const record = JSON.parse(await readFile(join(place, names[0] ?? ""), "utf8"));
    expect(record).toMatchObject({
      service: "nas.local:443",
      pin: nas.publicKey.spkiHash("sha-256", { format: "pin" }),
    });
  });

  test.each([
    ["nothing", ""],
    ["no object", "[]"],
    ["another service", JSON.stringify({ service: "x:1", pin: `sha256/${"A".repeat(43)}=`, firstSeen: "2026-01-01" })],
    ["no pin", JSON.stringify({ service: "nas.local:443", pin: "sha256/AA==", firstSeen: "2026-01-01" })],
    ["no time", JSON.stringify({ service: "nas.local:443", pin: `sha256/${"A".repeat(43)}=`, firstSeen: "never" })],
    ["inherited values", '{"__proto__":{"service":"nas.local:443"}}'],
  ])("a damaged record, %s, is an error and no first use", async (_what, text) => {
    const place = join(directory, `damaged ${count++}`);
    const known = new TrustOnFirstUse(new DirectoryFirstUseStore(place));
    await known.verify({ leaf: nas, host: "nas.local", port: 443 });
    await writeFile(join(place, (await readdir(place))[0] ?? ""), text);
    expect(await code(known.verify({ leaf: nas, host: "nas.local", port: 443 }))).toBe("FIRST_USE_RECORD_INVALID");
    expect(await known.forget("nas.local", 443)).toBe(true);
  });

  test("the directory may be a file: URL", async () => {
    const url = pathToFileURL(join(directory, "by URL"));
    await new TrustOnFirstUse(new DirectoryFirstUseStore(url)).verify({ leaf: nas, host: "nas.local", port: 443 });
    expect(await readdir(url)).toHaveLength(1);
    expect(() => new DirectoryFirstUseStore(new URL("https://example.org/known"))).toThrowError(/Its scheme is https:/);
  });

  test("a directory that cannot be used is an error", async () => {
    await writeFile(join(directory, "a file"), "");
    const known = new TrustOnFirstUse(new DirectoryFirstUseStore(join(directory, "a file")));
    expect(await code(known.verify({ leaf: nas, host: "nas.local", port: 443 }))).toBe("TRUST_SOURCE_UNREADABLE");
    expect(() => new DirectoryFirstUseStore("")).toThrowError(
      expect.objectContaining({ code: "TRUST_ARGUMENT_INVALID" }),
    );
    await chmod(join(directory, "a file"), 0o600);
  });

  test("a record that is a link to nowhere is an error, and no first use", async () => {
    const place = join(directory, "linked");
    const known = new TrustOnFirstUse(new DirectoryFirstUseStore(place));
    await known.verify({ leaf: nas, host: "nas.local", port: 443 });
    const record = join(place, (await readdir(place))[0] ?? "");
    await rm(record);
    await symlink("nowhere", record);
    expect(await code(known.verify({ leaf: nas, host: "nas.local", port: 443 }))).toBe("TRUST_SOURCE_UNREADABLE");
    expect(await readdir(place)).toHaveLength(1);
  });

  test("a store of the caller's own is not believed blindly", async () => {
    const lying = {
      ...methods(new MemoryFirstUseStore()),
      get: async () => ({ pin: "sha256/no", firstSeen: new Date() }),
    };
    expect(await code(new TrustOnFirstUse(lying).verify({ leaf: nas, host: "nas.local", port: 443 }))).toBe(
      "TRUST_ARGUMENT_INVALID",
    );
    expect(() => new TrustOnFirstUse(new Map() as never)).toThrowError(
      expect.objectContaining({ code: "TRUST_ARGUMENT_INVALID" }),
    );
  });

  test.each(["bun", "deno"])(
    "%s remembers in the same files",
    async (runtime) => {
      const place = join(directory, runtime);
      const script = `import { DirectoryFirstUseStore } from ${JSON.stringify(new URL("./index.ts", import.meta.url).href)};
const store = new DirectoryFirstUseStore(${JSON.stringify(place)});
const record = (pin) => ({ pin: "sha256/" + pin.repeat(43) + "=", firstSeen: new Date(0) });
await store.add("a:1", record("A"));
const kept = await store.add("a:1", record("E"));
await store.add("b:1", record("A"));
console.log(kept.pin.slice(7, 8), await store.delete("b:1"), await store.delete("b:1"), await store.get("b:1"));
process.exit(0);`;
      const binary = fileURLToPath(new URL(`../../../node_modules/.bin/${runtime}`, import.meta.url));
      const cwd = fileURLToPath(new URL("..", import.meta.url));
      const args =
        runtime === "bun"
          ? ["--conditions=@tlskit/source", "--eval", script]
          : ["eval", "--ext=ts", "--conditions=@tlskit/source", script];
      expect(execFileSync(binary, args, { cwd, encoding: "utf8" })).toBe("A true false undefined\n");
      expect((await new DirectoryFirstUseStore(place).get("a:1"))?.firstSeen).toEqual(new Date(0));
    },
    60_000,
  );
});

function methods(store: FirstUseStore): FirstUseStore {
  return {
    get: (name) => store.get(name),
    add: (name, record) => store.add(name, record),
    delete: (name) => store.delete(name),
  };
}
