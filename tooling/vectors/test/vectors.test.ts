/** The vectors themselves, case by case: the verdict, and the reviewed reasons for it. */
import { readFileSync } from "node:fs";
import { Certificate } from "@tlskit/x509";
import { describe, expect, test } from "vitest";
import { isChainCase } from "../src/chain-case.ts";
import { allExceptions, readCases, readExceptions, runCases, vectorFile } from "../src/index.ts";

const reasons: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync(new URL("../data/reasons.json", import.meta.url), "utf8"),
);
const exceptions = readExceptions("node");

describe.each([
  "limbo-dev-core.json.gz",
  "limbo-rfc9881.json.gz",
  "pkits-dev.json.gz",
  "boringssl-chains-dev.json.gz",
  "boringssl-crl-dev.json.gz",
  "boringssl-ocsp-dev.json.gz",
])("%s", (name) => {
  const file = vectorFile(name);
  if (file === undefined) {
    test.skip(`needs ${name}, which is not on this machine`, () => undefined);
    return;
  }

  test.each(readCases(file))("$id", async (vector) => {
    const { cases } = await runCases(name, [vector], exceptions);
    expect(cases).toEqual([expect.objectContaining({ id: vector.id })]);
    const [result] = cases;
    // An exception that is none any more fails, too.
    expect(result?.ok || result?.skipped, result?.reason).toBe(true);
    if (!result?.skipped) expect(result?.codes).toEqual(reasons[vector.id] ?? []);
  });
});

test("every exception says what differs, and why, and is of a kind that may be one", () => {
  const kinds = ["strength", "expired-anchor", "anchor-is-no-ca", "algorithm"];
  for (const { id, kind, expected, actual, reason } of allExceptions()) {
    expect(actual).not.toBe(expected);
    expect(reason).not.toBe("");
    if (id !== FAULTY) expect(kinds).toContain(kind);
  }
});

// The one case that contradicts itself. No verifier is asked: the names of the file are compared as they stand.
const FAULTY = "bssl::verify_chain::many-names::ok-all-types";
const chains = vectorFile("boringssl-chains-dev.json.gz");

test.skipIf(chains === undefined)("the chain that must be accepted has names that its issuer may not issue for", () => {
  const found = readCases(chains ?? "").find(({ id }) => id === FAULTY);
  if (found === undefined || !isChainCase(found)) throw new Error(`There is no chain ${FAULTY}.`);
  const [issuer, root] = [...found.untrusted_intermediates, found.last_cert].map(Certificate.fromPem);
  const leaf = Certificate.fromPem(found.leaf);
  expect(leaf.issuer.equals(issuer?.subject ?? leaf.subject)).toBe(true);
  expect(issuer?.issuer.equals(root?.subject ?? leaf.subject)).toBe(true);
  const permitted = issuer?.nameConstraints?.permitted?.flatMap(({ base }) => (base.type === "dns" ? base.value : []));
  const presented = leaf.subjectAltName?.flatMap((name) => (name.type === "dns" ? name.value : [])) ?? [];
  expect(permitted).toContain("t170.test");
  const outside = presented.filter((name) => !permitted?.some((base) => name === base || name.endsWith(`.${base}`)));
  expect(outside).toHaveLength(170);
  expect(outside).toContain("t171.test");
});
