// An option that is undefined is as if left out, everywhere.

import { type EveryUndefined, type LeftOutTrial, undefinedMistakes } from "@tlskit/cases";
import { createTestCa } from "@tlskit/testing";
import { expect, test } from "vitest";
import * as trust from "../src/index.ts";

const ca = await createTestCa();
const { certificate } = ca;
const leaf = await ca.issue("a.example");
const root = trust.trustRootFromCertificates([certificate]);
const source = { kind: "certificates", locations: [], description: "a test" } as const;
const entries = [{ anchor: { certificate }, origins: [{ kind: "certificates", location: "here" }] }] as const;
const fileSystem: trust.TrustFileSystem = {
  status: async (path) => ({ kind: path.endsWith(".pem") ? "file" : "directory", size: 2000 }),
  readFile: async () => new TextEncoder().encode(certificate.toPem()),
  readDirectory: async () => ["a.pem"],
};

const allowEmpty: EveryUndefined<trust.AllowEmpty> = { allowEmpty: undefined };
const parts: EveryUndefined<trust.TrustRootParts> = {
  skipped: undefined,
  distrusted: undefined,
  intermediates: undefined,
  pinned: undefined,
  logs: undefined,
};
const file: EveryUndefined<trust.TrustFileOptions> = { ...allowEmpty, fileSystem: undefined, onSkip: undefined };
const paths: EveryUndefined<trust.OpenSSLPathOptions> = {
  environment: undefined,
  fileSystem: undefined,
  commands: undefined,
  os: undefined,
};
const platform: EveryUndefined<trust.PlatformTrustOptions> = { ...paths, runtimeCertificates: undefined };
const reloading: EveryUndefined<trust.ReloadingTrustOptions> = {
  interval: undefined,
  maxStale: undefined,
  now: undefined,
};
const met: EveryUndefined<trust.FirstUseInput> = {
  intermediates: undefined,
  purpose: undefined,
  profile: undefined,
  at: undefined,
};
const names: EveryUndefined<trust.NameConstraintsInit> = { permitted: undefined, excluded: undefined };

const told = (set: trust.TrustRoot): unknown => [set.generation, set.size, set.source, set.skipped, set.pins];

const trials: readonly LeftOutTrial[] = [
  { label: "new TrustRoot", every: parts, given: { entries, source }, call: (one) => told(new trust.TrustRoot(one)) },
  {
    label: "trustRootFromCertificates",
    every: allowEmpty,
    call: (one) => told(trust.trustRootFromCertificates([certificate], one)),
  },
  {
    label: "trustRootFromCertificates of none",
    every: allowEmpty,
    call: (one) => trust.trustRootFromCertificates([], one),
  },
  { label: "filter", every: allowEmpty, call: (one) => root.filter(() => false, one) },
  { label: "without", every: allowEmpty, call: (one) => root.without(certificate, one) },
  {
    label: "distrust",
    every: { ...allowEmpty, by: undefined },
    given: { allowEmpty: true },
    call: (one) => root.distrust([certificate], one).distrusted,
  },
  {
    label: "withNameConstraints",
    every: names,
    given: { permitted: ["a.example"] },
    call: (one) => told(root.withNameConstraints(one)),
  },
  {
    label: "trustRootFromFile",
    every: file,
    given: { fileSystem },
    call: async (one) => told(await trust.trustRootFromFile("/nowhere/a.pem", one)),
  },
  {
    label: "trustRootFromDirectory",
    every: file,
    given: { fileSystem },
    call: async (one) => told(await trust.trustRootFromDirectory("/nowhere/a", one)),
  },
  { label: "platformTrust", every: platform, call: async (one) => told(await trust.platformTrust(one)) },
  {
    label: "OpenSSLDefaultPaths",
    every: paths,
    call: (one) => new trust.OpenSSLDefaultPaths("/nowhere", one).certFile,
  },
  {
    label: "OpenSSLDefaultPaths.find",
    every: paths,
    call: async (one) => (await trust.OpenSSLDefaultPaths.find(one)).directory,
  },
  {
    label: "ReloadingTrust.start",
    every: reloading,
    call: async (one) => {
      using made = await trust.ReloadingTrust.start(async () => root, one);
      return told(await made.snapshot());
    },
  },
  {
    label: "TrustOnFirstUse",
    every: { now: undefined },
    call: async (one) => {
      const known = new trust.TrustOnFirstUse(new trust.MemoryFirstUseStore(), one);
      return (await known.verify({ leaf, host: "a.example", port: 443 })).firstUse;
    },
  },
  {
    label: "TrustOnFirstUse.verify",
    every: met,
    given: { leaf, host: "a.example", port: 443 },
    call: async (one) => {
      const { firstUse, pin } = await new trust.TrustOnFirstUse(new trust.MemoryFirstUseStore()).verify(one);
      return [firstUse, pin];
    },
  },
];

test.each(trials)("$label: undefined is as if left out", async (trial) => {
  expect(await undefinedMistakes(trial)).toEqual([]);
});
