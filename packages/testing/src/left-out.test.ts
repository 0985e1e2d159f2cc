// An option that is undefined is as if left out, everywhere.

import { type EveryUndefined, type LeftOutTrial, undefinedMistakes } from "@tlskit/cases";
import type { PrivateCertificate } from "@tlskit/x509";
import { expect, test } from "vitest";
import { createTestCa, type TestCaOptions, type TestIssueOptions } from "./index.ts";

const ca = await createTestCa();
const authority: EveryUndefined<TestCaOptions> = {
  name: undefined,
  key: undefined,
  notBefore: undefined,
  notAfter: undefined,
  pathLength: undefined,
};
const issue: EveryUndefined<TestIssueOptions> = {
  names: undefined,
  subject: undefined,
  profile: undefined,
  keyPair: undefined,
  key: undefined,
  notBefore: undefined,
  notAfter: undefined,
  days: undefined,
  serialNumber: undefined,
  pathLength: undefined,
  keyUsage: undefined,
  extendedKeyUsage: undefined,
  extensions: undefined,
  signatureAlgorithm: undefined,
  force: undefined,
};

/** What a certificate says that is not drawn by lot. */
const told = ({ subject, subjectAltName, extensions, notBefore, notAfter, extendedKeyUsage }: PrivateCertificate) => [
  [subject.toString(), subjectAltName, extendedKeyUsage],
  Math.round((Number(notAfter) - Number(notBefore)) / 86_400_000),
  extensions.map(({ oid, critical }) => [oid, critical]),
];

const trials: readonly LeftOutTrial[] = [
  { label: "createTestCa", every: authority, call: async (one) => told((await createTestCa(one)).certificate) },
  {
    label: "createIntermediate",
    every: authority,
    call: async (one) => told((await ca.createIntermediate(one)).certificate),
  },
  { label: "issueWith", every: issue, call: async (one) => told(await ca.issueWith(one)) },
  {
    label: "issueWith names",
    every: issue,
    given: { names: ["a.example"] },
    call: async (one) => told(await ca.issueWith(one)),
  },
];

test.each(trials)("$label: undefined is as if left out", async (trial) => {
  expect(await undefinedMistakes(trial)).toEqual([]);
});
