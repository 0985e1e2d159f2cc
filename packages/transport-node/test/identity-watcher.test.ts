// An identity that follows its files.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CertificateOptions, optionsForClientTLS } from "@tlskit/options";
import { createTestCa, type TestCa } from "@tlskit/testing";
import type { PrivateCertificate } from "@tlskit/x509";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect, IdentityWatcher, listen } from "../src/index.ts";

let ca: TestCa;
let folder: string;
let files: { cert: string; key: string };

beforeAll(async () => {
  ca = await createTestCa();
  folder = await mkdtemp(join(tmpdir(), "tlskit-"));
  files = { cert: join(folder, "fullchain.pem"), key: join(folder, "privkey.pem") };
});

afterAll(() => rm(folder, { recursive: true }));

async function write(identity: PrivateCertificate): Promise<void> {
  await writeFile(files.cert, identity.fullChainPem());
  await writeFile(files.key, await identity.keyPair.toPem());
}

function next<T extends Event>(watcher: IdentityWatcher, type: string): Promise<T> {
  return new Promise((resolve) =>
    watcher.addEventListener(type, (event) => resolve(event as unknown as T), { once: true }),
  );
}

test("a renewed certificate is taken, and served without a restart", async () => {
  const [first, second] = [await ca.issue("localhost"), await ca.issue("localhost")];
  await write(first);
  const watcher = await IdentityWatcher.start(files, { interval: 20 });
  const tls = new CertificateOptions({ identity: watcher.identity });
  const listener = await listen({ host: "127.0.0.1", port: 0, tls });
  watcher.addEventListener("change", ({ current }) => listener.update(tls.with({ identity: current })));
  const shown = async (): Promise<string | undefined> => {
    const options = { tls: optionsForClientTLS("localhost", { trustRoot: ca.certificate }) };
    const client = await connect({ host: "127.0.0.1", port: listener.address.port }, options);
    client.abort();
    return client.peerCertificate?.id;
  };
  expect(await shown()).toBe(first.id);
  expect(watcher.expiresAt).toEqual(first.notAfter);
  await write(second);
  await expect.poll(shown).toBe(second.id);
  expect(watcher.identity.id).toBe(second.id);
  watcher.close();
  await listener.close({ timeoutMs: 0 });
});

test("files that do not belong together leave the last good identity, and are reported", async () => {
  const [first, second] = [await ca.issue("localhost"), await ca.issue("localhost")];
  await write(first);
  using watcher = await IdentityWatcher.start(files, { interval: 3_600_000 });
  await writeFile(files.cert, second.fullChainPem());
  const told = next<Event & { error: { code: string } }>(watcher, "error");
  await expect(watcher.refresh()).rejects.toMatchObject({ code: "KEY_MISMATCH" });
  expect((await told).error.code).toBe("KEY_MISMATCH");
  expect(watcher.identity.id).toBe(first.id);
  await writeFile(files.key, await second.keyPair.toPem());
  expect((await watcher.refresh()).id).toBe(second.id);
});

test("what ends soon is told, once for each identity", async () => {
  await write(await ca.issueWith({ names: ["localhost"], notAfter: new Date(Date.now() + 86_400_000) }));
  using watcher = await IdentityWatcher.start(files, { interval: 3_600_000 });
  let count = 0;
  watcher.addEventListener("expiring", () => count++);
  const { expiresAt } = await next<Event & { expiresAt: Date }>(watcher, "expiring");
  expect(expiresAt).toEqual(watcher.expiresAt);
  await watcher.refresh();
  expect(count).toBe(1);
  using calm = await IdentityWatcher.start(files, { interval: 3_600_000, expiresWithin: 1000 });
  calm.addEventListener("expiring", () => count++);
  await calm.refresh();
  expect(count).toBe(1);
});

test.each([{ interval: 0 }, { expiresWithin: -1 }, { intervall: 5 }])("%j is refused", async (options) => {
  await expect(IdentityWatcher.start(files, options)).rejects.toMatchObject({ code: "SETTING_INVALID" });
});

test("what is closed while it reads says nothing any more, and stays what it is", async () => {
  const [first, second] = [await ca.issue("localhost"), await ca.issue("localhost")];
  await write(first);
  const watcher = await IdentityWatcher.start(files, { interval: 3_600_000 });
  const told: string[] = [];
  for (const type of ["change", "error", "expiring"]) watcher.addEventListener(type, () => told.push(type));
  await write(second);
  const reading = watcher.refresh();
  watcher.close();
  expect((await reading).id).toBe(first.id);
  await rm(files.key);
  await expect(watcher.refresh()).rejects.toMatchObject({ code: "IDENTITY_FILE_MISSING" });
  expect(told).toEqual([]);
});
