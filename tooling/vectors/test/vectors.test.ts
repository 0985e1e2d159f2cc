/** The vectors themselves, case by case: the verdict, and the reviewed reasons for it. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readCases, readExceptions, runCases, vectorFile } from "../src/index.ts";

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

describe("limbo-dev.json.gz", () => {
  const file = vectorFile("limbo-dev.json.gz");
  test.skipIf(file === undefined)(
    "BetterTLS: all of it, both what must be accepted and what must be refused",
    async () => {
      const cases = readCases(file ?? "").filter(({ id }) => id.startsWith("bettertls::"));
      const { passed, failed, skipped, accepts, rejects } = await runCases("BetterTLS", cases, exceptions);
      expect({ passed, failed, skipped }).toEqual({ passed: cases.length, failed: 0, skipped: 0 });
      expect(accepts.all + rejects.all).toBe(cases.length);
      expect([accepts.all > 500, rejects.all > 5_000]).toEqual([true, true]);
    },
    120_000,
  );
});

test("every exception says what differs, and why", () => {
  for (const { expected, actual, reason } of exceptions.values()) {
    expect(actual).not.toBe(expected);
    expect(reason).not.toBe("");
  }
});
