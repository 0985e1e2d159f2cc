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

test("every exception says what differs, and why", () => {
  for (const { expected, actual, reason } of exceptions.values()) {
    expect(actual).not.toBe(expected);
    expect(reason).not.toBe("");
  }
});
