// What `trustRoot: "platform"` means while a process runs.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestCa } from "@tlskit/testing";
import type { TrustRoot } from "@tlskit/trust";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { currentPlatformTrust } from "./platform-trust-cache.ts";

const directory = await mkdtemp(join(tmpdir(), "tlskit-platform-trust-"));
const [one, two] = await Promise.all([createTestCa({ name: "one" }), createTestCa({ name: "two" })]);
/** Another one for each test: what is known of a store outlives it. */
let file: string;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  file = join(directory, `${crypto.randomUUID()}.pem`);
  await writeFile(file, one.certificate.toPem());
  vi.stubEnv("SSL_CERT_FILE", file);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
});
afterAll(() => rm(directory, { recursive: true }));

function names({ certificates }: TrustRoot): (string | undefined)[] {
  return certificates.map(({ subject }) => subject.CN);
}

test("TRU-08: it is read once, whoever asks, also at the same time", async () => {
  const [first, ...others] = await Promise.all([1, 2, 3].map(() => currentPlatformTrust()));
  expect(first?.source.kind).toBe("environment");
  for (const other of [...others, await currentPlatformTrust()]) expect(other).toBe(first);
});

test("an environment that names another store counts at once", async () => {
  expect(names(await currentPlatformTrust())).toEqual(["one"]);
  const other = join(directory, "other.pem");
  await writeFile(other, two.certificate.toPem());
  vi.stubEnv("SSL_CERT_FILE", other);
  expect(names(await currentPlatformTrust())).toEqual(["two"]);
});

test("a store that changes is followed, on every system, whatever its files' times say", async () => {
  const before = await currentPlatformTrust();
  expect(names(before)).toEqual(["one"]);
  await writeFile(file, two.certificate.toPem());
  expect(await currentPlatformTrust()).toBe(before);
  vi.setSystemTime(Date.now() + 301_000);
  await currentPlatformTrust();
  await vi.waitFor(async () => expect(names(await currentPlatformTrust())).toEqual(["two"]));
});

test("one that cannot be read any more serves for a day, and is an error then", async () => {
  expect(names(await currentPlatformTrust())).toEqual(["one"]);
  await rm(file);
  vi.setSystemTime(Date.now() + 3_600_000);
  expect(names(await currentPlatformTrust())).toEqual(["one"]);
  vi.setSystemTime(Date.now() + 86_400_000);
  const cause = { code: "TRUST_SOURCE_MISSING" };
  await expect(currentPlatformTrust()).rejects.toMatchObject({ code: "TRUST_STALE", cause });
});

test("a first reading that fails is not kept", async () => {
  const later = join(directory, "later.pem");
  vi.stubEnv("SSL_CERT_FILE", later);
  for (const _ of [1, 2]) await expect(currentPlatformTrust()).rejects.toMatchObject({ code: "TRUST_SOURCE_MISSING" });
  await writeFile(later, two.certificate.toPem());
  expect(names(await currentPlatformTrust())).toEqual(["two"]);
});
