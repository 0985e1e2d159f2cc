import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestCa, type TestCa } from "@tlskit/testing";
import type { PrivateCertificate } from "@tlskit/x509";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { EndpointError, IdentityDirectory } from "../endpoints.ts";

const day = 24 * 60 * 60 * 1000;
let ca: TestCa;
let intermediate: TestCa;
let folder = "";

beforeAll(async () => {
  ca = await createTestCa({ notBefore: new Date(Date.now() - 100 * day) });
  intermediate = await ca.createIntermediate({ notBefore: new Date(Date.now() - 100 * day) });
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tlskit-directory-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** As certbot leaves it: links from `live/NAME` into `archive/NAME`. */
async function certbot(name: string, identity: PrivateCertificate, version = 1): Promise<void> {
  const archive = join(folder, "archive", name);
  const live = join(folder, "live", name);
  await mkdir(archive, { recursive: true });
  await mkdir(live, { recursive: true });
  const files = {
    cert: identity.toPem(),
    chain: identity.chain.map((certificate) => certificate.toPem()).join(""),
    fullchain: identity.fullChainPem(),
    privkey: await identity.keyPair.toPem(),
  };
  for (const [file, text] of Object.entries(files)) {
    await writeFile(join(archive, `${file}${version}.pem`), text);
    await rm(join(live, `${file}.pem`), { force: true });
    await symlink(join("../../archive", name, `${file}${version}.pem`), join(live, `${file}.pem`));
  }
  await writeFile(join(folder, "live", "README"), "This directory contains your keys and certificates.\n");
}

const live = (): string => join(folder, "live");
const combined = async (identity: PrivateCertificate): Promise<string> =>
  (await identity.keyPair.toPem()) + identity.fullChainPem();

describe("IdentityDirectory", () => {
  test("END-06: certbot's directory: each name its certificate, with its chain", async () => {
    const [one, two] = [
      await intermediate.issue("one.example"),
      await intermediate.issue("two.example", "three.example"),
    ];
    await certbot("one.example", one);
    await certbot("two.example", two);
    const directory = await IdentityDirectory.open(live());
    expect(directory.names).toEqual(["one.example", "three.example", "two.example"]);
    const found = await directory.lookup("two.example");
    expect(found?.id).toBe(two.id);
    expect(found?.chain.map(({ id }) => id)).toEqual([intermediate.certificate.id]);
    expect((await directory.lookup("ONE.example."))?.id).toBe(one.id);
    expect(await directory.lookup("four.example")).toBeUndefined();
    expect(directory.skipped).toEqual([]);
  });

  test("END-06: txsni's directory: one file for each name, whatever the order in it", async () => {
    const one = await intermediate.issue("one.example");
    const two = await ca.issue("two.example");
    await writeFile(join(folder, "one.example.pem"), one.fullChainPem() + (await one.keyPair.toPem()));
    await writeFile(join(folder, "two.example.PEM"), (await combined(two)).trimEnd());
    const directory = await IdentityDirectory.open(folder);
    expect((await directory.lookup("one.example"))?.chain).toHaveLength(1);
    expect((await directory.lookup("two.example"))?.id).toBe(two.id);
  });

  test("wildcards stand for one label, and a name of its own comes first", async () => {
    const [wild, own] = [await ca.issue("*.example.org"), await ca.issue("own.example.org")];
    await writeFile(join(folder, "a.pem"), await combined(wild));
    await writeFile(join(folder, "b.pem"), await combined(own));
    const directory = await IdentityDirectory.open(folder);
    const of = async (name: string): Promise<string | undefined> => (await directory.lookup(name))?.id;
    expect(await of("any.example.org")).toBe(wild.id);
    expect(await of("own.example.org")).toBe(own.id);
    expect(await of("a.b.example.org")).toBeUndefined();
    expect(await of("example.org")).toBeUndefined();
  });

  test("of several for a name, the one that is valid for longest counts", async () => {
    const until = (days: number, from = -50) =>
      ca.issueWith({
        names: ["one.example"],
        notBefore: new Date(Date.now() + from * day),
        notAfter: new Date(Date.now() + days * day),
      });
    const [expired, short, long, future] = [await until(-1), await until(5), await until(20), await until(40, 10)];
    for (const [i, identity] of [expired, long, short, future].entries()) {
      await writeFile(join(folder, `${i}.pem`), await combined(identity));
    }
    const directory = await IdentityDirectory.open(folder);
    expect((await directory.lookup("one.example"))?.id).toBe(long.id);
  });

  test("the default is the first name, or the one that is asked for", async () => {
    const [a, b] = [await ca.issue("a.example"), await ca.issue("b.example")];
    await writeFile(join(folder, "1.pem"), await combined(b));
    await writeFile(join(folder, "2.pem"), await combined(a));
    expect((await IdentityDirectory.open(folder)).default.id).toBe(a.id);
    expect((await IdentityDirectory.open(folder, { defaultName: "B.example" })).default.id).toBe(b.id);
    const unknown: unknown = await IdentityDirectory.open(folder, { defaultName: "c.example" }).catch(
      (e: unknown) => e,
    );
    expect(EndpointError.is(unknown) && unknown.code).toBe("IDENTITY_NAME_UNKNOWN");
  });

  test("certificates for people or addresses only: nobody asks for those by name", async () => {
    await writeFile(join(folder, "alice.pem"), await combined(await ca.issue("alice@example.org", "127.0.0.1")));
    const error: unknown = await IdentityDirectory.open(folder).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: "IDENTITY_NAME_UNKNOWN", details: { path: folder, names: [] } });
    expect((error as Error).message).toMatch(/is for a host name\.$/);
  });

  test("a file that holds no PEM is told; one that is empty is a chain of none", async () => {
    await certbot("one.example", await ca.issue("one.example")); // chain.pem is empty
    await certbot("two.example", await ca.issue("two.example"));
    await rm(join(live(), "two.example", "privkey.pem"));
    await writeFile(join(live(), "two.example", "privkey.pem"), "to be done\n");
    const { names, skipped } = await IdentityDirectory.open(live());
    expect(names).toEqual(["one.example"]);
    expect(skipped).toMatchObject([
      { path: join(live(), "two.example", "privkey.pem"), error: { code: "IDENTITY_FILE_UNUSABLE" } },
    ]);
  });

  test("a renewal is found, and one that is half done keeps what was there", async () => {
    const [old, renewed] = [await intermediate.issue("one.example"), await intermediate.issue("one.example")];
    await certbot("one.example", old);
    const errors: unknown[] = [];
    let changes = 0;
    const directory = await IdentityDirectory.open(live(), {
      onError: (error) => errors.push(error),
      onChange: () => changes++,
    });
    // The key is new, the certificate is not yet.
    await rm(join(live(), "one.example", "privkey.pem"));
    await writeFile(join(live(), "one.example", "privkey.pem"), await renewed.keyPair.toPem());
    await directory.reload();
    expect((await directory.lookup("one.example"))?.id).toBe(old.id);
    expect(errors).toMatchObject([{ code: "IDENTITY_FILE_UNUSABLE" }]);
    expect(changes).toBe(0);
    await certbot("one.example", renewed, 2);
    await directory.reload();
    expect((await directory.lookup("one.example"))?.id).toBe(renewed.id);
    expect(directory.skipped).toEqual([]);
    expect([errors.length, changes]).toEqual([1, 1]);
    await directory.reload();
    expect(changes).toBe(1);
  });

  test("a file that is being written keeps what it had, beside others; one that is removed does not", async () => {
    const [old, renewed, other] = [
      await ca.issue("a.example"),
      await ca.issue("a.example"),
      await ca.issue("b.example"),
    ];
    await writeFile(join(folder, "a.pem"), await combined(old));
    await writeFile(join(folder, "b.pem"), await combined(other));
    let changes = 0;
    const directory = await IdentityDirectory.open(folder, { onChange: () => changes++ });
    const [key, text] = [await renewed.keyPair.toPem(), await combined(renewed)];
    for (const part of ["", text.slice(0, 100), key, text.slice(0, -100)]) {
      await writeFile(join(folder, "a.pem"), part);
      await directory.reload();
      expect((await directory.lookup("a.example"))?.id).toBe(old.id);
      expect(directory.default.id).toBe(old.id);
    }
    expect(changes).toBe(0);
    await writeFile(join(folder, "a.pem"), text);
    await directory.reload();
    expect((await directory.lookup("a.example"))?.id).toBe(renewed.id);
    await rm(join(folder, "a.pem"));
    await directory.reload();
    expect(directory.names).toEqual(["b.example"]);
  });

  test("a snapshot that is old is read again, while the old one serves", async () => {
    const [old, renewed] = [await ca.issue("one.example"), await ca.issue("one.example")];
    await writeFile(join(folder, "one.pem"), await combined(old));
    const directory = await IdentityDirectory.open(folder, { refreshMs: 0 });
    await writeFile(join(folder, "new"), await combined(renewed));
    await rename(join(folder, "new"), join(folder, "one.pem"));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await directory.lookup("one.example"))?.id).toBe(old.id);
    await expect.poll(async () => (await directory.lookup("one.example"))?.id).toBe(renewed.id);
  });

  test("names that nobody has do not make it read files over and over", async () => {
    await writeFile(join(folder, "one.pem"), await combined(await ca.issue("one.example")));
    const two = await ca.issue("two.example");
    const now = new Date();
    vi.useFakeTimers({ toFake: ["Date"], now });
    try {
      const directory = await IdentityDirectory.open(folder);
      await writeFile(join(folder, "two.pem"), await combined(two));
      // Just read: a stranger's name is not worth another look.
      for (let i = 0; i < 1000; i++) expect(await directory.lookup(`${i}.example`)).toBeUndefined();
      expect(await directory.lookup("two.example")).toBeUndefined();
      vi.setSystemTime(now.getTime() + 1001);
      expect(await directory.lookup("two.example")).toMatchObject({ id: two.id });
    } finally {
      vi.useRealTimers();
    }
  });

  test("what cannot be used is told, and costs only itself", async () => {
    const good = await ca.issue("good.example");
    await writeFile(join(folder, "good.pem"), await combined(good));
    await mkdir(join(folder, "broken"));
    await writeFile(
      join(folder, "broken", "a.pem"),
      "-----BEGIN CERTIFICATE-----\nnonsense!\n-----END CERTIFICATE-----\n",
    );
    await mkdir(join(folder, "encrypted"));
    const other = await ca.issue("other.example");
    await writeFile(
      join(folder, "encrypted", "a.pem"),
      other.toPem() + (await other.keyPair.toPem({ passphrase: "x" })),
    );
    await mkdir(join(folder, "large"));
    await writeFile(join(folder, "large", "a.pem"), Buffer.alloc(1024 * 1024 + 1));
    await mkdir(join(folder, "a directory.pem"));
    await symlink(join(folder, "nowhere"), join(folder, "dangling"));
    await symlink(join(folder, "nowhere.pem"), join(folder, "dangling.pem"));
    const errors: EndpointError[] = [];
    const directory = await IdentityDirectory.open(folder, { onError: (error) => errors.push(error as EndpointError) });
    expect(directory.names).toEqual(["good.example"]);
    const told = errors.map((error) => `${error.code} ${error.message.replace(folder, "")}`).sort();
    expect(told).toHaveLength(4);
    expect(told[0]).toMatch(/^IDENTITY_FILE_UNUSABLE \/broken\/a\.pem cannot be used: /);
    expect(told[1]).toMatch(/^IDENTITY_FILE_UNUSABLE \/dangling\.pem/);
    expect(told[2]).toMatch(/^IDENTITY_FILE_UNUSABLE \/encrypted cannot be used: /);
    expect(told[3]).toMatch(/^IDENTITY_FILE_UNUSABLE \/large\/a\.pem cannot be used: it is larger/);
  });

  test("a directory that is not there, or has nothing to offer, is an error", async () => {
    const codeOf = async (path: string): Promise<unknown> =>
      IdentityDirectory.open(path).catch((error: unknown) => (EndpointError.is(error) ? error.code : error));
    expect(await codeOf(join(folder, "nowhere"))).toBe("IDENTITY_DIRECTORY_UNREADABLE");
    expect(await codeOf(folder)).toBe("IDENTITY_DIRECTORY_EMPTY");
    await writeFile(join(folder, "only-a-certificate.pem"), (await ca.issue("one.example")).toPem());
    expect(await codeOf(folder)).toBe("IDENTITY_DIRECTORY_EMPTY");
  });

  test("when everything goes away, what was there stays, and it is told", async () => {
    const one = await ca.issue("one.example");
    await writeFile(join(folder, "one.pem"), await combined(one));
    const errors: unknown[] = [];
    const directory = await IdentityDirectory.open(folder, { onError: (error) => errors.push(error) });
    await rm(join(folder, "one.pem"));
    await expect(directory.reload()).rejects.toMatchObject({ code: "IDENTITY_DIRECTORY_EMPTY" });
    expect((await directory.lookup("one.example"))?.id).toBe(one.id);
    expect(errors).toHaveLength(1);
  });
});
