// An option that is undefined is as if left out, everywhere; but a name that is none is refused.

import { type EveryUndefined, type LeftOutTrial, undefinedMistakes } from "@tlskit/cases";
import { createTestCa } from "@tlskit/testing";
import { issueCrl } from "@tlskit/x509";
import { expect, test } from "vitest";
import * as verify from "../src/index.ts";

const ca = await createTestCa();
const leaf = await ca.issue("localhost");
const anchor = { certificate: ca.certificate };
const crls = [await issueCrl(ca.certificate, { crlNumber: 1 })];
const pins = [{ sha256: leaf.publicKey.spkiHash("sha-256", { format: "bytes" }) }];
const input = { leaf, trust: [ca.certificate], purpose: "server" } as const;
const fetch = async (): Promise<Response> => new Response("nothing");

const pinned: EveryUndefined<verify.PinnedLeafInput, "name"> = {
  at: undefined,
  profile: undefined,
  insecurelyAdmit: undefined,
  publicSuffix: undefined,
  budget: undefined,
};
const path: EveryUndefined<verify.VerifyPathInput, "name"> = {
  ...pinned,
  intermediates: undefined,
  maxDepth: undefined,
  policies: undefined,
  links: undefined,
  revocation: undefined,
};
const sources: EveryUndefined<verify.RevocationSources> = { crls: undefined, ocspResponses: undefined };
const revocation: EveryUndefined<verify.RevocationInput> = {
  ...sources,
  scope: undefined,
  maxAge: undefined,
  fetch: undefined,
};
const check: EveryUndefined<verify.CheckRevocationInput> = {
  ...sources,
  intermediates: undefined,
  at: undefined,
  maxAge: undefined,
  profile: undefined,
  insecurelyAdmit: undefined,
  budget: undefined,
};
const policies: EveryUndefined<verify.PolicyInput> = {
  initial: undefined,
  requireExplicit: undefined,
  inhibitMapping: undefined,
  inhibitAny: undefined,
};
const weakness: EveryUndefined<verify.AdmittedWeakness> = {
  signatureHashes: undefined,
  keyTypes: undefined,
  minimumRsaBits: undefined,
};
const budget: EveryUndefined<verify.BudgetLimits> = {
  signatures: undefined,
  steps: undefined,
  nameComparisons: undefined,
  policyNodes: undefined,
  pathLength: undefined,
  poolSize: undefined,
  bytes: undefined,
  revocationSources: undefined,
};
const fetcher: EveryUndefined<verify.HttpRevocationFetcherOptions> = {
  resolve: undefined,
  allowPrivateAddresses: undefined,
  timeoutMs: undefined,
  maxBytes: undefined,
};
const links: EveryUndefined<verify.LinkCacheOptions> = { maxEntries: undefined };
const limits: EveryUndefined<verify.TrustAnchor> = {
  source: undefined,
  purposes: undefined,
  distrustAfter: undefined,
  nameConstraints: undefined,
};
const dates: EveryUndefined<verify.DistrustAfter> = {
  any: undefined,
  server: undefined,
  client: undefined,
  email: undefined,
  codeSigning: undefined,
  timeStamping: undefined,
  ocspSigning: undefined,
};
const set: EveryUndefined<verify.TrustAnchors> = { pins: undefined, logs: undefined, distrusts: undefined };
const distrust: EveryUndefined<verify.Distrust> = { source: undefined };
const peer: EveryUndefined<verify.PeerAddress> = { port: undefined };

const moment = new Date();

/** What was decided, without the moment. */
async function decided(options: object): Promise<unknown> {
  const { chain, revocation, checks, name } = await verify.verifyPath({ ...input, at: moment, ...options });
  return [chain.map(({ id }) => id), revocation.map(({ status, depth }) => [status, depth]), checks, name];
}

function trustSet(options: object): verify.TrustAnchors {
  const found = { ...anchor };
  return {
    generation: "1",
    size: 1,
    bySubject: (name) => (name.equals(ca.certificate.subject) ? [found] : []),
    find: (certificate) => (certificate.equals(ca.certificate) ? found : undefined),
    [Symbol.iterator]: () => [found][Symbol.iterator](),
    ...options,
  };
}

function setOf(found: verify.TrustAnchor): verify.TrustAnchors {
  return trustSet({
    bySubject: () => [found],
    find: () => undefined,
    [Symbol.iterator]: () => [found][Symbol.iterator](),
  });
}

const trials: readonly LeftOutTrial[] = [
  { label: "verifyPath", every: path, given: { intermediates: [ca.certificate] }, call: decided },
  {
    label: "verifyPathSync",
    every: path,
    given: { name: "localhost" },
    call: (one) => verify.verifyPathSync(Object.assign({ ...input }, one)).name,
  },
  {
    label: "verifyPinnedLeaf",
    every: pinned,
    call: (one) => verify.verifyPinnedLeaf(Object.assign({ leaf, pins, purpose: "server" }, one)).certificate.id,
  },
  { label: "revocation", every: revocation, given: { mode: "prefer" }, call: (one) => decided({ revocation: one }) },
  {
    label: "revocation, required",
    every: revocation,
    given: { mode: "require", crls },
    call: (one) => decided({ revocation: one }),
  },
  {
    label: "what is fetched",
    every: sources,
    given: { crls },
    call: (one) => decided({ revocation: { mode: "require", fetch: async () => one } }),
  },
  {
    label: "checkRevocation",
    every: check,
    given: { chain: [leaf, ca.certificate], crls },
    call: async (one) => (await verify.checkRevocation(one)).status,
  },
  { label: "policies", every: policies, call: (one) => decided({ policies: one }) },
  { label: "insecurelyAdmit", every: weakness, call: (one) => decided({ insecurelyAdmit: one }) },
  { label: "budget", every: budget, call: (one) => decided({ budget: one }) },
  { label: "LinkCache", every: links, call: (one) => new verify.LinkCache(one).maxEntries },
  {
    label: "httpRevocationFetcher",
    every: fetcher,
    given: { fetch, allowPrivateAddresses: true },
    call: async (one) => typeof verify.httpRevocationFetcher(one),
  },
  { label: "an anchor", every: limits, given: anchor, call: (one) => decided({ trust: setOf(one) }) },
  { label: "distrustAfter", every: dates, call: (one) => decided({ trust: setOf({ ...anchor, distrustAfter: one }) }) },
  { label: "TrustAnchors", every: set, call: (one) => decided({ trust: trustSet(one) }) },
  {
    label: "an entry of a block list",
    every: distrust,
    given: { by: "key" },
    call: (one) => decided({ trust: trustSet({ distrusts: () => one }) }),
  },
  { label: "peerText", every: peer, given: { host: "a.example" }, call: verify.peerText },
];

test.each(trials)("$label: undefined is as if left out", async (trial) => {
  expect(await undefinedMistakes(trial)).toEqual([]);
});
